// What steps do that spoil messages or the way in which they leave, and that stop reading.
#include <fmt/format.h>

#include "base/text.h"
#include "eval/expression.h"
#include "run/failure.h"
#include "run/scenario_runner.h"
#include "run/shape.h"

namespace fixdrill::run {

ScenarioRunner::Failure ScenarioRunner::send_shaped(Current& current,
                                                    const syntax::Message& message,
                                                    const fix::OutMessage& built) {
  Channel& channel = *current.channel;
  const Span& span = message.shape->span;
  const auto shape = shape_of(*message.shape, environment(&channel));
  if (!shape) return failure_of(span, "send", shape.error());
  Result<session::Sent> done = channel.session->send_shaped(built, *shape);
  if (!done && done.error().kind == ErrorKind::input) return failure_of(span, "send", done.error());
  if (done && !shape->split.empty()) {
    if (Failure failure = wait_for_parts(current, *shape, *done)) return failure;
    done->time = loop_.now();
  }
  if (done && shape->joined) channel.joined = message.shape->span;
  return sent(current, done, &message);
}

// The step ends when all parts have left; timers of the session send them.
ScenarioRunner::Failure ScenarioRunner::wait_for_parts(Current& current,
                                                       const session::Shape& shape,
                                                       const session::Sent& sent) {
  const Channel& channel = *current.channel;
  const auto parts_left = [&] { return channel.session->unsent().in_parts; };
  const auto slack = std::chrono::hours(1);
  const Duration all = shape.every * static_cast<std::int64_t>(shape.split.size()) + slack;
  wait_until([&] { return parts_left() == 0 || !Sessions::is_up(channel); }, loop_.now() + all);
  const std::size_t left = parts_left();
  if (left == 0 || Sessions::is_up(channel)) return {};
  const std::size_t size = sent.message->bytes().size();
  return verdict_at(current.step->keyword, "send",
                    fmt::format("{} went down after {} of {} bytes: {}", channel.alias(),
                                size - left, size, channel.session->close_reason()));
}

// What was to be joined with a next message that never came has not left.
ScenarioRunner::Failure ScenarioRunner::never_joined() const {
  for (const Channel* channel : sessions_.of_file()) {
    if (!channel->joined || channel->session->unsent().joined == 0) continue;
    return verdict_at(*channel->joined, "send",
                      fmt::format("this message never left {}: 'joined' waits for the next one, "
                                  "and nothing was sent after it",
                                  channel->alias()));
  }
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Mute&) {
  const Status done = current.channel->session->mute(true);
  if (!done) return failure_of(current.step->keyword, "mute", done.error());
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::Unmute&) {
  const Status done = current.channel->session->mute(false);
  if (!done) return failure_of(current.step->keyword, "unmute", done.error());
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::SetAuto& set) {
  constexpr session::AutoMode kModes[] = {session::AutoMode::on, session::AutoMode::off,
                                          session::AutoMode::once};
  for (const syntax::Name& name : set.names) {
    const auto answer = session::auto_from_name(name.text);
    const Status done = answer ? current.channel->session->switch_auto(
                                     *answer, kModes[static_cast<std::size_t>(set.mode)])
                               : Status();
    if (!done) return failure_of(current.step->keyword, "auto", done.error());
  }
  return {};
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::DropNext& drop) {
  const auto text = eval::fill(drop.count, environment(current.channel));
  if (!text) return failure_of(drop.count.span, "drop", text.error());
  const std::size_t count = parse_size(*text).value_or(0);
  if (count == 0)
    return verdict_at(
        drop.count.span, "drop",
        fmt::format("'drop next' takes a whole number from 1, not '{}'", printable(*text)));
  const Status done = current.channel->session->drop_next(count);
  return done ? Failure() : failure_of(current.step->keyword, "drop", done.error());
}

ScenarioRunner::Failure ScenarioRunner::act(Current& current, const syntax::LoseState&) {
  const Status done = current.channel->session->lose_state();
  return done ? Failure() : failure_of(current.step->keyword, "lose", done.error());
}

// Ends with the scenario's block; what came meanwhile arrives and is judged as all else.
void ScenarioRunner::unmute_all() {
  for (Channel* channel : sessions_.of_file()) {
    if (Sessions::is_up(*channel)) (void)channel->session->mute(false);
  }
}

}  // namespace fixdrill::run
