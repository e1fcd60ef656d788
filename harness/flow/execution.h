// What an ExecutionReport(8) says, the same whichever FIX version wrote it.
#pragma once

#include <string_view>

#include "fix/message.h"
#include "flow/order.h"

namespace fixdrill::flow {

/// Views into the message.
struct Execution {
  /// FIX 4.0 has no ExecType(150), 4.0 to 4.2 say correction, bust and status report by
  /// ExecTransType(20), and up to 4.2 a fill is 150=1 or 2: here all are as in FIX 4.4.
  char event = 0;
  char status = 0;
  bool names_original = true;  ///< its version has OrigClOrdID(41) in reports; FIX 4.0 does not
  std::string_view cl_ord_id, orig_cl_ord_id, order_id, exec_id, exec_ref_id, reject_reason;
  std::string_view side, symbol;
  Number qty, price, cum, leaves, avg, last_qty, last_px;
};

Execution read_execution(const fix::Message& message);

/// A field that is a number, else empty.
Number number_of(const fix::Message& message, int tag);

}  // namespace fixdrill::flow
