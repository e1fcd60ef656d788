// One FIX session run by QuickFIX 1.15.1, without its sockets, threads, clock and files: bytes and
// time are handed in, bytes and events come back through a Listener.
//
// QuickFIX keeps the session rules (numbers, heartbeats, gaps, resends) and sees of an application
// message its header only; the body is put back on the way out, so order, groups, custom tags and
// repeated tags survive sending and resending. A session with a dictionary may let messages pass
// through whole instead. Valid in C++14 and later; includes nothing of ours.
//
// A Session belongs to one thread. Store and Listener must outlive it. Nothing throws: what escapes
// the engine arrives at Listener::refused. Store and Listener must not throw either.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace fixdrill {
namespace engine {

/// The largest MsgSeqNum(34) the engine can count: its numbers are 32-bit.
constexpr std::int64_t kMaxSeqNum = 2147483647;

/// Tag and value of one field.
using Field = std::pair<int, std::string>;
using Fields = std::vector<Field>;

/// Whole-message validation by a QuickFIX dictionary. Every session loads a copy of its own.
struct Validation {
  std::string dictionary;              ///< path: the session's, and before FIXT.1.1 the only one
  std::string application_dictionary;  ///< path: FIXT.1.1 only, for Config::default_appl_ver_id
  bool fields_out_of_order = true;     ///< refuse header fields in the body and the like
  bool fields_have_values = true;      ///< refuse `58=`
  bool user_defined_fields = true;     ///< refuse unknown tags from 5000 up
  bool allow_unknown_fields = false;   ///< accept fields the message type does not list
  /// What is sent passes through the engine whole as well: its fields leave in the engine's order.
  bool whole_out = false;
};

struct Config {
  std::string begin_string = "FIX.4.4";   ///< FIX.4.0 … FIX.4.4 or FIXT.1.1
  std::string default_appl_ver_id = "9";  ///< DefaultApplVerID(1137), FIXT.1.1 only
  std::string sender_comp_id;             ///< ours
  std::string target_comp_id;             ///< the peer's
  Fields
      header;  ///< further header fields of every message, such as SenderSubID(50), TargetSubID(57)
  bool initiator = true;
  int heartbeat_s =
      30;  ///< HeartBtInt(108) of an initiator, 0 = none; an acceptor takes the peer's
  int max_latency_s = 120;  ///< SendingTimeThreshold: allowed distance of SendingTime(52) from now
  bool check_latency = true;  ///< whether SendingTime(52) is checked at all
  bool check_comp_ids = true;
  bool reset_on_logon = false;  ///< initiator: Logon with ResetSeqNumFlag(141)=Y (from FIX.4.1 on)
  bool reset_on_logout = false;
  bool reset_on_disconnect = false;
  int logon_timeout_s = 10;
  int logout_timeout_s = 2;
  int timestamp_digits = 3;      ///< of SendingTime(52), 0 to 9; always 0 before FIX.4.2
  std::size_t max_held = 10000;  ///< messages kept while a gap is open; the next one is refused
  std::size_t max_held_bytes = 16u << 20;     ///< of those messages; once over it, no more are kept
  std::unique_ptr<Validation> validation;     ///< null = envelopes, nothing validated
  std::function<std::int64_t()> now_wall_ns;  ///< ns since the Unix epoch, UTC; empty = real time
};

/// Numbers and sent application messages of one session. Shared with no other session.
class Store {
 public:
  virtual ~Store() = default;
  virtual std::int64_t next_sender() const = 0;  ///< MsgSeqNum(34) of the next message out, from 1
  virtual std::int64_t next_target() const = 0;  ///< MsgSeqNum(34) expected next, from 1
  /// The setters return false when the write failed; the session then drops the connection or the
  /// send fails.
  virtual bool set_next_sender(std::int64_t number) = 0;
  virtual bool set_next_target(std::int64_t number) = 0;
  /// Keeps one application message as sent. Administrative ones are never kept: a resend fills
  /// over their numbers. May forget old messages; they are filled over too.
  virtual bool set(std::int64_t seq, const std::string& bytes) = 0;
  /// The kept messages numbered `begin` to `end`, both included, in the order of their numbers.
  virtual std::vector<std::string> get(std::int64_t begin, std::int64_t end) const = 0;
  /// Both numbers to 1, no messages.
  virtual bool reset() = 0;
};

/// What a Logon carries besides the engine's own fields.
struct LogonFields {
  Fields set;  ///< in this order; one of the engine's (98, 108, 141, 1137) is replaced in place
  std::vector<int> remove;  ///< tags of the engine's own fields left out, such as EncryptMethod(98)
};

/// Header values of a Logon about to be sent; signatures cover them.
struct LogonHeader {
  std::int64_t seq = 0;      ///< MsgSeqNum(34), after a reset if there is one
  std::string sending_time;  ///< SendingTime(52) as written
  std::string sender_comp_id;
  std::string target_comp_id;
};

/// Receives what the session does, on the caller's thread, inside the call that causes it.
///
/// A callback other than `transmit` may call Session::send, logout and the getters.
/// Session::received and closed called from a callback take effect when the outer call has
/// finished; tick does nothing there.
class Listener {
 public:
  virtual ~Listener() = default;
  /// Write exactly these bytes. To withhold an answer of the engine, do not write them.
  virtual void transmit(const std::string& bytes) = 0;
  /// A message as received passed the session rules, in the order the engine processes them: one
  /// that waited for a gap comes when the gap is filled. Comes before the engine's answer to it,
  /// which may still be a Reject(3), as for a SequenceReset(4) to a lower number.
  virtual void accepted(const std::string& bytes, bool admin) = 0;
  /// The session rules turned this message down; `reason` is the engine's wording.
  virtual void refused(const std::string& bytes, const std::string& reason) = 0;
  /// A copy with PossDupFlag(43)=Y of a number already seen, or a message replaced by a newer copy
  /// while both waited for a gap.
  virtual void discarded(const std::string& bytes) = 0;
  /// A message beyond a gap: it waits, and is accepted or refused later.
  virtual void held(const std::string& bytes) { (void)bytes; }
  virtual void logged_on() = 0;
  virtual void logged_out() = 0;
  /// The engine wants the connection dropped, after the bytes transmitted so far. Session::closed
  /// may follow and changes nothing more.
  virtual void disconnect(const std::string& reason) = 0;
  /// Last word on a Logon or Logon answer: its number and time are final.
  virtual void complete_logon(const LogonHeader& header, LogonFields& fields) {
    (void)header;
    (void)fields;
  }
  /// The engine's log line, for people.
  virtual void event(const std::string& text) { (void)text; }
};

struct SendResult {
  bool ok = false;
  std::string error;     ///< set when not ok; then nothing was sent and no number consumed
  std::int64_t seq = 0;  ///< MsgSeqNum(34)
  std::string bytes;     ///< as transmitted
};

class Session {
 public:
  /// Null and `error` set when the configuration is wrong or a dictionary cannot be loaded.
  static std::unique_ptr<Session> create(Config config, Store& store, Listener& listener,
                                         std::string& error);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// The transport is up. An acceptor now answers a Logon; an initiator waits for `logon`.
  void connected();
  /// The transport is gone.
  void closed();
  /// One complete message with correct BodyLength(9) and CheckSum(10).
  void received(const std::string& bytes);
  /// Heartbeats, TestRequests and timeouts; about once a second.
  void tick();

