#include "session/front_door.h"

#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "fix/framer.h"

namespace fixdrill::session {

/// A connection before and after its Logon: until then it is its own sink and keeps the bytes; then
/// the session owns it as its connection, and what happens on the wire goes to the session's sink.
class FrontDoor::Caller final : public net::Connection, public net::ByteSink {
 public:
  Caller(FrontDoor& door, net::ConnectionPtr connection)
      : door_(&door), connection_(std::move(connection)) {}

  const net::Endpoint& peer() const { return peer_; }

  void write(std::string_view bytes) override { connection_->write(bytes); }
  void close() override { connection_->close(); }
  void close_half() override { connection_->close_half(); }
  void reset() override { connection_->reset(); }
  void stop_reading() override { connection_->stop_reading(); }
  void resume_reading() override { connection_->resume_reading(); }
  std::size_t queued() const override { return connection_->queued(); }

  void on_connected(const net::Endpoint& local, const net::Endpoint& peer, Time when) override {
    local_ = local;
    peer_ = peer;
    connected_ = when;
    timer_ = door_->loop_.at(when + limits::kPreLogonTime, [this] {
      door_->turn_away(*this, "no Logon within 10 s of the connection");
    });
  }

  void on_bytes(std::string_view bytes, Time when) override {
    if (target_) return target_->on_bytes(bytes, when);
    early_ += bytes;
    arrived_ = when;
    framer_.feed(bytes);
    if (auto frame = framer_.next()) return read_first(*frame);
    if (early_.size() > limits::kPreLogonBytes)
      door_->turn_away(*this, "more than 8 KiB before the Logon");
  }

  void on_closed(net::CloseReason reason, const std::string& detail, Time when) override {
    if (target_) return target_->on_closed(reason, detail, when);
    door_->turn_away(*this, "it closed before its Logon");
  }

  /// The session has this connection from now on; what came up to now goes there first.
  void hand_to(net::ByteSink& target) {
    timer_.reset();
    door_ = nullptr;
    target_ = &target;
    target.on_connected(local_, peer_, connected_);
    const std::string early = std::exchange(early_, "");
    target.on_bytes(early, arrived_);
  }

 private:
  void read_first(const fix::Frame& frame) {
    if (early_.size() > limits::kPreLogonBytes)
      return door_->turn_away(*this, "more than 8 KiB before the Logon");
    if (frame.kind != fix::Frame::Kind::message)
      return door_->turn_away(*this, "its first bytes are no message: " + frame.reason);
    const fix::Message message{std::string(frame.bytes)};
    if (message.msg_type() != "A")
      return door_->turn_away(*this, "its first message is not a Logon but 35=" +
                                         printable(message.msg_type().substr(0, 20)));
    door_->admit(*this, message);
  }

  FrontDoor* door_;  ///< null once a session has it
  net::ConnectionPtr connection_;
  net::ByteSink* target_ = nullptr;
  net::Endpoint local_;
  net::Endpoint peer_;
  Time connected_;
  Time arrived_;
  std::string early_;
  fix::Framer framer_;
  std::unique_ptr<net::Timer> timer_;
};

FrontDoor::FrontDoor(net::Loop& loop, Route route, Note note)
    : loop_(loop), route_(std::move(route)), note_(std::move(note)) {}

FrontDoor::~FrontDoor() = default;

Status FrontDoor::listen(const net::Endpoint& at) {
  auto listener = loop_.listen(at, *this);
  if (!listener) return listener.error();
  listener_ = std::move(*listener);
  return {};
}

net::ByteSink* FrontDoor::on_accept(net::ConnectionPtr connection, const net::Endpoint&) {
  // Whoever has waited longest goes: callers that only hold on keep nobody out.
  if (callers_.size() >= limits::kPreLogonConnections) {
    turn_away(*callers_.front(), "no Logon yet, and " +
                                     std::to_string(limits::kPreLogonConnections) +
                                     " connections wait for theirs");
  }
  callers_.push_back(std::make_unique<Caller>(*this, std::move(connection)));
  return callers_.back().get();
}

std::unique_ptr<FrontDoor::Caller> FrontDoor::take(Caller& caller) {
  const auto at = std::find_if(callers_.begin(), callers_.end(),
                               [&](const auto& one) { return one.get() == &caller; });
  std::unique_ptr<Caller> taken = std::move(*at);
  callers_.erase(at);
  return taken;
}

void FrontDoor::turn_away(Caller& caller, const std::string& why) {
  note_("closed " + caller.peer().text() + ": " + why);
  take(caller);
}

void FrontDoor::admit(Caller& caller, const fix::Message& logon) {
  const Destination to = route_(logon);
  if (!to.session) return turn_away(caller, to.why_not);
  const net::Endpoint peer = caller.peer();
  net::ByteSink* sink = to.session->serve(*to.sink, take(caller), peer);
  if (sink) return caller.hand_to(*sink);
  note_("closed " + peer.text() + ": the session is in use by another connection");
}

}  // namespace fixdrill::session
