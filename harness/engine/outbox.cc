#include "engine/outbox.h"

#include <vector>

#include "engine/compose.h"
#include "engine/wire.h"

namespace fixdrill {
namespace engine {

Outbox::Outbox(Store& store, Listener& listener, std::function<void()> dropped)
    : store_(store), listener_(listener), dropped_(std::move(dropped)) {}

void Outbox::prepare(std::string tail) {
  tail_ = std::move(tail);
  prepared_ = true;
  result_ = SendResult();
}

SendResult Outbox::finish() {
  prepared_ = false;
  if (!result_.ok && result_.error.empty()) result_.error = "the engine did not send the message";
  return std::move(result_);
}

bool Outbox::keep(std::int64_t seq, const std::string& envelope) {
  const std::string msg_type = value_of(envelope, 35);
  asked_ = prepared_;
  prepared_ = false;
  if (asked_) {
    complete_ = whole_ ? envelope : with_tail(envelope, tail_);
  } else {
    complete_ = msg_type == "A" ? complete_logon(seq, envelope) : envelope;
  }
  if (is_admin(msg_type) || store_.set(seq, complete_)) return true;
  if (asked_) result_.error = "the store could not be written";
  return false;
}

std::string Outbox::complete_logon(std::int64_t seq, const std::string& envelope) {
  LogonHeader header;
  header.seq = seq;
  header.sending_time = value_of(envelope, 52);
  header.sender_comp_id = value_of(envelope, 49);
  header.target_comp_id = value_of(envelope, 56);
  LogonFields fields = logon_fields_;
  listener_.complete_logon(header, fields);
  return with_logon_fields(envelope, fields);
}

bool Outbox::send(const std::string& envelope) {
  const std::string msg_type = value_of(envelope, 35);
  if (value_of(envelope, 43) == "Y") return send_again(envelope, msg_type);
  const std::string bytes = std::move(complete_);
  if (asked_) {
    result_.ok = true;
    result_.seq = seq_of(bytes);
    result_.bytes = bytes;
    asked_ = false;
  }
  listener_.transmit(bytes);
  return true;
}

bool Outbox::send_again(const std::string& envelope, const std::string& msg_type) {
  const std::int64_t seq = seq_of(envelope);
  if (is_admin(msg_type)) {
    // Asked for numbers it has not used yet, QuickFIX 1.15.1 fills the gap backwards.
    const std::string new_seq = value_of(envelope, 36);
    const bool backwards = msg_type == "4" && std::stoll("0" + new_seq) <= seq;
    if (!backwards) listener_.transmit(envelope);
    return true;
  }
  if (whole_) {
    listener_.transmit(envelope);
    return true;
  }
  const std::vector<std::string> sent = store_.get(seq, seq);
  if (sent.empty()) return false;
  listener_.transmit(with_tail(envelope, tail_of(sent.front())));
  return true;
}

}  // namespace engine
}  // namespace fixdrill
