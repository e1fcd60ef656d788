// fixdrill approve: accepts a finding of 'fixdrill diff' with a reason.

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <iostream>
#include <optional>

#include "base/text.h"
#include "cli/diff_options.h"
#include "cli/options.h"
#include "cli/project.h"
#include "cli/replace_file.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

po::options_description approve_options() {
  po::options_description options(
      "With A and B the finding is looked for in their comparison, and the file says what it "
      "is.\n\n"
      "options");
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  auto add = options.add_options();
  add("reason", text("TEXT"), "why it is right, or can be lived with; needed");
  add("as", text("DECISION"), "accept (unless told otherwise), known-defect or ignore");
  add("until", text("DATE"), "the last day it holds, YYYY-MM-DD");
  add("release", text("NAME"), "it holds for this release of B only");
  add("ticket", text("T"), "where it is followed up");
  add("by", text("WHO"), "who approves; $USER unless told otherwise");
  add("what", text("TEXT"), "what it is, where A and B are not given");
  add_comparison_options(options);
  return options;
}

// "ExecutionReport OrdStatus(39) value changed: 2 Filled -> 4 Canceled".
std::string words(const diff::Finding& finding, const diff::Variant* variant) {
  std::string text = finding.message;
  if (!finding.place.empty()) text += fmt::format("{}{}", text.empty() ? "" : " ", finding.place);
  text += fmt::format("{}{}", text.empty() ? "" : " ", diff::kind_name(finding.kind));
  if (variant && !(variant->before.empty() && variant->after.empty()))
    text += fmt::format(": {} -> {}", variant->before, variant->after);
  return text;
}

std::optional<std::string> find_words(const diff::Comparison& comparison,
                                      const std::string& fingerprint) {
  for (const diff::Finding& finding : comparison.findings) {
    const diff::Variant* only = finding.variants.size() == 1 ? &finding.variants.front() : nullptr;
    if (finding.fingerprint == fingerprint) return words(finding, only);
    for (const diff::Variant& variant : finding.variants) {
      if (variant.fingerprint == fingerprint) return words(finding, &variant);
    }
  }
  return std::nullopt;
}

Result<std::string> what_it_is(const std::string& fingerprint,
                               const std::vector<std::string>& paths,
                               const po::variables_map& values) {
  if (paths.size() == 1) return value_or<std::string>(values, "what", "(not described)");
  const auto compared = compare_sides({paths[1], paths[2]}, values);
  if (!compared) return compared.error();
  const auto found = find_words(compared->comparison, fingerprint);
  if (found) return *found;
  return input_error(fmt::format("no finding between {} and {} has the fingerprint {}", paths[1],
                                 paths[2], fingerprint));
}

Result<diff::Approval> approval_of(const std::vector<std::string>& paths,
                                   const po::variables_map& values) {
  diff::Approval approval;
  approval.fingerprint = paths[0];
  approval.reason = value_or<std::string>(values, "reason", "");
  if (trim(approval.reason).empty())
    return input_error("an approval needs a reason that others can read: --reason TEXT");
  const auto decision = value_or<std::string>(values, "as", "accept");
  approval.decision = decision == "known-defect" ? diff::Decision::known_defect
                      : decision == "ignore"     ? diff::Decision::ignore
                                                 : diff::Decision::accept;
  if (decision != diff::decision_name(approval.decision))
    return input_error(fmt::format("--as {}: it is accept, known-defect or ignore", decision));
  approval.until = value_or<std::string>(values, "until", "");
  approval.release = value_or<std::string>(values, "release", "");
  approval.ticket = value_or<std::string>(values, "ticket", "");
  approval.who = value_or<std::string>(values, "by", environment_variable("USER").value_or(""));
  approval.when = date_of_today();
  const auto what = what_it_is(paths[0], paths, values);
  if (!what) return what.error();
  approval.what = *what;
  // What is written must be what is read: bad dates and fingerprints are told before.
  const SourceFile written("approval", diff::approvals_text({approval}));
  const auto again = diff::read_approvals(written);
  if (!again) return again.error();
  return approval;
}

}  // namespace

int command_approve(const Command& self, const std::vector<std::string>& arguments,
                    const Terminal&) {
  const Parsed parsed = parse_options(self, arguments, approve_options());
  if (parsed.leave) return *parsed.leave;
  const auto paths = value_or<std::vector<std::string>>(parsed.values, "paths", {});
  if (paths.size() != 1 && paths.size() != 3)
    return fail(
        input_error("approve takes a fingerprint of 'fixdrill diff', and the two sides it "
                    "was found between, as in 'fixdrill approve 0123456789 A B --reason "
                    "TEXT'"));
  const auto file = value_or<std::string>(parsed.values, "approvals", kApprovals);
  std::vector<diff::Approval> approvals;
  std::error_code none;
  if (std::filesystem::exists(file, none)) {
    auto known = read_approvals_file(parsed.values);
    if (!known) return fail(known.error());
    approvals = std::move(*known);
  }
  const auto approval = approval_of(paths, parsed.values);
  if (!approval) return fail(approval.error());
  // A second word about one thing takes the place of the first.
  std::erase_if(approvals, [&](const diff::Approval& one) {
    return one.fingerprint == approval->fingerprint && one.release == approval->release;
  });
  approvals.push_back(*approval);
  if (const int error = replace_file(file, diff::approvals_text(approvals)); error != 0)
    return fail(environment_error(fmt::format("{}: cannot write: {}", file, std::strerror(error))));
  std::cout << fmt::format("{}: {} {}: {}\n", file, diff::decision_name(approval->decision),
                           approval->fingerprint, printable(approval->what));
  return 0;
}

}  // namespace fixdrill::cli
