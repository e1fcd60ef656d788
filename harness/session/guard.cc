#include "session/guard.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "fix/value.h"
#include "session/session.h"

namespace fixdrill::session {

namespace {

using namespace std::chrono_literals;
using fix::Decimal;

constexpr std::string_view kBegin = "8=FIX";

/// What can become a trade: orders, replaces, lists, crosses, multileg orders and their replaces,
/// quotes, mass quotes, answers to quotes.
constexpr std::array<std::string_view, 10> kOrderTypes = {"D",  "G",  "E", "s", "t",
                                                          "AB", "AC", "S", "i", "AJ"};

/// A type of the user's own (35=U…) counts as an order when it carries a quantity.
bool places_orders(std::string_view type, const fix::Message& message) {
  if (std::find(kOrderTypes.begin(), kOrderTypes.end(), type) != kOrderTypes.end()) return true;
  return !type.empty() && type[0] == 'U' && (message.has(38) || message.has(152));
}

std::vector<std::string_view> types_of(const fix::Message& message) {
  std::vector<std::string_view> types;
  for (std::size_t i = 0; i < message.size(); ++i) {
    if (message[i].tag == 35) types.push_back(message[i].value);
  }
  return types;
}

/// The type that makes it an order, whichever of repeated 35 a peer would take; empty = none.
std::string_view order_type(const fix::Message& message) {
  for (std::size_t i = 0; i < message.size(); ++i) {
    const fix::FieldView field = message[i];
    if (field.tag == 35 && places_orders(field.value, message)) return field.value;
  }
  return {};
}

bool is_quantity(int tag) {
  return tag == 38 || tag == 687 || tag == 134 || tag == 135 || tag == 685;
}
bool is_price(int tag) { return tag == 44 || tag == 99 || tag == 132 || tag == 133 || tag == 566; }
bool is_symbol(int tag) { return tag == 55 || tag == 600; }

/// A field whose first occurrence in an entry starts the next order of a list or mass quote.
int entry_tag(std::string_view type) {
  if (type == "E") return 11;
  if (type == "i") return 299;
  return 0;
}

Decimal magnitude(Decimal value) {
  return value.units() < 0 ? Decimal(-value.units(), value.scale()) : value;
}

std::string shown(const fix::FieldView& field) {
  return std::string(printable(field.value.substr(0, 40)));
}

/// Largest quantity and price of one order; what cannot be read but has digits is refused, since a
/// peer may read it.
class OrderCaps {
 public:
  OrderCaps(const profile::Limits& limits, std::string_view type) : limits_(limits), type_(type) {}

  Status field(const fix::FieldView& field) {
    if (is_symbol(field.tag)) return symbol(field);
    if (is_price(field.tag)) return price(field);
    if (field.tag == 152) return amount(field);
    if (is_quantity(field.tag)) return quantity(field);
    return {};
  }

  /// At the end of one order.
  Status finish() {
    const auto notional = Decimal::multiply(quantity_, price_);
    const bool fits = notional && *notional <= Decimal(limits_.max_notional);
    const std::string text = quantity_.text() + " x " + price_.text();
    quantity_ = price_ = Decimal();
    if (fits) return {};
    return refuse("its notional is " + text + ", the profile allows " +
                  std::to_string(limits_.max_notional) + " (max_notional)");
  }

  bool symbol_seen() const { return symbol_seen_; }

  Error refuse(const std::string& why) const {
    return guard_error("35=" + printable(type_) + " was not sent: " + why);
  }

 private:
  Status symbol(const fix::FieldView& field) {
    symbol_seen_ = true;
    const auto& allowed = limits_.symbols;
    if (allowed.empty() || std::find(allowed.begin(), allowed.end(), field.value) != allowed.end())
      return {};
    return refuse("Symbol(" + std::to_string(field.tag) + ") is " + shown(field) +
                  ", the profile allows " + join(allowed, ", ") + " (symbols)");
  }

  Status quantity(const fix::FieldView& field) {
    auto value = read(field);
    if (!value) return value.error();
    if (*value > Decimal(limits_.max_order_qty)) {
      return refuse("quantity (tag " + std::to_string(field.tag) + ") is " + shown(field) +
                    ", the profile allows " + std::to_string(limits_.max_order_qty) +
                    " (max_order_qty)");
    }
    quantity_ = std::max(quantity_, *value);
    return {};
  }

  Status amount(const fix::FieldView& field) {
    auto value = read(field);
    if (!value) return value.error();
    if (*value <= Decimal(limits_.max_notional)) return {};
    return refuse("CashOrderQty(152) is " + shown(field) + ", the profile allows " +
                  std::to_string(limits_.max_notional) + " (max_notional)");
  }

  Status price(const fix::FieldView& field) {
    auto value = read(field);
    if (!value) return value.error();
    price_ = std::max(price_, *value);
    return {};
  }

