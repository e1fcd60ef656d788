#include "report.h"

namespace counterparty {
namespace {

bool before_fix43(const std::string& begin_string) {
  return begin_string == "FIX.4.0" || begin_string == "FIX.4.1" || begin_string == "FIX.4.2";
}

std::string exec_type(const Report& report, const Order& order) {
  switch (report.event) {
    case Event::acknowledged:
      return "0";
    case Event::cancelled:
      return "4";
    case Event::replaced:
      return "5";
    case Event::rejected:
      return "8";
    case Event::traded:
      if (!before_fix43(report.begin_string)) return "F";
      return order.open() == 0 ? "2" : "1";
    case Event::status:
      return before_fix43(report.begin_string) ? "0" : "I";
  }
  return "";
}

std::string ord_status(const Report& report, const Order& order) {
  switch (report.event) {
    case Event::cancelled:
      return "4";
    case Event::rejected:
      return "8";
    case Event::replaced:
      if (before_fix43(report.begin_string)) return "5";
      break;
    case Event::acknowledged:
    case Event::traded:
    case Event::status:
      break;
  }
  if (order.open() == 0) return "2";
  return order.filled > 0 ? "1" : "0";
}

FIX::Message message(const std::string& begin_string, const char* type) {
  FIX::Message made;
  made.getHeader().setField(FIX::FIELD::BeginString, begin_string);
  made.getHeader().setField(FIX::FIELD::MsgType, type);
  return made;
}

}  // namespace

FIX::Message execution_report(const Report& report, const Order& order) {
  const bool gone = report.event == Event::cancelled || report.event == Event::rejected;
  FIX::Message made = message(report.begin_string, "8");
  made.setField(FIX::FIELD::OrderID, order.order_id.empty() ? "NONE" : order.order_id);
  made.setField(FIX::FIELD::ClOrdID, order.client_id);
  if (!report.original_client_id.empty()) {
    made.setField(FIX::FIELD::OrigClOrdID, report.original_client_id);
  }
  made.setField(FIX::FIELD::ExecID, report.exec_id);
  if (before_fix43(report.begin_string)) {
    made.setField(FIX::FIELD::ExecTransType, report.event == Event::status ? "3" : "0");
  }
  if (report.begin_string != "FIX.4.0") {
    made.setField(FIX::FIELD::ExecType, exec_type(report, order));
    made.setField(FIX::FIELD::LeavesQty, gone ? "0" : std::to_string(order.open()));
  }
  made.setField(FIX::FIELD::OrdStatus, ord_status(report, order));
  made.setField(FIX::FIELD::Symbol, order.symbol);
  made.setField(FIX::FIELD::Side, order.side == Side::buy ? "1" : "2");
  made.setField(FIX::FIELD::OrderQty, std::to_string(order.quantity));
  if (!order.market) made.setField(FIX::FIELD::Price, price_text(order.limit));
  if (report.fill.quantity > 0 || before_fix43(report.begin_string)) {
    made.setField(FIX::FIELD::LastShares, std::to_string(report.fill.quantity));
    made.setField(FIX::FIELD::LastPx, price_text(report.fill.price));
  }
  made.setField(FIX::FIELD::CumQty, std::to_string(order.filled));
  made.setField(FIX::FIELD::AvgPx, order.filled > 0 ? price_text(report.fill.price) : "0");
  made.setField(FIX::FIELD::TransactTime, report.transact_time);
  if (!report.text.empty()) made.setField(FIX::FIELD::Text, report.text);
  if (report.event == Event::rejected && report.begin_string != "FIX.4.0") {
    made.setField(FIX::FIELD::OrdRejReason, "1");  // unknown symbol: the only reason there is here
  }
  return made;
}

FIX::Message cancel_reject(const CancelReject& reject) {
  FIX::Message made = message(reject.begin_string, "9");
  made.setField(FIX::FIELD::OrderID, "NONE");
  made.setField(FIX::FIELD::ClOrdID, reject.client_id);
  if (reject.begin_string != "FIX.4.0") {
    made.setField(FIX::FIELD::OrigClOrdID, reject.original_client_id);
    made.setField(FIX::FIELD::OrdStatus, "8");
  }
  if (reject.begin_string != "FIX.4.0" && reject.begin_string != "FIX.4.1") {
    made.setField(FIX::FIELD::CxlRejResponseTo, reject.answers_replace ? "2" : "1");
  }
  made.setField(FIX::FIELD::CxlRejReason, "1");  // unknown order
  made.setField(FIX::FIELD::Text, reject.text);
  return made;
}

}  // namespace counterparty
