#include "draft/time_text.h"

#include <chrono>
#include <fmt/format.h>

#include "eval/value.h"
#include "fix/value.h"

namespace fixdrill::draft {

using namespace std::chrono_literals;

namespace {

constexpr Duration kSameMoment = 60s;  ///< a time that a sender wrote so near is "now"

}  // namespace

std::string now_text(std::string_view value, Duration ahead) {
  const unsigned digits = fix::timestamp_digits(value).value_or(3);
  const std::string call = digits == 3 ? "now()" : fmt::format("now({})", digits);
  if (ahead <= kSameMoment && -ahead <= kSameMoment) return fmt::format("${{{}}}", call);
  const auto seconds = std::chrono::round<std::chrono::seconds>(ahead < 0s ? -ahead : ahead);
  return fmt::format("${{now() {} {}}}", ahead < 0s ? '-' : '+', eval::duration_text(seconds));
}

std::string shape_of(std::string_view value) {
  switch (fix::timestamp_digits(value).value_or(0)) {
    case 3:
      return "timestamp_ms";
    case 6:
      return "timestamp_us";
    case 9:
      return "timestamp_ns";
    default:
      return "timestamp_s";
  }
}

std::string limit_text(Duration took) {
  for (const Duration limit : {Duration(10s), Duration(30s), Duration(1min), Duration(5min)}) {
    if (took * 2 <= limit) return eval::duration_text(limit);
  }
  return eval::duration_text(std::chrono::ceil<std::chrono::hours>(took * 2));
}

}  // namespace fixdrill::draft
