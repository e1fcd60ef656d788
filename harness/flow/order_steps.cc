#include "flow/order_steps.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "flow/ids.h"
#include "flow/order_rules.h"

namespace fixdrill::flow {

namespace {

constexpr std::int64_t kDay = 86'400'000'000'000;

std::optional<std::int64_t> between(const Time& sent, const Time& now) {
  if (sent.mono_ns != 0 && now.mono_ns != 0) return now.mono_ns - sent.mono_ns;
  if (sent.wall_ns != 0 && now.wall_ns != 0) return now.wall_ns - sent.wall_ns;
  return std::nullopt;
}

// The first word on a request, and the last one, have a latency.
void measure(TrackedOrder& at, OrderStep& answer, char event) {
  for (OpenRequest& request : at.progress.open) {
    const bool status = request.type == 'H';
    const bool named = request.cl_ord_id == answer.cl_ord_id || status;
    const bool pending = event == 'A' || is_pending(event);
    const bool last = status                ? event == 'I'
                      : request.type == 'F' ? event == '4'
                      : request.type == 'G' ? event == '5'
                                            : !pending;
    if (!named || (status && !last) || (request.answered && !last)) continue;
    if (!last && !pending && request.type != 'D') continue;  // a fill that crossed the request
    answer.latency_ns = between(request.sent, answer.time);
    request.answered = true;
  }
}

void open_request(TrackedOrder& at, const OrderStep& step, char type) {
  at.progress.open.push_back({type, step.cl_ord_id, step.orig_cl_ord_id, at.order.steps.size() - 1,
                              step.time, step.qty, step.price, false});
}

void add_violations(OrderStep& step, std::vector<Violation> found) {
  std::move(found.begin(), found.end(), std::back_inserter(step.violations));
}

// The message that asked with this ClOrdID; 0: none.
std::int64_t message_with(const Order& order, std::string_view cl_ord_id) {
  for (const OrderStep& step : order.steps) {
    if (step.cl_ord_id == cl_ord_id) return step.id;
  }
  return 0;
}

bool came_already(const TrackedOrder& at, const Seen& seen) {
  const std::string_view exec_id = seen.message.value(17);
  if (!is_placeholder(17, exec_id)) return at.progress.executions.count(std::string(exec_id)) != 0;
  const std::string_view type = seen.message.msg_type();
  return std::any_of(at.order.steps.begin(), at.order.steps.end(), [&](const OrderStep& step) {
    return step.msg_type == type && step.cl_ord_id == seen.message.value(11);
  });
}

bool comes_again(const fix::Message& message) {
  return message.poss_dup() || message.value(97) == "Y" || message.value(797) == "Y";
}

// What a request asks for is over without an effect.
void close(TrackedOrder& at, const OpenRequest& request) {
  auto& open = at.progress.open;
  open.erase(open.begin() + (&request - open.data()));
}

}  // namespace

OrderStep& add_step(TrackedOrder& at, const Seen& seen) {
  const fix::Message& message = seen.message;
  OrderStep step;
  step.id = seen.view.id;
  step.time = seen.view.time;
  step.direction = seen.view.direction;
  step.seq = message.seq_num().value_or(0);
  step.msg_type = message.msg_type();
  step.again = comes_again(message);
  step.cl_ord_id = message.value(11);
  step.orig_cl_ord_id = message.value(41);
  step.order_id = message.value(37);
  step.exec_id = message.value(17);
  step.qty = number_of(message, 38);
  step.price = number_of(message, 44);
  step.text = message.value(58);
  return at.order.steps.emplace_back(std::move(step));
}

void take_new_order(TrackedOrder& at, const Seen& seen) {
  const OrderStep& step = add_step(at, seen);
  Order& order = at.order;
  order.requested = true;
  order.side = seen.message.value(54);
  order.symbol = seen.message.value(55);
  order.ord_type = seen.message.value(40);
  order.time_in_force = seen.message.value(59);
  order.qty = step.qty;
  order.price = step.price;
  at.progress.current = step.cl_ord_id;
  at.progress.current_by = step.id;
  at.progress.connection_id = seen.view.connection_id;
  at.progress.day = seen.view.time.wall_ns / kDay;
  open_request(at, step, 'D');
}

void take_duplicate(TrackedOrder& at, const Seen& seen) {
  const std::int64_t first = message_with(at.order, seen.message.value(11));
  OrderStep& step = add_step(at, seen);
  if (step.again) return;
  ++at.progress.duplicates;
  step.violations.push_back({"clordid-again", fmt::format("ClOrdID(11) {} was that of message {}",
                                                          step.cl_ord_id, first)});
}

void take_change(TrackedOrder& at, const Seen& seen) {
  if (comes_again(seen.message) && came_already(at, seen)) {
    add_step(at, seen);
    return;
  }
  const std::int64_t first = message_with(at.order, seen.message.value(11));
  auto found = judge_request(seen.message.value(41), at.order, at.progress);
  OrderStep& step = add_step(at, seen);
  add_violations(step, std::move(found));
  if (first != 0) {
    step.violations.push_back({"clordid-again", fmt::format("ClOrdID(11) {} was that of message {}",
                                                            step.cl_ord_id, first)});
  }
  open_request(at, step, step.msg_type == "F" ? 'F' : 'G');
}

void take_status_request(TrackedOrder& at, const Seen& seen) {
  open_request(at, add_step(at, seen), 'H');
}

void take_report(TrackedOrder& at, const Seen& seen) {
  const Execution report = read_execution(seen.message);
  const bool again = comes_again(seen.message) && came_already(at, seen);
  // The refusal of a new order whose ClOrdID is in use is not about the order that has it.
  const bool of_duplicate = report.event == '8' && at.progress.duplicates > 0;
  // A leg of a multileg order has quantities of its own.
  const bool of_leg = seen.message.value(442) == "2";
  const bool counts = !again && !of_duplicate && !of_leg;
  std::vector<Violation> found;
  if (counts) found = judge_report(report, at.order, at.progress);

  OrderStep& step = add_step(at, seen);
  step.event = report.event;
  step.status = report.status;
  step.cum = report.cum;
  step.leaves = report.leaves;
  step.avg = report.avg;
  step.last_qty = report.last_qty;
  step.last_px = report.last_px;
  add_violations(step, std::move(found));
  if (of_duplicate) --at.progress.duplicates;
  if (!counts) return;
  measure(at, step, report.event);
  apply(report, step.id, at.order, at.progress);
}

void take_cancel_reject(TrackedOrder& at, const Seen& seen) {
  const std::string_view cl_ord_id = seen.message.value(11);
  const std::string_view status = seen.message.value(39);
  const char told = status.empty() ? '\0' : status[0];
  const bool again = comes_again(seen.message) && came_already(at, seen);
  // Of an order that the venue does not know it can say no status.
  const bool unknown = seen.message.value(102) == "1";
  std::vector<Violation> found;
  if (!again) found = judge_cancel_reject(unknown ? '\0' : told, cl_ord_id, at.order, at.progress);

  OrderStep& step = add_step(at, seen);
  step.status = told;
  add_violations(step, std::move(found));
  if (again) return;
  for (const char type : {'F', 'G'}) {
    const OpenRequest* request = at.progress.find_open(type, cl_ord_id);
    if (!request) continue;
    step.latency_ns = between(request->sent, step.time);
    close(at, *request);
  }
  if (is_pending(at.order.status) && at.progress.settled != 0) {
    at.order.status = at.progress.settled;
  }
}

void take_refusal(TrackedOrder& at, const Seen& seen) {
  OrderStep& step = add_step(at, seen);
  auto& open = at.progress.open;
  const std::string_view reference = seen.message.value(379);
  const auto number = parse_size(seen.message.value(45)).value_or(0);
  const auto refused = std::find_if(open.begin(), open.end(), [&](const OpenRequest& one) {
    const auto seq = static_cast<std::size_t>(at.order.steps[one.step].seq);
    return (seq != 0 && seq == number) || (!reference.empty() && one.cl_ord_id == reference);
  });
  if (refused == open.end()) return;
  const OpenRequest request = *refused;
  step.cl_ord_id = request.cl_ord_id;
  step.latency_ns = between(request.sent, step.time);
  open.erase(refused);
  if (request.type != 'D') return;
  at.order.status = at.progress.settled = '8';
  at.progress.settled_by = step.id;
}

}  // namespace fixdrill::flow