  /// Fields added to the Logon, and for an acceptor to its answers, from now on.
  void set_logon_fields(LogonFields fields);
  /// Initiator: sends the Logon now. False when not connected or an acceptor.
  bool logon();
  /// Sends a Logout with Text(58) = `text` unless empty, then disconnects on the answer or after
  /// the logout timeout. False when not logged on.
  bool logout(const std::string& text);

  /// Sends one message: an application message, Heartbeat(0), TestRequest(1) or Reject(3).
  /// `body`: its fields as bytes, each ended by SOH, sent as they are. `header`: fields between the
  /// engine's header and the body; 50, 57, 142 and 143 replace those of Config::header.
  /// Refused before logon, for other session messages, and for header fields that the engine sets
  /// itself (8 9 10 34 35 43 49 52 56 122).
  SendResult send(const std::string& msg_type, const std::string& body, const Fields& header = {});
  /// Inside Listener::accepted of an application message: the engine answers that its type is not
  /// supported, BusinessMessageReject(j) or, before FIX.4.2, Reject(3).
  void refuse_as_unsupported();

  bool is_connected() const;
  bool is_logged_on() const;
  bool received_logon() const;
  bool sent_logon() const;
  bool sent_logout() const;
  int heartbeat_s() const;  ///< the interval in force, 0 = none
  std::int64_t next_sender() const;
  std::int64_t next_target() const;
  bool set_next_sender(std::int64_t number);  ///< 1 to kMaxSeqNum, else false
  bool set_next_target(std::int64_t number);
  /// From the next Logon on; `141=Y` needs it before `logon`.
  void set_reset_on_logon(bool reset);

 private:
  class Core;
  explicit Session(std::unique_ptr<Core> core);
  std::unique_ptr<Core> core_;
};

}  // namespace engine
}  // namespace fixdrill
