#include "flow/sequence_index.h"

#include "base/text.h"
#include "flow/ids.h"

namespace fixdrill::flow {

namespace {

constexpr std::size_t kJump = 64;  ///< a gap up to this is filled with empty places

std::uint64_t stream_key(std::int64_t session, record::Direction direction) {
  return static_cast<std::uint64_t>(session) * 2 + (direction == record::Direction::out ? 1 : 0);
}

}  // namespace

void SequenceIndex::put(std::int64_t session, record::Direction direction,
                        const fix::Message& message, std::uint32_t value) {
  const auto seq = message.seq_num();
  if (!seq) return;
  const auto number = static_cast<std::size_t>(*seq);
  const Sent sent = {value, type_code(message.msg_type())};
  Stream& stream = streams_[stream_key(session, direction)];
  if (number >= stream.dense.size() + kJump) {
    stream.sparse[number] = sent;
    return;
  }
  if (number >= stream.dense.size()) stream.dense.resize(number + 1);
  stream.dense[number] = sent;
}

std::optional<std::uint32_t> SequenceIndex::refused_by(std::int64_t session,
                                                       record::Direction direction,
                                                       const fix::Message& reject) const {
  const auto number = parse_size(reject.value(45));
  const auto other =
      direction == record::Direction::in ? record::Direction::out : record::Direction::in;
  const auto stream = streams_.find(stream_key(session, other));
  if (!number || stream == streams_.end()) return std::nullopt;
  Sent sent;
  if (*number < stream->second.dense.size()) sent = stream->second.dense[*number];
  const auto far = stream->second.sparse.find(*number);
  if (sent.type == 0 && far != stream->second.sparse.end()) sent = far->second;
  const std::string_view type = reject.value(372);
  if (sent.type == 0 || (!type.empty() && type_code(type) != sent.type)) return std::nullopt;
  return sent.value;
}

}  // namespace fixdrill::flow
