#include "session/engine_session.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "fix/framer.h"

namespace fixdrill::session {

namespace {

using namespace std::chrono_literals;

constexpr auto kTick = 1s;

bool is_withheld_type(std::string_view type) {
  return type == "A" || type == "5" || type == "4" || type == "2";
}

/// What the engine fills in itself: given by hand it is left out (49 and 56 only when equal).
bool is_session_owned(const fix::Field& field, const profile::Session& config) {
  switch (field.tag) {
    case 8:
    case 9:
    case 10:
    case 34:
    case 35:
    case 52:
      return true;
    case 49:
      return field.value == config.sender;
    case 56:
      return field.value == config.target;
    default:
      return false;
  }
}

void set_field(engine::Fields& fields, int tag, const std::string& value) {
  const auto at = std::find_if(fields.begin(), fields.end(),
                               [tag](const engine::Field& field) { return field.first == tag; });
  if (at == fields.end()) {
    fields.emplace_back(tag, value);
  } else {
    at->second = value;
  }
}

engine::LogonFields logon_fields(const Context& context) {
  engine::LogonFields fields;
  const profile::Session& config = context.config;
  if (!config.username.empty()) set_field(fields.set, 553, config.username);
  if (!context.password.empty()) set_field(fields.set, 554, context.password);
  for (const auto& field : config.logon) {
    if (field.value == "!") {
      fields.remove.push_back(field.tag);
    } else {
      set_field(fields.set, field.tag, field.value);
    }
  }
  return fields;
}

std::unique_ptr<engine::Validation> validation(const Context& context) {
  if (context.config.validate != profile::Validate::reject) return nullptr;
  auto out = std::make_unique<engine::Validation>();
  if (!context.dictionary_paths.empty()) out->dictionary = context.dictionary_paths.front();
  if (context.dictionary_paths.size() > 1)
    out->application_dictionary = context.dictionary_paths[1];
  out->whole_out = context.as_quickfix;
  out->fields_have_values = context.fields_have_values;
  return out;
}

engine::Config engine_config(const Context& context) {
  const profile::Session& from = context.config;
  engine::Config config;
  config.begin_string = from.begin_string;
  if (!from.appl_ver_id.empty()) config.default_appl_ver_id = from.appl_ver_id;
  config.sender_comp_id = from.sender;
  config.target_comp_id = from.target;
  for (const auto& field : from.header) config.header.emplace_back(field.tag, field.value);
  config.initiator = !context.acceptor;
  config.heartbeat_s = from.heartbeat;
  config.reset_on_logon = from.reset_on_logon;
  config.validation = validation(context);
  config.now_wall_ns = [&loop = context.loop] { return loop.now().wall_ns; };
  return config;
}

/// Of heartbeats. None at all is for the engine to refuse.
bool is_interval(std::string_view seconds) { return seconds.empty() || parse_size(seconds); }

std::string stranger_words(const fix::Message& message) {
  return "a connection with other identities: BeginString(8)=" + printable(message.value(8)) +
         " SenderCompID(49)=" + printable(message.value(49)) +
         " TargetCompID(56)=" + printable(message.value(56));
}

void append(std::string& out, const fix::Field& field) {
  ((out += std::to_string(field.tag)) += '=') += field.value;
  out += kSoh;
}

}  // namespace

Result<std::unique_ptr<Session>> make_engine_session(const Context& context) {
  auto store = open_number_store(context);
  if (!store) return store.error();
  return EngineSession::make(context, std::move(*store));
}

Result<std::unique_ptr<Session>> EngineSession::make(const Context& context,
                                                     std::shared_ptr<NumberStore> store) {
  std::unique_ptr<EngineSession> session(new EngineSession(context, std::move(store)));
  std::string error;
  session->engine_ =
      engine::Session::create(engine_config(context), session->store(), *session, error);
  if (!session->engine_)
    return input_error("session " + context.config.name + " cannot be made: " + error);
  session->engine_->set_logon_fields(session->profile_logon_);
  return std::unique_ptr<Session>(std::move(session));
}

EngineSession::EngineSession(const Context& context, std::shared_ptr<NumberStore> store)
    : Driver(context, std::move(store)), profile_logon_(logon_fields(context)) {}

EngineSession::~EngineSession() = default;

Status EngineSession::logon() {
  if (engine_->logon()) return {};
  if (acceptor()) return input_error(name() + " is an acceptor: it answers Logons by itself");
  return not_connected("a Logon");
}

/// Fields of groups repeat, so they are added as they stand once the profile's have made room.
void EngineSession::set_logon_fields(const LogonFields& fields) {
  engine::LogonFields all = profile_logon_;
  bool reset = context().config.reset_on_logon;
  const auto forget = [&](int tag) {
    std::erase_if(all.set, [tag](const auto& field) { return field.first == tag; });
    std::erase(all.remove, tag);
  };
  for (const auto& field : fields.set) forget(field.tag);
  for (const auto& field : fields.set) {
    all.set.emplace_back(field.tag, field.value);
    if (field.tag == 141) reset = field.value == "Y";
  }
  for (const int tag : fields.remove) {
    forget(tag);
    all.remove.push_back(tag);
    if (tag == 141) reset = false;
  }
  engine_->set_reset_on_logon(reset);
  engine_->set_logon_fields(std::move(all));
}

Status EngineSession::logout() {
  logout_asked_ = true;
  if (engine_->logout("")) return {};
  logout_asked_ = false;
  return environment_error("cannot log out of " + name() + ": it is not logged on");
}

Result<Sent> EngineSession::send(const fix::OutMessage& message) {
  if (is_withheld_type(message.msg_type))
    return input_error("an engine session sends 35=" + message.msg_type +
                       " by itself; use a wire session to send it by hand");
  if (!can_send()) return not_connected("35=" + message.msg_type);
  if (!engine_->is_logged_on())
    return environment_error("cannot send 35=" + message.msg_type + " on " + name() +
                             ": it is not logged on");
  std::string body;
  engine::Fields header;
  for (const auto& field : message.fields) {
    if (is_session_owned(field, context().config)) continue;
    if (fix::is_header_tag(field.tag)) {
      header.emplace_back(field.tag, field.value);
    } else {
      append(body, field);
    }
  }
  if (Status allowed = tap().ask("35=" + message.msg_type + kSoh + body, Origin::scenario);
      !allowed) {
    note("guard", allowed.error().text);
    return allowed.error();
  }
  last_sent_.reset();
  sending_ = true;
  const engine::SendResult result = engine_->send(message.msg_type, body, header);
  sending_ = false;
  if (!result.ok) return input_error("cannot send 35=" + message.msg_type + ": " + result.error);
  if (!last_sent_) return not_connected("35=" + message.msg_type);
  return *last_sent_;
}

Result<Sent> EngineSession::send_shaped(const fix::OutMessage&, const Shape&) {
  return input_error(name() + " is an engine session: faults need a wire session");
}

Result<Sent> EngineSession::send_bytes(std::string_view) {
  return input_error(name() + " is an engine session: raw bytes need a wire session");
}

Status EngineSession::set_next_in(std::int64_t number) {
  if (engine_->set_next_target(number)) return {};
  return input_error("next_in of an engine session is 1 to " +
                     std::to_string(limits::kEngineMsgSeqNum));
}

Status EngineSession::set_next_out(std::int64_t number) {
  if (engine_->set_next_sender(number)) return {};
  return input_error("next_out of an engine session is 1 to " +
                     std::to_string(limits::kEngineMsgSeqNum));
}

Status EngineSession::set_auto(std::set<Auto>) {
  return input_error(name() + " is an engine session: the engine answers by itself");
}

Status EngineSession::switch_auto(Auto, AutoMode) { return set_auto({}); }

Status EngineSession::drop_next(std::size_t) {
  return input_error(name() + " is an engine session: the engine sees everything that arrives");
}

Status EngineSession::lose_state() {
  return input_error(name() + " is an engine session: the engine keeps its state");
}

void EngineSession::on_peer() {
  logout_asked_ = false;
  first_message_ = true;
  held_.clear();
  engine_->connected();
  start_ticking();
}

void EngineSession::start_ticking() {
  tick_timer_ = loop().at(loop().now() + kTick, [this] {
    engine_->tick();
    check_half_open();
    if (up()) start_ticking();
  });
}

/// The engine gives a silent peer 2.4 x HeartBtInt; promise R8 is 2 x HeartBtInt + 1 s.
void EngineSession::check_half_open() {
  const auto limit = 2 * std::chrono::seconds(engine_->heartbeat_s());
  if (limit <= 0s || !can_send() || !engine_->is_logged_on()) return;
  if (loop().now() - last_in_ < limit) return;
  end("the peer has been silent for " + std::to_string(limit.count()) + " s (2 x HeartBtInt)");
}

void EngineSession::on_gone() {
  tick_timer_.reset();
  engine_->closed();
  held_.clear();
}

void EngineSession::on_received(const Piece& piece) {
  last_in_ = piece.time;
  if (piece.kind != fix::Frame::Kind::message) return emit(event_of(piece));
  if (is_stranger(piece)) return end(stranger_words(*piece.message));
  const fix::Message& message = *piece.message;
  if (const auto why = blocked(message)) {
    Event event = event_of(piece);
    event.refused = "blocked before the engine: " + *why;
    note("warning", event.refused);
    emit(std::move(event));
    if (acceptor() && first_message_) end("its first message was blocked: " + *why);
    return;
  }
  if (is_reset_logon(message)) resend_counter_.numbers_begin_anew();
  if (message.msg_type() == "2" && !resend_counter_.may_serve(message)) {
    emit(event_of(piece));
    return cut("resend loop: the same ResendRequest(2) came " +
               std::to_string(limits::kIdenticalResends + 1) + " times: BeginSeqNo(7)=" +
               printable(message.value(7)) + " EndSeqNo(16)=" + printable(message.value(16)));
  }
  current_ = &piece;
  engine_->received(message.bytes());
  current_ = nullptr;
  give_back_number();
}

/// An acceptor serves the peer that its profile names: any other Logon is closed without a word.
bool EngineSession::is_stranger(const Piece& piece) const {
  const fix::Message& message = *piece.message;
  return acceptor() && first_message_ &&
         (message.value(8) != context().config.begin_string ||
          message.value(49) != context().config.target ||
          message.value(56) != context().config.sender);
}

std::optional<std::string> EngineSession::blocked(const fix::Message& message) const {
  if (auto why = fix::blocked_before_engine(message)) return why;
  if (acceptor() && message.msg_type() == "A" && !is_interval(message.value(108)))
    return "HeartBtInt(108) is no number of seconds: " +
           printable(message.value(108).substr(0, 40));
  constexpr std::array<int, 5> kNumbers = {34, 36, 7, 16, 369};
  for (const int tag : kNumbers) {
    const auto value = message.find(tag);
    const auto number = value ? parse_size(*value) : std::nullopt;
    if (number && *number > static_cast<std::size_t>(limits::kEngineMsgSeqNum))
      return context().dictionary ? context().dictionary->field_label(tag) + " is beyond 2147483647"
                                  : "tag " + std::to_string(tag) + " is beyond 2147483647";
  }
  return std::nullopt;
}

/// A resend has its numbers from before; what is new took one.
bool EngineSession::dropped(const std::string& bytes) {
  if (!dropping_) return false;
  const fix::Message message(bytes);
  if (!message.poss_dup() && !unused_) unused_ = message.seq_num();
  return true;
}

/// Unless a later number has been used: then the peer sees a gap, and has it filled.
void EngineSession::give_back_number() {
  dropping_ = false;
  if (const auto number = std::exchange(unused_, std::nullopt)) engine_->set_next_sender(*number);
}

/// What the engine writes: its own messages must pass the guard here, a message of the scenario has
/// passed it already.
void EngineSession::transmit(const std::string& bytes) {
  if (!can_send()) return;
  if (!sending_ && dropped(bytes)) return;
  unused_.reset();
  if (sending_) {
    last_sent_ = tap().write(tap().asked_before(bytes));
    return;
  }
  const Result<Admitted> admitted = tap().admit(bytes, Origin::driver);
  if (!admitted) return end_by_guard(admitted.error().text);
  tap().write(*admitted);
}

void EngineSession::accepted(const std::string& bytes, bool) {
  dropping_ = false;
  Event event = event_for(bytes);
  if (event.message->msg_type() == "A") {
    first_message_ = false;
    end_of_pre_logon();
  }
  if (event.message->msg_type() == "5" && logout_asked_) set_asked_for();
  event.side = is_side(*event.message);
  emit(std::move(event));
}

bool EngineSession::is_side(const fix::Message& message) const {
  const std::string_view type = message.msg_type();
  if (type == "5") return logout_asked_;
  return type == "A" || type == "0" || type == "1" || type == "2" || type == "4";
}

void EngineSession::refused(const std::string& bytes, const std::string& reason) {
  Event event = event_for(bytes);
  event.refused = reason;
  emit(std::move(event));
}

void EngineSession::discarded(const std::string& bytes) {
  Event event = event_for(bytes);
  event.duplicate = true;
  emit(std::move(event));
}

void EngineSession::held(const std::string& bytes) {
  if (current_ && current_->message->bytes() == bytes)
    held_.emplace(current_->message->seq_num().value_or(0), *current_);
}

/// The recorded message that the engine means: what just came, or one that waited for a gap.
Event EngineSession::event_for(const std::string& bytes) {
  if (current_ && current_->message->bytes() == bytes) return event_of(*current_);
  for (auto it = held_.begin(); it != held_.end(); ++it) {
    if (it->second.message->bytes() != bytes) continue;
    Event event = event_of(it->second);
    held_.erase(it);
    return event;
  }
  Piece unknown;
  unknown.message = std::make_shared<const fix::Message>(bytes);
  unknown.time = loop().now();
  return event_of(unknown);
}

void EngineSession::logged_on() { set_logged_on(); }

void EngineSession::disconnect(const std::string& reason) { end(reason); }

void EngineSession::event(const std::string& text) { note("engine", text); }

}  // namespace fixdrill::session
