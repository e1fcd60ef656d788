#include "eval/value.h"

#include "base/text.h"

namespace fixdrill::eval {

namespace {

struct TextOf {
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(const fix::Decimal& number) const { return number.text(); }
  std::string operator()(bool truth) const { return truth ? "Y" : "N"; }
  std::string operator()(Duration duration) const { return duration_text(duration); }
  std::string operator()(const Moment& moment) const { return fix::utc_timestamp(moment.wall_ns); }
  std::string operator()(const NamedMessage& named) const {
    return named.message ? soh_to_pipe(named.message->bytes()) : std::string();
  }
};

}  // namespace

std::string to_text(const Value& value) { return std::visit(TextOf{}, value); }

std::string duration_text(Duration duration) {
  const std::int64_t ns = duration.count();
  constexpr std::int64_t kMillisecond = 1'000'000;
  constexpr std::int64_t kSecond = 1'000 * kMillisecond;
  if (ns % (3'600 * kSecond) == 0 && ns != 0) return std::to_string(ns / (3'600 * kSecond)) + "h";
  if (ns % (60 * kSecond) == 0 && ns != 0) return std::to_string(ns / (60 * kSecond)) + "min";
  if (ns % kSecond == 0) return std::to_string(ns / kSecond) + "s";
  return fix::Decimal(ns, 6).text() + "ms";
}

}  // namespace fixdrill::eval