  Result<Decimal> read(const fix::FieldView& field) const {
    // FIX writes no '+', but a peer may read it: the caps hold for what it would read.
    const bool plus = field.value.starts_with('+');
    if (const auto value = Decimal::parse(field.value.substr(plus ? 1 : 0)))
      return magnitude(*value);
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (std::none_of(field.value.begin(), field.value.end(), digit)) return Decimal();
    return refuse("the number in tag " + std::to_string(field.tag) +
                  " cannot be checked: " + shown(field));
  }

  const profile::Limits& limits_;
  std::string_view type_;
  Decimal quantity_;
  Decimal price_;
  bool symbol_seen_ = false;
};

/// Cuts bytes of one or several messages in front of every `8=FIX`, so that nothing hides behind a
/// wrong length.
std::vector<fix::Message> cut(std::string_view bytes) {
  std::vector<fix::Message> messages;
  std::size_t begin = 0;
  while (begin < bytes.size()) {
    const std::size_t end = std::min(bytes.find(kBegin, begin + 1), bytes.size());
    messages.emplace_back(std::string(bytes.substr(begin, end - begin)));
    begin = end;
  }
  return messages;
}

}  // namespace

int orders_in(const fix::Message& message) {
  const std::string_view type = order_type(message);
  if (type.empty()) return 0;
  const int entry = entry_tag(type);
  int entries = 0;
  for (std::size_t i = 0; entry != 0 && i < message.size(); ++i) entries += message[i].tag == entry;
  return std::max(1, entries);
}

Guard::Guard(const profile::Profile& profile)
    : environment_(profile.environment), limits_(profile.limits) {}

std::shared_ptr<Guard> make_guard(const profile::Profile& profile) {
  return std::make_shared<Guard>(profile);
}

Status Guard::admit(const Outgoing& out) {
  std::vector<fix::Message> parts;
  int counted_before = 0;
  const bool one =
      out.unfinished.empty() && out.message.bytes().find(kBegin, 1) == std::string::npos;
  if (!one) {
    parts = cut(std::string(out.unfinished) + out.message.bytes());
    for (const auto& part : cut(out.unfinished)) counted_before += orders_in(part);
  }
  int orders = -counted_before;
  const auto check = [&](const fix::Message& message) -> Status {
    if (Status allowed = check_production(message); !allowed) return allowed;
    if (Status capped = check_caps(message); !capped) return capped;
    orders += orders_in(message);
    return {};
  };
  if (one) {
    if (Status checked = check(out.message); !checked) return checked;
  }
  for (const auto& part : parts) {
    if (Status checked = check(part); !checked) return checked;
  }
  return out.origin == Origin::scenario ? count(std::max(orders, 0), out.now) : Status();
}

Status Guard::check_production(const fix::Message& message) const {
  if (environment_ != profile::Environment::production) return {};
  const auto types = types_of(message);
  const auto session_level = [](std::string_view type) {
    return type == "A" || type == "0" || type == "1" || type == "5";
  };
  const bool only_session =
      !types.empty() && std::all_of(types.begin(), types.end(), session_level);
  if (only_session && !message.has(141)) return {};
  const std::string what = types.empty()      ? "these bytes were"
                           : message.has(141) ? "a message with ResetSeqNumFlag(141) was"
                                              : "35=" + printable(types.front()) + " was";
  return guard_error(what +
                     " not sent: environment is production, where only Logon without "
                     "ResetSeqNumFlag(141), Heartbeat, TestRequest and Logout leave");
}

Status Guard::check_caps(const fix::Message& message) const {
  const std::string_view type = order_type(message);
  if (type.empty()) return {};
  OrderCaps caps(limits_, type);
  const int entry = entry_tag(type);
  for (std::size_t i = 0; i < message.size(); ++i) {
    const fix::FieldView field = message[i];
    if (entry != 0 && field.tag == entry) {
      if (Status finished = caps.finish(); !finished) return finished;
    }
    if (Status checked = caps.field(field); !checked) return checked;
  }
  if (Status finished = caps.finish(); !finished) return finished;
  if (limits_.symbols.empty() || caps.symbol_seen()) return {};
  return caps.refuse("it has no Symbol(55), and the profile allows only " +
                     join(limits_.symbols, ", ") + " (symbols)");
}

Status Guard::count(int orders, Time now) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (orders > 0 && orders_ + orders > limits_.orders_per_run) {
    return guard_error("the order was not sent: it would be number " +
                       std::to_string(orders_ + orders) + " of this run, the profile allows " +
                       std::to_string(limits_.orders_per_run) + " (orders_per_run)");
  }
  while (!recent_.empty() && now - recent_.front() >= 1s) recent_.pop_front();
  if (recent_.size() >= static_cast<std::size_t>(std::max(limits_.messages_per_second, 0))) {
    return guard_error("the message was not sent: " + std::to_string(recent_.size()) +
                       " left within the last second, the profile allows " +
                       std::to_string(limits_.messages_per_second) + " (messages_per_second)");
  }
  recent_.push_back(now);
  orders_ += orders;
  return {};
}

}  // namespace fixdrill::session
