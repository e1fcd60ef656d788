#include "diff/traffic.h"

#include <fmt/format.h>

namespace fixdrill::diff {

using record::Direction;

namespace {

constexpr std::size_t kHighestSeen = 100'000'000;  // bits: a number beyond is not remembered

}  // namespace

void Traffic::count(const std::string& what, Direction direction) {
  ++counts_[fmt::format("{} {}", what, direction == Direction::in ? "in" : "out")];
}

bool Traffic::repeats(const record::MessageView& view, const fix::Message& message) {
  const auto seq = message.seq_num();
  if (!seq || *seq < 0 || static_cast<std::size_t>(*seq) >= kHighestSeen) return false;
  Way& way = this->way(view.direction);
  const auto number = static_cast<std::size_t>(*seq);
  // Numbers start again: with them what was seen.
  if (message.msg_type() == "A" && (number == 1 || message.value(141) == "Y")) {
    if (way.highest > 1) count("sequence reset", view.direction);
    way = {};
  }
  if (way.seen.size() <= number) way.seen.resize(number + number / 2 + 64);
  const bool seen = way.seen[number];
  way.seen[number] = true;
  way.highest = std::max<std::uint64_t>(way.highest, number);
  if (!message.poss_dup()) return false;
  if (!message.is_admin()) count("message resent", view.direction);
  return seen && !message.is_admin();
}

void Traffic::session_message(const record::MessageView& view, const fix::Message& message) {
  const std::string_view type = message.msg_type();
  switch (type.empty() ? '\0' : type.front()) {
    case 'A':
      logon(view, message);
      break;
    case '1':
      count("TestRequest", view.direction);
      break;
    case '2':
      count("ResendRequest", view.direction);
      break;
    case '3':
      break;  // compared as a message
    case '4':
      count(message.value(123) == "Y" ? "gap filled" : "SequenceReset", view.direction);
      break;
    case '5':
      if (asked_ && view.direction == Direction::in) count("Logon refused", Direction::in);
      asked_ = false;
      count("Logout", view.direction);
      break;
    default:
      count("Heartbeat", view.direction);
  }
}

void Traffic::logon(const record::MessageView& view, const fix::Message& message) {
  count("Logon", view.direction);
  asked_ = view.direction == Direction::out;
  const std::size_t way = view.direction == Direction::in ? 0 : 1;
  if (!logon_[way].empty()) return;
  logon_[way] = message.bytes();
  logon_ids_[way] = view.id;
}

void Traffic::unreadable(const record::MessageView& view) {
  count(view.kind == record::MessageKind::garbled ? "garbled message" : "message cut off",
        view.direction);
}

bool beats_with_time(const std::string& what) {
  return what.rfind("Heartbeat", 0) == 0 || what.rfind("TestRequest", 0) == 0;
}

}  // namespace fixdrill::diff
