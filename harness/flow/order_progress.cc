#include "flow/order_progress.h"

#include <algorithm>

#include "flow/ids.h"

namespace fixdrill::flow {

using fix::Decimal;

namespace {

Number product(const Number& a, const Number& b) {
  return a && b ? Decimal::multiply(*a, *b) : std::nullopt;
}

// One that is not known makes the sum unknown, for good.
void add_to(Number& sum, const Number& more) {
  sum = sum && more ? Decimal::add(*sum, *more) : std::nullopt;
}

void take_from(Number& sum, const Number& less) {
  sum = sum && less ? Decimal::subtract(*sum, *less) : std::nullopt;
}

void count_trade(OrderProgress& progress, const ReportedExecution& trade) {
  add_to(progress.filled, trade.qty);
  add_to(progress.notional, product(trade.qty, trade.price));
  if (trade.price) progress.price_digits = std::max(progress.price_digits, trade.price->scale());
}

void forget_trade(OrderProgress& progress, std::string_view exec_id) {
  const auto at = progress.executions.find(std::string(exec_id));
  const ReportedExecution old = at == progress.executions.end() ? ReportedExecution() : at->second;
  take_from(progress.filled, old.qty);
  take_from(progress.notional, product(old.qty, old.price));
}

void keep_execution(const Execution& report, std::int64_t message, OrderProgress& progress) {
  ReportedExecution kept = {message, {}, {}};
  if (report.event == 'F' || report.event == 'G') {
    kept.qty = report.last_qty;
    kept.price = report.last_px;
  }
  if (report.event == 'G' || report.event == 'H') forget_trade(progress, report.exec_ref_id);
  if (report.event == 'F' || report.event == 'G') count_trade(progress, kept);
  // What was traded before a restatement is told in other numbers after it (a stock split).
  if (report.event == 'D') progress.filled = progress.notional = std::nullopt;
  if (!is_placeholder(17, report.exec_id)) {
    progress.executions.insert_or_assign(std::string(report.exec_id), kept);
  }
}

// A fill while a request is pending says PendingCancel or PendingReplace: below, the order went on.
char settled_status(const Execution& report, char before) {
  if (report.status == '5' || (is_pending(report.status) && report.event == 'F')) {
    if (report.leaves && report.leaves->units() == 0) return '2';
    return report.cum && report.cum->units() > 0 ? '1' : '0';
  }
  return is_pending(report.status) ? before : report.status;
}

void close_requests(const Execution& report, std::int64_t message, OrderProgress& progress) {
  const auto ends = [&](const OpenRequest& request) {
    const bool named = request.cl_ord_id == report.cl_ord_id;
    switch (request.type) {
      case 'D':
        return report.event != 'A';
      case 'F':
        return named && report.event == '4';
      case 'G':
        return named && report.event == '5';
      default:
        return report.event == 'I';
    }
  };
  const bool replaced = progress.find_open('G', report.cl_ord_id) && report.event == '5';
  const bool canceled = progress.find_open('F', report.cl_ord_id) && report.event == '4';
  if (replaced || canceled || progress.current.empty()) {
    progress.current = report.cl_ord_id;
    progress.current_by = message;
  }
  progress.open.erase(std::remove_if(progress.open.begin(), progress.open.end(), ends),
                      progress.open.end());
}

}  // namespace

const OpenRequest* OrderProgress::find_open(char type, std::string_view cl_ord_id) const {
  for (const OpenRequest& request : open) {
    if (request.type == type && request.cl_ord_id == cl_ord_id) return &request;
  }
  return nullptr;
}

bool OrderProgress::has_open(char type) const {
  return std::any_of(open.begin(), open.end(),
                     [type](const OpenRequest& request) { return request.type == type; });
}

void apply(const Execution& report, std::int64_t message, Order& order, OrderProgress& progress) {
  const OpenRequest* replace =
      report.event == '5' ? progress.find_open('G', report.cl_ord_id) : nullptr;
  const auto take = [](Number& at, const Number& told, const Number& asked) {
    if (told || asked) at = told ? told : asked;
  };
  take(order.qty, report.qty, replace ? replace->qty : Number());
  take(order.price, report.price, replace ? replace->price : Number());
  take(order.cum, report.cum, {});
  take(order.leaves, report.leaves, {});
  take(order.avg, report.avg, {});
  if (order.side.empty()) order.side = report.side;
  if (order.symbol.empty()) order.symbol = report.symbol;
  if (!is_placeholder(37, report.order_id)) order.order_id = report.order_id;
  if (report.status != 0) order.status = report.status;

  keep_execution(report, message, progress);
  const char settled = settled_status(report, progress.settled);
  if (settled != progress.settled) progress.settled_by = message;
  progress.settled = settled;
  close_requests(report, message, progress);
}

}  // namespace fixdrill::flow
