#include "run/uid.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <vector>

#include "base/text.h"

namespace fixdrill::run {

namespace {

constexpr std::string_view kBase36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

std::string in_base(std::uint64_t number, std::string_view digits) {
  std::string text;
  do {
    text += digits[number % digits.size()];
    number /= digits.size();
  } while (number != 0);
  std::reverse(text.begin(), text.end());
  return text;
}

// One place of the pattern: the letters it may hold.
using Places = std::vector<std::string>;

std::optional<std::string> read_class(std::string_view& rest) {
  const std::size_t end = rest.find(']');
  if (end == std::string_view::npos || end == 1) return std::nullopt;
  const std::string_view inside = rest.substr(1, end - 1);
  rest.remove_prefix(end + 1);
  std::string letters;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (i + 2 < inside.size() && inside[i + 1] == '-') {
      for (unsigned c = static_cast<unsigned char>(inside[i]);
           c <= static_cast<unsigned char>(inside[i + 2]); ++c) {
        letters += static_cast<char>(c);
      }
      i += 2;
    } else {
      letters += inside[i];
    }
  }
  return letters.empty() ? std::nullopt : std::optional(letters);
}

// `{12}` or `{1,12}` (the upper bound counts); nothing there is 1.
std::optional<std::size_t> read_count(std::string_view& rest) {
  if (rest.empty() || rest.front() != '{') return 1;
  const std::size_t end = rest.find('}');
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view inside = rest.substr(1, end - 1);
  rest.remove_prefix(end + 1);
  if (const std::size_t comma = inside.find(','); comma != std::string_view::npos)
    inside.remove_prefix(comma + 1);
  const auto count = parse_size(inside);
  return count && *count > 0 && *count <= 64 ? count : std::nullopt;
}

std::optional<Places> read_pattern(std::string_view rest) {
  Places places;
  while (!rest.empty()) {
    std::optional<std::string> letters;
    if (rest.front() == '[') {
      letters = read_class(rest);
    } else {
      letters = std::string(1, rest.front());
      rest.remove_prefix(1);
    }
    const auto count = letters ? read_count(rest) : std::nullopt;
    if (!count) return std::nullopt;
    places.insert(places.end(), *count, *letters);
  }
  return places.empty() ? std::nullopt : std::optional(places);
}

}  // namespace

UidSource::UidSource(std::int64_t run_start_ns, unsigned lane)
    : start_ms_(static_cast<std::uint64_t>(run_start_ns / 1'000'000)), lane_(lane) {}

std::string UidSource::next() {
  return fmt::format("FD{}{}{:0>4}", in_base(start_ms_, kBase36), in_base(lane_, kBase36),
                     in_base(++count_, kBase36));
}

std::string UidSource::next(std::string_view pattern) {
  const auto places = read_pattern(pattern);
  if (!places) return next();
  // Tenths of a second since 2020, then lane and counter: what fits of it from the right fills the
  // places.
  std::uint64_t number =
      (start_ms_ / 100 - 15'778'368'000ULL) * 100'000 + lane_ * 10'000 % 100'000 + ++count_;
  std::string text(places->size(), ' ');
  for (std::size_t i = places->size(); i-- > 0;) {
    const std::string& letters = (*places)[i];
    text[i] = letters[number % letters.size()];
    number /= letters.size();
  }
  return text;
}

Status check_uid_pattern(std::string_view pattern) {
  if (read_pattern(pattern)) return {};
  return input_error(
      fmt::format("'{}' is not a pattern that uid() can follow; write letters and classes with "
                  "counts, as in A[0-9]{{11}}",
                  pattern));
}

}  // namespace fixdrill::run
