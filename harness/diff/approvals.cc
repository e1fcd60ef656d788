#include "diff/approvals.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>
#include <utility>

#include "base/text.h"

namespace fixdrill::diff {

namespace {

constexpr std::array<std::pair<const char*, Decision>, 3> kDecisions = {{
    {"accept", Decision::accept},
    {"known-defect", Decision::known_defect},
    {"ignore", Decision::ignore},
}};

constexpr std::string_view kHead =
    "# Differences that were looked at and accepted; 'fixdrill approve' adds lines, delete one to "
    "take it back.\n"
    "# FINGERPRINT DECISION [until DATE] [release NAME] [ticket T] [by WHO] [on DATE] | what it is "
    "| reason\n";

bool is_fingerprint(std::string_view text) {
  return text.size() == 10 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (text[i] < '0' || text[i] > '9') return false;
  }
  return true;
}

// What a word of the head stands before.
std::string Approval::*member(std::string_view word) {
  if (word == "until") return &Approval::until;
  if (word == "release") return &Approval::release;
  if (word == "ticket") return &Approval::ticket;
  if (word == "by") return &Approval::who;
  if (word == "on") return &Approval::when;
  return nullptr;
}

Error wrong(const SourceFile& file, std::string_view part, std::string message) {
  const auto begin = static_cast<std::size_t>(part.data() - file.text().data());
  return to_error(
      {fixdrill::Severity::error, {&file, begin, begin + part.size()}, std::move(message)});
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (const std::string_view word : split(text, ' ')) {
    if (!trim(word).empty()) words.push_back(trim(word));
  }
  return words;
}

Result<Approval> read_line(const SourceFile& file, std::string_view line) {
  const auto first = line.find('|');
  const auto second = first == std::string_view::npos ? first : line.find('|', first + 1);
  if (second == std::string_view::npos)
    return wrong(file, line,
                 "an approval is 'FINGERPRINT DECISION … | what it is | reason', with two bars");
  Approval approval;
  approval.what = trim(line.substr(first + 1, second - first - 1));
  approval.reason = trim(line.substr(second + 1));
  const auto words = words_of(line.substr(0, first));
  if (words.empty() || !is_fingerprint(words[0]))
    return wrong(file, words.empty() ? line : words[0],
                 "a fingerprint has ten digits of 0-9 and a-f, as 'fixdrill diff' prints them");
  approval.fingerprint = words[0];
  const auto decision = std::find_if(kDecisions.begin(), kDecisions.end(), [&](const auto& known) {
    return words.size() > 1 && known.first == words[1];
  });
  if (decision == kDecisions.end())
    return wrong(file, words.size() > 1 ? words[1] : words[0],
                 "the decision is accept, known-defect or ignore");
  approval.decision = decision->second;
  for (std::size_t i = 2; i < words.size(); i += 2) {
    std::string Approval::*const place = member(words[i]);
    if (!place || i + 1 == words.size())
      return wrong(file, words[i],
                   "here stand until, release, ticket, by, on, each with its value");
    approval.*place = words[i + 1];
    const bool date = place == &Approval::until || place == &Approval::when;
    if (date && !is_date(words[i + 1])) return wrong(file, words[i + 1], "a date is YYYY-MM-DD");
  }
  if (approval.reason.empty())
    return wrong(file, line, "an approval needs a reason behind the second bar");
  return approval;
}

// Bars and line ends part the line.
std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '|'; }, ' ');
  return text;
}

std::string one_word(std::string text) {
  text = one_line(std::string(trim(text)));
  std::replace(text.begin(), text.end(), ' ', '_');
  return text;
}

}  // namespace

const char* decision_name(Decision decision) {
  for (const auto& [name, value] : kDecisions) {
    if (value == decision) return name;
  }
  return "accept";
}

Result<std::vector<Approval>> read_approvals(const SourceFile& file) {
  std::vector<Approval> approvals;
  std::set<std::string> seen;
  std::size_t number = 0;
  for (const std::string_view line : split(file.text(), '\n')) {
    ++number;
    const std::string_view text = trim(line);
    if (text.empty() || text.front() == '#') continue;
    auto approval = read_line(file, text);
    if (!approval) return approval.error();
    approval->line = number;
    // One for each release is allowed.
    if (!seen.insert(fmt::format("{} {}", approval->fingerprint, approval->release)).second)
      return wrong(file, text.substr(0, 10), "this fingerprint was approved above already");
    approvals.push_back(std::move(*approval));
  }
  return approvals;
}

std::string approvals_text(std::vector<Approval> approvals) {
  std::sort(approvals.begin(), approvals.end(), [](const Approval& x, const Approval& y) {
    return std::pair(x.fingerprint, x.release) < std::pair(y.fingerprint, y.release);
  });
  std::string text(kHead);
  for (const Approval& approval : approvals) {
    text += fmt::format("{} {}", approval.fingerprint, decision_name(approval.decision));
    const auto add = [&](const char* word, const std::string& value) {
      if (!value.empty()) text += fmt::format(" {} {}", word, one_word(value));
    };
    add("until", approval.until);
    add("release", approval.release);
    add("ticket", approval.ticket);
    add("by", approval.who);
    add("on", approval.when);
    text += fmt::format(" | {} | {}\n", one_line(approval.what), one_line(approval.reason));
  }
  return text;
}

namespace {

/// Finds the approval of a fingerprint, and remembers which were used.
class Register {
 public:
  Register(const std::vector<Approval>& approvals, const Today& today) {
    for (const Approval& approval : approvals) {
      if (!approval.until.empty() && approval.until < today.date) {
        expired_.push_back(approval);
      } else if (approval.release.empty() || approval.release == today.release) {
        by_fingerprint_.emplace(approval.fingerprint, approval);
      } else {
        unused_.push_back(approval);
      }
    }
  }

  bool covers(const std::string& fingerprint) {
    if (by_fingerprint_.count(fingerprint) == 0) return false;
    used_.insert(fingerprint);
    return true;
  }

  void report(Judgement& judgement) {
    for (auto& [fingerprint, approval] : by_fingerprint_)
      (used_.count(fingerprint) ? judgement.used : unused_).push_back(approval);
    judgement.unused = std::move(unused_);
    judgement.expired = std::move(expired_);
  }

 private:
  std::map<std::string, Approval> by_fingerprint_;
  std::set<std::string> used_;
  std::vector<Approval> unused_;
  std::vector<Approval> expired_;
};

}  // namespace

Judgement judge(std::vector<Finding>& findings, const std::vector<Approval>& approvals,
                const Today& today) {
  Register known(approvals, today);
  Judgement judgement;
  for (Finding& finding : findings) {
    finding.approved = known.covers(finding.fingerprint);
    std::uint64_t covered = 0;
    for (Variant& variant : finding.variants) {
      variant.approved = known.covers(variant.fingerprint) || finding.approved;
      if (variant.approved) covered += variant.count;
    }
    finding.approved = finding.approved || covered == finding.count;
    if (finding.approved) covered = finding.count;
    judgement.approved += covered;
    (finding.severity == Severity::latency ? judgement.open_latency : judgement.open) +=
        finding.count - covered;
  }
  known.report(judgement);
  return judgement;
}

}  // namespace fixdrill::diff
