#include "sim/exchange.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/limits.h"

namespace fixdrill::sim {

namespace {

// The house's orders are told from clients' by their numbers.
constexpr OrderId kHouse = OrderId{1} << 62;
// 9 * 10^10: the sum of all open quantities of a symbol still fits a Quantity.
constexpr Quantity kMostOpen = 9'000'000'000'000'000'000;

constexpr const char* kNoQuantity = "OrderQty must be above 0";
constexpr const char* kNoPrice = "Price must be above 0";
// No single order fills a symbol's room.
constexpr Quantity kMostOfOne = 1'000'000'000 * kOne;
constexpr const char* kTooMuch = "OrderQty must be at most 1000000000";
constexpr const char* kFull = "The exchange takes no more open orders";

/// What the tables need for one ClOrdID besides its letters.
constexpr std::size_t kNameBytes = 128;

std::size_t bytes_of(const OriginPtr& origin) {
  std::size_t sum = 0;
  if (!origin) return sum;
  for (const auto* fields : {&origin->header, &origin->body}) {
    for (const fix::Field& field : *fields) sum += field.value.size();
  }
  return sum;
}

std::size_t bytes_of_name(const std::string& client_order_id) {
  return kNameBytes + 2 * client_order_id.size();
}

std::size_t bytes_of(const Order& order) {
  std::size_t sum = bytes_of_name(order.client_order_id) + order.symbol.size();
  for (const std::string& former : order.former_ids) sum += bytes_of_name(former);
  return sum + bytes_of(order.origin);
}

bool crosses(Side side, Price price, Price opposite) {
  return side == Side::buy ? price >= opposite : price <= opposite;
}

}  // namespace

Price Order::average_price() const {
  if (filled == 0) return 0;
  return static_cast<Price>((notional + filled / 2) / filled);
}

Exchange::Exchange(const std::vector<Quote>& quotes, ExchangeListener& listener)
    : listener_(listener), last_quote_(kHouse) {
  for (const Quote& quote : quotes) {
    Market& market = markets_[quote.symbol];
    market.quote = quote;
    restore_quotes(market);
  }
}

Exchange::Market* Exchange::market(const std::string& symbol) {
  const auto found = markets_.find(symbol);
  return found == markets_.end() ? nullptr : &found->second;
}

OrderId Exchange::named(ClientId client, const std::string& client_order_id) const {
  const auto names = names_.find(client);
  if (names == names_.end()) return 0;
  const auto found = names->second.find(client_order_id);
  return found == names->second.end() ? 0 : found->second;
}

const Order* Exchange::find(const OrderKey& key) const {
  OrderId id = key.order_id;
  if (!key.client_order_id.empty()) {
    id = named(key.client, key.client_order_id);
  }
  const auto found = orders_.find(id);
  return found != orders_.end() && found->second.client == key.client ? &found->second : nullptr;
}

std::optional<Exchange::Why> Exchange::reason_to_reject(const Order& order) const {
  const auto market = markets_.find(order.symbol);
  if (market == markets_.end())
    return Why{Refusal::unknown_symbol, "Unknown symbol " + order.symbol};
  if (named(order.client, order.client_order_id) != 0)
    return Why{Refusal::duplicate_order, "ClOrdID " + order.client_order_id + " was used before"};
  if (order.quantity <= 0) return Why{Refusal::incorrect_quantity, kNoQuantity};
  if (!order.market && order.limit <= 0) return Why{Refusal::incorrect_price, kNoPrice};
  if (order.quantity > kMostOfOne) return Why{Refusal::exceeds_limit, kTooMuch};
  if (is_full() || order.quantity > kMostOpen - market->second.open)
    return Why{Refusal::exceeds_limit, kFull};
  return std::nullopt;
}

void Exchange::reject(Order order, Refusal reason, std::string text) {
  make_room();
  // What is wrong with its place among the others is said first.
  auto why = reason_to_reject(order);
  if (why && why->reason == Refusal::duplicate_order) return reject(std::move(order), *why);
  reject(std::move(order), {reason, std::move(text)});
}

void Exchange::reject(Order order, Why why) {
  order.id = ++last_order_;
  order.state = OrderState::rejected;
  listener_.on_execution(
      {Execution::Kind::rejected, order, 0, 0, "", why.reason, std::move(why.text)});
  // An order that is there already keeps its ClOrdID.
  if (why.reason == Refusal::duplicate_order) return;
  end(remember(std::move(order)), OrderState::rejected);
}

void Exchange::place(Order order) {
  make_room();
  if (auto why = reason_to_reject(order)) return reject(std::move(order), std::move(*why));
  order.id = ++last_order_;
  Market& at = *market(order.symbol);
  Order& placed = remember(std::move(order));
  at.open += placed.quantity;
  tell(Execution::Kind::accepted, placed);
  std::vector<Fill> fills;
  const Placed result = at.book.place(
      {placed.id, placed.side, placed.market, placed.limit, placed.quantity, placed.time_in_force},
      fills);
  settle(at, placed, result, fills);
}

/// What a new or replaced order met in the book.
void Exchange::settle(Market& market, Order& order, const Placed& placed,
                      const std::vector<Fill>& fills) {
  apply(market, fills);
  if (placed.left > 0 && !placed.resting) {
    end(order, OrderState::canceled);
    tell(Execution::Kind::canceled, order);
  }
  restore_quotes(market);
}

std::optional<Exchange::Why> Exchange::reason_to_refuse(const CancelRequest& request,
                                                        const Order* order) const {
  const std::string& original = request.order.client_order_id;
  if (!order)
    return Why{Refusal::unknown_order, "Unknown order" + (original.empty() ? "" : " " + original)};
  if (named(request.order.client, request.client_order_id) != 0)
    return Why{Refusal::duplicate_order, "ClOrdID " + request.client_order_id + " was used before"};
  if (order->state != OrderState::open)
    return Why{Refusal::too_late, "Too late: the order is no longer open"};
  if (!original.empty() && original != order->client_order_id) {
    return Why{Refusal::unknown_order, fmt::format("Order {} was replaced: OrigClOrdID must be {}",
                                                   original, order->client_order_id)};
  }
  if (request.symbol != order->symbol || request.side != order->side)
    return Why{Refusal::mismatch, "Symbol and Side must be those of the order"};
  return std::nullopt;
}

std::optional<Exchange::Why> Exchange::reason_to_refuse_replace(const ReplaceRequest& request,
                                                                const Order* order) const {
  if (auto why = reason_to_refuse(request, order)) return why;
  if (!request.unsupported.empty()) return Why{Refusal::unsupported, request.unsupported};
  if (request.market)
    return Why{Refusal::unsupported, "A resting order cannot become a market order"};
  if (request.time_in_force != TimeInForce::day)
    return Why{Refusal::unsupported, "A resting order must stay Day or GTC"};
  if (request.quantity <= 0) return Why{Refusal::incorrect_quantity, kNoQuantity};
  if (request.limit <= 0) return Why{Refusal::incorrect_price, kNoPrice};
  if (request.quantity > kMostOfOne) return Why{Refusal::exceeds_limit, kTooMuch};
  const bool full = bytes_ > limits::kSimOrderBytes ||
                    request.quantity > kMostOpen - markets_.at(order->symbol).open;
  if (full || order->former_ids.size() >= limits::kSimReplaces)
    return Why{Refusal::exceeds_limit, kFull};
  return std::nullopt;
}

void Exchange::refuse(const CancelRequest& request, bool is_replace, const Order* order, Why why) {
  listener_.on_refused({request.order.client, request.client_order_id,
                        request.order.client_order_id, is_replace, order, why.reason,
                        std::move(why.text), request.origin});
}

void Exchange::rename(Order& order, const std::string& client_order_id) {
  bytes_ += bytes_of_name(client_order_id);
  order.former_ids.push_back(std::exchange(order.client_order_id, client_order_id));
  names_[order.client][client_order_id] = order.id;
}

void Exchange::cancel(const CancelRequest& request) {
  make_room();
  const Order* found = find(request.order);
  if (auto why = reason_to_refuse(request, found))
    return refuse(request, false, found, std::move(*why));
  Order& order = orders_.at(found->id);
  Market& at = *market(order.symbol);
  at.book.cancel(order.id);
  const std::string original = order.client_order_id;
  rename(order, request.client_order_id);
  end(order, OrderState::canceled);
  tell(Execution::Kind::canceled, order, original);
  restore_quotes(at);
}

void Exchange::replace(const ReplaceRequest& request) {
  make_room();
  const Order* found = find(request.order);
  if (auto why = reason_to_refuse_replace(request, found))
    return refuse(request, true, found, std::move(*why));
  Order& order = orders_.at(found->id);
  Market& at = *market(order.symbol);
  const std::string original = order.client_order_id;
  rename(order, request.client_order_id);
  order.limit = request.limit;
  bytes_ -= bytes_of(order.origin);
  order.origin = request.origin;
  bytes_ += bytes_of(order.origin);
  at.open -= order.leaves();
  // A wish for less than is filled is a wish for no more (order state matrices: the quantity is
  // amended to CumQty).
  order.quantity = std::max(request.quantity, order.filled);
  at.open += order.leaves();
  std::vector<Fill> fills;
  std::optional<Placed> placed;
  if (order.leaves() == 0) {
    at.book.cancel(order.id);
    end(order, OrderState::filled);
  } else {
    placed = at.book.replace(order.id, order.limit, order.leaves(), fills);
  }
  tell(Execution::Kind::replaced, order, original);
  settle(at, order, placed.value_or(Placed()), fills);
}

std::vector<OrderId> Exchange::open_ids(ClientId client, const std::string& symbol) const {
  std::vector<OrderId> ids;
  for (auto it = open_.lower_bound({client, 0}); it != open_.end() && it->first == client; ++it) {
    if (symbol.empty() || orders_.at(it->second).symbol == symbol) ids.push_back(it->second);
  }
  return ids;
}

std::size_t Exchange::open_orders(ClientId client, const std::string& symbol) const {
  return open_ids(client, symbol).size();
}

void Exchange::take_out(Order& order) {
  Market& at = *market(order.symbol);
  at.book.cancel(order.id);
  end(order, OrderState::canceled);
  restore_quotes(at);
}

void Exchange::cancel_all(ClientId client) {
  for (const OrderId id : open_ids(client, "")) take_out(orders_.at(id));
}

// An order that has ended may be forgotten for the next one: told before that.
void Exchange::mass_cancel(ClientId client, const std::string& symbol) {
  for (const OrderId id : open_ids(client, symbol)) {
    Order& order = orders_.at(id);
    take_out(order);
    tell(Execution::Kind::canceled, order);
  }
}

void Exchange::tell(Execution::Kind kind, const Order& order, const std::string& original_id) {
  listener_.on_execution({kind, order, 0, 0, original_id, std::nullopt, ""});
}

void Exchange::apply(Market& market, const std::vector<Fill>& fills) {
  for (const Fill& one : fills) {
    for (const OrderId id : {one.taker, one.maker}) {
      if (id >= kHouse) {
        market.quoted = false;
        continue;
      }
      market.open -= one.quantity;
      fill(id, one);
    }
  }
}

void Exchange::fill(OrderId id, const Fill& fill) {
  Order& order = orders_.at(id);
  order.filled += fill.quantity;
  order.notional += Notional{fill.price} * fill.quantity;
  if (order.filled == order.quantity) order.state = OrderState::filled;
  listener_.on_execution({Execution::Kind::traded, order, fill.quantity, fill.price, "", {}, ""});
  if (order.state == OrderState::filled) end(order, OrderState::filled);
}

/// The order is not open from here on; of those the latest are remembered, for status requests and
/// so that a ClOrdID is not taken twice.
void Exchange::end(Order& order, OrderState state) {
  if (Market* at = market(order.symbol)) at->open -= order.leaves();
  order.state = state;
  open_.erase({order.client, order.id});
  ended_.push_back(order.id);
  if (ended_.size() > limits::kSimEndedOrders) forget_oldest();
}

Order& Exchange::remember(Order order) {
  names_[order.client][order.client_order_id] = order.id;
  bytes_ += bytes_of(order);
  const OrderId id = order.id;
  if (order.state == OrderState::open) open_.emplace(order.client, id);
  return orders_.emplace(id, std::move(order)).first->second;
}

void Exchange::forget_oldest() {
  const auto oldest = orders_.find(ended_.front());
  ended_.pop_front();
  const Order& order = oldest->second;
  auto& names = names_[order.client];
  names.erase(order.client_order_id);
  for (const std::string& former : order.former_ids) names.erase(former);
  bytes_ -= bytes_of(order);
  orders_.erase(oldest);
}

/// Not while an order is at hand: it may be the one that goes.
void Exchange::make_room() {
  while (bytes_ > limits::kSimOrderBytes && !ended_.empty()) forget_oldest();
}

bool Exchange::is_full() const {
  return open_.size() >= limits::kSimOpenOrders || bytes_ > limits::kSimOrderBytes;
}

void Exchange::restore_quotes(Market& market) {
  if (market.quoted) return;
  market.bid_id = restore(market, market.bid_id, Side::buy, market.quote.bid);
  market.offer_id = restore(market, market.offer_id, Side::sell, market.quote.offer);
  market.quoted = (market.bid_id != 0 || market.quote.bid == 0) &&
                  (market.offer_id != 0 || market.quote.offer == 0);
}

/// Gives the id of the quote's order in the book, 0 when it has to stay out.
OrderId Exchange::restore(Market& market, OrderId id, Side side, Price price) {
  if (price == 0) return 0;
  const auto resting = id == 0 ? std::nullopt : market.book.find(id);
  if (resting && resting->open == market.quote.size) return id;
  if (resting) market.book.cancel(id);
  const auto opposite = market.book.best(side == Side::buy ? Side::sell : Side::buy);
  if (opposite && crosses(side, price, opposite->price)) return 0;
  std::vector<Fill> none;
  const OrderId fresh = ++last_quote_;
  market.book.place({fresh, side, false, price, market.quote.size, TimeInForce::day}, none);
  return fresh;
}

}  // namespace fixdrill::sim
