#include "report/diff_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <ostream>

#include "base/text.h"
#include "fix/value.h"
#include "report/line.h"

namespace fixdrill::report {

using diff::Comparison;
using diff::Finding;
using diff::Kind;
using diff::Severity;
using diff::Variant;

namespace {

constexpr std::size_t kVariantsShown = 5;
constexpr std::size_t kVerboseVariants = 200;
constexpr std::size_t kValueWidth = 60;

// 62500 -> "62,500".
std::string grouped(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i != 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

std::string counted(std::uint64_t number, std::string_view one) {
  return fmt::format("{} {}{}", grouped(number), one, number == 1 ? "" : "s");
}

// Never by colour alone.
char mark(Severity severity) {
  switch (severity) {
    case Severity::breaking:
      return '!';
    case Severity::suspect:
      return '?';
    case Severity::benign:
      return '.';
    case Severity::latency:
      return '~';
    case Severity::noise:
      return ' ';
  }
  return ' ';
}

const char* colour_of(Severity severity) {
  switch (severity) {
    case Severity::breaking:
      return "\x1b[31m";
    case Severity::suspect:
      return "\x1b[33m";
    default:
      return "\x1b[36m";
  }
}

/// Prints the whole, top to bottom.
class DiffText {
 public:
  DiffText(const Comparison& comparison, const diff::Judgement& judgement,
           const DiffOptions& options, std::ostream& out)
      : comparison_(comparison), judgement_(judgement), options_(options), out_(out) {}

  void put() {
    side("A", comparison_.a, options_.label_a);
    side("B", comparison_.b, options_.label_b);
    for (const std::string& session : comparison_.sessions) line(fmt::format("    {}", session));
    line(fmt::format("    {} of {} have the same messages{}", grouped(comparison_.equal_pairs),
                     counted(comparison_.pairs, "paired flow"),
                     comparison_.by_origin == 0
                         ? ""
                         : fmt::format("; {} paired by their step in the script",
                                       grouped(comparison_.by_origin))));
    for (const Finding& finding : comparison_.findings) {
      if (!finding.approved) put(finding);
    }
    approvals();
    rest();
    verdict();
  }

 private:
  void line(std::string_view text) { put_line(out_, text); }

  void side(const char* which, const diff::SideSummary& side, const std::string& label) {
    std::string times = "no times";
    if (side.first_ns > 0) {
      const std::string first = fix::iso_time(side.first_ns, 0).substr(0, 19);
      const std::string last = fix::iso_time(side.last_ns, 0).substr(0, 19);
      times = fmt::format("{} to {}", first,
                          last.substr(last.substr(0, 10) == first.substr(0, 10) ? 11 : 0));
    }
    line(fmt::format("{}   {}{}  {}  {}, {}", which, printable(side.name),
                     label.empty() ? "" : fmt::format(" ({})", printable(label)), times,
                     counted(side.messages, "message"), counted(side.flows, "flow")));
  }

  std::string severity_column(Severity severity) const {
    const std::string name = fmt::format("{:<8} {}", diff::severity_name(severity), mark(severity));
    return options_.colour ? fmt::format("{}{}\x1b[0m", colour_of(severity), name) : name;
  }

  static std::string title(const Finding& finding) {
    std::string text = finding.message;
    if (!text.empty() && finding.severity != Severity::latency)
      text += finding.subject.direction == record::Direction::in ? " received" : " sent";
    if (text.empty() && !finding.place.empty())
      text =
          finding.subject.direction == record::Direction::in ? "what we received" : "what we sent";
    if (!finding.place.empty()) text += fmt::format("  {}", finding.place);
    return text.empty() ? diff::kind_name(finding.kind)
                        : fmt::format("{}: {}", text, diff::kind_name(finding.kind));
  }

  void put(const Finding& finding) {
    line("");
    line(fmt::format("{} {}  {} x  [{}]", severity_column(finding.severity), title(finding),
                     grouped(finding.count), finding.fingerprint));
    if (!finding.remark.empty()) line(fmt::format("             {}", finding.remark));
    const std::size_t most = options_.verbose ? kVerboseVariants : kVariantsShown;
    std::size_t shown = 0;
    std::uint64_t hidden = finding.other_variants;
    std::uint64_t approved = 0;
    for (const Variant& variant : finding.variants) {
      if (variant.approved) {
        approved += variant.count;
      } else if (shown == most) {
        hidden += variant.count;
      } else {
        ++shown;
        put(finding, variant);
      }
    }
    if (hidden != 0)
      line(fmt::format("             and {} with other values{}", grouped(hidden),
                       options_.verbose ? "" : "; -v shows more"));
    if (approved != 0) line(fmt::format("             and {} approved", grouped(approved)));
  }

  // The fingerprint of a value matters where the finding has several.
  void put(const Finding& finding, const Variant& variant) {
    const bool several = finding.variants.size() > 1;
    const std::string tail =
        several ? fmt::format("   {} x  [{}]", grouped(variant.count), variant.fingerprint) : "";
    if (variant.before.empty() && variant.after.empty()) {
      if (several) line(fmt::format("             (empty){}", tail));
    } else if (variant.before.empty() || variant.after.empty()) {
      line(fmt::format("           {} {}{}", variant.after.empty() ? '-' : '+',
                       variant.after.empty() ? variant.before : variant.after, tail));
    } else if (characters(variant.before) + characters(variant.after) <= kValueWidth) {
      line(fmt::format("             {}  ->  {}{}", variant.before, variant.after, tail));
    } else {
      line(fmt::format("           - {}{}", variant.before, tail));
      line(fmt::format("           + {}", variant.after));
    }
    if (!variant.remark.empty()) line(fmt::format("             {}", variant.remark));
    for (std::size_t i = 0; i < variant.examples.size() && (i == 0 || options_.verbose); ++i)
      put(variant.examples[i]);
  }

  void put(const diff::Sighting& seen) {
    put("A", seen.a, seen.about_a);
    put("B", seen.b, seen.about_b);
  }

  void put(const char* which, std::int64_t id, const std::string& about) {
    if (id == 0) return;
    line(fmt::format("               {} #{}{}{}", which, id, about.empty() ? "" : "  ", about));
  }

  void approvals() {
    if (judgement_.approved == 0 && judgement_.unused.empty() && judgement_.expired.empty()) return;
    line("");
    for (const diff::Approval& one : judgement_.used)
      line(fmt::format("approved     [{}] {}: {}{}", one.fingerprint,
                       diff::decision_name(one.decision), printable(one.what),
                       one.reason.empty() ? "" : fmt::format(" ({})", printable(one.reason))));
    for (const diff::Approval& one : judgement_.expired)
      line(fmt::format("expired      [{}] on {}: {}", one.fingerprint, one.until,
                       printable(one.what)));
    for (const diff::Approval& one : judgement_.unused)
      line(fmt::format("not needed   [{}] {}: nothing like it was found", one.fingerprint,
                       printable(one.what)));
  }

  void rest() {
    line("");
    for (const std::string& sentence : comparison_.unused_maps)
      line(fmt::format("map not needed: {}", printable(sentence)));
    for (const std::string& sentence : comparison_.not_compared)
      line(fmt::format("not compared: {}", printable(sentence)));
    std::vector<std::string> parts;
    for (const auto& [treatment, count] : comparison_.by_relation)
      parts.push_back(fmt::format("{} {}", grouped(count), treatment));
    if (!parts.empty())
      line(fmt::format("values not compared as they stand (of A): {}", join(parts, ", ")));
    parts.clear();
    for (const auto& [rule, count] : comparison_.suppressed)
      parts.push_back(fmt::format(
          "{} by {}", grouped(count),
          rule.second == 35 ? std::string("number of Heartbeats and TestRequests")
                            : fmt::format("{} {}", diff::treatment_name(rule.first), rule.second)));
    if (!parts.empty())
      line(fmt::format("differences that rules took away: {}", join(parts, ", ")));
  }

  void verdict() {
    std::map<Severity, std::uint64_t> open;
    for (const Finding& finding : comparison_.findings) {
      if (finding.approved) continue;
      std::uint64_t count = finding.count;
      for (const Variant& variant : finding.variants) {
        if (variant.approved) count -= variant.count;
      }
      open[finding.severity] += count;
    }
    std::vector<std::string> parts;
    for (const auto& [severity, count] : open)
      parts.push_back(fmt::format("{} {}", grouped(count), diff::severity_name(severity)));
    const std::string approved =
        judgement_.approved == 0 ? "" : fmt::format("; {} approved", grouped(judgement_.approved));
    line(parts.empty()
             ? fmt::format("no difference{}", approved)
             : fmt::format("{}: {}{}",
                           counted(judgement_.open + judgement_.open_latency, "difference"),
                           join(parts, ", "), approved));
  }

  const Comparison& comparison_;
  const diff::Judgement& judgement_;
  const DiffOptions& options_;
  std::ostream& out_;
};

}  // namespace

void put_diff(const Comparison& comparison, const diff::Judgement& judgement,
              const DiffOptions& options, std::ostream& out) {
  DiffText(comparison, judgement, options, out).put();
}

}  // namespace fixdrill::report
