// Rules at work: the first that fits a message, from the top, and what its body does.
//
// A rule deals with its message when it replies, sends, drops or disconnects. One that does none of
// this has looked at it only, and the next rule that fits comes. What is sent feeds no rule.
// Used from one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "eval/bindings.h"
#include "fix/encoder.h"
#include "session/session.h"
#include "sim/rule_book.h"
#include "sim/rule_store.h"

namespace fixdrill::sim {

/// The session that a message came on, as far as a rule may use it.
class RuleHost {
 public:
  virtual ~RuleHost() = default;
  virtual void send(fix::OutMessage message) = 0;
  virtual void send_after(Duration delay, fix::OutMessage message) = 0;
  /// Session messages: the engine does not answer either.
  virtual void drop() = 0;
  virtual void disconnect(session::CloseKind kind) = 0;
  virtual void mute() = 0;
  virtual void note(const std::string& text) = 0;
};

/// A message as a rule sees it. TestRequest and its like are session messages.
struct Incoming {
  std::shared_ptr<const fix::Message> message;
  Time received;
  bool session_message = false;
  const fix::Dictionary& dictionary;
};

/// What became of a message.
struct Judgement {
  enum class Kind { passed_on, dealt_with, failed };
  Kind kind = Kind::passed_on;
  std::string error;  ///< failed: "rules.drill:5:20: error: …", one line
};

class Rules {
 public:
  using Env = std::function<std::optional<std::string>(const std::string&)>;

  /// `env` is what env() reads.
  Rules(RuleBookPtr book, Env env);

  /// `now`: of the moment, not of the message.
  Judgement judge(const Incoming& incoming, Time now, RuleHost& host);

 private:
  struct Attempt;

  bool fits(const syntax::Simulator::Rule& rule, Attempt& attempt);
  void bind_stores(const syntax::Simulator& simulator, eval::Bindings& names);
  std::string uid();

  const RuleBookPtr book_;
  eval::World world_;
  eval::Bindings params_;
  Time now_;
  std::int64_t first_ms_ = 0;  ///< when the first uid was made
  std::uint64_t uids_ = 0;
  std::int64_t numbers_ = 0;
  std::set<const syntax::Simulator::Rule*> spent_;  ///< `once`
  RuleStores stores_;
};

}  // namespace fixdrill::sim
