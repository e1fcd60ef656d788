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

using record::Verdict;
using session::Event;

struct ScenarioRunner::Repetition {
  Span span;
  std::int64_t low = 1;
  std::optional<std::int64_t> high;
  std::optional<Open> last;  ///< what the last message fits
  int distinct = 0;          ///< tag whose value never comes twice; 0: none
  std::string distinct_label;

  bool full(std::size_t count) const { return high && static_cast<std::int64_t>(count) >= *high; }
  bool enough(std::size_t count) const { return !last && static_cast<std::int64_t>(count) >= low; }
};

Result<ScenarioRunner::Repetition> ScenarioRunner::repetition_of(const Current& current,
                                                                 const syntax::Message& message) {
  const eval::Environment where = environment(current.channel);
  Repetition repetition;
  repetition.span = message.times ? message.times->span : message.until->span;
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

namespace {

std::string so_far(std::size_t count) {
  return count == 0 ? "none came" : fmt::format("{} came", count);
}

}  // namespace

// The limit is for the whole step.
ScenarioRunner::Failure ScenarioRunner::repeated(Current& current, const Open& open,
                                                 const syntax::Message& message, Manner manner) {
  Channel& channel = *current.channel;
  const auto repetition = repetition_of(current, message);
  if (!repetition) return failure_of(message.span, "expect", repetition.error());
  const auto limit = limit_of(message.within, current);
  if (!limit) return failure_of(message.span, "expect", limit.error());
  std::vector<eval::NamedMessage> all;
  std::map<std::string, std::int64_t, std::less<>> seen;
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
      step.wanted += fmt::format(" ({} of '{}')", so_far(all.size()), repetition->span.text());
      step.as_written = "one expectation takes several messages here";
      return routed.decided() ? unexpected_event(step, routed) : limit_passed(step, *limit);
    }
    note_match(current, open, routed.event);
    all.push_back({routed.event.message, routed.event.time, channel.dictionary.get()});
    if (repetition->distinct != 0) {
      const std::string value(routed.event.message->value(repetition->distinct));
      const auto [first, fresh] = seen.emplace(value, routed.event.id);
      if (!fresh)
        return verdict_at(message.distinct->span, "distinct",
                          fmt::format("{} = {} came twice, in #{} and #{}; it must be distinct",
                                      repetition->distinct_label, printable(value), first->second,
                                      routed.event.id));
    }
    if (repetition->last && accepts(*repetition->last, routed.event)) return keep(), Failure();
  }
  if (!repetition->last) return keep(), Failure();
  return verdict_at(repetition->last->span, "until",
                    fmt::format("{} {} came, and none of them fits 'until'", all.size(),
                                open.pattern.type_label()));
}

}  // namespace fixdrill::run
