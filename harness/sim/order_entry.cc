#include "sim/order_entry.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "base/text.h"
#include "fix/value.h"
#include "sim/dialect.h"

namespace fixdrill::sim {

namespace {

constexpr unsigned kScale = 8;
constexpr std::int64_t kMost = 9'000'000'000'000'000'000;

std::string text_of(const fix::Message& message, int tag) {
  return std::string(message.value(tag));
}

/// What a report repeats of the request, ascending: account, instrument, terms, and the client's
/// references.
constexpr std::array<int, 22> kRepeated = {1,   15,  18,  22,  40,  44,  47,  48,  59,  63,  65,
                                           100, 106, 109, 167, 200, 201, 202, 207, 526, 528, 790};

/// Terms that would change how an order trades, and that the book does not know.
constexpr std::array<std::pair<int, const char*>, 4> kUnknownTerms = {
    {{99, "StopPx"}, {110, "MinQty"}, {111, "MaxFloor"}, {1138, "DisplayQty"}}};

/// The header field of an answer that a header field of the request goes into; 0 = none.
int return_tag(int tag) {
  switch (tag) {
    case 50:
      return 57;
    case 57:
      return 50;
    case 115:
      return 128;
    case 128:
      return 115;
    case 116:
      return 129;
    case 129:
      return 116;
    default:
      return 0;
  }
}

std::optional<FieldMissing> first_missing(const fix::Message& message,
                                          std::initializer_list<std::pair<int, const char*>> all) {
  for (const auto& [tag, name] : all) {
    if (!message.has(tag))
      return FieldMissing{tag,
                          fmt::format("Conditionally required field missing: {}({})", name, tag)};
  }
  return std::nullopt;
}

bool is_market(const fix::Message& message) { return message.value(40) == "1"; }

std::optional<TimeInForce> read_time_in_force(std::string_view code) {
  if (code.empty() || code == "0" || code == "1") return TimeInForce::day;
  if (code == "3") return TimeInForce::immediate_or_cancel;
  if (code == "4") return TimeInForce::fill_or_kill;
  return std::nullopt;
}

/// Short sales are sales.
std::optional<Side> read_side(std::string_view code) {
  if (code == "1") return Side::buy;
  if (code == "2" || code == "5" || code == "6") return Side::sell;
  return std::nullopt;
}

struct Unsupported {
  Refusal reason;
  std::string text;
};

std::optional<Unsupported> unsupported_terms(const fix::Message& message) {
  if (!is_market(message) && message.value(40) != "2")
    return Unsupported{Refusal::unsupported, "OrdType must be 1 Market or 2 Limit"};
  for (const auto& [tag, name] : kUnknownTerms) {
    if (message.has(tag))
      return Unsupported{Refusal::unsupported, fmt::format("{}({}) is not served", name, tag)};
  }
  return std::nullopt;
}

std::optional<Unsupported> fill_in(const fix::Message& message, Order& order) {
  const auto side = read_side(message.value(54));
  if (!side)
    return Unsupported{Refusal::unsupported, "Side must be 1 Buy, 2 Sell, 5 or 6 Sell short"};
  order.side = *side;
  order.side_code = message.value(54)[0];
  if (auto why = unsupported_terms(message)) return why;
  order.market = is_market(message);
  const auto lifetime = read_time_in_force(message.value(59));
  if (!lifetime)
    return Unsupported{Refusal::unsupported, "TimeInForce must be 0 Day, 1 GTC, 3 IOC or 4 FOK"};
  order.time_in_force = *lifetime;
  const auto quantity = read_scaled(message.value(38));
  if (!quantity)
    return Unsupported{Refusal::incorrect_quantity,
                       "OrderQty must be a number with up to 8 decimals, at most 90000000000"};
  order.quantity = *quantity;
  const auto limit = order.market ? 0 : read_scaled(message.value(44));
  if (!limit)
    return Unsupported{Refusal::incorrect_price,
                       "Price must be a number with up to 8 decimals, at most 90000000000"};
  order.limit = *limit;
  return std::nullopt;
}

/// The order that a cancel or replace means, and who asks.
CancelRequest read_request(const fix::Message& message, ClientId client) {
  CancelRequest request;
  request.order = {client, text_of(message, 41), read_order_id(message.value(37))};
  request.client_order_id = text_of(message, 11);
  request.symbol = text_of(message, 55);
  request.side = read_side(message.value(54)).value_or(Side::buy);
  request.origin = read_origin(message);
  return request;
}

std::optional<FieldMissing> missing_of_request(const fix::Message& message) {
  if (auto missing = first_missing(message, {{11, "ClOrdID"}, {55, "Symbol"}, {54, "Side"}}))
    return missing;
  return message.has(37) ? std::nullopt : first_missing(message, {{41, "OrigClOrdID"}});
}

}  // namespace

std::optional<std::int64_t> read_scaled(std::string_view text) {
  const auto value = fix::Decimal::parse(text);
  if (!value) return std::nullopt;
  std::int64_t units = value->units();
  unsigned scale = value->scale();
  for (; scale > kScale && units % 10 == 0; --scale) units /= 10;
  if (scale > kScale) return std::nullopt;
  for (; scale < kScale; ++scale) {
    if (units > kMost / 10 || units < -kMost / 10) return std::nullopt;
    units *= 10;
  }
  return units;
}

OriginPtr read_origin(const fix::Message& message) {
  auto origin = std::make_shared<Origin>();
  std::uint64_t seen = 0;  // by place in kRepeated
  for (std::size_t i = 0; i < message.size(); ++i) {
    const fix::FieldView field = message[i];
    if (field.value.empty()) continue;
    if (const int tag = return_tag(field.tag); tag != 0)
      origin->header.push_back({tag, std::string(field.value)});
    const auto at = std::lower_bound(kRepeated.begin(), kRepeated.end(), field.tag);
    if (at == kRepeated.end() || *at != field.tag) continue;
    const std::uint64_t bit = std::uint64_t{1} << (at - kRepeated.begin());
    const bool says = !(field.tag == 44 && is_market(message));
    if (says && (seen & bit) == 0) origin->body.push_back({field.tag, std::string(field.value)});
    seen |= bit;
  }
  return origin;
}

std::variant<Order, FieldMissing, NotTaken> read_new_order(const fix::Message& message,
                                                           ClientId client) {
  if (auto missing = first_missing(
          message,
          {{11, "ClOrdID"}, {55, "Symbol"}, {54, "Side"}, {38, "OrderQty"}, {40, "OrdType"}}))
    return *missing;
  if (message.value(40) == "2") {
    if (auto missing = first_missing(message, {{44, "Price"}})) return *missing;
  }
  Order order;
  order.client = client;
  order.client_order_id = text_of(message, 11);
  order.symbol = text_of(message, 55);
  order.origin = read_origin(message);
  if (auto why = fill_in(message, order))
    return NotTaken{std::move(order), why->reason, std::move(why->text)};
  return order;
}

std::variant<CancelRequest, FieldMissing> read_cancel(const fix::Message& message,
                                                      ClientId client) {
  if (auto missing = missing_of_request(message)) return *missing;
  return read_request(message, client);
}

std::variant<ReplaceRequest, FieldMissing> read_replace(const fix::Message& message,
                                                        ClientId client) {
  if (auto missing = missing_of_request(message)) return *missing;
  if (auto missing = first_missing(message, {{38, "OrderQty"}, {40, "OrdType"}})) return *missing;
  ReplaceRequest request;
  static_cast<CancelRequest&>(request) = read_request(message, client);
  request.market = is_market(message);
  if (!request.market) {
    if (auto missing = first_missing(message, {{44, "Price"}})) return *missing;
  }
  if (auto why = unsupported_terms(message)) request.unsupported = std::move(why->text);
  request.time_in_force = read_time_in_force(message.value(59));
  request.quantity = read_scaled(message.value(38)).value_or(0);
  request.limit = read_scaled(message.value(44)).value_or(0);
  return request;
}

}  // namespace fixdrill::sim
