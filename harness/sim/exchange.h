// The exchange behind the simulator: symbols with their books and quotes, orders with their states.
// Knows neither FIX versions nor sockets nor a clock. Used from one thread.
//
// Quotes are orders of the house. A quote that traded comes back at its full size as soon as that
// crosses no resting order, so the same orders get the same answers however often they are sent.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "sim/order.h"

namespace fixdrill::sim {

/// A resting quote of the house. A price of 0: that side is not quoted.
struct Quote {
  std::string symbol;
  Price bid = 0;
  Price offer = 0;
  Quantity size = 0;
};

/// Why something was not done.
enum class Refusal {
  unknown_symbol,
  exceeds_limit,
  unknown_order,
  duplicate_order,
  unsupported,
  incorrect_quantity,
  incorrect_price,
  too_late,
  mismatch,
};

/// One report about an order. The order is as it stands after the event.
struct Execution {
  enum class Kind { accepted, traded, canceled, replaced, rejected };
  Kind kind{};
  const Order& order;
  Quantity last_quantity = 0;  ///< traded
  Price last_price = 0;        ///< traded
  std::string original_id;     ///< canceled and replaced at the client's wish: OrigClOrdID(41)
  std::optional<Refusal> reason;
  std::string text;
};

/// A cancel or replace that was refused.
struct Refused {
  ClientId client = 0;
  std::string client_order_id;
  std::string original_id;
  bool is_replace = false;
  const Order* order = nullptr;  ///< the one meant; null when it is not known
  Refusal reason{};
  std::string text;
  OriginPtr origin;  ///< of the request
};

/// Hears of everything, in order, inside the call that causes it. Must not call the exchange.
class ExchangeListener {
 public:
  virtual ~ExchangeListener() = default;
  virtual void on_execution(const Execution& execution) = 0;
  virtual void on_refused(const Refused& refused) = 0;
};

class Exchange {
 public:
  /// Only the symbols of the quotes trade.
  Exchange(const std::vector<Quote>& quotes, ExchangeListener& listener);

  void place(Order order);
  /// An order that is no order for this exchange: told as rejected.
  void reject(Order order, Refusal reason, std::string text);
  void cancel(const CancelRequest& request);
  void replace(const ReplaceRequest& request);
  /// By ClOrdID, else by OrderID; null when the client has no such order or it is forgotten.
  const Order* find(const OrderKey& key) const;
  /// Open orders of the client in that symbol; "" = in all.
  std::size_t open_orders(ClientId client, const std::string& symbol) const;
  /// Takes the client's open orders out of the books; nobody is told.
  void cancel_all(ClientId client);
  /// The same in one symbol ("" = in all), and each is told as canceled.
  void mass_cancel(ClientId client, const std::string& symbol);

 private:
  struct Market {
    OrderBook book;
    Quote quote;
    OrderId bid_id = 0;  ///< of the house's orders, 0 = not in the book
    OrderId offer_id = 0;
    Quantity open = 0;    ///< of all clients
    bool quoted = false;  ///< the quote is in the book as it should be
  };

  Market* market(const std::string& symbol);
  std::vector<OrderId> open_ids(ClientId client, const std::string& symbol) const;
  void take_out(Order& order);
  /// 0: the client has no such order.
  OrderId named(ClientId client, const std::string& client_order_id) const;
  struct Why {
    Refusal reason;
    std::string text;
  };
  std::optional<Why> reason_to_reject(const Order& order) const;
  std::optional<Why> reason_to_refuse(const CancelRequest& request, const Order* order) const;
  std::optional<Why> reason_to_refuse_replace(const ReplaceRequest& request,
                                              const Order* order) const;
  void reject(Order order, Why why);
  void refuse(const CancelRequest& request, bool is_replace, const Order* order, Why why);
  void rename(Order& order, const std::string& client_order_id);
  void tell(Execution::Kind kind, const Order& order, const std::string& original_id = "");
  void settle(Market& market, Order& order, const Placed& placed, const std::vector<Fill>& fills);
  void apply(Market& market, const std::vector<Fill>& fills);
  void fill(OrderId id, const Fill& fill);
  void end(Order& order, OrderState state);
  Order& remember(Order order);
  void forget_oldest();
  void make_room();
  bool is_full() const;
  void restore_quotes(Market& market);
  OrderId restore(Market& market, OrderId id, Side side, Price price);

  ExchangeListener& listener_;
  std::unordered_map<std::string, Market> markets_;
  std::unordered_map<OrderId, Order> orders_;
  /// By client and ClOrdID, former ones too.
  std::unordered_map<ClientId, std::unordered_map<std::string, OrderId>> names_;
  std::set<std::pair<ClientId, OrderId>> open_;
  std::deque<OrderId> ended_;  ///< oldest first
  std::size_t bytes_ = 0;      ///< of text that orders_ holds
  OrderId last_order_ = 0;
  OrderId last_quote_;
};

}  // namespace fixdrill::sim
