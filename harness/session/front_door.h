// One port for many acceptor sessions: reads what a caller sends up to its Logon and hands the
// connection to the session that the Logon is for.
//
// A caller that sends no Logon within 10 s, more than 8 KiB before it, or anything else first is
// closed without a word (session test cases 1S.c, 2S); when too many wait (limits.h), the one that
// has waited longest. Nothing of it reaches a session or an engine. Used from one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <string>

#include "base/result.h"
#include "fix/message.h"
#include "net/loop.h"
#include "session/session.h"

namespace fixdrill::session {

class FrontDoor final : private net::AcceptSink {
 public:
  /// The session that a Logon is for, with its sink; `session` null: nobody, `why_not` says why.
  struct Destination {
    Session* session = nullptr;
    EventSink* sink = nullptr;
    std::string why_not;
  };
  using Route = std::function<Destination(const fix::Message& logon)>;
  using Note = std::function<void(const std::string& text)>;

  /// `note` hears of every caller that is closed. Everything outlives the door.
  FrontDoor(net::Loop& loop, Route route, Note note);
  ~FrontDoor() override;
  FrontDoor(const FrontDoor&) = delete;
  FrontDoor& operator=(const FrontDoor&) = delete;

  /// Environment error: the port is taken, the address is not ours.
  Status listen(const net::Endpoint& at);
  std::uint16_t port() const { return listener_ ? listener_->port() : 0; }

 private:
  class Caller;
  using Callers = std::list<std::unique_ptr<Caller>>;

  net::ByteSink* on_accept(net::ConnectionPtr connection, const net::Endpoint& peer) override;
  void admit(Caller& caller, const fix::Message& logon);
  void turn_away(Caller& caller, const std::string& why);
  std::unique_ptr<Caller> take(Caller& caller);

  net::Loop& loop_;
  Route route_;
  Note note_;
  Callers callers_;  ///< before their Logon
  std::unique_ptr<net::Listener> listener_;
};

}  // namespace fixdrill::session
