#include "fix/findings.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"

namespace fixdrill::fix {

namespace {

constexpr std::size_t kShownValue = 40;

// As the standard explains SessionRejectReason(373).
std::string_view words(RejectReason reason) {
  switch (reason) {
    case RejectReason::invalid_tag_number:
      return "Invalid tag number";
    case RejectReason::required_tag_missing:
      return "Required tag missing";
    case RejectReason::tag_not_defined_for_type:
      return "Tag not defined for this message type";
    case RejectReason::undefined_tag:
      return "Undefined tag";
    case RejectReason::tag_without_value:
      return "Tag specified without a value";
    case RejectReason::value_incorrect:
      return "Value is incorrect (out of range) for this tag";
    case RejectReason::incorrect_data_format:
      return "Incorrect data format for value";
    case RejectReason::invalid_msg_type:
      return "Invalid MsgType";
    case RejectReason::tag_repeated:
      return "Tag appears more than once";
    case RejectReason::tag_out_of_order:
      return "Tag specified out of required order";
    case RejectReason::group_out_of_order:
      return "Repeating group fields out of order";
    case RejectReason::group_count_wrong:
      return "Incorrect NumInGroup count for repeating group";
    case RejectReason::value_has_soh:
      return "Non-data value includes field delimiter (SOH)";
  }
  return "";
}

}  // namespace

Finding finding(RejectReason reason, int tag, std::string_view subject) {
  return {reason, tag, fmt::format("{}: {}", words(reason), subject)};
}

std::string shown(std::string_view value) { return printable(value.substr(0, kShownValue)); }

void Findings::add(RejectReason reason, int tag, std::string_view detail) {
  add(finding(reason, tag, dictionary_.field_label(tag).append(detail)));
}

void Findings::insert(std::size_t slot, Finding finding) {
  found_.insert(found_.begin() + static_cast<std::ptrdiff_t>(slot), std::move(finding));
}

void Findings::add_missing(std::size_t rank, int tag, std::string_view detail) {
  if (missing_.size() >= most_) return;
  missing_.push_back({rank, finding(RejectReason::required_tag_missing, tag,
                                    dictionary_.field_label(tag).append(detail))});
}

std::vector<Finding> Findings::take(bool with_missing) {
  if (with_missing) {
    std::stable_sort(missing_.begin(), missing_.end(),
                     [](const Missing& a, const Missing& b) { return a.rank < b.rank; });
    for (Missing& missing : missing_) found_.push_back(std::move(missing.finding));
  }
  if (found_.size() > most_) found_.resize(most_);
  return std::move(found_);
}

}  // namespace fixdrill::fix
