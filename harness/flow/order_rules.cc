#include "flow/order_rules.h"

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <utility>

#include "flow/ids.h"

namespace fixdrill::flow {

using fix::Decimal;

namespace {

/// One report before its order; each rule adds what it finds.
struct Case {
  const Execution& report;
  const Order& order;
  const OrderProgress& before;
  std::vector<Violation>& found;

  template <class... Values>
  void add(std::string_view rule, fmt::format_string<Values...> text, Values&&... values) const {
    found.push_back({rule, fmt::format(text, std::forward<Values>(values)...)});
  }
};

const Decimal kZero(0);

// CumQty before the report: 0 for the first one of an order that was seen being sent.
Number cum_before(const Case& c) {
  if (c.order.cum) return c.order.cum;
  return c.order.requested ? Number(kZero) : Number();
}

Number order_qty(const Case& c) {
  if (c.report.qty) return c.report.qty;
  const OpenRequest* replace =
      c.report.event == '5' ? c.before.find_open('G', c.report.cl_ord_id) : nullptr;
  return replace && replace->qty ? replace->qty : c.order.qty;
}

// Corrections, busts, status reports and restatements may come at any time.
bool may_come_any_time(char event) {
  return event == 'D' || event == 'G' || event == 'H' || event == 'I';
}

void rule_after_end(const Case& c) {
  const char was = c.before.settled;
  const char event = c.report.event;
  if (!is_terminal(was) || may_come_any_time(event)) return;
  if (event == '3' || event == 'B') return;
  // A request that crossed the last fill is answered: pending first, and more quantity revives it.
  if (is_pending(event) || (was == '2' && event == '5')) return;
  c.add("after-end", "{} after the order was {} (message {})", event_name(event), status_name(was),
        c.before.settled_by);
}

void rule_new_again(const Case& c) {
  const char was = c.before.settled;
  const bool accepted = was == '0' || was == '1' || was == '3';
  if (accepted && (c.report.event == '0' || c.report.event == 'A')) {
    c.add("new-again", "{}, but the order is {} since message {}", event_name(c.report.event),
          status_name(was), c.before.settled_by);
  }
}

void rule_cum_leaves(const Case& c) {
  const Number qty = order_qty(c);
  if (!qty || !c.report.cum) return;
  if (*c.report.cum > *qty) {
    c.add("overfill", "CumQty(14) {} is more than OrderQty(38) {}", c.report.cum->text(),
          qty->text());
    return;
  }
  if (!c.report.leaves) return;
  const char status = c.report.status;
  const bool over = is_terminal(status) || status == '3' || status == 'B';
  if (over && status != '2' && *c.report.leaves == kZero) return;
  const Number sum = Decimal::add(*c.report.cum, *c.report.leaves);
  if (!sum || *sum == *qty) return;
  c.add("cum-leaves", "CumQty(14) {} + LeavesQty(151) {} is not OrderQty(38) {}",
        c.report.cum->text(), c.report.leaves->text(), qty->text());
}

void rule_cum_of_trade(const Case& c, const Decimal& was) {
  if (!c.report.last_qty) return;
  const Number sum = Decimal::add(was, *c.report.last_qty);
  if (!sum || *sum == *c.report.cum) return;
  c.add("cum-trade", "CumQty(14) {} is not the {} before + LastQty(32) {}", c.report.cum->text(),
        was.text(), c.report.last_qty->text());
}

void rule_cum_after_bust(const Case& c, const Decimal& was) {
  const auto busted = c.before.executions.find(std::string(c.report.exec_ref_id));
  if (busted == c.before.executions.end() || !busted->second.qty) return;
  const Number gone = busted->second.qty;
  const Number now = c.report.event == 'G' ? c.report.last_qty : Number(kZero);
  const Number rest = Decimal::subtract(was, *gone);
  const Number due = rest && now ? Decimal::add(*rest, *now) : std::nullopt;
  if (!due || *due == *c.report.cum) return;
  c.add("cum-trade", "CumQty(14) {} after the {} of {} (ExecID {}); it was {}, so {} is due",
        c.report.cum->text(), event_name(c.report.event), gone->text(), c.report.exec_ref_id,
        was.text(), due->text());
}

void rule_cum(const Case& c) {
  const Number was = cum_before(c);
  if (!was || !c.report.cum || c.report.event == 'D') return;
  if (c.report.event == 'G' || c.report.event == 'H') return rule_cum_after_bust(c, *was);
  if (*c.report.cum < *was) {
    c.add("cum-falls", "CumQty(14) fell from {} to {} without a bust or correction", was->text(),
          c.report.cum->text());
  } else if (c.report.event == 'F') {
    rule_cum_of_trade(c, *was);
  } else if (*c.report.cum > *was) {
    c.add("cum-trade", "CumQty(14) rose from {} to {} without a trade", was->text(),
          c.report.cum->text());
  }
}

// What the sums are once this report is in.
std::pair<Number, Number> traded_with(const Case& c) {
  if (c.report.event != 'F') return {c.before.filled, c.before.notional};
  const auto& [qty, price] = std::pair(c.report.last_qty, c.report.last_px);
  const Number value = qty && price ? Decimal::multiply(*qty, *price) : std::nullopt;
  if (!value || !c.before.filled || !c.before.notional) return {};
  return {Decimal::add(*c.before.filled, *qty), Decimal::add(*c.before.notional, *value)};
}

void rule_avg_px(const Case& c) {
  if (!c.order.requested || !c.report.avg || !c.report.cum || may_come_any_time(c.report.event))
    return;
  const auto [filled, notional] = traded_with(c);
  if (!filled || !notional || *filled != *c.report.cum || *filled == kZero) return;
  const unsigned traded_digits =
      c.report.event == 'F' && c.report.last_px ? c.report.last_px->scale() : 0;
  const unsigned digits = std::max({c.report.avg->scale(), c.before.price_digits, traded_digits});
  const Number due = Decimal::divide(*notional, *filled, digits);
  const Number off = due ? Decimal::subtract(*c.report.avg, *due) : std::nullopt;
  // Half up, half even or cut: any of them is off by at most one in the last digit.
  const Decimal one(1, digits);
  if (!off || (*off <= one && *off >= Decimal(-1, digits))) return;
  c.add("avg-px", "AvgPx(6) {}; the trades so far make {}", c.report.avg->text(), due->text());
}

void rule_status_quantities(const Case& c) {
  const std::string name = status_name(c.report.status);
  const auto& [cum, leaves] = std::pair(c.report.cum, c.report.leaves);
  const bool none = cum && *cum == kZero;
  switch (c.report.status) {
    case '0':
    case 'A':
    case '8':
      // A status request that fails says Rejected of the request, not of the order.
      if (cum && !none && c.report.event != 'I') {
        c.add("status", "OrdStatus(39) {} with CumQty(14) {}", name, cum->text());
      }
      break;
    case '1':
      if (none) c.add("status", "OrdStatus(39) {} with CumQty(14) 0", name);
      if (leaves && *leaves == kZero)
        c.add("status", "OrdStatus(39) {} with LeavesQty(151) 0", name);
      break;
    case '2':
      if (none) c.add("status", "OrdStatus(39) {} with CumQty(14) 0", name);
      if (leaves && *leaves != kZero)
        c.add("status", "OrdStatus(39) {} with LeavesQty(151) {}", name, leaves->text());
      break;
    default:
      break;
  }
}

std::string_view statuses_of(char event) {
  switch (event) {
    case '0':
      return "0126E9";
    case '3':
      return "36E";
    case '4':
      return "4";
    case '5':
      return "01256E79";
    case '6':
      return "6E";
    case '8':
      return "8";
    case 'A':
      return "A";
    case 'C':
      return "C";
    case 'E':
      return "E6";
    case 'F':
      return "126E3479BC";
    default:
      return "";
  }
}

void rule_status_event(const Case& c) {
  const std::string_view may = statuses_of(c.report.event);
  if (may.empty() || c.report.status == 0 || may.find(c.report.status) != std::string_view::npos)
    return;
  c.add("status", "ExecType(150) {} with OrdStatus(39) {}", event_name(c.report.event),
        status_name(c.report.status));
}

void rule_answer(const Case& c) {
  if (!c.order.requested) return;
  const char event = c.report.event;
  if (event != '5' && event != '6' && event != 'E') return;
  const char type = event == '6' ? 'F' : 'G';
  const std::string_view request =
      type == 'F' ? "OrderCancelRequest(F)" : "OrderCancelReplaceRequest(G)";
  if (!c.before.has_open(type)) {
    if (event == '6' && c.before.may_be_mass_canceled) return;
    c.add("no-request", "{}, but no {} is open", event_name(event), request);
  } else if (event == '5' && !c.before.find_open(type, c.report.cl_ord_id)) {
    c.add("orig-clordid", "{} with ClOrdID(11) {}, which is not that of an open {}",
          event_name(event), c.report.cl_ord_id, request);
  }
}

void rule_orig_cl_ord_id(const Case& c) {
  const char type = c.report.event == '5' ? 'G' : c.report.event == '4' ? 'F' : '\0';
  const OpenRequest* request = c.before.find_open(type, c.report.cl_ord_id);
  if (!request || request->orig_cl_ord_id.empty() || !c.report.names_original) return;
  if (c.report.orig_cl_ord_id.empty()) {
    c.add("orig-clordid", "{} without OrigClOrdID(41); the request named {}",
          event_name(c.report.event), request->orig_cl_ord_id);
  } else if (c.report.orig_cl_ord_id != request->orig_cl_ord_id) {
    c.add("orig-clordid", "{} with OrigClOrdID(41) {}; the request named {}",
          event_name(c.report.event), c.report.orig_cl_ord_id, request->orig_cl_ord_id);
  }
}

void rule_order_id(const Case& c) {
  const char was = c.before.settled;
  const char event = c.report.event;
  if (was == 0 || was == 'A' || event == '5' || event == 'D' || event == 'E') return;
  if (is_placeholder(37, c.report.order_id) || c.order.order_id.empty()) return;
  if (c.report.order_id == c.order.order_id) return;
  c.add("order-id", "OrderID(37) {}; the order was {} so far", c.report.order_id, c.order.order_id);
}

void rule_instrument(const Case& c) {
  const auto same = [&](const char* field, std::string_view told, const std::string& known) {
    if (told.empty() || known.empty() || told == known) return;
    c.add("instrument", "{} {}; the order has {}", field, told, known);
  };
  same("Side(54)", c.report.side, c.order.side);
  same("Symbol(55)", c.report.symbol, c.order.symbol);
}

void rule_exec_id(const Case& c) {
  const auto& known = c.before.executions;
  const auto same = known.find(std::string(c.report.exec_id));
  if (same != known.end() && c.report.event != 'I') {
    c.add("exec-id", "ExecID(17) {} was that of message {}", c.report.exec_id,
          same->second.message);
  }
  const bool refers = c.report.event == 'G' || c.report.event == 'H';
  if (refers && c.order.requested && !known.count(std::string(c.report.exec_ref_id))) {
    c.add("exec-id", "{} with ExecRefID(19) '{}', which no execution of the order had",
          event_name(c.report.event), c.report.exec_ref_id);
  }
}

}  // namespace

std::vector<Violation> judge_report(const Execution& report, const Order& order,
                                    const OrderProgress& progress) {
  std::vector<Violation> found;
  const Case c{report, order, progress, found};
  rule_after_end(c);
  rule_new_again(c);
  rule_cum_leaves(c);
  rule_cum(c);
  rule_avg_px(c);
  rule_status_quantities(c);
  rule_status_event(c);
  rule_answer(c);
  rule_orig_cl_ord_id(c);
  rule_order_id(c);
  rule_instrument(c);
  rule_exec_id(c);
  return found;
}

std::vector<Violation> judge_cancel_reject(char status, std::string_view cl_ord_id,
                                           const Order& order, const OrderProgress& progress) {
  std::vector<Violation> found;
  if (!order.requested) return found;
  if (!progress.find_open('F', cl_ord_id) && !progress.find_open('G', cl_ord_id)) {
    found.push_back({"no-request", fmt::format("OrderCancelReject of ClOrdID(11) {}, which is not "
                                               "that of an open request",
                                               cl_ord_id)});
  }
  const char settled = progress.settled;
  if (status == 0 || settled == 0 || status == settled || status == order.status) return found;
  found.push_back(
      {"status", fmt::format("OrdStatus(39) {}; the order is {} since message {}",
                             status_name(status), status_name(settled), progress.settled_by)});
  return found;
}

std::vector<Violation> judge_request(std::string_view orig_cl_ord_id, const Order& order,
                                     const OrderProgress& progress) {
  if (orig_cl_ord_id.empty() || progress.current.empty() || orig_cl_ord_id == progress.current)
    return {};
  for (const OpenRequest& request : progress.open) {
    if (request.cl_ord_id == orig_cl_ord_id) return {};
  }
  const bool known =
      std::find(order.ids.begin(), order.ids.end(), orig_cl_ord_id) != order.ids.end();
  if (!known)
    return {{"orig-clordid",
             fmt::format("OrigClOrdID(41) {} is no ClOrdID of the order", orig_cl_ord_id)}};
  return {{"orig-clordid",
           fmt::format("OrigClOrdID(41) {} is not current: the order is {} since message {}",
                       orig_cl_ord_id, progress.current, progress.current_by)}};
}

}  // namespace fixdrill::flow
