// Which flows are drafted together, because the outcome of one depends on what another one sent.
#pragma once

#include "draft/conversation.h"

namespace fixdrill::draft {

/// Makes one flow of those that need each other, and notes by message what is not certain:
///  - what both ends of a connection saw, where both were recorded
///  - orders of ours that traded with each other: by TrdMatchID(880), TradeID(1003), or the same
///    ExecID(17) where the reports have them, else by symbol, price, quantity, other side and time
///  - OrderMassCancelRequest(q) with the orders it canceled; when there are more than ten, each of
///    them with a copy of the request and its report
///  - a drop copy, CopyMsgIndicator(797)=Y, with the report it is a copy of
/// Notes too what nothing in the conversation explains: a cancel that nobody asked for, a trade of
/// an order that had rested.
void put_together(Conversation& conversation);

}  // namespace fixdrill::draft
