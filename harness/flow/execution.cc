#include "flow/execution.h"

namespace fixdrill::flow {

namespace {

char code_of(std::string_view value) { return value.empty() ? '\0' : value[0]; }

char event_of(const fix::Message& message, char status, const Number& last_qty) {
  switch (code_of(message.value(20))) {
    case '1':
      return 'H';
    case '2':
      return 'G';
    case '3':
      return 'I';
    default:
      break;
  }
  const char type = code_of(message.value(150));
  if (type == '1' || type == '2') return 'F';
  if (type != 0) return type;
  if (status != '1' && status != '2') return status;
  return last_qty && *last_qty > fix::Decimal(0) ? 'F' : 'I';
}

}  // namespace

Number number_of(const fix::Message& message, int tag) {
  return fix::Decimal::parse(message.value(tag));
}

Execution read_execution(const fix::Message& message) {
  Execution out;
  out.status = code_of(message.value(39));
  out.last_qty = number_of(message, 32);
  out.event = event_of(message, out.status, out.last_qty);
  out.names_original = message.value(8) != "FIX.4.0";
  out.cl_ord_id = message.value(11);
  out.orig_cl_ord_id = message.value(41);
  out.order_id = message.value(37);
  out.exec_id = message.value(17);
  out.exec_ref_id = message.value(19);
  out.reject_reason = message.value(103);
  out.side = message.value(54);
  out.symbol = message.value(55);
  out.qty = number_of(message, 38);
  out.price = number_of(message, 44);
  out.cum = number_of(message, 14);
  out.leaves = number_of(message, 151);
  out.avg = number_of(message, 6);
  out.last_px = number_of(message, 31);
  return out;
}

}  // namespace fixdrill::flow
