#include "flow/order.h"

#include <algorithm>

namespace fixdrill::flow {

namespace {

std::string_view shared_name(char code) {
  switch (code) {
    case '0':
      return "New";
    case '1':
      return "PartiallyFilled";
    case '2':
      return "Filled";
    case '3':
      return "DoneForDay";
    case '4':
      return "Canceled";
    case '5':
      return "Replaced";
    case '6':
      return "PendingCancel";
    case '7':
      return "Stopped";
    case '8':
      return "Rejected";
    case '9':
      return "Suspended";
    case 'A':
      return "PendingNew";
    case 'B':
      return "Calculated";
    case 'C':
      return "Expired";
    case 'E':
      return "PendingReplace";
    default:
      return "";
  }
}

std::string or_code(std::string_view name, char code) {
  if (!name.empty()) return std::string(name);
  return code == 0 ? std::string() : std::string(1, code);
}

}  // namespace

std::size_t violations_of(const Order& order) {
  std::size_t count = 0;
  for (const OrderStep& step : order.steps) count += step.violations.size();
  return count;
}

bool is_unanswered(const Order& order) {
  return std::any_of(order.steps.begin(), order.steps.end(),
                     [](const OrderStep& step) { return step.unanswered; });
}

std::string status_name(char status) {
  return status == 'D' ? "AcceptedForBidding" : or_code(shared_name(status), status);
}

std::string event_name(char event) {
  switch (event) {
    case 'D':
      return "Restated";
    case 'F':
      return "Trade";
    case 'G':
      return "TradeCorrect";
    case 'H':
      return "TradeCancel";
    case 'I':
      return "OrderStatus";
    case 'L':
      return "Triggered";
    default:
      return or_code(shared_name(event), event);
  }
}

bool is_terminal(char status) {
  return status == '2' || status == '4' || status == '8' || status == 'C';
}

bool is_pending(char status) { return status == '6' || status == 'E'; }

}  // namespace fixdrill::flow
