// What one message does to the order it belongs to.
#pragma once

#include "fix/message.h"
#include "flow/order.h"
#include "flow/order_progress.h"
#include "record/message_source.h"

namespace fixdrill::flow {

/// A message as it was seen; of an order in a list `message` is that order's part of it.
struct Seen {
  const record::MessageView& view;
  const fix::Message& message;
};

/// Both sides of an order's bookkeeping; held by Orders.
struct TrackedOrder {
  Order order;
  OrderProgress progress;
};

/// Nothing but the step: OrderStatusRequest(H), DontKnowTrade(Q), what came already.
OrderStep& add_step(TrackedOrder& at, const Seen& seen);

/// The first message of an order that is asked for: D, AB, one of a list.
void take_new_order(TrackedOrder& at, const Seen& seen);
/// A new order with a ClOrdID that is in use.
void take_duplicate(TrackedOrder& at, const Seen& seen);
/// F, G, AC.
void take_change(TrackedOrder& at, const Seen& seen);
void take_status_request(TrackedOrder& at, const Seen& seen);
void take_report(TrackedOrder& at, const Seen& seen);
void take_cancel_reject(TrackedOrder& at, const Seen& seen);
/// Reject(3), BusinessMessageReject(j) of the request with that MsgSeqNum or id, where it is known.
void take_refusal(TrackedOrder& at, const Seen& seen);

}  // namespace fixdrill::flow
