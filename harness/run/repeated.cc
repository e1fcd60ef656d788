// `times`, `until`, `distinct`: one expectation that takes several messages.

#include <fmt/format.h>
#include <map>
#include <utility>

#include "base/text.h"
#include "eval/argument.h"
#include "eval/names.h"
#include "run/failure.h"
#include "run/scenario_runner.h"

namespace fixdrill::run {

using session::Event;

struct ScenarioRunner::Repetition {
  std::int64_t low = 1;
  std::optional<std::int64_t> high;
  std::optional<Open> last;  ///< what the last message fits
  int distinct = 0;          ///< tag whose value never comes twice; 0: none
  std::string distinct_label;

  bool full(std::size_t count) const { return high && static_cast<std::int64_t>(count) >= *high; }
  bool reached(std::size_t count) const { return static_cast<std::int64_t>(count) >= low; }
  /// Without `until`, more than these may come or not.
  bool enough(std::size_t count) const { return !last && reached(count); }
  /// "2 of 3 came", "none of 2..5 came", "2 came, none of them fits 'until'"
  std::string so_far(std::size_t count) const {
    const std::string came = count == 0 ? "none" : fmt::format("{}", count);
    if (last) return came + (count == 0 ? " came" : " came, none of them fits 'until'");
    const std::string wanted = !high          ? fmt::format("{}..", low)
                               : *high == low ? fmt::format("{}", low)
                                              : fmt::format("{}..{}", low, *high);
    return fmt::format("{} of {} came", came, wanted);
  }
};

Result<ScenarioRunner::Repetition> ScenarioRunner::repetition_of(const Current& current,
                                                                 const syntax::Message& message) {
  const eval::Environment where = environment(current.channel);
  Repetition repetition;
  if (message.times) {
    const auto low = eval::whole_number(message.times->low, where);
    if (!low) return low.error();
    repetition.low = *low;
    if (message.times->high) {
      const auto high = eval::whole_number(*message.times->high, where);
      if (!high) return high.error();
      if (*high < *low || *high == 0)
        return eval::fail(message.times->span,
                          fmt::format("'times {}..{}' leaves nothing to take", *low, *high));
      repetition.high = *high;
    }
  }
  if (message.until) {
    syntax::Message last;
    last.span = message.until->span;
    last.type = message.type;
    last.type_of = message.type_of;
    last.fields = message.until->fields;
    auto open = make_open(current, last);
    if (!open) return open.error();
    repetition.last = std::move(*open);
  }
  if (message.distinct) {
    const auto field = eval::resolve_field(*message.distinct, where.dictionary);
    if (!field) return field.error();
    repetition.distinct = field->tag;
    repetition.distinct_label = eval::field_label(field->tag, where.dictionary);
  }
  return repetition;
}

// Every message has the field, and a value of its own in it.
ScenarioRunner::Failure ScenarioRunner::not_distinct(const Repetition& repetition,
                                                     const syntax::Message& message,
                                                     const Event& event, SeenValues& seen) const {
  if (repetition.distinct == 0) return {};
  const Span& where = message.distinct->span;
  const std::string& label = repetition.distinct_label;
  if (!event.message->has(repetition.distinct))
    return verdict_at(where, "distinct",
                      fmt::format("#{} has no {}, which must be distinct", event.id, label));
  const std::string value(event.message->value(repetition.distinct));
  const auto [first, fresh] = seen.emplace(value, event.id);
  if (fresh) return {};
  return verdict_at(where, "distinct",
                    fmt::format("{} = {} came twice, in #{} and #{}; it must be distinct", label,
                                printable(value), first->second, event.id));
}

// The limit is for the whole step.
ScenarioRunner::Failure ScenarioRunner::repeated(Current& current, const Open& open,
                                                 const syntax::Message& message, Manner manner) {
  Channel& channel = *current.channel;
  const auto repetition = repetition_of(current, message);
  if (!repetition) return failure_of(message.span, "expect", repetition.error());
  const auto limit = limit_of(message.within, current);
  if (!limit) return failure_of(message.span, "expect", limit.error());
  std::vector<eval::NamedMessage> all;
  SeenValues seen;
  const auto keep = [&] {
    if (open.as) names_->set(*open.as, eval::message_list(std::move(all)));
  };
  while (!repetition->full(all.size())) {
    Routed routed;
    wait_until(
        [&] {
          routed = channel.take([&](const Event& event) { return accepts(open, event); }, manner);
          return routed.decided();
        },
        current.started + *limit);
    note_optionals();
    if (Failure failure = violated()) return failure;
    if (routed.kind != Routed::Kind::taken) {
      if (repetition->enough(all.size())) return keep(), Failure();
      FailedStep step = failed_step(channel, open);
      step.as_written = "one expectation takes several messages here";
      const std::string so_far = repetition->so_far(all.size());
      if (routed.decided()) {
        step.notes.push_back(so_far + " before it");
        return unexpected_event(step, routed);
      }
      step.wanted += " (" + so_far + ")";
      return limit_passed(step, *limit);
    }
    note_match(current, open, routed.event);
    all.push_back({routed.event.message, routed.event.time, channel.dictionary.get()});
    if (Failure failure = not_distinct(*repetition, message, routed.event, seen)) return failure;
    if (!repetition->last || !accepts(*repetition->last, routed.event)) continue;
    if (repetition->reached(all.size())) return keep(), Failure();
    return verdict_at(message.times->span, "times",
                      fmt::format("'until' was met after {} {}; 'times' asks for {} at least",
                                  all.size(), open.pattern.type_label(), repetition->low));
  }
  if (!repetition->last) return keep(), Failure();
  return verdict_at(repetition->last->span, "until",
                    fmt::format("{} {} came, and none of them fits 'until'", all.size(),
                                open.pattern.type_label()));
}

}  // namespace fixdrill::run
