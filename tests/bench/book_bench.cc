// The simulator's order book with about 10,000 resting orders over about 100 price levels: a mix of
// everything that reaches an exchange, and three operations alone. An item is one operation.
#include <algorithm>
#include <benchmark/benchmark.h>
#include <memory>
#include <random>
#include <variant>
#include <vector>

#include "sim/order_book.h"

namespace fixdrill::sim {
namespace {

constexpr std::size_t kResting = 10'000;
constexpr std::size_t kMixed = 500'000;
constexpr std::size_t kCancelAll =
    28'000;  // resting orders at which nothing but cancels would come
constexpr Price kTick = 1'000'000;
constexpr Price kMiddle = 10'000'000'000;
constexpr int kLevels = 50;  // of each side
constexpr Quantity kShare = 100'000'000;

struct Cancel {
  OrderId id;
};
struct Replace {
  OrderId id;
  Price limit;
  Quantity open;
};
using Operation = std::variant<NewOrder, Cancel, Replace>;

void apply(OrderBook& book, const Operation& operation, std::vector<Fill>& fills) {
  fills.clear();
  if (const auto* order = std::get_if<NewOrder>(&operation)) {
    benchmark::DoNotOptimize(book.place(*order, fills));
  } else if (const auto* cancel = std::get_if<Cancel>(&operation)) {
    benchmark::DoNotOptimize(book.cancel(cancel->id));
  } else if (const auto* replace = std::get_if<Replace>(&operation)) {
    benchmark::DoNotOptimize(book.replace(replace->id, replace->limit, replace->open, fills));
  }
}

/// Makes operations up and carries them out on a book of its own, so that they speak of orders
/// which rest. The same every time.
class Market {
 public:
  const OrderBook& book() const { return book_; }

  /// More of them near the middle than far from it; sizes of 1 to 20 round lots.
  NewOrder passive() {
    const Side side = below(2) == 0 ? Side::buy : Side::sell;
    const NewOrder order{
        .id = next_id_++, .side = side, .limit = passive_price(side), .quantity = quantity(20)};
    ids_.push_back(order.id);
    return order;
  }

  /// Limit across the spread, immediate or cancel, large enough for one to a few fills.
  NewOrder aggressive() {
    const Side side = below(2) == 0 ? Side::buy : Side::sell;
    const Price reach = kTick * kLevels;
    return {.id = next_id_++,
            .side = side,
            .limit = side == Side::buy ? kMiddle + reach : kMiddle - reach,
            .quantity = quantity(30),
            .time_in_force = TimeInForce::immediate_or_cancel};
  }

  Cancel cancel() { return {resting_id()}; }

  /// Half of them less at the same price, half of them to another price.
  Replace replace() {
    const OrderId id = resting_id();
    const Resting now = *book_.find(id);
    if (below(2) == 0) return {id, now.limit, std::max(now.open / 2, kShare)};
    return {id, passive_price(now.side), now.open};
  }

  /// Drawn so that the book stays near kResting orders.
  Operation any() {
    const auto kind = below(100);
    if (kind < 10) return aggressive();
    if (kind < 20) return replace();
    if (below(kCancelAll) < book_.size()) return cancel();
    return passive();
  }

  void apply(const Operation& operation) { sim::apply(book_, operation, fills_); }
  std::size_t fills() const { return fills_.size(); }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }

  Quantity quantity(std::size_t lots) {
    return static_cast<Quantity>(1 + below(lots)) * 100 * kShare;
  }

  Price passive_price(Side side) {
    const auto away = static_cast<Price>(1 + std::min(below(kLevels), below(kLevels)));
    return side == Side::buy ? kMiddle - away * kTick : kMiddle + away * kTick;
  }

  OrderId resting_id() {
    for (;;) {
      OrderId& drawn = ids_[below(ids_.size())];
      if (book_.find(drawn)) return drawn;
      drawn = ids_.back();
      ids_.pop_back();
    }
  }

  std::mt19937 random_{20261122};
  OrderId next_id_ = 1;
  std::vector<OrderId> ids_;  // some of them gone already
  OrderBook book_;
  std::vector<Fill> fills_;
};

std::vector<Operation> opening(Market& market) {
  std::vector<Operation> result;
  for (std::size_t i = 0; i < kResting; ++i) {
    result.emplace_back(market.passive());
    market.apply(result.back());
  }
  return result;
}

/// Every iteration carries out `operations` on a book that `opening` filled, which is not timed.
void measure(benchmark::State& state, const std::vector<Operation>& opening,
             const std::vector<Operation>& operations) {
  std::vector<Fill> fills;
  for (auto _ : state) {
    state.PauseTiming();
    auto book = std::make_unique<OrderBook>();
    for (const Operation& operation : opening) apply(*book, operation, fills);
    state.ResumeTiming();
    for (const Operation& operation : operations) apply(*book, operation, fills);
    state.PauseTiming();
    book.reset();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(operations.size()));
}

void mix(benchmark::State& state) {
  Market market;
  const auto start = opening(market);
  std::vector<Operation> operations;
  std::size_t fills = 0;
  for (std::size_t i = 0; i < kMixed; ++i) {
    operations.push_back(market.any());
    market.apply(operations.back());
    fills += market.fills();
  }
  measure(state, start, operations);
  const OrderBook& book = market.book();
  state.counters["resting"] = static_cast<double>(book.size());
  state.counters["levels"] = static_cast<double>(book.depth(Side::buy, kResting).size() +
                                                 book.depth(Side::sell, kResting).size());
  state.counters["fills_per_op"] = static_cast<double>(fills) / kMixed;
}
BENCHMARK(mix)->Unit(benchmark::kMillisecond);

void place_that_rests(benchmark::State& state) {
  Market market;
  const auto start = opening(market);
  measure(state, start, opening(market));
}
BENCHMARK(place_that_rests)->Unit(benchmark::kMillisecond);

void cancel(benchmark::State& state) {
  Market market;
  const auto start = opening(market);
  std::vector<Operation> operations;
  while (market.book().size() > 0) {
    operations.emplace_back(market.cancel());
    market.apply(operations.back());
  }
  measure(state, start, operations);
}
BENCHMARK(cancel)->Unit(benchmark::kMillisecond);

void aggressive_place(benchmark::State& state) {
  Market market;
  const auto start = opening(market);
  std::vector<Operation> operations;
  std::size_t fills = 0;
  while (market.book().best(Side::buy) && market.book().best(Side::sell)) {
    operations.emplace_back(market.aggressive());
    market.apply(operations.back());
    fills += market.fills();
  }
  measure(state, start, operations);
  state.counters["fills_per_op"] =
      static_cast<double>(fills) / static_cast<double>(operations.size());
}
BENCHMARK(aggressive_place)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fixdrill::sim

BENCHMARK_MAIN();
