#include "session/driver.h"

#include <utility>

#include "base/limits.h"

namespace fixdrill::session {

namespace {

net::Endpoint endpoint_of(const Context& context) {
  return {context.config.host, context.config.port};
}

}  // namespace

bool is_reset_logon(const fix::Message& message) {
  return message.msg_type() == "A" && message.value(141) == "Y";
}

bool ResendCounter::may_serve(const fix::Message& resend_request) {
  std::string range = std::string(resend_request.value(7)) + "-";
  range += resend_request.value(16);
  count_ = range == last_ ? count_ + 1 : 1;
  last_ = std::move(range);
  return count_ <= limits::kIdenticalResends;
}

Driver::Driver(const Context& context, std::shared_ptr<NumberStore> store)
    : context_(context), store_(std::move(store)) {
  const profile::Session& config = context_.config;
  recorded_id_ = context_.recorder.session(
      {config.name, context_.acceptor ? "acceptor" : "initiator", config.begin_string,
       config.sender, config.target, config.appl_ver_id, "wire", "", context_.dictionary_hashes});
}

Driver::~Driver() = default;

Status Driver::open(EventSink& sink) {
  sink_ = &sink;
  if (state_ == State::connecting || state_ == State::listening || up()) return {};
  Status target;
  if (guards_target())
    target = profile::check_target(context_.profile, context_.config, context_.deny);
  if (!target) {
    note("guard", target.error().text);
    return target;
  }
  if (acceptor()) return listen();
  new_tap();
  state_ = State::connecting;
  tap_->attach(loop().connect(endpoint_of(context_), *tap_));
  return {};
}

Status Driver::listen() {
  if (!listener_) {
    auto listener = loop().listen(endpoint_of(context_), *this);
    if (!listener)
      return Error{listener.error().kind, name() + " cannot listen: " + listener.error().text};
    listener_ = std::move(*listener);
  }
  state_ = State::listening;
  return {};
}

void Driver::new_tap() {
  close_reason_.clear();
  own_reason_.clear();
  asked_for_ = by_guard_ = by_limit_ = false;
  TapSink& sink = *this;
  tap_ = std::make_unique<Tap>(
      TapParts{context_.loop, context_.recorder, context_.masker, *context_.guard, recorded_id_,
               context_.as_quickfix ? fix::Resync::at_length : fix::Resync::at_start},
      sink);
}

net::ByteSink* Driver::serve(EventSink& sink, net::ConnectionPtr connection,
                             const net::Endpoint& peer) {
  sink_ = &sink;
  return on_accept(std::move(connection), peer);
}

net::ByteSink* Driver::on_accept(net::ConnectionPtr connection, const net::Endpoint& peer) {
  if (up() || state_ == State::connecting) {
    note("warning",
         "closed a further connection from " + peer.text() + ": " + name() + " has one already");
    return nullptr;
  }
  new_tap();
  state_ = State::connecting;
  tap_->attach(std::move(connection));
  return tap_.get();
}

/// Guard 2 is about where we connect to; an acceptor connects nowhere, but in `simulator` it serves
/// this machine only.
bool Driver::guards_target() const {
  return !acceptor() || context_.profile.environment == profile::Environment::simulator;
}

/// Guard 2 again: the address that the connection really has, before a byte is sent.
void Driver::on_up(const net::Endpoint&, const net::Endpoint& peer, Time) {
  Status allowed;
  if (guards_target())
    allowed = profile::check_peer(context_.profile, context_.config, peer.host, context_.deny);
  if (!allowed) return end_by_guard(allowed.error().text);
  state_ = State::connected;
  if (acceptor()) start_pre_logon();
  on_peer();
  if (sink_) sink_->on_connected();
}

void Driver::start_pre_logon() {
  pre_logon_bytes_ = 0;
  pre_logon_timer_ = loop().at(loop().now() + limits::kPreLogonTime, [this] {
    pre_logon_timer_.reset();
    cut("no Logon within 10 s of the connection");
  });
}

void Driver::on_piece(const Piece& piece) {
  if (!up()) return;
  if (pre_logon_timer_) {
    pre_logon_bytes_ += piece.message->bytes().size();
    if (pre_logon_bytes_ > limits::kPreLogonBytes) return cut("more than 8 KiB before the Logon");
  }
  on_received(piece);
}

void Driver::on_down(const Down& down) {
  const bool was_connecting = state_ == State::connecting;
  pre_logon_timer_.reset();
  state_ = State::closed;
  close_reason_ = reason_of(down);
  if (was_connecting) note("connection", close_reason_);
  if (!was_connecting) on_gone();
  Event event;
  event.kind = Event::Kind::closed;
  event.time = down.time;
  event.reason = close_reason_;
  event.guard = by_guard_;
  event.by_peer = own_reason_.empty() &&
                  (down.reason == net::CloseReason::peer || down.reason == net::CloseReason::reset);
  event.ours = by_limit_ || down.reason == net::CloseReason::slow_consumer;
  event.asked_for = asked_for_;
  emit(std::move(event));
}

std::string Driver::reason_of(const Down& down) const {
  if (!own_reason_.empty()) return own_reason_;
  std::string reason = describe_end(down);
  if (down.unfinished > 0)
    reason += " in the middle of a message (" + std::to_string(down.unfinished) + " bytes of it)";
  return reason;
}

std::string Driver::describe_end(const Down& down) const {
  switch (down.reason) {
    case net::CloseReason::refused: {
      std::string text =
          "cannot connect " + name() + " to " + endpoint_of(context_).text() + ": " + down.detail;
      if (down.detail == "connection refused") text += "; is the endpoint running?";
      return text;
    }
    case net::CloseReason::peer:
      return "the peer closed the connection";
    case net::CloseReason::reset:
      return "the peer reset the connection";
    case net::CloseReason::slow_consumer:
      return down.detail.empty() ? "slow consumer: the peer does not read" : down.detail;
    case net::CloseReason::local:
      return "we closed the connection";
  }
  return down.detail;
}

void Driver::close(CloseKind kind) {
  if (!tap_ || !(up() || state_ == State::connecting)) return;
  if (kind != CloseKind::half) asked_for_ = true;
  tap_->close(kind);
}

Status Driver::mute(bool on) {
  if (!up())
    return on ? Status(environment_error("cannot mute " + name() + ": it is not connected"))
              : Status();
  tap_->set_reading(!on);
  return {};
}

Unsent Driver::unsent() const {
  if (!tap_) return {};
  return {tap_->unsent(), tap_->held()};
}

void Driver::release() {
  if (can_send()) tap_->release();
}

void Driver::end(const std::string& reason) {
  if (own_reason_.empty()) own_reason_ = reason;
  tap_->close(CloseKind::full);
}

void Driver::cut(const std::string& reason) {
  by_limit_ = true;
  end(reason);
}

void Driver::end_by_guard(const std::string& reason) {
  note("guard", reason);
  by_guard_ = true;
  end(reason);
}

void Driver::set_logged_on() {
  if (state_ == State::connected) state_ = State::logged_on;
}

Error Driver::not_connected(const std::string& what) const {
  const std::string why = close_reason_.empty() ? "" : " (" + close_reason_ + ")";
  return environment_error("cannot send " + what + " on " + name() + ": it is not connected" + why);
}

void Driver::note(const std::string& kind, const std::string& text) {
  record::EventRow row;
  row.time = loop().now();
  row.kind = kind;
  row.session_id = recorded_id_;
  row.text = text;
  context_.recorder.event(std::move(row));
}

void Driver::emit(Event event) {
  if (sink_) sink_->on_event(std::move(event));
}

Event Driver::event_of(const Piece& piece) {
  Event event;
  const bool whole = piece.kind == fix::Frame::Kind::message;
  event.kind = whole ? Event::Kind::message : Event::Kind::garbled;
  event.message = piece.message;
  event.time = piece.time;
  event.id = piece.id;
  if (!whole) event.reason = piece.reason.empty() ? "bytes that are no message" : piece.reason;
  return event;
}

}  // namespace fixdrill::session
