#include <array>
#include <fmt/format.h>
#include <limits>

#include "fix/value.h"

namespace fixdrill::fix {

namespace {

__extension__ typedef __int128 Wide;

constexpr unsigned kMaxDigits = 18;

// 10^36 fits a Wide with room for a sign and a factor of 100.
constexpr std::array<Wide, 37> kPowers = [] {
  std::array<Wide, 37> powers{};
  Wide power = 1;
  for (Wide& entry : powers) {
    entry = power;
    if (&entry != &powers.back()) power *= 10;
  }
  return powers;
}();

std::optional<Decimal> narrow(Wide units, unsigned scale) {
  constexpr Wide kMax = std::numeric_limits<std::int64_t>::max();
  while (scale > 0 && units % 10 == 0) {
    units /= 10;
    --scale;
  }
  if (scale > kMaxDigits || units > kMax || units < -kMax) return std::nullopt;
  return Decimal(static_cast<std::int64_t>(units), scale);
}

Wide scaled(Decimal d, unsigned scale) { return d.units() * kPowers[scale - d.scale()]; }

// num / den, half away from zero. den is positive.
Wide divide_rounded(Wide num, Wide den) {
  const Wide quotient = num / den;
  const Wide rest = num % den;
  const Wide distance = rest < 0 ? -rest : rest;
  if (distance < den - distance) return quotient;
  return num < 0 ? quotient - 1 : quotient + 1;
}

struct Digits {
  Wide units = 0;
  unsigned scale = 0;
  unsigned significant = 0;
  bool any = false;
};

// Digits with at most one point. Empty = something else is there, or too much of it.
std::optional<Digits> read_digits(std::string_view text) {
  Digits out;
  bool point = false;
  for (const char c : text) {
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    out.any = true;
    out.units = out.units * 10 + (c - '0');
    if (out.units != 0) ++out.significant;
    if (point) ++out.scale;
    if (out.significant > kMaxDigits || out.scale > kMaxDigits) return std::nullopt;
  }
  return out;
}

// Zeros at the end of the fraction say nothing and must not count as digits.
std::string_view without_trailing_zeros(std::string_view text) {
  if (text.find('.') == std::string_view::npos) return text;
  while (text.back() == '0') text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || text == ".") return std::nullopt;
  const auto digits = read_digits(without_trailing_zeros(text));
  if (!digits || (!digits->any && text.find('0') == std::string_view::npos)) return std::nullopt;
  return narrow(negative ? -digits->units : digits->units, digits->scale);
}

std::string Decimal::text() const {
  const auto shortest = narrow(units_, scale_);
  if (!shortest) return "";
  const std::int64_t units = shortest->units_;
  const unsigned scale = shortest->scale_;
  std::string digits = std::to_string(units < 0 ? -units : units);
  if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
  if (scale > 0) digits.insert(digits.size() - scale, 1, '.');
  return (units < 0 ? "-" : "") + digits;
}

std::optional<std::int64_t> Decimal::integer() const {
  const auto shortest = narrow(units_, scale_);
  if (!shortest || shortest->scale_ != 0) return std::nullopt;
  return shortest->units_;
}

std::optional<Decimal> Decimal::add(Decimal a, Decimal b) {
  const unsigned scale = std::max(a.scale_, b.scale_);
  return narrow(scaled(a, scale) + scaled(b, scale), scale);
}

std::optional<Decimal> Decimal::subtract(Decimal a, Decimal b) {
  const unsigned scale = std::max(a.scale_, b.scale_);
  return narrow(scaled(a, scale) - scaled(b, scale), scale);
}

std::optional<Decimal> Decimal::multiply(Decimal a, Decimal b) {
  return narrow(static_cast<Wide>(a.units_) * b.units_, a.scale_ + b.scale_);
}

std::optional<Decimal> Decimal::divide(Decimal a, Decimal b, unsigned places) {
  if (b.units_ == 0 || places > kMaxDigits) return std::nullopt;
  Wide num = b.units_ < 0 ? -static_cast<Wide>(a.units_) : a.units_;
  Wide den = b.units_ < 0 ? -static_cast<Wide>(b.units_) : b.units_;
  const unsigned up = b.scale_ + places;
  Wide& grown = up >= a.scale_ ? num : den;
  const Wide factor = kPowers[up >= a.scale_ ? up - a.scale_ : a.scale_ - up];
  if (__builtin_mul_overflow(grown, factor, &grown)) return std::nullopt;
  return narrow(divide_rounded(num, den), places);
}

Decimal Decimal::round(unsigned places) const {
  if (places >= scale_) return *this;
  const Wide units = divide_rounded(units_, kPowers[scale_ - places]);
  return Decimal(static_cast<std::int64_t>(units), places);
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  const unsigned scale = std::max(a.scale_, b.scale_);
  const Wide left = scaled(a, scale);
  const Wide right = scaled(b, scale);
  if (left == right) return std::strong_ordering::equal;
  return left < right ? std::strong_ordering::less : std::strong_ordering::greater;
}

}  // namespace fixdrill::fix
