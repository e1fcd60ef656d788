#include "conformance/value_rules.h"

#include <algorithm>

#include "base/text.h"
#include "fix/value.h"

namespace fixdrill::conformance {

namespace {

bool is_integer(std::string_view value) {
  if (value.starts_with('-')) value.remove_prefix(1);
  return !value.empty() &&
         std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_date(std::string_view value) { return value.size() == 8 && is_integer(value); }

// UTCDateOnly, LocalMktDate, MonthYear: the last may end after the month, or name a week.
bool is_date_of(const fix::FieldDef& field, std::string_view value) {
  return is_date(value) || field.type == "MONTHYEAR" || field.type == "TZTIMESTAMP";
}

bool is_time(std::string_view value) {
  return fix::parse_utc_timestamp("20260101-" + std::string(value)).has_value();
}

}  // namespace

bool is_written_as(const fix::FieldDef& field, std::string_view value) {
  switch (field.kind) {
    case fix::ValueClass::integer:
    case fix::ValueClass::group_count:
      return is_integer(value);
    case fix::ValueClass::decimal:
      return fix::Decimal::parse(value).has_value();
    case fix::ValueClass::character:
      return value.size() == 1;
    case fix::ValueClass::boolean:
      return value == "Y" || value == "N";
    case fix::ValueClass::timestamp:
      return field.type != "UTCTIMESTAMP" || fix::parse_utc_timestamp(value).has_value();
    case fix::ValueClass::date:
      return is_date_of(field, value);
    case fix::ValueClass::time:
      return field.type != "UTCTIMEONLY" || is_time(value);
    case fix::ValueClass::text:
    case fix::ValueClass::data:
      return true;
  }
  return true;
}

bool is_among_values(const fix::FieldDef& field, std::string_view value) {
  if (field.values.empty()) return true;
  if (field.type.starts_with("MULTIPLE")) {
    const auto codes = split(value, ' ');
    return std::all_of(codes.begin(), codes.end(),
                       [&](std::string_view code) { return field.value_by_code(code); });
  }
  return field.value_by_code(value) != nullptr;
}

}  // namespace fixdrill::conformance
