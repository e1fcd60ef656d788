#include "eval/functions.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"
#include "eval/arithmetic.h"
#include "fix/framer.h"

namespace fixdrill::eval {

namespace {

using Arguments = std::vector<Value>;

Time moment_of(const Environment& environment) {
  return environment.received ? *environment.received : environment.names.world().now();
}

std::optional<std::int64_t> whole_argument(const Arguments& arguments, std::size_t index,
                                           std::int64_t absent) {
  if (index >= arguments.size()) return absent;
  const auto number = as_number(arguments[index]);
  return number ? number->integer() : std::nullopt;
}

// When a message was sent or received, or the time that the value is.
std::optional<std::int64_t> moment_in(const Value& value) {
  const auto message = as_message(value, "");
  return message ? std::optional(message->time.wall_ns) : as_moment(value);
}

Result<Value> elapsed(const Arguments& arguments, const Environment&) {
  const auto a = as_message(arguments[0], "a"), b = as_message(arguments[1], "b");
  if (a && b) return Value(b->time - a->time);
  const auto from = moment_in(arguments[0]), to = moment_in(arguments[1]);
  if (from && to) return Value(Duration(*to - *from));
  return input_error("elapsed takes messages and times");
}

Result<Value> env(const Arguments& arguments, const Environment& environment) {
  const std::string name = to_text(arguments[0]);
  if (const auto value = environment.names.world().env(name)) return Value(*value);
  if (arguments.size() > 1) return arguments[1];
  return input_error(fmt::format("environment variable '{}' is not set", name));
}

// As CheckSum(10) has it; `|` counts as the SOH that `send raw` makes of it.
Result<Value> checksum(const Arguments& arguments, const Environment&) {
  return Value(fmt::format("{:03}", fix::checksum(pipe_to_soh(to_text(arguments[0])))));
}

// Of paths alone, which are looked up before.
Result<Value> count(const Arguments&, const Environment&) {
  return input_error("count takes messages or a group, as in count(fills)");
}

Result<Value> sum(const Arguments&, const Environment&) {
  return input_error("sum takes a field of messages or entries, as in sum(fills.LastQty)");
}

// Of anything but a path, which is looked up before: a value that could be made is there.
Result<Value> has(const Arguments&, const Environment&) { return Value(true); }

Result<Value> len(const Arguments& arguments, const Environment&) {
  return Value(fix::Decimal(static_cast<std::int64_t>(to_text(arguments[0]).size())));
}

Result<Value> lower(const Arguments& arguments, const Environment&) {
  return Value(to_lower(to_text(arguments[0])));
}

Result<Value> now(const Arguments& arguments, const Environment& environment) {
  const std::int64_t wall_ns = moment_of(environment).wall_ns;
  if (arguments.empty()) return Value(Moment{wall_ns});
  const auto digits = whole_argument(arguments, 0, 3);
  if (!digits || (*digits != 0 && *digits != 3 && *digits != 6 && *digits != 9))
    return input_error("now: digits is 0, 3, 6 or 9");
  return Value(fix::utc_timestamp(wall_ns, static_cast<unsigned>(*digits)));
}

// Bounded, so that no scenario fills the memory.
Result<Value> repeated(const Arguments& arguments, const Environment&) {
  constexpr auto kMost = static_cast<std::int64_t>(2 * limits::kMessageBytes);
  const std::string unit = to_text(arguments[0]);
  const auto count = whole_argument(arguments, 1, 0);
  if (!count || *count < 0) return input_error("repeated: count is a whole number from 0");
  if (!unit.empty() && *count > kMost / static_cast<std::int64_t>(unit.size()))
    return input_error(fmt::format("repeated makes texts of up to {} MiB", kMost >> 20));
  std::string text;
  text.reserve(unit.size() * static_cast<std::size_t>(*count));
  for (std::int64_t i = 0; i < *count && !unit.empty(); ++i) text += unit;
  return Value(std::move(text));
}

Result<Value> round(const Arguments& arguments, const Environment&) {
  const auto number = as_number(arguments[0]);
  if (!number) return input_error(fmt::format("'{}' is no number", to_text(arguments[0])));
  const auto places = whole_argument(arguments, 1, 0);
  if (!places || *places < 0 || *places > 18)
    return input_error("round: places is a whole number from 0 to 18");
  return Value(number->round(static_cast<unsigned>(*places)));
}

Result<Value> seq(const Arguments&, const Environment& environment) {
  return Value(fix::Decimal(environment.names.world().seq()));
}

Result<Value> today(const Arguments&, const Environment& environment) {
  return Value(fix::utc_date(moment_of(environment).wall_ns));
}

Result<Value> uid(const Arguments&, const Environment& environment) {
  return Value(environment.names.world().uid(environment.field));
}

Result<Value> upper(const Arguments& arguments, const Environment&) {
  std::string text = to_text(arguments[0]);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return Value(std::move(text));
}

// A secret that is meant to be refused: the one literal that `check` accepts in a secret field.
Result<Value> wrong(const Arguments& arguments, const Environment&) { return arguments[0]; }

}  // namespace

const std::vector<FunctionInfo>& functions() {
  static const std::vector<FunctionInfo> kFunctions = {
      {"checksum", 1, 1, checksum}, {"count", 1, 1, count}, {"elapsed", 2, 2, elapsed},
      {"env", 1, 2, env},           {"has", 1, 1, has},     {"len", 1, 1, len},
      {"lower", 1, 1, lower},       {"now", 0, 1, now},     {"repeated", 2, 2, repeated},
      {"round", 1, 2, round},       {"seq", 0, 0, seq},     {"sum", 1, 1, sum},
      {"today", 0, 0, today},       {"uid", 0, 0, uid},     {"upper", 1, 1, upper},
      {"wrong", 1, 1, wrong},
  };
  return kFunctions;
}

const FunctionInfo* find_function(std::string_view name) {
  const auto& all = functions();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const FunctionInfo& f) { return f.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::string unknown_function(std::string_view name) {
  std::vector<std::string> names;
  for (const FunctionInfo& function : functions()) names.emplace_back(function.name);
  const auto near = did_you_mean(name, names);
  return fmt::format("no function '{}'{}", name,
                     near ? fmt::format("; did you mean {}?", *near) : std::string());
}

std::string wrong_argument_count(const FunctionInfo& function, std::size_t given) {
  const std::size_t low = function.min_arguments, high = function.max_arguments;
  const std::string takes = low == high ? std::to_string(low) : fmt::format("{} to {}", low, high);
  return fmt::format("{} takes {} argument{}, not {}", function.name, takes, high == 1 ? "" : "s",
                     given);
}

}  // namespace fixdrill::eval
