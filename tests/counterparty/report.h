// What the exchange answers, in the form of the order's FIX version.
#pragma once

#include <quickfix/Message.h>
#include <string>

#include "order_book.h"

namespace counterparty {

/// What happened to an order. Its letters in ExecType(150) and OrdStatus(39) depend on the version.
enum class Event { acknowledged, traded, cancelled, replaced, rejected, status };

struct Report {
  std::string begin_string;
  Event event{};
  std::string exec_id;
  std::string original_client_id;  ///< OrigClOrdID(41); empty: none
  std::string text;                ///< Text(58); empty: none
  Fill fill;
  std::string transact_time;  ///< TransactTime(60), UTC
};

/// ExecutionReport (8): FIX 4.0 to 4.2 with ExecTransType(20), AvgPx and shares by their rules,
/// 4.3 and later with ExecType F for trades and I for status.
FIX::Message execution_report(const Report& report, const Order& order);

/// OrderCancelReject (9). `order` names what was asked for, `original` the order meant.
struct CancelReject {
  std::string begin_string;
  std::string client_id;
  std::string original_client_id;
  bool answers_replace = false;
  std::string text;
};
FIX::Message cancel_reject(const CancelReject& reject);

}  // namespace counterparty
