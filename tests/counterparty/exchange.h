// The counterparty's application: reads orders of any session and answers from one order book.
// Runs on the acceptor's one thread.
#pragma once

#include <quickfix/Application.h>
#include <string>

#include "order_book.h"
#include "report.h"

namespace counterparty {

class Exchange : public FIX::Application {
 public:
  /// A Logon whose Password(554) is another is refused; an empty `password` lets everybody in.
  explicit Exchange(std::string password) : password_(std::move(password)) {}

  void onCreate(const FIX::SessionID&) override {}
  void onLogon(const FIX::SessionID&) override {}
  void onLogout(const FIX::SessionID&) override {}
  void toAdmin(FIX::Message&, const FIX::SessionID&) override {}
  void toApp(FIX::Message&, const FIX::SessionID&) throw(FIX::DoNotSend) override {}
  void fromAdmin(const FIX::Message& message,
                 const FIX::SessionID&) throw(FIX::FieldNotFound, FIX::IncorrectDataFormat,
                                              FIX::IncorrectTagValue, FIX::RejectLogon) override;
  void fromApp(const FIX::Message& message,
               const FIX::SessionID& session) throw(FIX::FieldNotFound, FIX::IncorrectDataFormat,
                                                    FIX::IncorrectTagValue,
                                                    FIX::UnsupportedMessageType) override;

 private:
  void on_new_order(const FIX::Message& message, const FIX::SessionID& session);
  void on_cancel(const FIX::Message& message, const FIX::SessionID& session);
  void on_replace(const FIX::Message& message, const FIX::SessionID& session);
  void on_status(const FIX::Message& message, const FIX::SessionID& session);

  /// Lets the order trade, tells what came of it, and rests or cancels the remainder.
  void work(Order order, const FIX::SessionID& session);
  void tell(Event event, const Order& order, const FIX::SessionID& session, Report details = {});
  void refuse_cancel(const FIX::Message& message, const FIX::SessionID& session, bool is_replace);

  std::string password_;
  OrderBook book_;
  long orders_ = 0;
  long executions_ = 0;
};

}  // namespace counterparty
