// An order as a conversation tells it: what was asked, what came back, and where that breaks the
// order-state rules of FIX.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "fix/value.h"
#include "record/recorder.h"

namespace fixdrill::flow {

using Number = std::optional<fix::Decimal>;  ///< of a field that is there and is a number

/// `rule` is a stable word for programs, `text` a sentence for people. Source: FIX 4.4, volume 4,
/// appendix D (order state change matrices), and the text on OrdStatus(39), LeavesQty(151).
struct Violation {
  std::string_view rule;
  std::string text;
};

/// One message of an order.
struct OrderStep {
  std::int64_t id = 0;  ///< message id
  Time time;
  record::Direction direction = record::Direction::in;
  std::int64_t seq = 0;  ///< MsgSeqNum(34); 0 = none
  std::string msg_type;
  bool again = false;  ///< PossDupFlag(43), PossResend(97) or CopyMsgIndicator(797): shown, not
                       ///< counted twice
  std::string cl_ord_id;
  std::string orig_cl_ord_id;
  std::string order_id;
  std::string exec_id;
  char event = 0;   ///< ExecType(150) as FIX 4.4 has it; of a report of 4.0 to 4.2 what it means
  char status = 0;  ///< OrdStatus(39)
  Number qty, price, cum, leaves, avg, last_qty, last_px;
  std::string text;  ///< Text(58)
  /// Of an answer: ns since its request. Monotonic when both have it.
  std::optional<std::int64_t> latency_ns;
  bool unanswered = false;  ///< of a request: nothing ever came back
  std::vector<Violation> violations;
};

struct Order {
  std::int64_t session_id = 0;
  std::string cl_ord_id;  ///< the first it had; empty: only OrderID is known
  std::string order_id;   ///< the last it had
  std::string side;       ///< codes, as on the wire
  std::string symbol;
  std::string ord_type;
  std::string time_in_force;
  Number qty, price, cum, leaves, avg;
  char status = 0;               ///< 0: nobody told
  bool requested = false;        ///< its request was seen
  std::vector<std::string> ids;  ///< every ClOrdID and OrderID it had
  std::vector<OrderStep> steps;
};

std::size_t violations_of(const Order& order);
bool is_unanswered(const Order& order);  ///< some request of it is

/// "PartiallyFilled"; a code that FIX does not have is shown as it is.
std::string status_name(char status);
/// "Trade", "Restated" …
std::string event_name(char event);
/// Nothing is working any more: Filled, Canceled, Rejected, Expired.
bool is_terminal(char status);
bool is_pending(char status);  ///< a request is in work: PendingCancel, PendingReplace

}  // namespace fixdrill::flow
