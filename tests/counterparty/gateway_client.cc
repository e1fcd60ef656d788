// An order gateway on QuickFIX's SocketInitiator: logs on, sends one limit order, prints each
// message it is answered with on a line of its own (fields between '|'), and logs out. Ends with 0
// when as many answers came as were asked for, else with 1.
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <iostream>
#include <mutex>
#include <quickfix/MessageStore.h>
#include <quickfix/Session.h>
#include <quickfix/SocketInitiator.h>

#include "options.h"
#include "sessions.h"

namespace {

using counterparty::Options;

FIX::Message new_order(const Options& options) {
  const std::string& begin_string = options.at("begin-string");
  FIX::Message order;
  order.getHeader().setField(FIX::FIELD::BeginString, begin_string);
  order.getHeader().setField(FIX::FIELD::MsgType, "D");
  order.setField(FIX::FIELD::ClOrdID, options.at("clordid"));
  if (begin_string < "FIX.4.3") order.setField(FIX::FIELD::HandlInst, "1");
  order.setField(FIX::FIELD::Symbol, options.at("symbol"));
  order.setField(FIX::FIELD::Side, options.at("side") == "sell" ? "2" : "1");
  order.setField(FIX::FIELD::TransactTime,
                 FIX::UtcTimeStampConvertor::convert(FIX::UtcTimeStamp(), 0));
  order.setField(FIX::FIELD::OrderQty, options.at("quantity"));
  order.setField(FIX::FIELD::OrdType, "2");
  order.setField(FIX::FIELD::Price, options.at("price"));
  return order;
}

std::string readable(const FIX::Message& message) {
  std::string text = message.toString();
  std::replace(text.begin(), text.end(), '\x01', '|');
  return text;
}

class Gateway : public FIX::NullApplication {
 public:
  void onLogon(const FIX::SessionID&) override {
    note([this] { ++logons_; });
  }
  void onLogout(const FIX::SessionID&) override {
    note([this] { ++logouts_; });
  }
  void fromApp(const FIX::Message& message,
               const FIX::SessionID&) throw(FIX::FieldNotFound, FIX::IncorrectDataFormat,
                                            FIX::IncorrectTagValue,
                                            FIX::UnsupportedMessageType) override {
    std::cout << readable(message) << std::endl;
    note([this] { ++answers_; });
  }

  using Clock = std::chrono::steady_clock;
  bool logged_on_by(Clock::time_point limit) { return reached(logons_, 1, limit); }
  bool logged_out_by(Clock::time_point limit) { return reached(logouts_, 1, limit); }
  bool answered_by(Clock::time_point limit, int answers) {
    return reached(answers_, answers, limit);
  }

 private:
  template <typename Change>
  void note(Change change) {
    const std::lock_guard<std::mutex> lock(mutex_);
    change();
    changed_.notify_all();
  }
  bool reached(const int& count, int wanted, Clock::time_point limit) {
    std::unique_lock<std::mutex> lock(mutex_);
    return changed_.wait_until(lock, limit, [&] { return count >= wanted; });
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  int logons_ = 0;
  int logouts_ = 0;
  int answers_ = 0;
};

int fail(const std::string& why) {
  std::cerr << "gateway_client: " << why << std::endl;
  return 1;
}

int play(const Options& options, Gateway& gateway, const FIX::SessionID& session) {
  const auto limit = Gateway::Clock::now() + std::chrono::seconds(std::stoi(options.at("within")));
  if (!gateway.logged_on_by(limit)) return fail("no logon");
  FIX::Message order = new_order(options);
  FIX::Session::sendToTarget(order, session);
  if (!gateway.answered_by(limit, std::stoi(options.at("answers")))) {
    return fail("too few answers to the order");
  }
  FIX::Session::lookupSession(session)->logout();
  return gateway.logged_out_by(limit) ? 0 : fail("no Logout came back");
}

}  // namespace

int main(int argc, char** argv) {
  Options options{{"host", "127.0.0.1"}, {"port", ""},       {"begin-string", "FIX.4.4"},
                  {"sender", "BRK1"},    {"target", "EXCH"}, {"clordid", "GW1"},
                  {"symbol", "MSFT"},    {"side", "buy"},    {"quantity", "100"},
                  {"price", "10.25"},    {"answers", "1"},   {"within", "10"}};
  counterparty::read_options(argc, argv, options);
  try {
    FIX::Dictionary shared = counterparty::shared_settings("initiator");
    shared.setString(FIX::SOCKET_CONNECT_HOST, options["host"]);
    shared.setString(FIX::SOCKET_CONNECT_PORT, options["port"]);
    shared.setInt(FIX::HEARTBTINT, 30);
    shared.setInt(FIX::RECONNECT_INTERVAL, 1);
    FIX::SessionSettings settings;
    settings.set(shared);
    const FIX::SessionID session = counterparty::add_session(
        settings, {options["begin-string"], options["sender"], options["target"]});
    Gateway gateway;
    FIX::MemoryStoreFactory stores;
    FIX::SocketInitiator initiator(gateway, stores, settings);
    initiator.start();
    const int code = play(options, gateway, session);
    initiator.stop(true);
    return code;
  } catch (const std::exception& error) {
    return fail(error.what());
  }
}
