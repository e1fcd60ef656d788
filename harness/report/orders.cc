#include "report/orders.h"

#include <algorithm>
#include <fmt/format.h>
#include <ostream>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "report/columns.h"
#include "report/line.h"

namespace fixdrill::report {

using flow::Number;
using flow::Order;
using flow::OrderStep;
using flow::Violation;

namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kLongestText = 100;

std::string text_of(const Number& number) { return number ? number->text() : std::string(); }

std::string counted(std::size_t count, std::string_view thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

void append(std::string& line, std::string_view text) {
  if (text.empty()) return;
  if (!line.empty()) line += ' ';
  line += text;
}

std::string name_of(const fix::Dictionary* dictionary, int tag, const std::string& code) {
  if (code.empty()) return code;
  const fix::FieldDef* field = dictionary ? dictionary->field(tag) : nullptr;
  const fix::EnumValue* value = field ? field->value_by_code(code) : nullptr;
  return value ? fix::camel_name(value->name) : fmt::format("{}={}", tag, printable(code));
}

std::string message_name(const fix::Dictionary* dictionary, const std::string& type) {
  return printable(dictionary ? dictionary->message_label(type) : fmt::format("35={}", type));
}

// ExecType and OrdStatus mostly say the same word.
std::string report_words(const OrderStep& step) {
  const std::string event = flow::event_name(step.event);
  const std::string status = flow::status_name(step.status);
  if (event.empty() || event == status) return printable(status);
  return printable(fmt::format("{}, {}", event, status));
}

bool is_refusal(const OrderStep& step) {
  return step.msg_type == "3" || step.msg_type == "j" || step.msg_type == "9" || step.status == '8';
}

std::string what(const OrderStep& step, const fix::Dictionary* dictionary) {
  std::string line = message_name(dictionary, step.msg_type);
  const bool report = step.msg_type == "8";
  append(line, printable(step.cl_ord_id));
  if (!report && !step.orig_cl_ord_id.empty())
    append(line, fmt::format("for {}", printable(step.orig_cl_ord_id)));
  if (report || step.msg_type == "9") {
    append(line, report_words(step));
  } else {
    append(line, text_of(step.qty));
    if (step.price) append(line, fmt::format("@ {}", step.price->text()));
  }
  if (step.again) append(line, "(again)");
  return line;
}

std::string last_fill(const OrderStep& step) {
  if (!step.last_qty || step.last_qty->units() == 0) return "";
  if (!step.last_px) return step.last_qty->text();
  return fmt::format("{} @ {}", step.last_qty->text(), step.last_px->text());
}

std::string latency_text(const OrderStep& step) {
  if (step.unanswered) return "no answer";
  if (!step.latency_ns || *step.latency_ns < 0) return "";
  return elapsed_text(Duration(*step.latency_ns));
}

std::string id_of(const Order& order) {
  if (!order.cl_ord_id.empty()) return printable(order.cl_ord_id);
  return order.order_id.empty() ? "(no id)" : fmt::format("OrderID {}", printable(order.order_id));
}

std::string state_of(const Order& order) {
  const std::string status = printable(flow::status_name(order.status));
  std::string line = status.empty() ? "no status" : status;
  const auto add = [&line](std::string_view name, const Number& value) {
    if (value) line += fmt::format(", {} {}", name, value->text());
  };
  add("cum", order.cum);
  add("leaves", order.leaves);
  add("avg", order.avg);
  if (flow::is_unanswered(order)) line += ", a request without an answer";
  return line;
}

// "2 Filled, 1 New", the most frequent first.
std::string tally(const std::map<std::string, std::size_t>& counts) {
  std::vector<std::pair<std::string, std::size_t>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> parts;
  for (const auto& [name, count] : sorted) parts.push_back(fmt::format("{} {}", count, name));
  return join(parts, ", ");
}

}  // namespace

OrdersText::OrdersText(const record::MessageSource& source, record::DictionaryOf dictionary,
                       OrdersOptions options)
    : source_(source),
      dictionary_(std::move(dictionary)),
      options_(std::move(options)),
      clock_(options_.zone) {}

void OrdersText::timelines(const OrderList& orders, std::ostream& out) {
  see(orders);
  for (const Order* order : orders) {
    if (order != orders.front()) out << '\n';
    timeline(*order, out);
  }
}

void OrdersText::summary(const OrderList& orders, std::ostream& out) {
  Columns table("lllllrrlrrrrr", {"SESSION", "CLORDID", "ORDERID", "SIDE", "SYMBOL", "QTY", "PRICE",
                                  "STATUS", "CUM", "LEAVES", "AVG", "MSGS", "VIOLATIONS"});
  for (const Order* order : orders) {
    const Party& on = party(order->session_id);
    const std::size_t wrong = flow::violations_of(*order);
    table.add({on.alias, printable(order->cl_ord_id), printable(order->order_id),
               name_of(on.dictionary.get(), 54, order->side), printable(order->symbol),
               text_of(order->qty), text_of(order->price),
               flow::is_unanswered(*order) && order->status == 0
                   ? "no answer"
                   : printable(flow::status_name(order->status)),
               text_of(order->cum), text_of(order->leaves), text_of(order->avg),
               fmt::format("{}", order->steps.size()),
               wrong == 0 ? "" : fmt::format("! {}", wrong)});
  }
  for (const std::string& line : table.lines(0)) put_line(out, line);
}

void OrdersText::violations(const OrderList& orders, std::ostream& out) {
  see(orders);
  Columns table("lllll", {"TIME", "SESSION", "ORDER", "MESSAGE", "RULE"});
  std::vector<std::string> texts = {"WHAT"};
  for (const Order* order : orders) {
    const Party& on = party(order->session_id);
    for (const OrderStep& step : order->steps) {
      for (const Violation& violation : step.violations) {
        table.add({clock_.text(step.time.wall_ns), on.alias, id_of(*order),
                   fmt::format("#{} {}", step.id, message_name(on.dictionary.get(), step.msg_type)),
                   std::string(violation.rule)});
        texts.push_back(printable(violation.text));
      }
    }
  }
  if (texts.size() == 1) return;
  const std::vector<std::string> lines = table.lines(0);
  const std::size_t widest =
      characters(*std::max_element(lines.begin(), lines.end(), [](const auto& a, const auto& b) {
        return characters(a) < characters(b);
      }));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    put_line(out,
             fmt::format("{}  {}", padded(lines[i], widest), i == 0 ? texts[i] : marked(texts[i])));
  }
}

