#include "diff/rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "flow/ids.h"

namespace fixdrill::diff {

namespace {

constexpr std::array<std::pair<const char*, Treatment>, 11> kTreatments = {{
    {"exact", Treatment::exact},
    {"wire", Treatment::wire},
    {"counter", Treatment::counter},
    {"clock", Treatment::clock},
    {"date", Treatment::date},
    {"id", Treatment::id},
    {"secret", Treatment::secret},
    {"environment", Treatment::environment},
    {"text", Treatment::text},
    {"tolerance", Treatment::tolerance},
    {"ignore", Treatment::ignore},
}};

constexpr int kLastIdTag = 2000;

struct DefaultRule {
  Treatment treatment;
  std::vector<int> tags;
  const char* reason;
};

// Whatever names a thing, and what names one only for the moment: TestReqID(112),
// QuoteEntryID(299), BusinessRejectRefID(379).
std::vector<int> id_tags() {
  std::vector<int> tags = {112, 299, 379};
  for (int tag = 1; tag < kLastIdTag; ++tag) {
    if (flow::id_space(tag) != 0) tags.push_back(tag);
  }
  return tags;
}

// recording.md, B4.
const std::vector<DefaultRule>& default_rules() {
  static const std::vector<DefaultRule> kRules = {
      {Treatment::wire, {9, 10}, "follow from the rest"},
      {Treatment::counter,
       {34, 36, 7, 16, 45, 369, 789, 911, 893, 83},
       "each run counts for itself"},
      {Treatment::clock,
       {52, 60, 122, 273, 370, 769, 779, 126, 62, 168, 341, 345, 443, 515, 586},
       "never equal; precision is compared"},
      {Treatment::date,
       {64, 75, 272, 432, 541, 193, 229, 248, 715},
       "days from the message's own date"},
      {Treatment::id, id_tags(), "by what they refer to"},
      {Treatment::secret, {96, 554, 925, 1402, 95, 1401}, "there or not"},
      {Treatment::environment,
       {49, 56, 50, 57, 115, 116, 128, 129, 142, 143, 144, 145, 1603, 1604, 1605},
       "each environment has its own"},
      {Treatment::text, {58, 355, 354}, "wording without numbers and ids"},
  };
  return kRules;
}

}  // namespace

const char* treatment_name(Treatment treatment) {
  for (const auto& [name, value] : kTreatments) {
    if (value == treatment) return name;
  }
  return "exact";
}

bool looks_like_timestamp(std::string_view value) {
  return value.size() >= 17 && value.size() <= 27 && value[8] == '-' && value[11] == ':' &&
         value[14] == ':' && fix::timestamp_digits(value).has_value();
}

Rules::Rules() : by_tag_(kDirect) {
  rules_.emplace_back();
  for (const DefaultRule& made : default_rules()) {
    Rule rule;
    rule.treatment = made.treatment;
    rule.tags = made.tags;
    rule.reason = made.reason;
    add(std::move(rule));
  }
}

void Rules::add(Rule rule) {
  const auto index = static_cast<std::uint16_t>(rules_.size());
  for (const int tag : rule.tags) {
    for (const std::string& type : rule.msg_types) scoped_.push_back({tag, type, index});
    if (!rule.msg_types.empty()) continue;
    if (static_cast<std::size_t>(tag) < kDirect) {
      by_tag_[static_cast<std::size_t>(tag)] = index;
    } else {
      by_high_tag_[tag] = index;
    }
  }
  rules_.push_back(std::move(rule));
}

const Renaming* Rules::renamed(const Renaming& renaming) const {
  for (const Renaming& other : renamings_) {
    const bool field =
        std::find_first_of(other.tags.begin(), other.tags.end(), renaming.tags.begin(),
                           renaming.tags.end()) != other.tags.end();
    if (field && other.a == renaming.a) return &other;
  }
  return nullptr;
}

std::size_t Rules::index(int tag) const {
  if (static_cast<std::size_t>(tag) < kDirect) return by_tag_[static_cast<std::size_t>(tag)];
  const auto at = by_high_tag_.find(tag);
  return at == by_high_tag_.end() ? 0 : at->second;
}

const Rule& Rules::rule(int tag, std::string_view msg_type) const {
  for (auto scoped = scoped_.rbegin(); scoped != scoped_.rend(); ++scoped) {
    if (scoped->tag == tag && scoped->msg_type == msg_type) return rules_[scoped->rule];
  }
  return rules_[index(tag)];
}

Treatment Rules::treatment(int tag, std::string_view msg_type, std::string_view value) const {
  const Rule& found = rule(tag, msg_type);
  const bool named = &found != &rules_.front();
  return !named && looks_like_timestamp(value) ? Treatment::clock : found.treatment;
}

}  // namespace fixdrill::diff
