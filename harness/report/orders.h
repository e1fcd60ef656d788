// fixdrill orders: each order as a timeline, all of them as a table, and what breaks a rule.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "flow/moment.h"
#include "flow/order.h"
#include "record/message_source.h"
#include "report/clock.h"

namespace fixdrill::report {

using OrderList = std::vector<const flow::Order*>;

struct OrdersOptions {
  flow::ZoneOffset zone;
  bool colour = false;  ///< of violations; they have a mark too
};

/// Source and dictionaries outlive it.
class OrdersText {
 public:
  OrdersText(const record::MessageSource& source, record::DictionaryOf dictionary,
             OrdersOptions options);

  void timelines(const OrderList& orders, std::ostream& out);
  /// A line an order.
  void summary(const OrderList& orders, std::ostream& out);
  /// A line a violation, with the message that has it.
  void violations(const OrderList& orders, std::ostream& out);

 private:
  struct Party {
    std::string alias;
    fix::DictionaryPtr dictionary;
  };

  void see(const OrderList& orders);
  const Party& party(std::int64_t session_id);
  void timeline(const flow::Order& order, std::ostream& out);
  std::vector<std::string> row(const flow::OrderStep& step, const Party& party) const;
  std::string terms(const flow::Order& order, const Party& party) const;
  std::string marked(const std::string& text) const;

  const record::MessageSource& source_;
  record::DictionaryOf dictionary_;
  OrdersOptions options_;
  Clock clock_;
  std::map<std::int64_t, Party> parties_;
};

/// "3 orders: 2 Filled, 1 New; 2 violations (1 avg-px, 1 cum-leaves); 1 without an answer".
std::string orders_total(const OrderList& orders);

/// A document of its own; README.md of this folder has every key. Written order by order.
void orders_json(const OrderList& orders, const record::MessageSource& source, std::ostream& out);

}  // namespace fixdrill::report
