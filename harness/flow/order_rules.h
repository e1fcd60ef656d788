// The order-state rules of FIX, as a report of a venue or a request of a client can break them.
#pragma once

#include <vector>

#include "flow/execution.h"
#include "flow/order.h"
#include "flow/order_progress.h"

namespace fixdrill::flow {

/// What the report breaks, given all before it. Rules, by their words:
///  - after-end       a report that a terminal order cannot have
///  - new-again       New or PendingNew of an order that was accepted already
///  - cum-leaves      CumQty + LeavesQty = OrderQty while the order works; after that Leaves may be
///  0
///  - overfill        CumQty above OrderQty
///  - cum-falls       CumQty falls without a bust, correction or restatement
///  - cum-trade       CumQty moves by what was traded, and by nothing else
///  - avg-px          AvgPx = sum of LastPx * LastQty / CumQty, to the digits shown
///  - status          OrdStatus agrees with the quantities and with ExecType
///  - no-request      Replaced or pending without a request for it
///  - orig-clordid    an accepted request is answered with its ClOrdID and OrigClOrdID
///  - order-id        OrderID changes only by a replace or restatement
///  - instrument      Side and Symbol stay
///  - exec-id         ExecID is new each time; ExecRefID names one that was
std::vector<Violation> judge_report(const Execution& report, const Order& order,
                                    const OrderProgress& progress);

/// OrderCancelReject(9): `no-request`, `status` (it tells the status the order has).
std::vector<Violation> judge_cancel_reject(char status, std::string_view cl_ord_id,
                                           const Order& order, const OrderProgress& progress);

/// F or G: `orig-clordid`, OrigClOrdID(41) names the order as it is known now or will be.
std::vector<Violation> judge_request(std::string_view orig_cl_ord_id, const Order& order,
                                     const OrderProgress& progress);

}  // namespace fixdrill::flow
