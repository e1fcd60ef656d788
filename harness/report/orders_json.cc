#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "base/text.h"
#include "report/orders.h"

namespace fixdrill::report {

using Json = nlohmann::ordered_json;
using flow::Number;
using flow::Order;
using flow::OrderStep;
using flow::Violation;

namespace {

constexpr int kVersion = 1;

void put(Json& at, const char* key, const std::string& text) {
  if (!text.empty()) at[key] = printable(text);
}

// As text: a JSON number is a double to most readers.
void put(Json& at, const char* key, const Number& number) {
  if (number) at[key] = number->text();
}

Json violations_json(const OrderStep& step) {
  Json all = Json::array();
  for (const Violation& violation : step.violations)
    all.push_back({{"rule", violation.rule}, {"text", printable(violation.text)}});
  return all;
}

Json step_json(const OrderStep& step) {
  Json out = {{"message", step.id}};
  if (step.time.wall_ns != 0) out["time_ns"] = std::to_string(step.time.wall_ns);
  out["direction"] = step.direction == record::Direction::out ? "out" : "in";
  put(out, "msg_type", step.msg_type);
  put(out, "cl_ord_id", step.cl_ord_id);
  put(out, "orig_cl_ord_id", step.orig_cl_ord_id);
  put(out, "order_id", step.order_id);
  put(out, "exec_id", step.exec_id);
  put(out, "event", flow::event_name(step.event));
  put(out, "status", flow::status_name(step.status));
  put(out, "qty", step.qty);
  put(out, "price", step.price);
  put(out, "cum_qty", step.cum);
  put(out, "leaves_qty", step.leaves);
  put(out, "avg_px", step.avg);
  put(out, "last_qty", step.last_qty);
  put(out, "last_px", step.last_px);
  put(out, "text", step.text);
  if (step.latency_ns) out["latency_ns"] = std::to_string(*step.latency_ns);
  if (step.again) out["again"] = true;
  if (step.unanswered) out["unanswered"] = true;
  if (!step.violations.empty()) out["violations"] = violations_json(step);
  return out;
}

Json order_json(const Order& order, const record::MessageSource& source) {
  Json out = Json::object();
  const record::SessionRow* session = source.session(order.session_id);
  if (session != nullptr) put(out, "session", session->alias);
  put(out, "cl_ord_id", order.cl_ord_id);
  put(out, "order_id", order.order_id);
  Json ids = Json::array();
  for (const std::string& id : order.ids) ids.push_back(printable(id));
  out["ids"] = std::move(ids);
  put(out, "side", order.side);
  put(out, "symbol", order.symbol);
  put(out, "ord_type", order.ord_type);
  put(out, "time_in_force", order.time_in_force);
  put(out, "qty", order.qty);
  put(out, "price", order.price);
  put(out, "status", flow::status_name(order.status));
  put(out, "cum_qty", order.cum);
  put(out, "leaves_qty", order.leaves);
  put(out, "avg_px", order.avg);
  out["violations"] = flow::violations_of(order);
  out["unanswered"] = flow::is_unanswered(order);
  Json steps = Json::array();
  for (const OrderStep& step : order.steps) steps.push_back(step_json(step));
  out["steps"] = std::move(steps);
  return out;
}

}  // namespace

void orders_json(const OrderList& orders, const record::MessageSource& source, std::ostream& out) {
  std::size_t violations = 0;
  for (const Order* order : orders) violations += flow::violations_of(*order);
  out << "{\"format\":\"fixdrill-orders\",\"version\":" << kVersion
      << ",\"violations\":" << violations << ",\"orders\":[";
  for (const Order* order : orders) {
    out << (order == orders.front() ? "\n" : ",\n")
        << order_json(*order, source).dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  out << "\n]}\n";
}

}  // namespace fixdrill::report
