#include "order_book.h"

#include <algorithm>

namespace counterparty {
namespace {

struct Quote {
  const char* symbol;
  Price bid;
  Price offer;
  std::int64_t size;
};

constexpr Quote kQuotes[] = {
    {"MSFT", 1'010'000, 1'020'000, 1'000'000},
    {"IBM", 9'990'000, 10'010'000, 50},
};

const Quote* quote_of(const std::string& symbol) {
  for (const Quote& quote : kQuotes) {
    if (symbol == quote.symbol) return &quote;
  }
  return nullptr;
}

}  // namespace

bool OrderBook::knows(const std::string& symbol) const { return quote_of(symbol) != nullptr; }

Fill OrderBook::trade(Order& order) const {
  const Quote* quote = quote_of(order.symbol);
  if (quote == nullptr) return {};
  const Price price = order.side == Side::buy ? quote->offer : quote->bid;
  const bool crosses =
      order.market || (order.side == Side::buy ? order.limit >= price : order.limit <= price);
  const std::int64_t quantity = std::min(order.open(), quote->size);
  if (!crosses || (order.lifetime == Lifetime::fill_or_kill && quantity < order.open())) return {};
  order.filled += quantity;
  return {quantity, price};
}

void OrderBook::rest(const Order& order) { resting_[{order.session, order.client_id}] = order; }

bool OrderBook::take(const std::string& session, const std::string& client_id, Order& order) {
  const auto found = resting_.find({session, client_id});
  if (found == resting_.end()) return false;
  order = found->second;
  resting_.erase(found);
  return true;
}

const Order* OrderBook::find(const std::string& session, const std::string& client_id) const {
  const auto found = resting_.find({session, client_id});
  return found == resting_.end() ? nullptr : &found->second;
}

bool read_price(const std::string& text, Price& price) {
  Price whole = 0;
  Price scale = 0;  // 0 until the point, then the weight of the last decimal read
  for (const char c : text) {
    if (c == '.' && scale == 0) {
      scale = kOne;
    } else if (c < '0' || c > '9' || scale == 1 || whole > INT64_MAX / 10 / kOne) {
      return false;
    } else {
      whole = whole * 10 + (c - '0');
      scale /= 10;
    }
  }
  price = whole * (scale == 0 ? kOne : scale);
  return price > 0;
}

std::string price_text(Price price) {
  std::string decimals = std::to_string(kOne + price % kOne).substr(1);
  while (decimals.size() > 2 && decimals.back() == '0') decimals.pop_back();
  return std::to_string(price / kOne) + "." + decimals;
}

}  // namespace counterparty
