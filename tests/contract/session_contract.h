// What every session promises, engine or wire, as initiator and as acceptor, in memory and over
// loopback. The peer is hand-written (support/raw_peer.h).
#pragma once

#include <gtest/gtest.h>
#include <ostream>
#include <string>

#include "support/raw_peer.h"
#include "support/session_rig.h"

namespace fixdrill::test {

struct SessionKind {
  bool engine = false;
  bool acceptor = false;
  bool memory = false;

  std::string name() const {
    return std::string(engine ? "Engine" : "Wire") + (acceptor ? "Acceptor" : "Initiator") +
           (memory ? "Memory" : "Tcp");
  }
  friend std::ostream& operator<<(std::ostream& out, const SessionKind& kind) {
    return out << kind.name();
  }
};

class SessionContract : public ::testing::TestWithParam<SessionKind> {
 protected:
  SessionContract()
      : rig(GetParam().memory ? net::make_memory_loop(kStart) : real_loop()),
        peer(*rig.loop, "PEER", "US") {
    rig.acceptor = GetParam().acceptor;
  }

  bool is_engine() const { return GetParam().engine; }
  bool is_acceptor() const { return GetParam().acceptor; }
  session::Session& session() { return *rig.session; }

  /// Makes the session, once, and connects it with the peer.
  void connect() {
    if (!rig.session) {
      if (!is_acceptor()) rig.config.port = peer.listens();
      is_engine() ? rig.engine() : rig.wire({session::Auto::heartbeat, session::Auto::testrequest});
    }
    const Status opened = session().open(rig.inbox);
    ASSERT_TRUE(opened.ok()) << opened.error().text;
    if (is_acceptor()) peer.connects(session().port());
    ASSERT_TRUE(peer.accepted());
    ASSERT_TRUE(rig.reaches(session::State::connected));
  }

  /// Connects and logs on, with the numbers as they stand.
  void logon() {
    connect();
    if (is_acceptor()) {
      peer.sends("35=A|98=0|108=30|");
      if (!is_engine()) {
        rig.inbox.message("35=A");
        ASSERT_TRUE(session().send(out("35=A|98=0|108=30|")).ok());
      }
      peer.expects("35=A|108=30");
    } else {
      if (is_engine()) {
        ASSERT_TRUE(session().logon().ok());
      } else {
        ASSERT_TRUE(session().send(out("35=A|98=0|108=30|")).ok());
      }
      peer.expects("35=A|98=0|108=30");
      peer.sends("35=A|98=0|108=30|");
    }
    ASSERT_TRUE(rig.reaches(session::State::logged_on));
    rig.inbox.clear();
  }

  SessionRig rig;
  RawPeer peer;
};

}  // namespace fixdrill::test
