// The functions of the language, one row each.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "eval/bindings.h"

namespace fixdrill::eval {

/// Errors of `apply` are sentences without a place: the caller knows where it stands.
struct FunctionInfo {
  std::string_view name;
  std::size_t min_arguments = 0;
  std::size_t max_arguments = 0;
  Result<Value> (*apply)(const std::vector<Value>& arguments, const Environment& environment);
};

/// All functions, sorted by name.
const std::vector<FunctionInfo>& functions();
const FunctionInfo* find_function(std::string_view name);

/// "no function 'uppr'; did you mean upper?"
std::string unknown_function(std::string_view name);
/// "upper takes 1 argument, not 2"
std::string wrong_argument_count(const FunctionInfo& function, std::size_t given);

}  // namespace fixdrill::eval
