#include "eval/run_bound.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "fix/value.h"

namespace fixdrill::eval {

namespace {

constexpr const char* kId =
    "it is an id, another one in every run; write '= *', or what it must be equal to, as in "
    "${nos.ClOrdID}";
constexpr const char* kTime =
    "it is a time, another one in every run; write '= *', 'is timestamp_ms' or '= ${now()} +- 5s'";
constexpr const char* kDate = "it is a date, another one tomorrow; write '= *' or '= ${today()}'";
constexpr const char* kSession =
    "it is the session's, another one in every run; write '= *', or leave it out";

// The ids of orders, executions and quotes, where no dictionary names them.
bool is_id_tag(int tag) {
  constexpr std::array kIds = {11, 17, 19, 37, 41, 66, 70, 112, 117, 131, 198, 262, 278, 526, 571};
  return std::find(kIds.begin(), kIds.end(), tag) != kIds.end();
}

// By the end of its name: PartyID, SecurityID and TradingSessionID name what is the same tomorrow.
bool is_id_name(std::string_view name) {
  constexpr std::array<std::string_view, 24> kEnds = {
      "OrdID",      "OrderID",  "OrdLinkID", "ExecID",  "RefID",      "ReqID",
      "RequestID",  "ListID",   "AllocID",   "QuoteID", "QuoteMsgID", "RespID",
      "ResponseID", "ReportID", "RptID",     "EntryID", "TradeID",    "TradeLinkID",
      "MatchID",    "BidID",    "AsgnID",    "CrossID", "AdvId",      "IOIID"};
  return std::any_of(kEnds.begin(), kEnds.end(),
                     [&](std::string_view end) { return name.ends_with(end); });
}

bool is_id(int tag, const fix::Dictionary* dictionary) {
  const fix::FieldDef* def = dictionary ? dictionary->field(tag) : nullptr;
  return is_id_tag(tag) || (def && is_id_name(def->name));
}

// RefSeqNum, BeginSeqNo, EndSeqNo, NewSeqNo … : numbers of this connection.
bool is_session_number(const fix::FieldDef& def) { return def.type == "SEQNUM"; }

bool holds_time(std::string_view text) {
  constexpr std::size_t kLength = 17;  // YYYYMMDD-HH:MM:SS
  for (std::size_t at = 0; at + kLength <= text.size(); ++at) {
    if (fix::parse_utc_timestamp(text.substr(at, kLength))) return true;
  }
  return false;
}

// "Order X12 rejected": a text that quotes an id of its own message.
std::optional<int> quoted_id(int tag, std::string_view text, const fix::Message& message,
                             const fix::Dictionary* dictionary) {
  constexpr std::size_t kShortest = 4;  ///< shorter ones stand in a text by chance
  for (std::size_t i = 0; i < message.size(); ++i) {
    const fix::FieldView field = message[i];
    if (field.tag == tag || field.value.size() < kShortest || !is_id(field.tag, dictionary))
      continue;
    if (text.find(field.value) != std::string_view::npos) return field.tag;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> bound_to_run(int tag, std::string_view value,
                                        const fix::Message& message,
                                        const fix::Dictionary* dictionary) {
  const fix::FieldDef* def = dictionary ? dictionary->field(tag) : nullptr;
  if (fix::is_header_tag(tag) || fix::is_trailer_tag(tag) || (def && is_session_number(*def)))
    return kSession;
  if (is_id(tag, dictionary)) return kId;
  if (def && def->kind == fix::ValueClass::date) return kDate;
  const bool time =
      def && (def->kind == fix::ValueClass::timestamp || def->kind == fix::ValueClass::time);
  if (time || fix::timestamp_digits(value)) return kTime;
  if (holds_time(value))
    return "there is a time in it, another one in every run; write '~ /…/' for what stays";
  if (const auto id = quoted_id(tag, value, message, dictionary)) {
    const std::string label =
        dictionary ? dictionary->field_label(*id) : fmt::format("tag {}", *id);
    return fmt::format(
        "{} of the message stands in it, another one in every run; write '~ /…/' for what stays",
        label);
  }
  return std::nullopt;
}

}  // namespace fixdrill::eval
