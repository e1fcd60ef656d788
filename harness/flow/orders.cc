#include "flow/orders.h"

#include <algorithm>
#include <fmt/format.h>
#include <string>

#include "base/text.h"
#include "flow/ids.h"

namespace fixdrill::flow {

namespace {

constexpr std::int64_t kDay = 86'400'000'000'000;

// ClOrdIDs are unique in a day: the next day's, or one of a later connection when the order that
// had it is over, is another order.
bool is_another_order(const OrderProgress& before, const Seen& seen) {
  if (seen.view.time.wall_ns / kDay != before.day) return true;
  return seen.view.connection_id != before.connection_id && is_terminal(before.settled);
}

bool is_fix(const record::MessageView& view) { return view.kind == record::MessageKind::fix; }

}  // namespace

void Orders::add(const record::MessageView& view, const fix::Message& message) {
  if (!is_fix(view)) return;
  Watch& watch = watches_[view.session_id];
  if (!watch.known) {
    watch.known = true;
    watch.from_start = message.seq_num() == 1;
  }
  const std::uint32_t order = take({view, message});
  by_number_.put(view.session_id, view.direction, message, order);
}

void Orders::finish() {
  for (TrackedOrder& at : tracked_) {
    for (const OpenRequest& request : at.progress.open) {
      if (!request.answered) at.order.steps[request.step].unanswered = true;
    }
  }
}

std::uint32_t Orders::take(const Seen& seen) {
  const std::string_view type = seen.message.msg_type();
  if (type == "AB") return new_order(seen);
  if (type == "AC") return change(seen);
  switch (type.size() == 1 ? type[0] : '\0') {
    case 'D':
      return new_order(seen);
    case 'E':
    case 's':
      return new_orders(seen);
    case 'F':
    case 'G':
      return change(seen);
    case '8':
      return report(seen);
    case '9':
      return cancel_reject(seen);
    case '3':
    case 'j':
      return refusal(seen);
    case 'H':
    case 'Q':
      return mention(seen);
    case 'K':
    case 'q':
      watches_[seen.view.session_id].mass_cancels = true;
      return kNone;
    case 'S':
    case 'i':
      watches_[seen.view.session_id].quotes = true;
      return kNone;
    default:
      return kNone;
  }
}

std::uint32_t Orders::new_order(const Seen& seen) {
  watches_[seen.view.session_id].sends_orders = true;
  const std::uint32_t known = find_by(seen, {11});
  if (known != kNone && !is_another_order(tracked_[known].progress, seen)) {
    take_duplicate(tracked_[known], seen);
    return known;
  }
  const std::uint32_t at = start(seen);
  take_new_order(tracked_[at], seen);
  name(at, seen);
  return at;
}

// Every order of the list begins with its ClOrdID.
std::uint32_t Orders::new_orders(const Seen& seen) {
  const fix::Message& list = seen.message;
  std::uint32_t first = kNone;
  for (std::size_t n = 0; const auto begin = list.index_of(11, n); ++n) {
    const auto next = list.index_of(11, n + 1);
    const std::size_t from = list[*begin].offset;
    const std::size_t to = next ? list[*next].offset : list.bytes().size();
    const fix::Message one(fmt::format("35={}{}34={}{}{}", list.msg_type(), kSoh, list.value(34),
                                       kSoh,
                                       std::string_view(list.bytes()).substr(from, to - from)));
    const std::uint32_t at = new_order({seen.view, one});
    if (first == kNone) first = at;
  }
  return first;
}

std::uint32_t Orders::change(const Seen& seen) {
  watches_[seen.view.session_id].sends_orders = true;
  std::uint32_t at = find_by(seen, {41, 37});
  if (at == kNone) at = start(seen);
  take_change(tracked_[at], seen);
  name(at, seen);
  return at;
}

std::uint32_t Orders::report(const Seen& seen) {
  std::uint32_t at = find_by(seen, {11, 37, 41});
  const bool unknown = at == kNone;
  if (unknown) at = start(seen);
  tracked_[at].progress.may_be_mass_canceled = watches_[seen.view.session_id].mass_cancels;
  take_report(tracked_[at], seen);
  if (unknown) note_unknown(at, seen);
  name(at, seen);
  return at;
}

std::uint32_t Orders::cancel_reject(const Seen& seen) {
  std::uint32_t at = find_by(seen, {11, 41, 37});
  if (at == kNone) at = start(seen);
  take_cancel_reject(tracked_[at], seen);
  return at;
}

std::uint32_t Orders::refusal(const Seen& seen) {
  std::uint32_t at = kNone;
  if (const auto refused =
          by_number_.refused_by(seen.view.session_id, seen.view.direction, seen.message)) {
    at = *refused;
  } else if (seen.message.msg_type() == "j" && reject_space(seen.message.value(372)) == 11) {
    at = find(seen.view.session_id, 11, seen.message.value(379));
  }
  if (at == kNone) return kNone;
  const std::int64_t asked = tracked_[at].order.steps.front().id;
  take_refusal(tracked_[at], seen);
  // The other orders of a list that is refused.
  for (std::size_t i = at + 1; i < tracked_.size(); ++i) {
    if (tracked_[i].order.steps.front().id != asked) break;
    take_refusal(tracked_[i], seen);
  }
  return at;
}

std::uint32_t Orders::mention(const Seen& seen) {
  const std::uint32_t at = find_by(seen, {11, 37});
  if (at == kNone) return kNone;
  if (seen.message.msg_type() == "H") {
    take_status_request(tracked_[at], seen);
  } else {
    add_step(tracked_[at], seen);
  }
  return at;
}

std::uint32_t Orders::start(const Seen& seen) {
  TrackedOrder& at = tracked_.emplace_back();
  at.order.session_id = seen.view.session_id;
  at.progress.connection_id = seen.view.connection_id;
  at.progress.day = seen.view.time.wall_ns / kDay;
  return static_cast<std::uint32_t>(tracked_.size() - 1);
}

std::uint32_t Orders::find(std::int64_t session, int space, std::string_view id) const {
  if (is_placeholder(space, id)) return kNone;
  const auto at = by_id_.find(id_key(session, space, id));
  return at == by_id_.end() ? kNone : at->second;
}

std::uint32_t Orders::find_by(const Seen& seen, std::initializer_list<int> tags) const {
  for (const int tag : tags) {
    const std::uint32_t at = find(seen.view.session_id, id_space(tag), seen.message.value(tag));
    if (at != kNone) return at;
  }
  return kNone;
}

// The ids of this message lead to the order from now on.
void Orders::name(std::uint32_t at, const Seen& seen) {
  Order& order = tracked_[at].order;
  const bool begins = order.steps.size() == 1;
  for (const int tag : {41, 11, 37}) {
    // An order that was sent before the conversation begins is known by its older ClOrdID too.
    if (tag == 41 && !begins) continue;
    const int space = id_space(tag);
    const std::string_view id = seen.message.value(tag);
    if (is_placeholder(space, id)) continue;
    by_id_[id_key(seen.view.session_id, space, id)] = at;
    if (std::find(order.ids.begin(), order.ids.end(), id) == order.ids.end()) {
      order.ids.emplace_back(id);
    }
    if (space == 11 && order.cl_ord_id.empty()) order.cl_ord_id = id;
    if (space == 37 && order.order_id.empty()) order.order_id = id;
  }
}

// A fill or cancel may be of an order of an earlier day, or of another session; what is accepted
// was sent here.
void Orders::note_unknown(std::uint32_t at, const Seen& seen) {
  const Watch& watch = watches_[seen.view.session_id];
  OrderStep& step = tracked_[at].order.steps.back();
  if (!watch.from_start || !watch.sends_orders || watch.quotes) return;
  if (step.event != '0' && step.event != 'A') return;
  if (is_placeholder(11, step.cl_ord_id)) return;
  step.violations.push_back(
      {"no-request", fmt::format("no order with ClOrdID(11) {} was sent", step.cl_ord_id)});
}

}  // namespace fixdrill::flow
