// Round trip of a bare QuickFIX SocketInitiator: one limit order out, its ExecutionReport in, one
// outstanding. Prints `median_ns N` of `--count` orders after `--warmup`, the base that our own
// round trips are measured against. Price and symbol default to an order that rests, so that each
// order has exactly one report.
#include <algorithm>
#include <chrono>
#include <future>
#include <iostream>
#include <quickfix/MessageStore.h>
#include <quickfix/Session.h>
#include <quickfix/SocketInitiator.h>
#include <vector>

#include "options.h"
#include "sessions.h"

namespace {

using counterparty::Options;
using Clock = std::chrono::steady_clock;

/// Sends the next order from the callback that received the last report: no second thread.
class RoundTrips : public FIX::NullApplication {
 public:
  explicit RoundTrips(const Options& options)
      : options_(options),
        warmup_(std::stoul(options.at("warmup"))),
        wanted_(warmup_ + std::stoul(options.at("count"))) {}

  void onLogon(const FIX::SessionID& session) override { send(session); }
  void fromApp(const FIX::Message&,
               const FIX::SessionID& session) throw(FIX::FieldNotFound, FIX::IncorrectDataFormat,
                                                    FIX::IncorrectTagValue,
                                                    FIX::UnsupportedMessageType) override {
    nanoseconds_.push_back((Clock::now() - sent_).count());
    if (nanoseconds_.size() == wanted_) {
      done_.set_value();
    } else if (nanoseconds_.size() < wanted_) {
      send(session);
    }
  }

  bool finished_within(std::chrono::seconds limit) {
    return done_.get_future().wait_for(limit) == std::future_status::ready;
  }
  long median_ns() const {
    std::vector<long> sorted(nanoseconds_.begin() + static_cast<long>(warmup_), nanoseconds_.end());
    std::nth_element(sorted.begin(), sorted.begin() + static_cast<long>(sorted.size() / 2),
                     sorted.end());
    return sorted[sorted.size() / 2];
  }

 private:
  void send(const FIX::SessionID& session) {
    FIX::Message order;
    order.getHeader().setField(FIX::FIELD::BeginString, session.getBeginString());
    order.getHeader().setField(FIX::FIELD::MsgType, "D");
    order.setField(FIX::FIELD::ClOrdID, "B" + std::to_string(nanoseconds_.size()));
    order.setField(FIX::FIELD::Symbol, options_.at("symbol"));
    order.setField(FIX::FIELD::Side, "1");
    order.setField(FIX::FIELD::OrderQty, "100");
    order.setField(FIX::FIELD::OrdType, "2");
    order.setField(FIX::FIELD::Price, options_.at("price"));
    order.setField(FIX::FIELD::TransactTime,
                   FIX::UtcTimeStampConvertor::convert(FIX::UtcTimeStamp(), 3));
    sent_ = Clock::now();
    FIX::Session::sendToTarget(order, session);
  }

  Options options_;
  std::size_t warmup_;
  std::size_t wanted_;
  Clock::time_point sent_;
  std::vector<long> nanoseconds_;
  std::promise<void> done_;
};

}  // namespace

int main(int argc, char** argv) {
  Options options{{"host", "127.0.0.1"}, {"port", ""},       {"begin-string", "FIX.4.4"},
                  {"sender", "BRK9"},    {"target", "EXCH"}, {"count", "5000"},
                  {"warmup", "500"},     {"symbol", "MSFT"}, {"price", "10.05"}};
  counterparty::read_options(argc, argv, options);
  try {
    FIX::Dictionary shared = counterparty::shared_settings("initiator");
    shared.setString(FIX::SOCKET_CONNECT_HOST, options["host"]);
    shared.setString(FIX::SOCKET_CONNECT_PORT, options["port"]);
    shared.setInt(FIX::HEARTBTINT, 30);
    shared.setInt(FIX::RECONNECT_INTERVAL, 1);
    shared.setBool("ResetOnLogon", true);
    FIX::SessionSettings settings;
    settings.set(shared);
    counterparty::add_session(settings,
                              {options["begin-string"], options["sender"], options["target"]});
    RoundTrips trips(options);
    FIX::MemoryStoreFactory stores;
    FIX::SocketInitiator initiator(trips, stores, settings);
    initiator.start();
    const bool finished = trips.finished_within(std::chrono::seconds(60));
    initiator.stop(true);
    if (!finished) throw std::runtime_error("not all reports came within 60 s");
    std::cout << "median_ns " << trips.median_ns() << std::endl;
  } catch (const std::exception& error) {
    std::cerr << "bench_client: " << error.what() << std::endl;
    return 3;
  }
  return 0;
}
