// Values by FIX type: exact decimals and UTC times. No floating point anywhere.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fixdrill::fix {

/// units * 10^-scale, exact. Reads what FIX prices and quantities hold: optional sign, digits,
/// optional point; up to 18 significant digits (more is not a Decimal).
class Decimal {
 public:
  Decimal() = default;
  Decimal(std::int64_t units, unsigned scale = 0) : units_(units), scale_(scale) {}
  static std::optional<Decimal> parse(std::string_view text);

  std::string text() const;  ///< shortest exact form: 10.05, 100, -0.5
  std::int64_t units() const { return units_; }
  unsigned scale() const { return scale_; }
  std::optional<std::int64_t> integer() const;  ///< when it is whole

  /// Empty = does not fit.
  static std::optional<Decimal> add(Decimal a, Decimal b);
  static std::optional<Decimal> subtract(Decimal a, Decimal b);
  static std::optional<Decimal> multiply(Decimal a, Decimal b);
  /// a / b with `places` digits after the point, half away from zero. Empty when b is 0 or it does
  /// not fit.
  static std::optional<Decimal> divide(Decimal a, Decimal b, unsigned places);
  Decimal round(unsigned places) const;  ///< half away from zero

  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }

 private:
  std::int64_t units_ = 0;
  unsigned scale_ = 0;
};

/// UTCTimestamp `YYYYMMDD-HH:MM:SS[.sss[sss[sss]]]` to ns since the Unix epoch. Second 60 (a leap
/// second) is accepted.
std::optional<std::int64_t> parse_utc_timestamp(std::string_view text);
/// `digits` after the point: 0, 3, 6 or 9 (cut, not rounded).
std::string utc_timestamp(std::int64_t wall_ns, unsigned digits = 3);
std::string utc_date(std::int64_t wall_ns);  ///< YYYYMMDD
std::optional<unsigned> timestamp_digits(
    std::string_view text);  ///< 0, 3, 6 or 9 when it is a UTCTimestamp

/// ISO 8601 for people and file names: 2026-11-22T06:00:00.123Z.
std::string iso_time(std::int64_t wall_ns, unsigned digits = 3);

}  // namespace fixdrill::fix
