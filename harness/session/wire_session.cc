#include "session/wire_session.h"

#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "fix/value.h"

namespace fixdrill::session {

namespace {

constexpr std::int64_t kLongestHeartbeat = 1'000'000;  // seconds

std::int64_t number_in(const fix::Message& message, int tag) {
  return static_cast<std::int64_t>(parse_size(message.value(tag)).value_or(0));
}

bool asks_for_reset(const fix::OutMessage& message) {
  const auto is_reset = [](const fix::Field& f) { return f.tag == 141 && f.value == "Y"; };
  return message.msg_type == "A" &&
         std::any_of(message.fields.begin(), message.fields.end(), is_reset);
}

/// The message again with PossDupFlag(43), OrigSendingTime(122) and a new SendingTime(52), every
/// other byte of it as it was.
std::string poss_dup_copy(const fix::Message& message, const std::string& sending_time) {
  std::string out;
  const std::string_view bytes = message.bytes();
  for (std::size_t i = 0; i < message.size(); ++i) {
    const fix::FieldView field = message[i];
    const int tag = field.tag;
    if (tag == 8 || tag == 9 || tag == 10 || tag == 43 || tag == 122) continue;
    if (tag == 52) {
      (out += "52=") += sending_time;
      ((out += "\x01"
               "122=") += field.value) += kSoh;
      continue;
    }
    const std::size_t end = i + 1 < message.size() ? message[i + 1].offset : bytes.size();
    out += bytes.substr(field.offset, end - field.offset);
    if (tag == 34) out += "43=Y\x01";
  }
  return fix::seal(message.value(8), out);
}

}  // namespace

std::optional<Auto> auto_from_name(std::string_view name) {
  if (name == "heartbeat") return Auto::heartbeat;
  if (name == "testrequest") return Auto::testrequest;
  if (name == "resend") return Auto::resend;
  if (name == "logout") return Auto::logout;
  if (name == "gap") return Auto::gap;
  return std::nullopt;
}

Result<std::unique_ptr<Session>> make_wire_session(const Context& context, std::set<Auto> answers) {
  auto store = open_number_store(context);
  if (!store) return store.error();
  return std::unique_ptr<Session>(
      std::make_unique<WireSession>(context, std::move(*store), std::move(answers)));
}

WireSession::WireSession(const Context& context, std::shared_ptr<NumberStore> store,
                         std::set<Auto> answers)
    : Driver(context, std::move(store)), split_(context.loop) {
  for (const Auto answer : answers) answers_[answer] = AutoMode::on;
  const profile::Session& config = context.config;
  const bool seconds_only = config.begin_string == "FIX.4.0" || config.begin_string == "FIX.4.1";
  time_digits_ = seconds_only ? 0 : 3;
  header_.begin_string = config.begin_string;
  header_.sender = config.sender;
  header_.target = config.target;
  for (const auto& field : config.header) header_.more.push_back({field.tag, field.value});
}

Status WireSession::logon() {
  return input_error(name() + " is a wire session: send its Logon as a message");
}

Status WireSession::logout() {
  auto sent = send({"5", {}});
  return sent ? Status() : Status(sent.error());
}

Status WireSession::set_next_in(std::int64_t number) {
  if (number < 1) return input_error("next_in must be 1 or more");
  if (store().set_next_target(number)) return {};
  return environment_error("cannot write the number store of " + name());
}

Status WireSession::set_next_out(std::int64_t number) {
  if (number < 1) return input_error("next_out must be 1 or more");
  if (store().set_next_sender(number)) return {};
  return environment_error("cannot write the number store of " + name());
}

Status WireSession::set_auto(std::set<Auto> answers) {
  answers_.clear();
  for (const Auto answer : answers) answers_[answer] = AutoMode::on;
  return {};
}

Status WireSession::switch_auto(Auto answer, AutoMode mode) {
  if (mode == AutoMode::off) {
    answers_.erase(answer);
  } else {
    answers_[answer] = mode;
  }
  return {};
}

Status WireSession::drop_next(std::size_t count) {
  dropping_ = count;
  return {};
}

Status WireSession::lose_state() {
  if (store().reset()) return {};
  return environment_error("cannot write the number store of " + name());
}

std::string WireSession::sending_time() const {
  return fix::utc_timestamp(loop().now().wall_ns, time_digits_);
}

std::string WireSession::encoded(const fix::OutMessage& message) {
  header_.seq_num = asks_for_reset(message) ? 1 : next_out();
  header_.sending_time = sending_time();
  return fix::encode(message, header_);
}

Result<Sent> WireSession::send(const fix::OutMessage& message) {
  if (!can_send()) return not_connected("35=" + message.msg_type);
  return transmit(encoded(message), Origin::scenario);
}

Result<Sent> WireSession::send_bytes(std::string_view bytes) {
  if (!can_send()) return not_connected("raw bytes");
  return transmit(std::string(bytes), Origin::scenario);
}

/// The number is stored before the bytes leave: a run killed in between leaves a gap that the peer
/// can ask for, not a number used twice. Raw bytes count when they are one whole message.
Result<Sent> WireSession::transmit(std::string bytes, Origin origin) {
  if (split_.active())
    return environment_error("cannot send on " + name() + ": a message is still leaving in parts");
  Result<Admitted> admitted = tap().admit(std::move(bytes), origin);
  if (!admitted) {
    note("guard", admitted.error().text);
    return admitted.error();
  }
  const auto& message = admitted->message();
  if (admitted->whole() && !count_out(*message))
    return environment_error("cannot write the number store of " + name() +
                             ": the message was not sent");
  Sent sent = tap().write(*admitted);
  last_sent_ = sent.time;
  if (admitted->whole()) after_sending(*message);
  return sent;
}

/// False: the store cannot be written.
bool WireSession::count_out(const fix::Message& message) {
  if (is_reset_logon(message)) {
    const std::int64_t in = got_logon_ ? next_in() : 1;
    if (!store().reset() || (in != 1 && !store().set_next_target(in))) return false;
  }
  const std::int64_t number = message.seq_num().value_or(0);
  std::int64_t next = next_out();
  if (number >= next) {
    if (!message.is_admin()) store().set(number, message.bytes());
    next = number + 1;
  }
  if (message.msg_type() == "4") next = std::max(next, number_in(message, 36));
  return next == next_out() || store().set_next_sender(next);
}

void WireSession::after_sending(const fix::Message& message) {
  const std::string_view type = message.msg_type();
  if (type == "5") sent_logout_ = true;
  if (type != "A") return;
  sent_logon_ = true;
  if (!acceptor()) start_heartbeats(message);
  if (got_logon_) set_logged_on();
  ask_for_gap();
}

void WireSession::on_peer() {
  sent_logon_ = got_logon_ = sent_logout_ = false;
  gap_from_ = 0;
  heartbeat_ = Duration(0);
}

void WireSession::on_gone() {
  split_.stop();
  deferred_.clear();
  heartbeat_timer_.reset();
  resend_timer_.reset();
}

void WireSession::on_received(const Piece& piece) {
  if (piece.kind != fix::Frame::Kind::message) return emit(event_of(piece));
  if (dropping_ > 0) {
    --dropping_;
    return;
  }
  const fix::Message& message = *piece.message;
  note_gap(message);
  count_in(message);
  const std::string_view type = message.msg_type();
  if (is_reset_logon(message)) resend_counter_.numbers_begin_anew();
  if (type == "A") {
    got_logon_ = true;
    end_of_pre_logon();
    if (acceptor()) start_heartbeats(message);
    if (sent_logon_) set_logged_on();
  }
  if (type == "5" && sent_logout_) set_asked_for();
  if (!answer(message)) emit(event_of(piece));
  if (sent_logon_) ask_for_gap();
}

void WireSession::count_in(const fix::Message& message) {
  const std::int64_t number = message.seq_num().value_or(0);
  if (number < 1) return;
  std::int64_t next = std::max(next_in(), number + 1);
  if (is_reset_logon(message)) next = number + 1;
  if (message.msg_type() == "4" && number_in(message, 36) > 0) {
    const bool gap_fill = message.value(123) == "Y";
    next = gap_fill ? std::max(next, number_in(message, 36)) : number_in(message, 36);
  }
  if (next != next_in() && !store().set_next_target(next))
    note("warning", "cannot write the number store of " + name());
}

void WireSession::start_heartbeats(const fix::Message& logon) {
  const std::int64_t seconds = std::min(number_in(logon, 108), kLongestHeartbeat);
  heartbeat_ = std::chrono::seconds(seconds);
  heartbeat_timer_.reset();
  if (seconds == 0) return;
  last_sent_ = loop().now();
  heartbeat_timer_ = loop().at(last_sent_ + heartbeat_, [this] { check_heartbeat(); });
}

/// The timer is not moved by every message: it looks when the last one left.
void WireSession::check_heartbeat() {
  if (!can_send()) return;
  const Time now = loop().now();
  if (now >= last_sent_ + heartbeat_ && !sent_logout_ && take_answer(Auto::heartbeat))
    answer_with({"0", {}});
  const Time due = last_sent_ + heartbeat_;
  heartbeat_timer_ = loop().at(due > now ? due : now + heartbeat_, [this] { check_heartbeat(); });
}

/// Whether this one is answered; of `once` it is the last.
bool WireSession::take_answer(Auto what) {
  const auto found = answers_.find(what);
  if (found == answers_.end()) return false;
  if (found->second == AutoMode::once) answers_.erase(found);
  return true;
}

/// The number of a SequenceReset in reset mode means nothing, that of a Logon with
/// ResetSeqNumFlag(141)=Y is the first.
void WireSession::note_gap(const fix::Message& message) {
  const bool reset = message.msg_type() == "4" && message.value(123) != "Y";
  if (!answers(Auto::gap) || reset || is_reset_logon(message)) return;
  if (message.seq_num().value_or(0) > next_in() && gap_from_ == 0) gap_from_ = next_in();
}

/// Behind the Logon, whoever sends it.
void WireSession::ask_for_gap() {
  if (gap_from_ == 0 || !take_answer(Auto::gap)) return;
  const bool to_zero =
      context().config.begin_string >= "FIX.4.2";  // FIX.4.0, FIX.4.1: no "to the end"
  answer_with(
      {"2", {{7, std::to_string(std::exchange(gap_from_, 0))}, {16, to_zero ? "0" : "999999"}}});
}

/// What `auto` answers does not reach the inbox.
bool WireSession::answer(const fix::Message& message) {
  const std::string_view type = message.msg_type();
  if (type == "0") return answers(Auto::heartbeat) && !message.has(112);
  if (type == "1" && take_answer(Auto::testrequest)) {
    answer_with({"0", {{112, std::string(message.value(112))}}});
    return true;
  }
  if (type == "2" && take_answer(Auto::resend)) {
    serve_resend(message);
    return true;
  }
  if (type == "5" && !sent_logout_ && take_answer(Auto::logout)) {
    answer_with({"5", {}});
    return true;
  }
  return false;
}

void WireSession::answer_with(const fix::OutMessage& message) {
  if (!can_send()) return;
  if (split_.active()) return deferred_.push_back([this, message] { answer_with(message); });
  auto sent = transmit(encoded(message), Origin::driver);
  if (!sent) end_by_guard(sent.error().text);
}

void WireSession::serve_resend(const fix::Message& resend_request) {
  if (!resend_counter_.may_serve(resend_request)) {
    cut("resend loop: the same ResendRequest(2) came " +
        std::to_string(limits::kIdenticalResends + 1) +
        " times: BeginSeqNo(7)=" + printable(resend_request.value(7)) +
        " EndSeqNo(16)=" + printable(resend_request.value(16)));
    return;
  }
  const std::int64_t last = next_out() - 1;
  const std::int64_t end = number_in(resend_request, 16);
  resend_.next = std::max<std::int64_t>(number_in(resend_request, 7), 1);
  resend_.end = end == 0 ? last : std::min(end, last);
  serve_turn();
}

/// A turn at a time, so that a long resend delays neither heartbeats nor other sessions.
void WireSession::serve_turn() {
  resend_timer_.reset();
  if (split_.active()) return deferred_.push_back([this] { serve_turn(); });
  for (std::size_t sent = 0; sent < limits::kResendPerTurn; ++sent) {
    if (resend_.next > resend_.end || !can_send()) return;
    const std::int64_t kept = store().first_kept(resend_.next);
    if (kept == resend_.next) {
      resend_one(resend_.next++);
      continue;
    }
    const std::int64_t to = kept == 0 || kept > resend_.end ? resend_.end + 1 : kept;
    fill_gap(std::exchange(resend_.next, to), to);
  }
  resend_timer_ = loop().at(loop().now(), [this] { serve_turn(); });
}

/// A message that the guard does not let go again is filled over.
void WireSession::resend_one(std::int64_t number) {
  const fix::Message original(*store().find(number));
  Result<Admitted> copy = tap().admit(poss_dup_copy(original, sending_time()), Origin::driver);
  if (!copy) {
    note("guard", copy.error().text);
    return fill_gap(number, number + 1);
  }
  last_sent_ = tap().write(*copy).time;
}

void WireSession::fill_gap(std::int64_t from, std::int64_t to) {
  const std::string now = sending_time();
  answer_with(
      {"4",
       {{34, std::to_string(from)}, {43, "Y"}, {122, now}, {123, "Y"}, {36, std::to_string(to)}}});
}

}  // namespace fixdrill::session
