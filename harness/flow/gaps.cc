#include "flow/gaps.h"

#include <algorithm>

namespace fixdrill::flow {

namespace {

constexpr std::int64_t kInfinity = 999999;  ///< EndSeqNo(16) of FIX 4.0 and 4.1 for "all"

}  // namespace

void Gaps::add(const record::MessageView& view, const fix::Message& message) {
  if (view.kind != record::MessageKind::fix) return;
  const bool in = view.direction == record::Direction::in;
  SequenceWatch& own = watch(view.session_id, view.direction);
  SequenceWatch& other =
      watch(view.session_id, in ? record::Direction::out : record::Direction::in);
  own.take(view, message);
  if (message.poss_dup()) return;
  if (message.msg_type() == "2") {
    const std::int64_t to = sequence_number(message, 16);
    const std::int64_t from = std::max<std::int64_t>(sequence_number(message, 7), 1);
    other.asked(view, message, {from, to == kInfinity ? 0 : to});
  } else if (message.msg_type() == "A") {
    const std::int64_t next = sequence_number(message, 789);
    if (message.value(141) == "Y") {
      other.may_restart();
    } else if (next > 0 && next < other.due()) {
      other.asked(view, message, {next, 0});
    }
  }
}

std::vector<const SequenceStream*> Gaps::streams() const {
  std::vector<const SequenceStream*> streams;
  for (const auto& [key, watch] : watches_) streams.push_back(&watch.stream());
  return streams;
}

SequenceWatch& Gaps::watch(std::int64_t session, record::Direction direction) {
  const bool in = direction == record::Direction::in;
  return watches_.try_emplace({session, in}, session, direction).first->second;
}

}  // namespace fixdrill::flow
