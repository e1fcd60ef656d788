#include "engine/engine.h"

#include <algorithm>
#include <iterator>

#include "engine/core.h"

namespace fixdrill {
namespace engine {
namespace {

std::string mistake_in(const Config& config) {
  static const char* const kVersions[] = {"FIX.4.0", "FIX.4.1", "FIX.4.2",
                                          "FIX.4.3", "FIX.4.4", "FIXT.1.1"};
  const bool known = std::find(std::begin(kVersions), std::end(kVersions), config.begin_string) !=
                     std::end(kVersions);
  if (!known) return "the engine does not speak " + config.begin_string;
  if (config.sender_comp_id.empty()) return "SenderCompID(49) is empty";
  if (config.target_comp_id.empty()) return "TargetCompID(56) is empty";
  if (config.heartbeat_s < 0) return "HeartBtInt(108) is negative";
  if (config.timestamp_digits < 0 || config.timestamp_digits > 9) {
    return "SendingTime(52) has 0 to 9 digits behind the point";
  }
  return std::string();
}

}  // namespace

std::unique_ptr<Session> Session::create(Config config, Store& store, Listener& listener,
                                         std::string& error) {
  error = mistake_in(config);
  if (!error.empty()) return nullptr;
  try {
    auto core = std::make_unique<Core>(std::move(config), store, listener);
    return std::unique_ptr<Session>(new Session(std::move(core)));
  } catch (const std::exception& escaped) {
    error = escaped.what();
    return nullptr;
  }
}

Session::Session(std::unique_ptr<Core> core) : core_(std::move(core)) {}
Session::~Session() = default;

void Session::connected() { core_->connected(); }
void Session::closed() { core_->closed(); }
void Session::received(const std::string& bytes) { core_->received(bytes); }
void Session::tick() { core_->tick(); }

void Session::set_logon_fields(LogonFields fields) { core_->set_logon_fields(std::move(fields)); }
bool Session::logon() { return core_->logon(); }
bool Session::logout(const std::string& text) { return core_->logout(text); }

SendResult Session::send(const std::string& msg_type, const std::string& body,
                         const Fields& header) {
  return core_->send(msg_type, body, header);
}

void Session::refuse_as_unsupported() { core_->refuse_as_unsupported(); }

bool Session::is_connected() const { return core_->is_connected(); }
bool Session::is_logged_on() const { return core_->session().isLoggedOn(); }
bool Session::received_logon() const { return core_->session().receivedLogon(); }
bool Session::sent_logon() const { return core_->session().sentLogon(); }
bool Session::sent_logout() const { return core_->session().sentLogout(); }
int Session::heartbeat_s() const { return core_->heartbeat_s(); }
std::int64_t Session::next_sender() const { return core_->store().next_sender(); }
std::int64_t Session::next_target() const { return core_->store().next_target(); }
bool Session::set_next_sender(std::int64_t number) { return core_->set_next_sender(number); }
bool Session::set_next_target(std::int64_t number) { return core_->set_next_target(number); }
void Session::set_reset_on_logon(bool reset) { core_->session().setResetOnLogon(reset); }

}  // namespace engine
}  // namespace fixdrill
