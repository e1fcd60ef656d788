#include "diff/canonical.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <fmt/format.h>

#include "flow/ids.h"

namespace fixdrill::diff {

namespace {

constexpr std::uint64_t kMultiplier = 0x9e3779b97f4a7c15ULL;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
// "AB-12" and "10.5" are one word.
bool joins(char c) { return c == '-' || c == '.' || c == ':' || c == '/' || c == ','; }

// Working days before `day` since Monday 1969-12-29; a weekend counts as the Monday behind it.
std::int64_t working_day(std::int64_t day) {
  const std::int64_t since_monday = day + 3;  // 1970-01-01 was a Thursday
  const std::int64_t week = since_monday >= 0 ? since_monday / 7 : (since_monday - 6) / 7;
  return week * 5 + std::min<std::int64_t>(since_monday - week * 7, 5);
}

}  // namespace

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  std::uint64_t h = (a ^ (a >> 29)) * kMultiplier + b;
  h = (h ^ (h >> 33)) * 0xff51afd7ed558ccdULL;
  return h ^ (h >> 33);
}

std::uint64_t hash_text(std::string_view text) {
  std::uint64_t h = text.size() * kMultiplier;
  const char* p = text.data();
  std::size_t left = text.size();
  for (; left >= 8; p += 8, left -= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, p, sizeof word);
    h = mix(h, word);
  }
  std::uint64_t word = 0;
  if (left != 0) std::memcpy(&word, p, left);
  return mix(h, word);
}

std::string text_template(std::string_view text) {
  std::string made;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word(text[at])) {
      made += text[at++];
      continue;
    }
    std::size_t end = at;
    bool digit = false;
    while (end < text.size() && (is_word(text[end]) || (joins(text[end]) && end + 1 < text.size() &&
                                                        is_word(text[end + 1])))) {
      digit = digit || is_digit(text[end]);
      ++end;
    }
    if (digit) {
      made += '#';
    } else {
      made += text.substr(at, end - at);
    }
    at = end;
  }
  return made;
}

std::optional<std::int64_t> day_number(std::string_view text) {
  if (text.size() < 8 || !std::all_of(text.begin(), text.begin() + 8, is_digit))
    return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t size) {
    std::int64_t value = 0;
    for (const char c : text.substr(at, size)) value = value * 10 + (c - '0');
    return value;
  };
  const std::int64_t month = number(4, 2);
  const std::int64_t day = number(6, 2);
  if (month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  // Days of the civil calendar, years from March (Hinnant, days_from_civil).
  const std::int64_t year = number(0, 4) - (month <= 2 ? 1 : 0);
  const std::int64_t era = year / 400;
  const std::int64_t of_era = year - era * 400;
  const std::int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

std::string working_days(std::int64_t from, std::int64_t to) {
  return fmt::format("{:+}d", working_day(to) - working_day(from));
}

Context context_of(const fix::Message& message) {
  return {message.msg_type(), day_number(message.value(52))};
}

std::string_view canonical(Treatment treatment, std::string_view value, const Context& context,
                           std::string& scratch) {
  switch (treatment) {
    case Treatment::exact:
    case Treatment::tolerance:
      return value;
    case Treatment::date: {
      const auto day = day_number(value);
      if (!day || !context.day) return value;
      scratch = working_days(*context.day, *day);
      return scratch;
    }
    case Treatment::text:
      scratch = text_template(value);
      return scratch;
    case Treatment::clock:
      return looks_like_timestamp(value) || value.find(':') != std::string_view::npos
                 ? std::string_view()
                 : value;
    case Treatment::wire:
    case Treatment::counter:
    case Treatment::id:
    case Treatment::secret:
    case Treatment::environment:
    case Treatment::ignore:
      return {};
  }
  return value;
}

int space_of(const fix::Message& message, const fix::FieldView& field) {
  if (field.tag == 379) return flow::reject_space(message.value(372));
  const int space = flow::id_space(field.tag);
  return space == 0 ? field.tag : space;
}

std::uint64_t id_key(const fix::Message& message, const fix::FieldView& field) {
  const int space = space_of(message, field);
  if (flow::is_placeholder(space, field.value)) return 0;
  return mix(hash_text(field.value), static_cast<std::uint64_t>(space)) | 1U;
}

std::pair<std::uint32_t, bool> Aliases::of(std::uint64_t key) {
  if (many_.empty()) {
    const auto at = std::find(few_.begin(), few_.end(), key);
    if (at != few_.end()) return {static_cast<std::uint32_t>(at - few_.begin()), false};
    if (few_.size() < kFew) {
      few_.push_back(key);
      return {static_cast<std::uint32_t>(few_.size() - 1), true};
    }
    for (const std::uint64_t known : few_)
      many_.emplace(known, static_cast<std::uint32_t>(many_.size()));
  }
  const auto [at, added] = many_.try_emplace(key, static_cast<std::uint32_t>(many_.size()));
  return {at->second, added};
}

void Aliases::clear() {
  few_.clear();
  if (!many_.empty()) many_.clear();
}

}  // namespace fixdrill::diff
