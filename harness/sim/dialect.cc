#include "sim/dialect.h"

#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "fix/value.h"

namespace fixdrill::sim {

namespace {

constexpr std::size_t kUsualFields = 32;
constexpr std::string_view kOrderIdPrefix = "O-";

/// A number of 10^-8 without zeros behind its last decimal, but with at least `decimals`.
std::string scaled_text(std::int64_t number, std::size_t decimals) {
  std::string text = number < 0 ? "-" : "";
  number = std::abs(number);
  text += std::to_string(number / kOne);
  const std::int64_t rest = number % kOne;
  if (rest == 0 && decimals == 0) return text;
  std::string digits = std::to_string(kOne + rest);
  while (digits.size() > decimals + 1 && digits.back() == '0') digits.pop_back();
  digits.front() = '.';
  return text += digits;
}

}  // namespace

std::string order_id_text(OrderId id) {
  if (id == 0) return "NONE";
  std::string text(kOrderIdPrefix);
  return text += std::to_string(id);
}

OrderId read_order_id(std::string_view text) {
  if (!text.starts_with(kOrderIdPrefix)) return 0;
  return parse_size(text.substr(kOrderIdPrefix.size())).value_or(0);
}

std::string quantity_text(Quantity quantity) { return scaled_text(quantity, 0); }

std::string price_text(Price price) { return scaled_text(price, 2); }

class Dialect::Body {
 public:
  Body(const fix::Dictionary& dictionary, const char* msg_type)
      : known_(*dictionary.message(msg_type)) {
    message_.msg_type = msg_type;
    message_.fields.reserve(kUsualFields);
  }

  void add(int tag, std::string value) {
    if (!value.empty() && known_.members.has(tag))
      message_.fields.push_back({tag, std::move(value)});
  }
  /// What the request said besides; a field that is there already stays.
  void repeat(const OriginPtr& origin) {
    if (!origin) return;
    for (const fix::Field& field : origin->body) {
      if (!has(field.tag)) add(field.tag, field.value);
    }
  }
  void address(const OriginPtr& origin) {
    if (!origin) return;
    message_.fields.insert(message_.fields.begin(), origin->header.begin(), origin->header.end());
  }
  /// For versions that require a field which says nothing here.
  void add_if_required(int tag, const char* value) {
    if (known_.members.required.contains(tag) && !has(tag)) add(tag, value);
  }
  fix::OutMessage take() { return std::move(message_); }

 private:
  bool has(int tag) const {
    return std::any_of(message_.fields.begin(), message_.fields.end(),
                       [tag](const fix::Field& field) { return field.tag == tag; });
  }

