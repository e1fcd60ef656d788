#include "diff/learn.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "fix/value.h"

namespace fixdrill::diff {

namespace {

constexpr int kSmallShift = 5;  // percent: what moves more is no echo of a market

bool of_a_field(Kind kind) {
  return kind == Kind::value_changed || kind == Kind::value_written || kind == Kind::field_added ||
         kind == Kind::field_removed || kind == Kind::wording_changed;
}

// By how many percent, rounded up, the values differ at most; empty: they are no numbers, or far
// apart.
std::optional<int> shift_of(const Finding& finding) {
  int most = 1;
  for (const Variant& variant : finding.variants) {
    const auto a = fix::Decimal::parse(variant.before);
    const auto b = fix::Decimal::parse(variant.after);
    if (!a || !b || a->units() == 0 || b->units() == 0) return std::nullopt;
    const fix::Decimal low = std::min(*a, *b);
    const fix::Decimal high = std::max(*a, *b);
    const auto apart = fix::Decimal::subtract(high, low);
    const auto hundredfold =
        apart ? fix::Decimal::multiply(*apart, fix::Decimal(100)) : std::nullopt;
    const auto share = hundredfold ? fix::Decimal::divide(*hundredfold, high, 0) : std::nullopt;
    const auto percent = share ? share->integer() : std::nullopt;
    if (!percent || *percent < 0 || *percent >= kSmallShift) return std::nullopt;
    most = std::max(most, static_cast<int>(*percent) + 1);
  }
  return most;
}

// Each message has one of its own, and none is a number that moves a little: an id.
bool looks_like_ids(const Finding& finding) {
  return finding.count > 1 && finding.variants.size() + finding.other_variants == finding.count &&
         std::all_of(finding.variants.begin(), finding.variants.end(),
                     [](const Variant& one) { return one.before.size() >= 4; });
}

// As a rules file has it.
std::string field_name(const fix::Dictionary& names, int tag) {
  return names.field(tag) ? names.field_label(tag) : std::to_string(tag);
}

std::string treatment_for(const Finding& finding) {
  if (finding.kind != Kind::value_changed) return "ignore";
  if (const auto percent = shift_of(finding)) return fmt::format("tolerance {}%", *percent);
  return looks_like_ids(finding) ? "id" : "ignore";
}

}  // namespace

std::string proposed_rules(const Comparison& comparison, const fix::Dictionary& names) {
  std::string rules;
  std::string others;
  for (const Finding& finding : comparison.findings) {
    const bool field = of_a_field(finding.kind) && !finding.tags.empty();
    if (!field) {
      others += fmt::format("# no rule for: {} {} {}, {} x\n", finding.message, finding.place,
                            kind_name(finding.kind), finding.count);
      continue;
    }
    const auto all = comparison.messages_by_type.find(finding.subject.msg_type);
    const std::uint64_t of = all == comparison.messages_by_type.end() ? 0 : all->second;
    rules += fmt::format("{} {} in {}  # {} in {} of {} messages\n", treatment_for(finding),
                         field_name(names, finding.tags.back()), finding.subject.msg_type,
                         kind_name(finding.kind), finding.count, of);
  }
  return rules + others;
}

}  // namespace fixdrill::diff
