// fixdrill learn-noise: what two runs of the same release differ in, as proposed rules.

#include <fmt/format.h>
#include <iostream>

#include "cli/diff_options.h"
#include "cli/options.h"
#include "diff/learn.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

int command_learn_noise(const Command& self, const std::vector<std::string>& arguments,
                        const Terminal&) {
  po::options_description options(
      "Prints a rules file for 'fixdrill diff --rules'. Read it first: a rule hides what it "
      "names.\n\n"
      "options");
  add_comparison_options(options);
  const Parsed parsed = parse_options(self, arguments, options);
  if (parsed.leave) return *parsed.leave;
  const auto paths = value_or<std::vector<std::string>>(parsed.values, "paths", {});
  if (paths.size() != 2)
    return fail(
        input_error("learn-noise compares two runs of the same release, as in 'fixdrill "
                    "learn-noise A1 A2'"));
  const auto compared = compare_sides(paths, parsed.values);
  if (!compared) return fail(compared.error());
  const auto names = dictionary_for_names();
  if (!names) return fail(names.error());
  const std::string rules = diff::proposed_rules(compared->comparison, **names);
  if (rules.empty()) std::cerr << "no difference: no rule is needed\n";
  std::cout << rules;
  return std::cout.flush() ? 0 : fail(environment_error("cannot write the output"));
}

}  // namespace fixdrill::cli
