// Gives the instruments of side A the names that side B has for them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diff/rules.h"
#include "fix/message.h"

namespace fixdrill::diff {

class Renames {
 public:
  Renames() = default;  ///< renames nothing
  /// They outlive it.
  explicit Renames(const std::vector<Renaming>& renamings);

  /// The message under the names of side B; its BodyLength(9) and CheckSum(10) stay as they are.
  /// Empty: nothing in it is renamed.
  std::optional<std::string> apply(const fix::Message& message);

  /// How many values each has renamed.
  const std::vector<std::uint64_t>& used() const { return used_; }

 private:
  const std::vector<Renaming>* renamings_ = nullptr;
  std::map<std::pair<int, std::string_view>, std::size_t> by_value_;
  std::vector<std::uint64_t> used_;
};

}  // namespace fixdrill::diff
