// One session as a scenario uses it: what arrived and nobody has consumed yet, and who may take it.
//
// Rules 1 and 2 of the language (scenarios/README.md): an event goes to `forbid` first, then to the
// open expectations in written order, then to `ignore`; if none takes it the step fails at once.
#pragma once

#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/source.h"
#include "base/time.h"
#include "eval/bindings.h"
#include "eval/pattern.h"
#include "session/session.h"

namespace fixdrill::run {

/// An expectation that is waiting: the written place and what it waits for.
struct Open {
  Span span;
  eval::Pattern pattern;
  std::optional<std::string> as;
  std::optional<Time> until;        ///< an optional one closes then
  eval::Bindings* names = nullptr;  ///< where an optional one keeps what it takes
  int block = 0;                    ///< how deep the block is that opened it
};

/// Whether an expectation, or one of several that are open at once, takes this event.
using Taker = std::function<bool(const session::Event&)>;

/// From where an expectation takes what it waits for.
enum class Manner {
  next,      ///< the next event, which must fit (`expect`)
  anywhere,  ///< the first that fits; what it passes over stays (`await`)
};

/// Where an event went when an expectation was held against the inbox.
struct Routed {
  enum class Kind {
    waiting,   ///< nothing there that decides
    taken,     ///< by the expectation
    mismatch,  ///< a message that nothing open takes
    refused,   ///< a message that the engine refused
    garbled,
    closed,
  };
  Kind kind = Kind::waiting;
  session::Event event;

  bool decided() const { return kind != Kind::waiting; }
};

/// Whether the message is one that the expectation takes; one that the engine refused is not.
bool accepts(const Open& open, const session::Event& event);

/// An optional expectation that took a message on the way.
struct TakenOptional {
  Open open;
  session::Event event;
};

class Channel final : public session::EventSink {
 public:
  Channel(std::string alias, bool wire, bool acceptor);

  void on_event(session::Event event) override;

  const std::string& alias() const { return alias_; }
  bool wire() const { return wire_; }
  bool acceptor() const { return acceptor_; }

  /// Offers what arrived to the pending optionals, to `takes` and (for the next event) to `ignore`,
  /// in order. Closes and garbled bytes that nobody takes decide in both manners.
  Routed take(const Taker& takes, Manner manner);
  /// The same for one message expectation; null: only optionals.
  Routed route(const Open* required);
  /// As take from anywhere, for an answer that no step of the scenario asked for: nothing else is
  /// touched.
  Routed answer(const Open& wanted);
  /// The first message that fits, a refused one too, left where it is.
  std::optional<session::Event> look_for(const Open& wanted) const;
  /// The first close or garbled bytes that nobody asked for, left where they are.
  std::optional<session::Event> look_for_end() const;
  /// The first close that nobody asked for; null = none.
  const session::Event* close_nobody_asked_for() const;
  /// The close that must come next, asked for or not, but not one by a limit of ours. `silently`:
  /// no message may come before it, not even one that an optional takes or that is ignored.
  Routed route_close(bool silently);
  /// Takes away what `route` stopped at.
  void drop_front() { inbox_.pop_front(); }

  void open_optional(Open open);
  void forbid(Open open);
  void ignore(Open open);
  /// A forbidden message that arrived, with what forbade it.
  struct Violation {
    const Open* forbidden = nullptr;
    session::Event event;
  };
  const std::optional<Violation>& violation() const { return violation_; }

  /// Why a guard closed the connection (exit 5).
  const std::optional<std::string>& guard() const { return guard_; }

  /// Whether the block of the moment left a forbid or an optional open.
  bool has_open() const;
  /// Lets the pending optionals take what lies in front.
  void offer_to_optionals() {
    if (!optionals_.empty()) route(nullptr);
  }
  /// Blocks nest; what is opened from here on belongs to this one.
  void begin_block() { ++block_; }
  /// What the block opened is over: forbids, ignores and pending optionals.
  /// The time since then does not count for pending optionals that were still open.
  void clocks_stood(Time since, Duration time);
  /// What a block opened is over: forbids and pending optionals.
  void end_block();
  void end_scenario();
  /// Forgets everything that arrived.
  void clear();
  /// A connection of its own has begun: closes of earlier ones that we asked for say nothing about
  /// it.
  void forget_old_closes();
  /// What connections brought that are gone, up to the last close: at the beginning of a scenario
  /// that is nobody's, as when a peer came and went while other scenarios ran.
  void forget_gone();
  /// A step has taken the connection (`accept`): what it brought and brings is the scenario's.
  void serve();
  /// Something of the scenario's own has arrived. A peer that comes back sooner than a step of a
  /// wire acceptor takes its connection is the next scenario's.
  bool has_own() const;
  /// What refused a logon has been judged: Logout, Reject and the close are nobody's any more.
  void forget_refusal();

  const std::list<Open>& optionals() const { return optionals_; }
  std::vector<TakenOptional> take_optional_matches();
  const std::deque<session::Event>& inbox() const { return inbox_; }
  const std::deque<session::Event>& side() const { return side_; }

  std::unique_ptr<session::Session> session;
  fix::DictionaryPtr dictionary;  ///< may be null
  std::optional<session::Sent> last_sent;
  std::optional<Span> joined;  ///< where the last message was sent that waits for the next one
  bool used_in_scenario = false;
  /// The scenario (or rule 10 for it) has seen to the connection: it does not come up by itself
  /// again.
  bool settled_in_scenario = false;
  bool was_up_in_scenario = false;

 private:
  bool offer_to_optionals(const session::Event& event);
  void offer_side_to_optionals();
  Routed take_out(std::deque<session::Event>& from, std::deque<session::Event>::iterator at);
  Routed take_next(const Taker& takes);
  Routed take_anywhere(const Taker& takes);
  void forget_opened(int from_block);
  bool ignored(const session::Event& event) const;
  void judge_forbidden(const session::Event& event);
  void consume(const session::Event& event);

  std::string alias_;
  bool wire_;
  bool acceptor_;
  std::deque<session::Event> inbox_;
  std::deque<session::Event> side_;
  std::list<Open> optionals_;
  std::list<Open> forbids_;
  std::list<Open> ignores_;
  std::vector<TakenOptional> taken_;
  int block_ = 0;
  bool served_ = false;
  std::optional<Time> first_stranger_;  ///< when a connection that no step has taken first spoke
  std::optional<Violation> violation_;
  std::optional<std::string> guard_;
};

}  // namespace fixdrill::run
