// The way out: QuickFIX's Responder. Puts bodies back behind the engine's headers, on sending and
// on resending, and completes the Logon.
#pragma once

#include <functional>
#include <quickfix/Responder.h>
#include <string>

#include "engine/engine.h"

namespace fixdrill {
namespace engine {

class Outbox : public FIX::Responder {
 public:
  /// `dropped` is called when the engine wants the connection closed.
  Outbox(Store& store, Listener& listener, std::function<void()> dropped);

  /// What is sent and kept is the engine's message, not its header with our body.
  void set_whole(bool whole) { whole_ = whole; }
  void set_logon_fields(LogonFields fields) { logon_fields_ = std::move(fields); }
  const LogonFields& logon_fields() const { return logon_fields_; }

  /// The next message that takes a number is the caller's, with this behind its header.
  void prepare(std::string tail);
  bool is_prepared() const { return prepared_; }
  /// What became of the prepared message.
  SendResult finish();

  /// A message of ours takes its number. False when it could not be kept; then it is not sent.
  bool keep(std::int64_t seq, const std::string& envelope);

  bool send(const std::string& envelope) override;
  void disconnect() override { dropped_(); }

 private:
  std::string complete_logon(std::int64_t seq, const std::string& envelope);
  bool send_again(const std::string& envelope, const std::string& msg_type);

  Store& store_;
  Listener& listener_;
  std::function<void()> dropped_;
  LogonFields logon_fields_;
  bool whole_ = false;
  std::string tail_;
  bool prepared_ = false;  // `tail_` waits for its header
  SendResult result_;
  std::string complete_;  // bytes of the message numbered last
  bool asked_ = false;    // `complete_` is the prepared message
};

}  // namespace engine
}  // namespace fixdrill