void OrdersText::see(const OrderList& orders) {
  for (const Order* order : orders) {
    for (const OrderStep& step : order->steps) clock_.see(step.time.wall_ns);
  }
}

const OrdersText::Party& OrdersText::party(std::int64_t session_id) {
  const auto known = parties_.find(session_id);
  if (known != parties_.end()) return known->second;
  const record::SessionRow* row = source_.session(session_id);
  Party party;
  if (row != nullptr) party = {printable(row->alias), dictionary_(*row)};
  return parties_.emplace(session_id, std::move(party)).first->second;
}

void OrdersText::timeline(const Order& order, std::ostream& out) {
  const Party& on = party(order.session_id);
  const std::string order_id =
      order.order_id.empty() ? "" : fmt::format(" (OrderID {})", printable(order.order_id));
  put_line(out,
           fmt::format("order {}{}{}{}", id_of(order), order.cl_ord_id.empty() ? "" : order_id,
                       on.alias.empty() ? "" : fmt::format(" on {}", on.alias), terms(order, on)));
  const std::size_t wrong = flow::violations_of(order);
  put_line(out, fmt::format("  {}{}", state_of(order),
                            wrong == 0 ? "" : "; " + marked(counted(wrong, "violation"))));
  Columns table("lrlrrrrr", {"TIME", "#", "MESSAGE", "CUM", "LEAVES", "AVG", "LAST", "LATENCY"});
  for (const OrderStep& step : order.steps) table.add(row(step, on));
  const std::vector<std::string> lines = table.lines(kIndent);
  put_line(out, lines.front());
  for (std::size_t i = 0; i < order.steps.size(); ++i) {
    put_line(out, lines[i + 1]);
    if (is_refusal(order.steps[i]) && !order.steps[i].text.empty()) {
      const std::string said = clipped(printable(order.steps[i].text), kLongestText);
      put_line(out, fmt::format("    \"{}\"", said));
    }
    for (const Violation& violation : order.steps[i].violations) {
      put_line(out, fmt::format("    {}", marked(fmt::format("{}: {}", violation.rule,
                                                             printable(violation.text)))));
    }
  }
}

std::vector<std::string> OrdersText::row(const OrderStep& step, const Party& party) const {
  const bool sent = step.direction == record::Direction::out;
  return {clock_.text(step.time.wall_ns),
          fmt::format("{}", step.id),
          fmt::format("{} {}", sent ? "->" : "<-", what(step, party.dictionary.get())),
          text_of(step.cum),
          text_of(step.leaves),
          text_of(step.avg),
          last_fill(step),
          latency_text(step)};
}

// ": Buy 100 MSFT @ 10.05 Limit Day", as it stands at the end.
std::string OrdersText::terms(const Order& order, const Party& party) const {
  const fix::Dictionary* dictionary = party.dictionary.get();
  std::string line;
  append(line, name_of(dictionary, 54, order.side));
  append(line, text_of(order.qty));
  append(line, printable(order.symbol));
  if (order.price) append(line, fmt::format("@ {}", order.price->text()));
  append(line, name_of(dictionary, 40, order.ord_type));
  append(line, name_of(dictionary, 59, order.time_in_force));
  return line.empty() ? line : ": " + line;
}

std::string OrdersText::marked(const std::string& text) const {
  return options_.colour ? fmt::format("\033[31m! {}\033[0m", text) : fmt::format("! {}", text);
}

std::string orders_total(const OrderList& orders) {
  std::map<std::string, std::size_t> statuses, rules;
  std::size_t violations = 0, unanswered = 0;
  for (const Order* order : orders) {
    const std::string status = printable(flow::status_name(order->status));
    ++statuses[status.empty() ? "without status" : status];
    unanswered += flow::is_unanswered(*order) ? 1 : 0;
    violations += flow::violations_of(*order);
    for (const OrderStep& step : order->steps) {
      for (const Violation& violation : step.violations) ++rules[std::string(violation.rule)];
    }
  }
  if (orders.empty()) return "no orders";
  std::string line =
      fmt::format("{}: {}; {}", counted(orders.size(), "order"), tally(statuses),
                  violations == 0 ? "no violations" : counted(violations, "violation"));
  if (violations > 0) line += fmt::format(" ({})", tally(rules));
  if (unanswered > 0) line += fmt::format("; {} with a request that has no answer", unanswered);
  return line;
}

}  // namespace fixdrill::report
