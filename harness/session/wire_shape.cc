// Messages that leave spoilt, in parts or joined.
#include <algorithm>
#include <utility>

#include "session/wire_session.h"

namespace fixdrill::session {

namespace {

bool gives(const fix::OutMessage& message, int tag) {
  return std::any_of(message.fields.begin(), message.fields.end(),
                     [tag](const fix::Field& field) { return field.tag == tag; });
}

}  // namespace

/// The guard sees the message as it was before it was spoilt: an order without its CheckSum is an
/// order.
Result<Sent> WireSession::send_shaped(const fix::OutMessage& message, const Shape& shape) {
  if (!can_send()) return not_connected("35=" + message.msg_type);
  Result<std::string> clean = numbered(message, shape);
  if (!clean) return clean.error();
  Result<std::string> bytes = spoilt(message, *clean, shape);
  if (!bytes) return bytes.error();
  const Result<Admitted> admitted = tap().admit(std::move(*clean), Origin::scenario);
  if (!admitted) {
    note("guard", admitted.error().text);
    return admitted.error();
  }
  if (!count_out(*admitted->message()))
    return environment_error("cannot write the number store of " + name() +
                             ": the message was not sent");
  return leave(tap().spoilt(std::move(*bytes)), shape);
}

Result<std::string> WireSession::numbered(const fix::OutMessage& message, const Shape& shape) {
  std::string bytes = encoded(message);
  if (!shape.seq_num) return bytes;
  const std::int64_t base = shape.seq_num->relative ? header_.seq_num : 0;
  const std::int64_t number = base + shape.seq_num->value;
  if (number < 0) return input_error("MsgSeqNum(34) would be " + std::to_string(number));
  header_.seq_num = number;
  return fix::encode(message, header_);
}

Result<std::string> WireSession::spoilt(const fix::OutMessage& message, const std::string& bytes,
                                        const Shape& shape) const {
  const fix::GivenByHand given{gives(message, 9), gives(message, 10)};
  Result<std::string> out = fix::spoil(bytes, shape.fault, given, context().dictionary.get());
  if (!out || shape.split.empty() || shape.split.back() < out->size()) return out;
  return input_error("cannot split it at byte " + std::to_string(shape.split.back()) +
                     ": the message is " + std::to_string(out->size()) + " bytes long");
}

Result<Sent> WireSession::leave(const Admitted& admitted, const Shape& shape) {
  Sent sent;
  if (!shape.split.empty()) {
    sent = tap().begin(admitted);
    sent.joined = split_.start(tap(), shape, [this] { parts_left(); });
  } else {
    sent = shape.joined ? tap().hold(admitted) : tap().write(admitted);
  }
  last_sent_ = sent.time;
  if (admitted.whole()) after_sending(*admitted.message());
  return sent;
}

void WireSession::parts_left() {
  last_sent_ = loop().now();
  for (const auto& answer : std::exchange(deferred_, {})) answer();
}

}  // namespace fixdrill::session
