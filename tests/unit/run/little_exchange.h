// An exchange of a few lines on a lane's own loop: what RunConfig::attach puts there in tests.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "support/raw_peer.h"

namespace fixdrill::run {

/// Listens on port 9000 as EXCH, for whoever logs on; answers Logon, TestRequest, Logout, and every
/// order by one New.
class LittleExchange {
 public:
  /// Called with the CompID of the one who logged on, and of the one whose connection is gone.
  struct Watch {
    std::function<void(const std::string&)> arrived = [](const std::string&) {};
    std::function<void(const std::string&)> left = [](const std::string&) {};
  };

  explicit LittleExchange(net::Loop& loop) : LittleExchange(loop, Watch()) {}
  LittleExchange(net::Loop& loop, Watch watch)
      : loop_(loop), watch_(std::move(watch)), peer_(loop, "EXCH", "") {
    peer_.listens(9000);
    look_again();
  }
  ~LittleExchange() { see_off(); }
  LittleExchange(const LittleExchange&) = delete;
  LittleExchange& operator=(const LittleExchange&) = delete;

 private:
  void look_again() {
    timer_ = loop_.at(loop_.now() + std::chrono::milliseconds(10), [this] {
      if (!peer_.connected()) see_off();
      while (peer_.waiting() > 0) answer(peer_.expects(""));
      look_again();
    });
  }
  void answer(const std::string& message) {
    const std::string type = test::RawPeer::value(message, "35");
    if (type == "A") welcome(test::RawPeer::value(message, "49"));
    if (type == "1") sends("35=0|112=" + test::RawPeer::value(message, "112") + "|");
    if (type == "5") sends("35=5|");
    if (type == "D")
      sends("35=8|37=1|17=1|150=0|39=0|55=MSFT|54=1|151=1|14=0|6=0|11=" +
            test::RawPeer::value(message, "11") + "|");
  }
  void welcome(const std::string& guest) {
    see_off();
    guest_ = guest;
    peer_.next_out = 1;
    watch_.arrived(guest_);
    sends("35=A|98=0|108=30|141=Y|");
  }
  void see_off() {
    if (!guest_.empty()) watch_.left(guest_);
    guest_.clear();
  }
  /// TargetCompID belongs to the header, in front of the body.
  void sends(const std::string& text) {
    const std::size_t body = text.find('|') + 1;
    peer_.sends(text.substr(0, body) + "56=" + guest_ + "|" + text.substr(body));
  }

  net::Loop& loop_;
  Watch watch_;
  test::RawPeer peer_;
  std::unique_ptr<net::Timer> timer_;
  std::string guest_;
};

}  // namespace fixdrill::run
