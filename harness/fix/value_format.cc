#include "fix/value_format.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace fixdrill::fix {

namespace {

// A list in every version, though FIX 4.0 and 4.1 have no type for lists.
constexpr int kExecInst = 18;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::string_view without_minus(std::string_view text) {
  return text.starts_with('-') ? text.substr(1) : text;
}

// The number that two digits are; -1: they are no digits.
int two_digits(std::string_view text, std::size_t at) {
  if (!is_digit(text[at]) || !is_digit(text[at + 1])) return -1;
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

bool is_integer(const FieldDef& field, std::string_view value) {
  if (field.type == "DAYOFMONTH") {
    if (!is_digits(value) || value.size() > 2) return false;
    const int day = value.size() == 1 ? value[0] - '0' : two_digits(value, 0);
    return day >= 1 && day <= 31;
  }
  const bool counts =
      field.type == "LENGTH" || field.type == "SEQNUM" || field.type == "NUMINGROUP";
  return is_digits(counts ? value : without_minus(value));
}

// A sign of plus is no part of a number in FIX.
bool is_decimal(std::string_view value) {
  const std::string_view number = without_minus(value);
  const std::size_t point = number.find('.');
  if (point == std::string_view::npos) return is_digits(number);
  const std::string_view whole = number.substr(0, point);
  const std::string_view fraction = number.substr(point + 1);
  return (whole.empty() || is_digits(whole)) && (fraction.empty() || is_digits(fraction)) &&
         !(whole.empty() && fraction.empty());
}

bool is_month(std::string_view value) {
  const int month = two_digits(value, 4);
  return is_digits(value.substr(0, 4)) && month >= 1 && month <= 12;
}

bool is_date(std::string_view value) {
  if (value.size() != 8 || !is_month(value)) return false;
  constexpr std::array<int, 12> kDays = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int year = two_digits(value, 0) * 100 + two_digits(value, 2);
  const int month = two_digits(value, 4);
  const int day = two_digits(value, 6);
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (month == 2 && day == 29) return leap;
  return day >= 1 && day <= kDays[static_cast<std::size_t>(month - 1)];
}

// HH:MM:SS with a fraction or without; second 60 is a leap second.
bool is_time(std::string_view value) {
  constexpr std::size_t kSeconds = 8;
  if (value.size() < kSeconds || value[2] != ':' || value[5] != ':') return false;
  const auto within = [value](std::size_t at, int most) {
    const int number = two_digits(value, at);
    return number >= 0 && number <= most;
  };
  if (!within(0, 23) || !within(3, 59) || !within(6, 60)) return false;
  const std::string_view fraction = value.substr(kSeconds);
  if (fraction.empty()) return true;
  return fraction[0] == '.' && is_digits(fraction.substr(1)) && fraction.size() % 3 == 1 &&
         fraction.size() <= 13;
}

bool is_timestamp(std::string_view value) {
  return value.size() > 8 && value[8] == '-' && is_date(value.substr(0, 8)) &&
         is_time(value.substr(9));
}

// YYYYMM, YYYYMMDD or YYYYMMwN, the week of the month.
bool is_month_year(std::string_view value) {
  if (value.size() == 6) return is_month(value);
  if (value.size() != 8 || value[6] != 'w') return is_date(value);
  return is_month(value) && value[7] >= '1' && value[7] <= '5';
}

bool is_text(const FieldDef& field, std::string_view value) {
  if (field.type == "MONTHYEAR") return is_month_year(value);
  if (field.type != "CURRENCY" && field.type != "COUNTRY" && field.type != "EXCHANGE") return true;
  return std::all_of(value.begin(), value.end(), [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

bool has_format(const FieldDef& field, std::string_view value) {
  switch (field.kind) {
    case ValueClass::text:
      return is_text(field, value);
    case ValueClass::integer:
    case ValueClass::group_count:
      return is_integer(field, value);
    case ValueClass::decimal:
      return is_decimal(value);
    case ValueClass::character:
      return value.size() == 1;
    case ValueClass::boolean:
      return value == "Y" || value == "N";
    case ValueClass::timestamp:
      return is_timestamp(value);
    case ValueClass::date:
      return is_date(value);
    case ValueClass::time:
      return is_time(value);
    case ValueClass::data:
      return true;
  }
  return true;
}

bool has_known_codes(const FieldDef& field, std::string_view value) {
  if (field.values.empty()) return true;
  if (!field.type.starts_with("MULTIPLE") && field.tag != kExecInst)
    return field.value_by_code(value) != nullptr;
  for (;;) {
    const std::size_t blank = value.find(' ');
    if (field.value_by_code(value.substr(0, blank)) == nullptr) return false;
    if (blank == std::string_view::npos) return true;
    value.remove_prefix(blank + 1);
  }
}

}  // namespace fixdrill::fix