  const fix::MessageDef& known_;
  fix::OutMessage message_;
};

Dialect::Dialect(fix::DictionaryPtr dictionary) : dictionary_(std::move(dictionary)) {
  const std::string version = dictionary_->version();
  before_43_ = version == "FIX 4.0" || version == "FIX 4.1" || version == "FIX 4.2";
  time_digits_ = version == "FIX 4.0" || version == "FIX 4.1" ? 0 : 3;
}

std::string Dialect::time_text(std::int64_t wall_ns) const {
  return fix::utc_timestamp(wall_ns, time_digits_);
}

std::string Dialect::known_code(int tag, const char* code, const char* otherwise) const {
  const fix::FieldDef* field = dictionary_->field(tag);
  return field && field->value_by_code(code) ? code : otherwise;
}

/// The highest in the order of precedence: filled and canceled before partially filled, that before
/// replaced, that before new.
std::string Dialect::status_of(const Order& order) const {
  switch (order.state) {
    case OrderState::filled:
      return "2";
    case OrderState::canceled:
      return "4";
    case OrderState::rejected:
      return "8";
    case OrderState::open:
      break;
  }
  if (order.filled > 0) return "1";
  return before_43_ && !order.former_ids.empty() ? "5" : "0";
}

std::string Dialect::exec_type(const Execution& execution) const {
  switch (execution.kind) {
    case Execution::Kind::accepted:
      return "0";
    case Execution::Kind::traded:
      if (!before_43_) return "F";
      return execution.order.state == OrderState::filled ? "2" : "1";
    case Execution::Kind::canceled:
      return "4";
    case Execution::Kind::replaced:
      return "5";
    case Execution::Kind::rejected:
      return "8";
  }
  return "";
}

/// OrdRejReason(103); versions that lack a code say 0, broker option.
std::string Dialect::reject_reason(Refusal reason) const {
  switch (reason) {
    case Refusal::unknown_symbol:
      return "1";
    case Refusal::exceeds_limit:
      return "3";
    case Refusal::unknown_order:
      return known_code(103, "5", "0");
    case Refusal::duplicate_order:
      return known_code(103, "6", "0");
    case Refusal::unsupported:
      return known_code(103, "11", "0");
    case Refusal::incorrect_quantity:
      return known_code(103, "13", "0");
    case Refusal::incorrect_price:
    case Refusal::too_late:
    case Refusal::mismatch:
      return known_code(103, "99", "0");
  }
  return "0";
}

/// CxlRejReason(102).
std::string Dialect::cancel_reject_reason(Refusal reason) const {
  switch (reason) {
    case Refusal::too_late:
      return "0";
    case Refusal::unknown_order:
      return "1";
    case Refusal::duplicate_order:
      return known_code(102, "6", "2");
    case Refusal::unknown_symbol:
    case Refusal::exceeds_limit:
    case Refusal::unsupported:
    case Refusal::incorrect_quantity:
    case Refusal::incorrect_price:
    case Refusal::mismatch:
      return known_code(102, "99", known_code(102, "2", "0").c_str());
  }
  return "0";
}

void Dialect::add_state(Body& body, const Order& order) const {
  body.add(55, order.symbol);
  body.add(54, std::string(1, order.side_code));
  body.add(38, quantity_text(order.quantity));
  body.repeat(order.origin);
  body.add(151, quantity_text(order.leaves()));
  body.add(14, quantity_text(order.filled));
  body.add(6, order.filled == 0 ? "0" : price_text(order.average_price()));
  body.add_if_required(32, "0");
  body.add_if_required(31, "0");
}

fix::OutMessage Dialect::execution_report(const Execution& execution, std::uint64_t exec_number,
                                          std::int64_t wall_ns) const {
  const Order& order = execution.order;
  Body body(*dictionary_, "8");
  body.add(37, order_id_text(order.id));
  body.add(11, order.client_order_id);
  body.add(41, execution.original_id);
  std::string exec_id = "E-";
  body.add(17, exec_id += std::to_string(exec_number));
  body.add(20, "0");
  body.add(150, exec_type(execution));
  body.add(39, status_of(order));
  if (execution.reason) body.add(103, reject_reason(*execution.reason));
  if (execution.kind == Execution::Kind::traded) {
    body.add(32, quantity_text(execution.last_quantity));
    body.add(31, price_text(execution.last_price));
  }
  add_state(body, order);
  body.add(60, time_text(wall_ns));
  body.add(58, execution.text);
  body.address(order.origin);
  return body.take();
}

fix::OutMessage Dialect::status_report(const StatusRequest& request, const Order* order,
                                       std::int64_t wall_ns) const {
  Body body(*dictionary_, "8");
  const std::string status = order ? status_of(*order) : "8";
  body.add(37, order ? order_id_text(order->id) : "NONE");
  body.add(11, order ? order->client_order_id : request.client_order_id);
  body.add(17, "0");  // as the specification wants it of a status report
  body.add(20, "3");
  body.add(150, before_43_ ? status : "I");
  body.add(39, status);
  if (order) {
    add_state(body, *order);
  } else {
    add_unknown(body, request);
  }
  body.repeat(request.origin);
  body.add(60, time_text(wall_ns));
  body.address(request.origin);
  return body.take();
}

void Dialect::add_unknown(Body& body, const StatusRequest& request) const {
  body.add(103, reject_reason(Refusal::unknown_order));
  body.add(55, request.symbol);
  body.add(54, request.side);
  for (const int tag : {151, 14, 6}) body.add(tag, "0");
  for (const int tag : {38, 32, 31}) body.add_if_required(tag, "0");
  const bool named = !request.client_order_id.empty();
  body.add(58, "Unknown order " + (named ? request.client_order_id : request.order_id));
}

fix::OutMessage Dialect::cancel_reject(const Refused& refused, std::int64_t wall_ns) const {
  Body body(*dictionary_, "9");
  body.add(37, order_id_text(refused.order ? refused.order->id : 0));
  body.add(11, refused.client_order_id);
  body.add(41, refused.original_id);
  body.add(39, refused.order ? status_of(*refused.order) : "8");
  body.add(434, refused.is_replace ? "2" : "1");
  body.add(102, cancel_reject_reason(refused.reason));
  body.add_if_required(41, "NONE");
  body.repeat(refused.origin);
  body.add(60, time_text(wall_ns));
  body.add(58, refused.text);
  body.address(refused.origin);
  return body.take();
}

fix::OutMessage Dialect::mass_cancel_report(const MassCancel& request, std::int64_t wall_ns) const {
  Body body(*dictionary_, "r");
  body.add(11, request.client_order_id);
  body.add(37, "NONE");
  body.add_if_required(1369, request.client_order_id.c_str());
  body.add(530, request.type);
  body.add(531, request.taken ? request.type : "0");
  if (request.taken)
    body.add(533, std::to_string(request.count));
  else
    body.add(532, known_code(532, "0", "99"));
  body.add(55, request.symbol);
  body.add(60, time_text(wall_ns));
  if (!request.taken) body.add(58, "MassCancelRequestType must be 1 with Symbol, or 7");
  body.address(request.origin);
  return body.take();
}

fix::OutMessage Dialect::business_reject(const fix::Message& about, BusinessReason reason,
                                         const std::string& text) const {
  const bool has_it = dictionary_->message("j") != nullptr;
  Body body(*dictionary_, has_it ? "j" : "3");
  body.add(45, std::string(about.value(34)));
  body.add(372, std::string(about.msg_type()));
  body.add(379, std::string(about.value(11)));
  if (has_it) body.add(380, std::to_string(static_cast<int>(reason)));
  body.add(58, text);
  return body.take();
}

fix::OutMessage Dialect::session_reject(const fix::Message& about,
                                        const fix::Finding& finding) const {
  Body body(*dictionary_, "3");
  body.add(45, std::string(about.value(34)));
  // Where the tag itself is wrong it may be 0.
  const bool has_tag = finding.tag != 0 || finding.reason == fix::RejectReason::invalid_tag_number;
  if (has_tag) body.add(371, std::to_string(finding.tag));
  body.add(372, std::string(about.msg_type()));
  const std::string reason = std::to_string(static_cast<int>(finding.reason));
  body.add(373, known_code(373, reason.c_str(), known_code(373, "99", "").c_str()));
  body.add(58, finding.text);
  return body.take();
}

}  // namespace fixdrill::sim
