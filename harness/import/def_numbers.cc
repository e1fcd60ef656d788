#include "import/def_numbers.h"

#include <algorithm>
#include <string>

#include "base/text.h"

namespace fixdrill::imports {

namespace {

constexpr std::size_t kDigits = 18;

// As the session reads it.
std::optional<std::int64_t> number_in(const DefLine& message, int tag) {
  const std::string text = message.text(tag);
  const auto number = text.size() <= kDigits ? parse_size(text) : std::nullopt;
  return number ? std::optional(static_cast<std::int64_t>(*number)) : std::nullopt;
}

bool resets(const DefLine& message) { return message.text(35) == "A" && message.text(141) == "Y"; }

}  // namespace

std::optional<std::int64_t> number_of(const DefLine& message) {
  const auto number = number_in(message, 34);
  return number && std::to_string(*number) == message.text(34) ? number : std::nullopt;
}

std::optional<std::int64_t> Numbers::filled_in(const DefLine& message) const {
  return resets(message) ? std::optional<std::int64_t>(1) : next_;
}

void Numbers::sent(const DefLine& message) {
  if (resets(message)) next_ = 1;
  if (!next_) return;
  next_ = std::max(*next_, number_in(message, 34).value_or(0) + 1);
  if (message.text(35) == "4") next_ = std::max(*next_, number_in(message, 36).value_or(0));
}

}  // namespace fixdrill::imports
