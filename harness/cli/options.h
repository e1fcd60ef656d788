// Command-line options of one command: Boost.Program_options with our help and our errors.
#pragma once

#include <boost/program_options.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"

namespace fixdrill::cli {

/// What a command line came to: values, or the exit code to leave with (help was shown, or an
/// error).
struct Parsed {
  boost::program_options::variables_map values;
  std::optional<int> leave;
};

/// Parses against `options` with everything else as `paths`.
Parsed parse_options(const Command& self, const std::vector<std::string>& arguments,
                     const boost::program_options::options_description& options);

/// What an option with an optional value has when none was given: no text that anybody would write.
inline constexpr const char* kNoValue = "\n";

/// The arguments with `--NAME` as `--NAME=<kNoValue>`, which Program_options needs to leave the
/// next argument alone: what stands behind it is a path.
std::vector<std::string> with_no_value(std::vector<std::string> arguments,
                                       const std::vector<std::string>& names);

template <class T>
T value_or(const boost::program_options::variables_map& values, const char* name, T otherwise) {
  return values.count(name) ? values[name].as<T>() : otherwise;
}

/// The whole number that option `--name` gives as text, `otherwise` without it. Input error: not a
/// number from `least` to `most`.
Result<std::uint64_t> number_option(const boost::program_options::variables_map& values,
                                    const std::string& name, std::uint64_t otherwise,
                                    std::pair<std::uint64_t, std::uint64_t> range);

/// Whether `--color`, as it was given or not, and this terminal want colour. Input error: not auto,
/// always or never.
Result<bool> colour_option(const boost::program_options::variables_map& values,
                           const Terminal& terminal);

}  // namespace fixdrill::cli
