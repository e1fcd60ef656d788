#include "import/def_numbers.h"

#include <algorithm>
#include <string>

#include "base/text.h"

namespace fixdrill::imports {

namespace {

constexpr std::size_t kDigits = 18;

std::optional<std::int64_t> number_in(const DefLine& message, int tag) {
  const std::string text = message.text(tag);
  const auto number = text.size() <= kDigits ? parse_size(text) : std::nullopt;
  const bool plain = number && std::to_string(*number) == text;
  return plain ? std::optional(static_cast<std::int64_t>(*number)) : std::nullopt;
}

bool resets(const DefLine& message) {
  return message.text(35) == "A" && message.text(141) == "Y";
}

}  // namespace

std::optional<std::int64_t> number_of(const DefLine& message) { return number_in(message, 34); }

std::optional<std::int64_t> Numbers::filled_in(const DefLine& message) const {
  return resets(message) ? std::optional<std::int64_t>(1) : next_;
}

void Numbers::sent(const DefLine& message, std::int64_t number) {
  if (resets(message)) next_ = 1;
  if (!next_) return;
  next_ = std::max(*next_, number + 1);
  if (message.text(35) == "4")
    next_ = std::max(*next_, number_in(message, 36).value_or(0));
}

}  // namespace fixdrill::imports
