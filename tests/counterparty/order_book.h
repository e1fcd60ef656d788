// A small order book: a fixed quote for each symbol, and the orders of clients that rest beside it.
// Knows nothing of FIX or sockets. Prices are counted in hundred-thousandths (10.25 = 1'025'000).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace counterparty {

using Price = std::int64_t;
constexpr Price kOne = 100'000;

enum class Side { buy, sell };
enum class Lifetime { day, immediate_or_cancel, fill_or_kill };

struct Order {
  std::string session;  ///< orders of different sessions may share a ClOrdID
  std::string client_id;
  std::string order_id;
  std::string symbol;
  Side side{};
  bool market = false;
  Price limit = 0;
  std::int64_t quantity = 0;
  std::int64_t filled = 0;
  Lifetime lifetime = Lifetime::day;

  std::int64_t open() const { return quantity - filled; }
};

struct Fill {
  std::int64_t quantity = 0;  ///< 0: nothing traded
  Price price = 0;
};

/// Quotes: MSFT 10.10 / 10.20 for 1,000,000 a side; IBM 99.90 / 100.10 for 50 a side. An order
/// trades once, when it arrives or is replaced, against at most the quoted size; the quote itself
/// is never used up, so that the same script gets the same answers every time.
class OrderBook {
 public:
  bool knows(const std::string& symbol) const;

  /// Trades what the quote allows and updates `order.filled`; nothing of a fill-or-kill order that
  /// cannot trade whole.
  Fill trade(Order& order) const;

  void rest(const Order& order);
  /// Takes a resting order out of the book; false when there is none of that name.
  bool take(const std::string& session, const std::string& client_id, Order& order);
  /// The resting order of that name, or null. Valid until the next change.
  const Order* find(const std::string& session, const std::string& client_id) const;

 private:
  std::map<std::pair<std::string, std::string>, Order> resting_;
};

/// Reads "10.25"; false when it is not a positive number with at most five decimals.
bool read_price(const std::string& text, Price& price);
/// "10.25"
std::string price_text(Price price);

}  // namespace counterparty
