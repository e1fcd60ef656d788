#include "engine/core.h"

#include <cstring>
#include <quickfix/TimeRange.h>

#include "engine/clock.h"
#include "engine/compose.h"

namespace fixdrill {
namespace engine {
namespace {

// QuickFIX takes HeartBtInt 0 for an acceptor; an initiator without heartbeats gets one that never
// comes, and its Logon says 108=0.
constexpr int kNeverBeats = 1000000000;

// With equal ends every moment is inside; with a store created now, in the same session as well.
FIX::TimeRange always() {
  return FIX::TimeRange(FIX::UtcTimeOnly(0, 0, 0), FIX::UtcTimeOnly(0, 0, 0));
}

std::shared_ptr<FIX::DataDictionary> load_dictionary(const Validation& rules,
                                                     const std::string& path) {
  auto dictionary = std::make_shared<FIX::DataDictionary>(path);
  dictionary->checkFieldsOutOfOrder(rules.fields_out_of_order);
  dictionary->checkFieldsHaveValues(rules.fields_have_values);
  dictionary->checkUserDefinedFields(rules.user_defined_fields);
  dictionary->allowUnknownMsgFields(rules.allow_unknown_fields);
  return dictionary;
}

FIX::DataDictionaryProvider load_dictionaries(const Config& config) {
  FIX::DataDictionaryProvider provider;
  if (!config.validation) return provider;
  const Validation& rules = *config.validation;
  provider.addTransportDataDictionary(FIX::BeginString(config.begin_string),
                                      load_dictionary(rules, rules.dictionary));
  if (!rules.application_dictionary.empty()) {
    provider.addApplicationDataDictionary(FIX::ApplVerID(config.default_appl_ver_id),
                                          load_dictionary(rules, rules.application_dictionary));
  }
  return provider;
}

std::int64_t seq_in(const FIX::Message& message) {
  FIX::MsgSeqNum seq;
  return message.getHeader().getFieldIfSet(seq) ? seq.getValue() : -1;
}

void set_rules(FIX::Session& session, const Config& config) {
  session.setSenderDefaultApplVerID(config.default_appl_ver_id);
  session.setCheckCompId(config.check_comp_ids);
  session.setCheckLatency(config.check_latency);
  session.setMaxLatency(config.max_latency_s);
  session.setLogonTimeout(config.logon_timeout_s);
  session.setLogoutTimeout(config.logout_timeout_s);
  session.setResetOnLogon(config.reset_on_logon);
  session.setResetOnLogout(config.reset_on_logout);
  session.setResetOnDisconnect(config.reset_on_disconnect);
  session.setTimestampPrecision(config.timestamp_digits);
}

}  // namespace

// FIX::Session reads the clock while it is made: it, too, must see the session's time.
Session::Core::Core(Config config, Store& store, Listener& listener)
    : config_(std::move(config)),
      store_(store),
      listener_(listener),
      inbox_(listener),
      outbox_(store, listener, [this] { dropped_ = attached_; }),
      adapter_(store, [this](std::int64_t seq, const std::string& envelope) {
        return outbox_.keep(seq, envelope);
      }) {
  outbox_.set_whole(whole_out());
  adapter_.set_whole(whole_out());
  const FrozenTime frozen(now_ns());
  const int heartbeat = !config_.initiator         ? 0
                        : config_.heartbeat_s == 0 ? kNeverBeats
                                                   : config_.heartbeat_s;
  const FIX::SessionID id(config_.begin_string, config_.sender_comp_id, config_.target_comp_id);
  session_.reset(
      new FIX::Session(*this, adapter_, id, load_dictionaries(config_), always(), heartbeat, this));
  set_rules(*session_, config_);
  set_logon_fields(LogonFields());
}

std::int64_t Session::Core::now_ns() const {
  return config_.now_wall_ns ? config_.now_wall_ns() : real_wall_ns();
}

// Nothing escapes; what would have is the reason for whatever becomes of the present message.
template <typename Work>
void Session::Core::guarded(Work work) {
  try {
    work();
  } catch (const std::exception& escaped) {
    inbox_.note(escaped.what());
  } catch (...) {
    inbox_.note("the engine failed without a reason");
  }
}

template <typename Work>
void Session::Core::call_engine(Work work) {
  const FrozenTime frozen(now_ns());
  ++depth_;
  guarded(work);
  if (depth_ == 1) settle();
  --depth_;
}

// What had to wait until the engine was done with the present call, in the order in which a
// listener must hear of it: the fate of messages, then the end of the session.
void Session::Core::settle() {
  while (true) {
    if (dropped_) {
      report_drop();
    } else if (closing_) {
      closing_ = false;
      detach("the connection was closed while a gap was open");
    } else if (!waiting_.empty()) {
      const std::string bytes = std::move(waiting_.front());
      waiting_.pop_front();
      process(bytes);
    } else {
      return;
    }
  }
}

void Session::Core::connected() {
  if (attached_) closed();
  call_engine([this] {
    session_->setResponder(&outbox_);
    attached_ = true;
    // Disabled, an initiator keeps quiet until `logon`; an acceptor would hang up on a Logon.
    if (config_.initiator) {
      session_->logout();
    } else {
      session_->logon();
    }
  });
}

void Session::Core::closed() {
  if (!attached_) return;
  closing_ = true;
  if (depth_ == 0) call_engine([] {});
}

void Session::Core::detach(const std::string& reason) {
  attached_ = false;
  session_->disconnect();
  inbox_.abandon(reason);
  report_logout();
}

void Session::Core::report_drop() {
  const std::string reason = inbox_.last_reason();
  dropped_ = false;
  attached_ = false;
  inbox_.abandon("the session ended while a gap was open");
  report_logout();
  listener_.disconnect(reason);
}

void Session::Core::report_logout() {
  if (!logged_on_) return;
  logged_on_ = false;
  listener_.logged_out();
}

void Session::Core::received(const std::string& bytes) {
  waiting_.push_back(bytes);
  if (depth_ == 0) call_engine([] {});
}

void Session::Core::process(const std::string& bytes) {
  const Inbound message = read_inbound(config_.begin_string, bytes);
  const std::string reason = message.too_big.empty() ? reason_to_refuse(message) : message.too_big;
  if (!reason.empty()) return listener_.refused(bytes, reason);
  inbox_.begin(bytes, message.seq);
  guarded([this, &bytes, &message] {
    session_->next(config_.validation ? bytes : message.envelope, FIX::UtcTimeStamp());
  });
  inbox_.finish(store_.next_target());
}

std::string Session::Core::reason_to_refuse(const Inbound& message) const {
  if (!attached_) return "the session is disconnected";
  if (message.seq <= store_.next_target()) return std::string();
  // Logon, Logout, ResendRequest, Reject and SequenceReset-Reset are looked at whatever their
  // number.
  const std::string& type = message.msg_type;
  const bool fills_gap = type == "4" && value_of(message.envelope, 123) == "Y";
  if (is_admin(type) && type != "0" && type != "1" && !fills_gap) return std::string();
  if (inbox_.held() >= config_.max_held) {
    return "more than " + std::to_string(config_.max_held) + " messages wait for a gap";
  }
  if (inbox_.held_bytes() > config_.max_held_bytes) {
    return "more than " + std::to_string(config_.max_held_bytes) + " bytes wait for a gap";
  }
  return std::string();
}

void Session::Core::tick() {
  if (!attached_ || depth_ > 0) return;
  call_engine([this] {
    session_->next();
    if (logout_timed_out()) {
      inbox_.note("Timed out waiting for logout response");
      session_->disconnect();
    }
  });
}

// Without heartbeats QuickFIX looks at no timer.
bool Session::Core::logout_timed_out() const {
  const std::int64_t waited = now_ns() - logout_at_ns_;
  return attached_ && !dropped_ && heartbeat_s() == 0 && session_->sentLogout() &&
         waited >= std::int64_t{config_.logout_timeout_s} * 1000000000;
}

void Session::Core::set_logon_fields(LogonFields fields) {
  if (config_.initiator && config_.heartbeat_s == 0) {
    fields.set.insert(fields.set.begin(), Field(108, "0"));
  }
  outbox_.set_logon_fields(std::move(fields));
}

bool Session::Core::logon() {
  if (!attached_ || !config_.initiator || session_->sentLogon()) return false;
  call_engine([this] {
    session_->logon();
    session_->next();
  });
  return true;
}

bool Session::Core::logout(const std::string& text) {
  if (!attached_ || !session_->isLoggedOn()) return false;
  logout_at_ns_ = now_ns();
  call_engine([this, &text] {
    session_->logout(text);
    session_->next();
  });
  return true;
}

SendResult Session::Core::send(const std::string& msg_type, const std::string& body,
                               const Fields& header) {
  SendResult refusal;
  refusal.error = unsendable(msg_type, body, header);
  if (!refusal.error.empty()) return refusal;
  const std::string tail = tail_for(header, body);
  outbox_.prepare(tail);
  SendResult result;
  call_engine([&] {
    guarded([&] {
      FIX::Message message = whole_out() ? whole_message(msg_type, tail) : FIX::Message();
      message.getHeader().setField(FIX::MsgType(msg_type));
      for (const Field& field : header) {
        if (is_engine_field(field.first)) message.getHeader().setField(field.first, field.second);
      }
      session_->send(message);
    });
    result = outbox_.finish();
  });
  return result;
}

// Read by the dictionaries, so that groups stay groups.
FIX::Message Session::Core::whole_message(const std::string& msg_type,
                                          const std::string& tail) const {
  std::string content;
  append_field(content, FIX::FIELD::MsgType, msg_type);
  const std::string bytes = seal(config_.begin_string, content + tail);
  const FIX::DataDictionaryProvider& known = session_->getDataDictionaryProvider();
  const FIX::DataDictionary& own =
      known.getSessionDataDictionary(FIX::BeginString(config_.begin_string));
  if (config_.validation->application_dictionary.empty()) return FIX::Message(bytes, own, false);
  return FIX::Message(
      bytes, own, known.getApplicationDataDictionary(FIX::ApplVerID(config_.default_appl_ver_id)),
      false);
}

std::string Session::Core::unsendable(const std::string& msg_type, const std::string& body,
                                      const Fields& header) const {
  if (!attached_ || !session_->isLoggedOn()) return "not logged on";
  if (msg_type.empty() || msg_type.find(kSoh) != std::string::npos) return "no MsgType(35)";
  if (msg_type.size() == 1 && std::strchr("A245", msg_type[0])) {
    return "the engine itself sends 35=" + msg_type + " when the session rules ask for it";
  }
  if (!body.empty() && body.back() != kSoh) return "the last field of the body has no end";
  for (const Field& field : header) {
    const bool sub_id =
        field.first == 50 || field.first == 57 || field.first == 142 || field.first == 143;
    const bool envelope = field.first == 8 || field.first == 9 || field.first == 10;
    if (envelope || (is_engine_field(field.first) && !sub_id)) {
      return "the engine itself sets field " + std::to_string(field.first);
    }
    if (field.second.find(kSoh) != std::string::npos) return "a header field contains SOH";
  }
  if (store_.next_sender() > kMaxSeqNum) return "MsgSeqNum(34) has reached its largest number";
  return std::string();
}

std::string Session::Core::tail_for(const Fields& header, const std::string& body) const {
  std::string tail;
  const auto given = [&header](int tag) {
    for (const Field& field : header) {
      if (field.first == tag) return true;
    }
    return false;
  };
  for (const Field& field : config_.header) {
    if (!is_engine_field(field.first) && !given(field.first)) {
      append_field(tail, field.first, field.second);
    }
  }
  for (const Field& field : header) {
    if (!is_engine_field(field.first)) append_field(tail, field.first, field.second);
  }
  return tail + body;
}

// QuickFIX takes whatever the peer's Logon says: no number is read only here, and throws.
int Session::Core::heartbeat_s() const {
  try {
    const int interval = session_->getHeartBtInt().getValue();
    return interval == kNeverBeats ? 0 : interval;
  } catch (const FIX::Exception&) {
    return 0;
  }
}

bool Session::Core::set_next_sender(std::int64_t number) {
  return set_number(number, &FIX::Session::setNextSenderMsgSeqNum);
}

bool Session::Core::set_next_target(std::int64_t number) {
  return set_number(number, &FIX::Session::setNextTargetMsgSeqNum);
}

bool Session::Core::set_number(std::int64_t number, void (FIX::Session::*setter)(int)) {
  if (number < 1 || number > kMaxSeqNum) return false;
  try {
    (session_.get()->*setter)(static_cast<int>(number));
    return true;
  } catch (const FIX::IOException&) {
    return false;
  }
}

void Session::Core::onLogon(const FIX::SessionID&) {
  if (logged_on_) return;
  logged_on_ = true;
  listener_.logged_on();
}

// Fields behind the engine's own header would cut it short when a body is put back; those of a
// message we were asked to send stand in front of that body instead.
void Session::Core::add_configured_header(FIX::Message& message) const {
  FIX::Header& header = message.getHeader();
  const bool whole = whole_out() || (!outbox_.is_prepared() && message.isAdmin());
  for (const Field& field : config_.header) {
    const bool wanted = whole || is_engine_field(field.first);
    if (wanted && !header.isSetField(field.first)) header.setField(field.first, field.second);
  }
}

void Session::Core::toAdmin(FIX::Message& message, const FIX::SessionID&) {
  add_configured_header(message);
  const std::string& msg_type = message.getHeader().getField(FIX::FIELD::MsgType);
  if (msg_type == "5") logout_at_ns_ = now_ns();
  if (msg_type != "A") return;
  // The engine must know of a reset; all other Logon fields are put in afterwards.
  for (const Field& field : outbox_.logon_fields().set) {
    if (field.first == FIX::FIELD::ResetSeqNumFlag) message.setField(field.first, field.second);
  }
}

void Session::Core::toApp(FIX::Message& message, const FIX::SessionID&) throw(FIX::DoNotSend) {
  if (!message.getHeader().isSetField(FIX::FIELD::PossDupFlag)) add_configured_header(message);
}

void Session::Core::fromAdmin(const FIX::Message& message, const FIX::SessionID&) throw(
    FIX::FieldNotFound, FIX::IncorrectDataFormat, FIX::IncorrectTagValue, FIX::RejectLogon) {
  inbox_.passed(seq_in(message), true);
}

void Session::Core::fromApp(const FIX::Message& message,
                            const FIX::SessionID&) throw(FIX::FieldNotFound,
                                                         FIX::IncorrectDataFormat,
                                                         FIX::IncorrectTagValue,
                                                         FIX::UnsupportedMessageType) {
  unsupported_ = false;
  inbox_.passed(seq_in(message), false);
  if (unsupported_) throw FIX::UnsupportedMessageType();
}

void Session::Core::onEvent(const std::string& text) {
  inbox_.note(text);
  listener_.event(text);
}

}  // namespace engine
}  // namespace fixdrill
