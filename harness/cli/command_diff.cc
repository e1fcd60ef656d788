// fixdrill diff: what changed between two recordings or logs.

#include <fmt/format.h>
#include <iostream>

#include "cli/diff_options.h"
#include "cli/options.h"
#include "cli/project.h"
#include "report/diff_json.h"
#include "report/diff_text.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

po::options_description diff_options() {
  po::options_description options(
      "A and B are recordings, logs, captures, - for standard input, or release:NAME, the newest\n"
      "sealed recording with that label. Ids are compared by what they refer to, dates by "
      "distance,\n"
      "clocks by precision; 'fixdrill diff --print-rules' shows what is compared how.\n\n"
      "Exit code: 0 no difference but approved ones; 1 a difference; 2 a side, rules or approvals "
      "that\ncannot be read; 3 the output cannot be written.\n\noptions");
  options.add_options()("json", "JSON on standard output in place of text")(
      "verbose,v", "every value and example of a finding")(
      "strict", "latency, unused maps, unused and expired approvals make the exit code 1 too")(
      "print-rules", "print the default rules as a rules file")(
      "color", po::value<std::string>()->value_name("WHEN"), "auto, always or never");
  add_comparison_options(options);
  return options;
}

int print_rules() {
  const auto names = dictionary_for_names();
  if (!names) return fail(names.error());
  std::cout << diff::rules_text(diff::Rules(), **names);
  return std::cout.flush() ? 0 : fail(environment_error("cannot write the output"));
}

bool differs(const diff::Judgement& judgement, bool strict, bool unused_maps) {
  if (judgement.open != 0) return true;
  return strict && (judgement.open_latency != 0 || !judgement.unused.empty() ||
                    !judgement.expired.empty() || unused_maps);
}

}  // namespace

int command_diff(const Command& self, const std::vector<std::string>& arguments,
                 const Terminal& terminal) {
  const Parsed parsed = parse_options(self, arguments, diff_options());
  if (parsed.leave) return *parsed.leave;
  if (parsed.values.count("print-rules")) return print_rules();
  const auto paths = value_or<std::vector<std::string>>(parsed.values, "paths", {});
  if (paths.size() != 2)
    return fail(input_error("diff compares two recordings or logs, as in 'fixdrill diff A B'"));
  const auto colour = colour_option(parsed.values, terminal);
  if (!colour) return fail(colour.error());
  const auto approvals = read_approvals_file(parsed.values);
  if (!approvals) return fail(approvals.error());
  auto compared = compare_sides(paths, parsed.values);
  if (!compared) return fail(compared.error());
  const diff::Judgement judgement = diff::judge(compared->comparison.findings, *approvals,
                                                {date_of_today(), compared->release_b});
  report::DiffOptions options;
  options.colour = *colour;
  options.verbose = parsed.values.count("verbose") != 0;
  options.label_a = compared->label_a;
  options.label_b = compared->label_b;
  if (parsed.values.count("json")) {
    std::cout << report::diff_json(compared->comparison, judgement, options);
  } else {
    report::put_diff(compared->comparison, judgement, options, std::cout);
  }
  if (!std::cout.flush()) return fail(environment_error("cannot write the output"));
  const bool strict = parsed.values.count("strict") != 0;
  return differs(judgement, strict, !compared->comparison.unused_maps.empty()) ? 1 : 0;
}

}  // namespace fixdrill::cli
