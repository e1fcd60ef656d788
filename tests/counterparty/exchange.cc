#include "exchange.h"

#include <quickfix/Session.h>

namespace counterparty {
namespace {

/// Body field of a message; FIX::FieldNotFound becomes a Reject in the engine.
std::string field(const FIX::Message& message, int tag) { return message.getField(tag); }

std::string field_or(const FIX::Message& message, int tag, const std::string& otherwise) {
  return message.isSetField(tag) ? message.getField(tag) : otherwise;
}

std::int64_t read_quantity(const std::string& text) {
  Price scaled = 0;
  if (!read_price(text, scaled) || scaled % kOne != 0) {
    throw FIX::IncorrectTagValue(FIX::FIELD::OrderQty);
  }
  return scaled / kOne;
}

Lifetime read_lifetime(const FIX::Message& message) {
  const std::string code = field_or(message, FIX::FIELD::TimeInForce, "0");
  if (code == "3") return Lifetime::immediate_or_cancel;
  return code == "4" ? Lifetime::fill_or_kill : Lifetime::day;
}

Order read_order(const FIX::Message& message, const FIX::SessionID& session) {
  Order order;
  order.session = session.toStringFrozen();
  order.client_id = field(message, FIX::FIELD::ClOrdID);
  order.symbol = field(message, FIX::FIELD::Symbol);
  const std::string side = field(message, FIX::FIELD::Side);
  if (side != "1" && side != "2") throw FIX::IncorrectTagValue(FIX::FIELD::Side);
  order.side = side == "1" ? Side::buy : Side::sell;
  order.quantity = read_quantity(field(message, FIX::FIELD::OrderQty));
  order.market = field(message, FIX::FIELD::OrdType) == "1";
  if (!order.market && !read_price(field(message, FIX::FIELD::Price), order.limit)) {
    throw FIX::IncorrectTagValue(FIX::FIELD::Price);
  }
  order.lifetime = read_lifetime(message);
  return order;
}

/// With milliseconds from FIX 4.2 on, which allowed them first.
std::string utc_now(const std::string& begin_string) {
  return FIX::UtcTimeStampConvertor::convert(FIX::UtcTimeStamp(), begin_string < "FIX.4.2" ? 0 : 3);
}

}  // namespace

void Exchange::fromAdmin(const FIX::Message& message,
                         const FIX::SessionID&) throw(FIX::FieldNotFound, FIX::IncorrectDataFormat,
                                                      FIX::IncorrectTagValue, FIX::RejectLogon) {
  if (password_.empty() || message.getHeader().getField(FIX::FIELD::MsgType) != "A") return;
  if (field_or(message, FIX::FIELD::Password, "") != password_) {
    throw FIX::RejectLogon("Password incorrect");
  }
}

void Exchange::fromApp(const FIX::Message& message,
                       const FIX::SessionID& session) throw(FIX::FieldNotFound,
                                                            FIX::IncorrectDataFormat,
                                                            FIX::IncorrectTagValue,
                                                            FIX::UnsupportedMessageType) {
  const std::string type = message.getHeader().getField(FIX::FIELD::MsgType);
  if (type == "D") {
    on_new_order(message, session);
  } else if (type == "F") {
    on_cancel(message, session);
  } else if (type == "G") {
    on_replace(message, session);
  } else if (type == "H") {
    on_status(message, session);
  } else {
    throw FIX::UnsupportedMessageType();
  }
}

void Exchange::on_new_order(const FIX::Message& message, const FIX::SessionID& session) {
  Order order = read_order(message, session);
  if (!book_.knows(order.symbol)) {
    Report why;
    why.text = "Unknown symbol " + order.symbol;
    tell(Event::rejected, order, session, why);
    return;
  }
  order.order_id = "O-" + std::to_string(++orders_);
  tell(Event::acknowledged, order, session);
  work(order, session);
}

void Exchange::work(Order order, const FIX::SessionID& session) {
  Report details;
  details.fill = book_.trade(order);
  if (details.fill.quantity > 0) tell(Event::traded, order, session, details);
  if (order.open() == 0) return;
  if (order.lifetime == Lifetime::day && !order.market) {
    book_.rest(order);
  } else {
    tell(Event::cancelled, order, session);
  }
}

void Exchange::on_cancel(const FIX::Message& message, const FIX::SessionID& session) {
  Order order;
  Report details;
  details.original_client_id = field(message, FIX::FIELD::OrigClOrdID);
  const std::string client_id = field(message, FIX::FIELD::ClOrdID);
  if (!book_.take(session.toStringFrozen(), details.original_client_id, order)) {
    refuse_cancel(message, session, false);
    return;
  }
  order.client_id = client_id;
  tell(Event::cancelled, order, session, details);
}

void Exchange::on_replace(const FIX::Message& message, const FIX::SessionID& session) {
  Order wanted = read_order(message, session);
  Order order;
  Report details;
  details.original_client_id = field(message, FIX::FIELD::OrigClOrdID);
  const Order* resting = book_.find(session.toStringFrozen(), details.original_client_id);
  if (resting == nullptr || wanted.quantity < resting->filled) {
    refuse_cancel(message, session, true);
    return;
  }
  book_.take(session.toStringFrozen(), details.original_client_id, order);
  order.client_id = wanted.client_id;
  order.quantity = wanted.quantity;
  order.limit = wanted.limit;
  tell(Event::replaced, order, session, details);
  if (order.open() > 0) work(order, session);
}

void Exchange::on_status(const FIX::Message& message, const FIX::SessionID& session) {
  const std::string client_id = field(message, FIX::FIELD::ClOrdID);
  const Order* resting = book_.find(session.toStringFrozen(), client_id);
  if (resting != nullptr) {
    tell(Event::status, *resting, session);
    return;
  }
  Order unknown;
  unknown.client_id = client_id;
  unknown.symbol = field(message, FIX::FIELD::Symbol);
  Report why;
  why.text = "Unknown order " + client_id;
  tell(Event::rejected, unknown, session, why);
}

void Exchange::tell(Event event, const Order& order, const FIX::SessionID& session,
                    Report details) {
  details.begin_string = session.getBeginString();
  details.event = event;
  details.exec_id = "E-" + std::to_string(++executions_);
  details.transact_time = utc_now(details.begin_string);
  FIX::Message report = execution_report(details, order);
  FIX::Session::sendToTarget(report, session);
}

void Exchange::refuse_cancel(const FIX::Message& message, const FIX::SessionID& session,
                             bool is_replace) {
  CancelReject reject;
  reject.begin_string = session.getBeginString();
  reject.client_id = field(message, FIX::FIELD::ClOrdID);
  reject.original_client_id = field(message, FIX::FIELD::OrigClOrdID);
  reject.answers_replace = is_replace;
  reject.text = "Unknown order " + reject.original_client_id;
  FIX::Message answer = cancel_reject(reject);
  FIX::Session::sendToTarget(answer, session);
}

}  // namespace counterparty
