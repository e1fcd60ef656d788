// Messages of the exchange in one FIX version: execution reports and rejects by its order state
// tables, and only the fields and codes that it knows.
//
// Up to FIX 4.2 a report carries ExecTransType(20), a trade is ExecType(150) 1 or 2, and an order
// that was replaced and not yet filled has OrdStatus(39) 5; from 4.3 on a trade is ExecType F, a
// status report I, and OrdStatus says what is filled (FIX 4.2 and 4.4 specifications, appendix D).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fix/dictionary.h"
#include "fix/encoder.h"
#include "fix/message.h"
#include "fix/validate.h"
#include "sim/exchange.h"

namespace fixdrill::sim {

/// OrderID(37) of an order; `NONE` for 0.
std::string order_id_text(OrderId id);
/// The order that OrderID(37) names; 0 when it is none of ours.
OrderId read_order_id(std::string_view text);

/// "10.20", "10.125": a price or quantity in 10^-8, exact.
std::string price_text(Price price);
std::string quantity_text(Quantity quantity);

/// A status request as it came.
struct StatusRequest {
  std::string client_order_id;
  std::string order_id;  ///< OrderID(37) as written
  std::string symbol;
  std::string side;
  OriginPtr origin;
};

/// A mass cancel as it came, and what it means.
struct MassCancel {
  std::string client_order_id;
  std::string type;  ///< MassCancelRequestType(530)
  std::string symbol;
  bool taken = false;     ///< false: the exchange does not serve that type
  std::size_t count = 0;  ///< orders that it ends
  OriginPtr origin;
};

/// BusinessRejectReason(380).
enum class BusinessReason { other = 0, unsupported_type = 3, conditional_field_missing = 5 };

class Dialect {
 public:
  /// `dictionary` is not null.
  explicit Dialect(fix::DictionaryPtr dictionary);

  const fix::Dictionary& dictionary() const { return *dictionary_; }
  /// Time `wall_ns` as TransactTime(60) has it: milliseconds from FIX 4.2 on.
  std::string time_text(std::int64_t wall_ns) const;

  fix::OutMessage execution_report(const Execution& execution, std::uint64_t exec_number,
                                   std::int64_t wall_ns) const;
  /// `order` null: it is not known.
  fix::OutMessage status_report(const StatusRequest& request, const Order* order,
                                std::int64_t wall_ns) const;
  fix::OutMessage cancel_reject(const Refused& refused, std::int64_t wall_ns) const;
  /// OrderMassCancelReport(r): of how many orders, or that it is not served.
  fix::OutMessage mass_cancel_report(const MassCancel& request, std::int64_t wall_ns) const;
  /// BusinessMessageReject(j); before FIX 4.2 a Reject(3), which is all there is.
  fix::OutMessage business_reject(const fix::Message& about, BusinessReason reason,
                                  const std::string& text) const;
  /// Reject(3) of the session layer.
  fix::OutMessage session_reject(const fix::Message& about, const fix::Finding& finding) const;

 private:
  /// Fields of one message, those that the version does not know left out.
  class Body;

  std::string status_of(const Order& order) const;
  std::string exec_type(const Execution& execution) const;
  std::string known_code(int tag, const char* code, const char* otherwise) const;
  std::string reject_reason(Refusal reason) const;
  std::string cancel_reject_reason(Refusal reason) const;
  void add_state(Body& body, const Order& order) const;
  void add_unknown(Body& body, const StatusRequest& request) const;

  fix::DictionaryPtr dictionary_;
  bool before_43_ = false;
  unsigned time_digits_ = 3;
};

}  // namespace fixdrill::sim
