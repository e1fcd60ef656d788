// How far an order has come: what the next report is judged against.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "flow/execution.h"
#include "flow/order.h"

namespace fixdrill::flow {

/// A request that has no last word yet.
struct OpenRequest {
  char type = 0;  ///< MsgType: D, F, G, H
  std::string cl_ord_id;
  std::string orig_cl_ord_id;
  std::size_t step = 0;  ///< in Order::steps
  Time sent;
  Number qty, price;
  bool answered = false;  ///< a first word came: pending, or more
};

struct ReportedExecution {
  std::int64_t message = 0;
  Number qty, price;  ///< of a trade
};

struct OrderProgress {
  char settled = 0;             ///< OrdStatus without the pending ones; 0: none yet
  std::int64_t settled_by = 0;  ///< message
  std::string current;          ///< the ClOrdID last accepted
  std::int64_t current_by = 0;
  std::vector<OpenRequest> open;
  std::unordered_map<std::string, ReportedExecution> executions;  ///< by ExecID
  Number filled = fix::Decimal(0);  ///< sum over the trades; empty: cannot be known
  Number notional = fix::Decimal(0);
  unsigned price_digits = 0;   ///< most digits after the point of a traded price
  std::size_t duplicates = 0;  ///< new orders with its ClOrdID that have no answer yet
  bool may_be_mass_canceled = false;
  std::int64_t connection_id = 0;
  std::int64_t day = 0;  ///< of its request, days since the epoch

  /// The one that `cl_ord_id` names; null: none.
  const OpenRequest* find_open(char type, std::string_view cl_ord_id) const;
  bool has_open(char type) const;
};

/// Takes in what the report says. Judge it first.
void apply(const Execution& report, std::int64_t message, Order& order, OrderProgress& progress);

}  // namespace fixdrill::flow
