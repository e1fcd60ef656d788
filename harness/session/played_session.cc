#include "session/played_session.h"

#include <fmt/format.h>
#include <utility>

#include "base/text.h"
#include "fix/value.h"

namespace fixdrill::session {

namespace {

using record::Direction;

std::int64_t number_in(const fix::Message& message, int tag) {
  return static_cast<std::int64_t>(parse_size(message.value(tag)).value_or(0));
}

// What comes next behind this message; a copy of an old one changes nothing.
void count(std::int64_t& next, const fix::Message& message) {
  const std::int64_t number = message.seq_num().value_or(0);
  const std::string_view type = message.msg_type();
  if (type == "4" && number_in(message, 36) > 0) {
    if (message.value(123) != "Y" || number >= next) next = number_in(message, 36);
  } else if (type == "A" || (!message.poss_dup() && number > 0)) {
    next = number + 1;
  }
}

bool is_side_type(std::string_view type) {
  return type == "A" || type == "0" || type == "1" || type == "2" || type == "4";
}

bool by_peer(std::string_view reason) { return reason.substr(0, 9) == "the peer "; }

}  // namespace

Result<std::unique_ptr<Session>> make_played_session(const Context& context, Playback& playback,
                                                     const PlayedKind& kind) {
  std::set<std::int64_t> sessions = playback.meant_by(context.config, context.acceptor);
  if (sessions.empty())
    return input_error(fmt::format("nothing was recorded of session {}", context.config.name));
  return std::unique_ptr<Session>(
      std::make_unique<PlayedSession>(context, playback, kind, std::move(sessions)));
}

PlayedSession::PlayedSession(const Context& context, Playback& playback, const PlayedKind& kind,
                             std::set<std::int64_t> sessions)
    : context_(context), playback_(playback), wire_(kind.wire), sessions_(std::move(sessions)) {
  for (const Auto answer : kind.answers) answers_[answer] = AutoMode::on;
  const profile::Session& config = context_.config;
  recorded_id_ = context_.recorder.session(
      {config.name, context_.acceptor ? "acceptor" : "initiator", config.begin_string,
       config.sender, config.target, config.appl_ver_id});
  playback_.join(sessions_, *this);
}

PlayedSession::~PlayedSession() { playback_.leave(*this); }

bool PlayedSession::mine(std::size_t index) const {
  return sessions_.contains(playback_[index].session_id);
}

std::optional<std::size_t> PlayedSession::next_of_mine() const {
  for (std::size_t i = playback_.first(); i < playback_.end(); ++i) {
    if (!playback_.is_past(i) && mine(i) && playback_[i].kind != Played::Kind::closed) return i;
  }
  return std::nullopt;
}

void PlayedSession::begin() {
  from_ = playback_.first();
  left_ = 0;
  // A scenario that is looked for may stand in the connection that the one before it has closed.
  if (playback_.looked_for() && !up()) connection_ = 0;
  if (!playback_.anchored()) {
    next_in_ = next_out_ = 0;
    held_.clear();
  }
  settle_listening();
}

// A conversation that does not begin with a Logon has had it before.
void PlayedSession::settle_listening() {
  if (wire_ || state_ != State::listening || !playback_.anchored()) return;
  const auto next = next_of_mine();
  if (next && type_of(playback_[*next].bytes) != "A") come_up(playback_[*next]);
}

bool PlayedSession::another_connection() const {
  for (std::size_t i = playback_.first(); i < playback_.end(); ++i) {
    if (!playback_.is_past(i) && mine(i) && playback_[i].connection_id != connection_) return true;
  }
  return false;
}

Status PlayedSession::open(EventSink& sink) {
  sink_ = &sink;
  if (up() || state_ == State::listening) return {};
  close_reason_.clear();
  logon_in_ = logon_out_ = logout_in_ = logout_out_ = logout_asked_ = goes_on_ = false;
  left_ = connection_ != 0 && another_connection() ? connection_ : 0;
  if (context_.acceptor) {
    state_ = State::listening;
    settle_listening();
    return {};
  }
  if (!next_of_mine())
    return input_error(
        fmt::format("the recording shows nothing more of {} here", context_.config.name));
  state_ = State::connected;
  connection_row_ = 0;
  sink_->on_connected();
  return {};
}

void PlayedSession::come_up(const Played& piece) {
  const bool logon = type_of(piece.bytes) == "A";
  logon_in_ = logon_out_ = logout_in_ = logout_out_ = logout_asked_ = goes_on_ = false;
  state_ = wire_ || logon ? State::connected : State::logged_on;
  connection_row_ = 0;
  if (sink_) sink_->on_connected();
}

// One that we sent and that no message of a scenario comes before.
std::optional<std::size_t> PlayedSession::session_message(std::string_view type) const {
  for (std::size_t i = std::max(from_, playback_.first()); i < playback_.end(); ++i) {
    if (!mine(i) || !playback_.is_free(i) || !playback_[i].sent()) continue;
    const std::string_view seen = type_of(playback_[i].bytes);
    if (seen == type) return i;
    if (!fix::is_admin_type(seen)) break;
  }
  return std::nullopt;
}

void PlayedSession::set_logon_fields(const LogonFields& fields) {
  logon_fields_.reset();
  if (state_ == State::connected) logon_fields_ = fields;
}

// Where a scenario begins in the middle of a conversation the Logon was before, or is not of
// interest.
Status PlayedSession::logon() {
  if (wire_)
    return input_error(context_.config.name + " is a wire session: send its Logon as a message");
  const auto wanted = std::exchange(logon_fields_, std::nullopt);
  const auto at = playback_.anchored() || wanted ? session_message("A") : std::nullopt;
  if (!at && wanted)
    return input_error(
        fmt::format("the recording shows no Logon sent on {} here", context_.config.name));
  if (!at) {
    state_ = State::logged_on;
    return {};
  }
  if (!wanted) {
    auto taken = sent(*at, {});
    return taken ? Status() : Status(taken.error());
  }
  const fix::OutMessage logon{"A", wanted->set, wanted->remove};
  auto taken = send(logon);
  return taken ? Status() : Status(taken.error());
}

Status PlayedSession::logout() {
  const auto at = session_message("5");
  if (!at)
    return input_error(
        fmt::format("the recording shows no Logout sent on {} here", context_.config.name));
  logout_asked_ = true;
  auto taken = sent(*at, {});
  return taken ? Status() : Status(taken.error());
}

std::string PlayedSession::label(std::string_view type) const {
  if (type.empty()) return "message";
  return context_.dictionary ? context_.dictionary->message_label(type)
                             : fmt::format("35={}", type);
}

Result<Sent> PlayedSession::send(const fix::OutMessage& message) {
  return look_for(message.msg_type, [&](const fix::Message& seen) {
    return compare_sent(message, seen, context_.dictionary.get(), playback_.minted());
  });
}

// What was spoilt says little of its fields: its type must do.
Result<Sent> PlayedSession::send_shaped(const fix::OutMessage& message, const Shape&) {
  return look_for(message.msg_type, [](const fix::Message&) { return SentFit{}; });
}

Result<Sent> PlayedSession::send_bytes(std::string_view bytes) {
  const fix::Message wanted{std::string(bytes)};
  fix::OutMessage message;
  for (std::size_t i = 0; i < wanted.size(); ++i)
    message.fields.push_back({wanted[i].tag, std::string(wanted[i].value)});
  return look_for(wanted.msg_type(), [&](const fix::Message& seen) {
    return seen.bytes() == bytes
               ? SentFit{}
               : compare_sent(message, seen, context_.dictionary.get(), playback_.minted());
  });
}

// The first that fits; else the error says what the nearest one has that does not.
Result<Sent> PlayedSession::look_for(std::string_view type, const Compare& compare) {
  std::optional<std::size_t> nearest;
  std::vector<std::string> why;
  for (std::size_t i = std::max(from_, playback_.first()); i < playback_.end(); ++i) {
    const Played& piece = playback_[i];
    if (!mine(i) || !playback_.is_free(i) || !piece.sent() || type_of(piece.bytes) != type)
      continue;
    const SentFit fit = compare(fix::Message(piece.bytes));
    if (fit.fits()) return sent(i, fit.learned);
    if (nearest && fit.differences.size() >= why.size()) continue;
    nearest = i;
    why = fit.differences;
  }
  if (!nearest)
    return input_error(fmt::format("the recording shows no {} sent on {} here", label(type),
                                   context_.config.name));
  const Played& piece = playback_[*nearest];
  return input_error(fmt::format(
      "the recording shows no {} sent on {} that fits; nearest is #{} of {}: {}", label(type),
      context_.config.name, piece.id, fix::iso_time(piece.time.wall_ns, 3), join(why, "; ")));
}

Result<Sent> PlayedSession::sent(std::size_t index, const Learned& learned) {
  playback_.minted().learn(learned);
  playback_.take(index);
  from_ = index + 1;
  const Played& piece = playback_[index];
  auto message = std::make_shared<const fix::Message>(piece.bytes);
  record(piece, *message);
  return Sent{std::move(message), piece.id, piece.time};
}

void PlayedSession::play(const Played& piece) {
  if (piece.connection_id == left_ && left_ != 0) return;
  if (piece.kind == Played::Kind::closed) return ended(piece);
  if (state_ == State::listening || goes_on_) come_up(piece);
  if (!up()) return;
  connection_ = piece.connection_id;
  auto message = std::make_shared<const fix::Message>(piece.bytes);
  record(piece, *message);
  if (piece.sent()) return sent_by_us(piece, *message);
  if (piece.kind == Played::Kind::garbled) return emit(event_of(piece, std::move(message)));
  received(piece, message);
}

void PlayedSession::sent_by_us(const Played& piece, const fix::Message& message) {
  count(next_out_, message);
  const std::string_view type = piece.kind == Played::Kind::message ? message.msg_type() : "";
  if (type == "A") logon_out_ = true;
  if (type == "5") logout_out_ = true;
  if (logon_in_ && logon_out_ && state_ == State::connected) state_ = State::logged_on;
  both_said_goodbye();
}

void PlayedSession::received(const Played& piece,
                             const std::shared_ptr<const fix::Message>& message) {
  const std::string_view type = message->msg_type();
  if (wire_ && dropping_ > 0) {
    --dropping_;
    return;
  }
  if (type == "A") logon_in_ = true;
  if (logon_in_ && logon_out_ && state_ == State::connected) state_ = State::logged_on;
  Event event = event_of(piece, message);
  if (wire_) {
    count(next_in_, *message);
    if (!answered(*message)) emit(std::move(event));
  } else {
    event.side = is_side_type(type) || (type == "5" && (logout_asked_ || logout_out_));
    in_order(event);
  }
  if (type == "5") logout_in_ = true;
  both_said_goodbye();
}

// As an engine gives them: what is ahead of its number waits until the gap before it is filled.
void PlayedSession::in_order(const Event& event) {
  const fix::Message& message = *event.message;
  const std::int64_t number = message.seq_num().value_or(0);
  const std::string_view type = message.msg_type();
  const bool waits = type != "A" && type != "2" && type != "5" &&
                     (type != "4" || message.value(123) == "Y") && next_in_ != 0;
  if (waits && number > next_in_) {
    held_.emplace(number, event);
    return;
  }
  Event now = event;
  now.duplicate = waits && message.poss_dup() && number < next_in_ && type != "4";
  count(next_in_, message);
  if (message.poss_dup() && number >= next_in_) next_in_ = number + 1;
  emit(std::move(now));
  held_.erase(held_.begin(), held_.lower_bound(next_in_));
  if (held_.empty() || held_.begin()->first != next_in_) return;
  const Event following = std::move(held_.extract(held_.begin()).mapped());
  in_order(following);
}

// A log does not say that the connection was closed then.
void PlayedSession::both_said_goodbye() {
  if (!logout_in_ || !logout_out_ || playback_.knows_ends() || !up()) return;
  Played end;
  end.time = playback_.now();
  end.bytes = "both sides said goodbye";
  end.connection_id = connection_;
  ended(end);
}

void PlayedSession::ended(const Played& piece) {
  if (!up() || (connection_ != 0 && piece.connection_id != connection_)) return;
  state_ = State::closed;
  close_reason_ = piece.bytes;
  if (connection_row_ != 0)
    context_.recorder.connection_closed(connection_row_, piece.time, close_reason_);
  goes_on_ = playback_.looked_for() && !wire_ && logout_in_ && logout_out_ && !logout_asked_;
  if (goes_on_) return;
  Event event;
  event.kind = Event::Kind::closed;
  event.time = piece.time;
  event.reason = close_reason_;
  event.by_peer = by_peer(close_reason_);
  event.asked_for = (logout_out_ && logout_in_) || close_reason_ == "we closed the connection";
  emit(std::move(event));
}

// What was recorded of the connection is played to its end, unless the scenario goes on there.
void PlayedSession::close(CloseKind kind) {
  if (!up() || kind == CloseKind::half) return;
  for (std::size_t i = playback_.first(); i < playback_.end() && playback_.anchored(); ++i) {
    if (playback_.is_past(i) || !mine(i)) continue;
    if (playback_[i].kind == Played::Kind::closed) playback_.play_through(i);
    if (playback_[i].kind == Played::Kind::closed ||
        !fix::is_admin_type(type_of(playback_[i].bytes)))
      break;
  }
  if (!up()) return;
  Played end;
  end.time = playback_.now();
  end.bytes = "we closed the connection";
  end.connection_id = connection_;
  ended(end);
}

void PlayedSession::emit(Event event) {
  if (sink_) sink_->on_event(std::move(event));
}

Event PlayedSession::event_of(const Played& piece,
                              std::shared_ptr<const fix::Message> message) const {
  Event event;
  event.kind = piece.kind == Played::Kind::garbled ? Event::Kind::garbled : Event::Kind::message;
  event.message = std::move(message);
  event.time = piece.time;
  event.id = piece.id;
  if (event.kind == Event::Kind::garbled) event.reason = "bytes that are no message";
  return event;
}

// What `auto` answered then does not reach the inbox.
bool PlayedSession::answered(const fix::Message& message) {
  const std::string_view type = message.msg_type();
  if (type == "0") return answers_.contains(Auto::heartbeat) && !message.has(112);
  if (type == "1") return take_answer(Auto::testrequest);
  if (type == "2") return take_answer(Auto::resend);
  return type == "5" && !logout_out_ && take_answer(Auto::logout);
}

bool PlayedSession::take_answer(Auto what) {
  const auto found = answers_.find(what);
  if (found == answers_.end()) return false;
  if (found->second == AutoMode::once) answers_.erase(found);
  return true;
}

void PlayedSession::record(const Played& piece, const fix::Message& message) {
  if (!recorded_.insert(piece.id).second) return;
  if (connection_row_ == 0) {
    bytes_[0] = bytes_[1] = 0;
    connection_row_ = context_.recorder.connection({recorded_id_, piece.time, "", ""});
  }
  record::MessageRow row;
  row.id = piece.id;
  row.connection_id = connection_row_;
  row.session_id = recorded_id_;
  row.direction = piece.direction;
  std::uint64_t& offset = bytes_[piece.direction == Direction::out ? 1 : 0];
  row.stream_offset = offset;
  offset += piece.bytes.size();
  row.time = piece.time;
  row.kind =
      piece.kind == Played::Kind::message ? record::MessageKind::fix : record::MessageKind::garbled;
  row.msg_type = message.msg_type();
  row.seq = message.seq_num().value_or(0);
  row.poss_dup = message.poss_dup();
  bool masked = false;
  row.raw = context_.masker.mask(piece.bytes, masked);
  row.masked = masked || piece.masked;
  context_.recorder.message(std::move(row));
}

// Before anything has passed, what will pass says it.
std::int64_t PlayedSession::next(Direction direction) const {
  const std::int64_t known = direction == Direction::in ? next_in_ : next_out_;
  if (known != 0) return known;
  for (std::size_t i = playback_.first(); i < playback_.end(); ++i) {
    const Played& piece = playback_[i];
    if (playback_.is_past(i) || !mine(i) || piece.kind != Played::Kind::message) continue;
    if (piece.direction == direction) return fix::Message(piece.bytes).seq_num().value_or(1);
  }
  return 1;
}

Status PlayedSession::set_next_in(std::int64_t number) {
  next_in_ = number;
  return {};
}

Status PlayedSession::set_next_out(std::int64_t number) {
  next_out_ = number;
  return {};
}

Status PlayedSession::set_auto(std::set<Auto> answers) {
  answers_.clear();
  for (const Auto answer : answers) answers_[answer] = AutoMode::on;
  return {};
}

Status PlayedSession::switch_auto(Auto answer, AutoMode mode) {
  if (mode == AutoMode::off) {
    answers_.erase(answer);
  } else {
    answers_[answer] = mode;
  }
  return {};
}

Status PlayedSession::drop_next(std::size_t count) {
  dropping_ = count;
  return {};
}

}  // namespace fixdrill::session
