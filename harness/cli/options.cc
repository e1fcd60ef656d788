#include "cli/options.h"

#include <fmt/format.h>
#include <iostream>

#include "base/text.h"
#include "cli/project.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

void print_help(const Command& self, const po::options_description& options) {
  std::cout << fmt::format("usage: fixdrill {} [OPTIONS] {}\n\n{}.\n\n", self.name, self.arguments,
                           self.summary)
            << options << "\nexamples:\n"
            << self.examples << '\n';
}

int unknown_option(const Command& self, const std::string& given,
                   const po::options_description& options) {
  std::vector<std::string> names;
  for (const auto& option : options.options()) names.push_back("--" + option->long_name());
  const auto near = did_you_mean(given, names);
  return fail(
      input_error(fmt::format("unknown option '{}'{}; 'fixdrill {} --help' lists them", given,
                              near ? fmt::format("; did you mean {}?", *near) : "", self.name)));
}

}  // namespace

Parsed parse_options(const Command& self, const std::vector<std::string>& arguments,
                     const po::options_description& options) {
  po::options_description all = options;
  all.add_options()("help,h", "show this help");
  po::options_description hidden;
  hidden.add_options()("paths", po::value<std::vector<std::string>>());
  po::options_description accepted;
  accepted.add(all).add(hidden);
  po::positional_options_description positional;
  positional.add("paths", -1);
  Parsed parsed;
  try {
    namespace style = po::command_line_style;
    // No guessing: an abbreviated option must not change meaning when a longer one is added.
    const int strict = style::unix_style & ~style::allow_guessing;
    po::store(po::command_line_parser(arguments)
                  .options(accepted)
                  .positional(positional)
                  .style(strict)
                  .run(),
              parsed.values);
    po::notify(parsed.values);
  } catch (const po::unknown_option& error) {
    parsed.leave = unknown_option(self, error.get_option_name(), all);
  } catch (const po::error& error) {
    parsed.leave = fail(
        input_error(fmt::format("{}; 'fixdrill {} --help' shows how", error.what(), self.name)));
  }
  if (!parsed.leave && parsed.values.count("help")) {
    print_help(self, all);
    parsed.leave = 0;
  }
  return parsed;
}

std::vector<std::string> with_no_value(std::vector<std::string> arguments,
                                       const std::vector<std::string>& names) {
  for (std::string& argument : arguments) {
    if (argument == "--") break;
    for (const std::string& name : names) {
      if (argument == "--" + name) argument += std::string("=") + kNoValue;
    }
  }
  return arguments;
}

Result<std::uint64_t> number_option(const po::variables_map& values, const std::string& name,
                                    std::uint64_t otherwise,
                                    std::pair<std::uint64_t, std::uint64_t> range) {
  if (!values.count(name)) return otherwise;
  const auto given = values[name].as<std::string>();
  const auto number = parse_size(given);
  if (number && *number >= range.first && *number <= range.second) return *number;
  return input_error(
      fmt::format("--{} {}: write a number from {} to {}", name, given, range.first, range.second));
}

Result<bool> colour_option(const boost::program_options::variables_map& values,
                           const Terminal& terminal) {
  const auto choice = colour_choice(value_or<std::string>(values, "color", "auto"), terminal);
  if (!choice) return choice.error();
  return report::use_colour(*choice);
}

}  // namespace fixdrill::cli
