#include "session/tap.h"

#include <utility>

#include "base/limits.h"

namespace fixdrill::session {

namespace {

using record::Direction;
using record::MessageKind;

MessageKind row_kind(fix::Frame::Kind kind) {
  switch (kind) {
    case fix::Frame::Kind::message:
      return MessageKind::fix;
    case fix::Frame::Kind::garbled:
      return MessageKind::garbled;
    case fix::Frame::Kind::junk:
      return MessageKind::junk;
  }
  return MessageKind::junk;
}

std::string close_word(net::CloseReason reason) {
  switch (reason) {
    case net::CloseReason::peer:
      return "peer";
    case net::CloseReason::reset:
      return "reset";
    case net::CloseReason::refused:
      return "refused";
    case net::CloseReason::local:
      return "local";
    case net::CloseReason::slow_consumer:
      return "slow consumer";
  }
  return "local";
}

bool is_whole(const std::string& bytes) {
  fix::Framer framer;
  framer.feed(bytes);
  const auto frame = framer.next();
  return frame && frame->kind == fix::Frame::Kind::message && framer.rest().empty();
}

}  // namespace

Tap::~Tap() {
  if (open_) finish("local", parts_.loop.now());
}

Admitted::Admitted(std::string bytes, bool whole)
    : message_(std::make_shared<const fix::Message>(std::move(bytes))), whole_(whole) {}

Result<Admitted> Tap::admit(std::string bytes, Origin origin) {
  const bool whole = is_whole(bytes);
  Admitted admitted(std::move(bytes), whole);
  Status allowed =
      parts_.guard.admit({*admitted.message(), unfinished_out_, origin, parts_.loop.now()});
  if (!allowed) return allowed.error();
  return admitted;
}

Status Tap::ask(std::string body, Origin origin) {
  const fix::Message message(std::move(body));
  return parts_.guard.admit({message, unfinished_out_, origin, parts_.loop.now()});
}

Admitted Tap::asked_before(std::string bytes) const { return Admitted(std::move(bytes), true); }

Admitted Tap::spoilt(std::string bytes) const {
  const bool whole = is_whole(bytes);
  return Admitted(std::move(bytes), whole);
}

/// The guard looks at what follows together with what a message leaves unfinished, so that is
/// remembered before the bytes are gone.
Tap::Leaving Tap::leaving(const Admitted& admitted, std::int64_t id) {
  Sent sent{admitted.message(), id, parts_.loop.now()};
  if (!admitted.whole() || !unfinished_out_.empty()) remember_unfinished(sent.message->bytes());
  return {std::move(sent), admitted.whole(), bytes_out_ + held_bytes_.size(), 0};
}

/// The ids of the messages that waited for these bytes.
std::vector<std::int64_t> Tap::put(std::string_view bytes) {
  std::string joined;
  if (!held_bytes_.empty()) {
    joined = std::exchange(held_bytes_, {});
    bytes = joined += bytes;
  }
  std::vector<std::int64_t> ids;
  if (bytes.empty()) return ids;
  connection_->write(bytes);
  parts_.recorder.io({connection_id_, Direction::out, bytes_out_, bytes.size(), parts_.loop.now()});
  bytes_out_ += bytes.size();
  for (const Leaving& message : std::exchange(held_, {})) ids.push_back(settle(message));
  return ids;
}

/// Its bytes have left: its rows are written.
std::int64_t Tap::settle(const Leaving& message) {
  Sent sent = message.sent;
  sent.time = parts_.loop.now();
  if (sent.id == 0) sent.id = parts_.recorder.next_message_id();
  if (message.whole) {
    record(*sent.message, {Direction::out, message.start, MessageKind::fix, true}, sent.id,
           sent.time);
  } else {
    record_cut(message.start, sent);
  }
  return sent.id;
}

/// The connection is gone: what has left of it is what was sent.
void Tap::settle_begun(const Leaving& message) {
  if (message.written == 0) return;
  Sent begun = message.sent;
  begun.message =
      std::make_shared<const fix::Message>(begun.message->bytes().substr(0, message.written));
  record_cut(message.start, begun);
}

Sent Tap::write(const Admitted& admitted) {
  Leaving message = leaving(admitted, parts_.recorder.next_message_id());
  message.sent.joined = put(message.sent.message->bytes());
  settle(message);
  return std::move(message.sent);
}

Sent Tap::hold(const Admitted& admitted) {
  held_.push_back(leaving(admitted, 0));
  held_bytes_ += admitted.message()->bytes();
  return held_.back().sent;
}

Sent Tap::begin(const Admitted& admitted) {
  leaving_ = leaving(admitted, parts_.recorder.next_message_id());
  return leaving_->sent;
}

std::vector<std::int64_t> Tap::write_part(std::size_t size) {
  const std::string_view bytes = leaving_->sent.message->bytes();
  auto joined = put(bytes.substr(leaving_->written, size));
  leaving_->written += size;
  if (leaving_->written == bytes.size()) settle(*std::exchange(leaving_, std::nullopt));
  return joined;
}

void Tap::hold_rest() {
  held_bytes_ += leaving_->sent.message->bytes().substr(leaving_->written);
  held_.push_back(*std::exchange(leaving_, std::nullopt));
}

std::size_t Tap::unsent() const {
  return leaving_ ? leaving_->sent.message->bytes().size() - leaving_->written : 0;
}

void Tap::set_reading(bool on) {
  if (!connection_) return;
  if (on) {
    connection_->resume_reading();
  } else {
    connection_->stop_reading();
  }
}

void Tap::close(CloseKind kind) {
  if (!connection_) return;
  if (kind == CloseKind::half) return connection_->close_half();
  closing_ = true;
  if (kind == CloseKind::reset) return connection_->reset();
  connection_->close();
}

void Tap::on_connected(const net::Endpoint& local, const net::Endpoint& peer, Time when) {
  open_ = true;
  connection_id_ = parts_.recorder.connection({parts_.session_id, when, local.text(), peer.text()});
  sink_.on_up(local, peer, when);
}

void Tap::on_bytes(std::string_view bytes, Time when) {
  parts_.recorder.io({connection_id_, Direction::in, bytes_in_, bytes.size(), when});
  bytes_in_ += bytes.size();
  framer_.feed(bytes);
  while (auto frame = framer_.next()) deliver(*frame, when);
}

void Tap::deliver(const fix::Frame& frame, Time when) {
  Piece piece;
  piece.kind = frame.kind;
  piece.message = std::make_shared<const fix::Message>(std::string(frame.bytes));
  piece.id = parts_.recorder.next_message_id();
  piece.time = when;
  piece.reason = frame.reason;
  record(*piece.message, {Direction::in, frame.offset, row_kind(frame.kind), frame.sum_ok},
         piece.id, when);
  if (!closing_) sink_.on_piece(piece);
}

void Tap::on_closed(net::CloseReason reason, const std::string& detail, Time when) {
  const std::size_t unfinished = framer_.rest().size();
  if (open_) finish(detail.empty() ? close_word(reason) : detail, when);
  // A session that is away may be one of thousands: it keeps no buffers of its last connection.
  const fix::Framer freed = std::exchange(framer_, fix::Framer());
  const net::ConnectionPtr ended = std::move(connection_);
  sink_.on_down({reason, detail, unfinished, when});
}

/// What is left of the incoming stream becomes a row, then the connection's own row is closed.
void Tap::finish(const std::string& reason, Time when) {
  open_ = false;
  if (!framer_.rest().empty()) {
    const fix::Message rest{std::string(framer_.rest())};
    record(rest, {Direction::in, framer_.offset(), MessageKind::partial, false},
           parts_.recorder.next_message_id(), when);
  }
  for (const Leaving& message : held_) settle_begun(message);
  if (leaving_) settle_begun(*leaving_);
  parts_.recorder.connection_closed(connection_id_, when, reason);
}

/// Raw bytes are cut as a framer would cut them, within this write; the first row has the id that
/// the caller knows.
void Tap::record_cut(std::uint64_t start, const Sent& sent) {
  fix::Framer framer;
  framer.feed(sent.message->bytes());
  std::int64_t id = sent.id;
  while (auto frame = framer.next()) {
    record(fix::Message(std::string(frame->bytes)),
           {Direction::out, start + frame->offset, row_kind(frame->kind), frame->sum_ok}, id,
           sent.time);
    id = 0;
  }
  if (framer.rest().empty()) return;
  record(fix::Message(std::string(framer.rest())),
         {Direction::out, start + framer.offset(), MessageKind::partial, false}, id, sent.time);
}

void Tap::remember_unfinished(std::string_view bytes) {
  fix::Framer framer;
  framer.feed(unfinished_out_ + std::string(bytes));
  while (framer.next()) {
  }
  unfinished_out_ = framer.rest();
}

/// `id` 0: the next one.
void Tap::record(const fix::Message& message, const Row& row, std::int64_t id, Time when) {
  if (!parts_.recorder.keeps()) return;
  record::MessageRow out;
  out.id = id != 0 ? id : parts_.recorder.next_message_id();
  out.connection_id = connection_id_;
  out.session_id = parts_.session_id;
  out.direction = row.direction;
  out.stream_offset = row.offset;
  out.time = when;
  out.kind = row.kind;
  out.sum_ok = row.sum_ok;
  if (row.kind == MessageKind::fix) {
    out.msg_type = message.msg_type();
    out.seq = message.seq_num().value_or(0);
    out.poss_dup = message.poss_dup();
  }
  out.raw = parts_.masker.mask(message.bytes(), out.masked);
  parts_.recorder.message(std::move(out));
}

}  // namespace fixdrill::session
