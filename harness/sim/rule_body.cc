#include "sim/rule_body.h"

#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"
#include "eval/argument.h"
#include "eval/build.h"
#include "eval/expression.h"
#include "eval/names.h"

namespace fixdrill::sim {

namespace {

// A message that is named before its session has made it whole: without the engine's fields.
eval::NamedMessage named(const fix::OutMessage& message, Time when) {
  std::string bytes = "35=" + message.msg_type + kSoh;
  for (const fix::Field& field : message.fields)
    bytes += fmt::format("{}={}{}", field.tag, field.value, kSoh);
  return {std::make_shared<const fix::Message>(std::move(bytes)), when};
}

}  // namespace

std::string store_key(const syntax::Simulator& simulator, const std::string& store) {
  return simulator.name.text + "/" + store;
}

Status RuleBody::run(const syntax::Block& block) {
  for (const syntax::Step& step : block.steps) {
    if (++steps_ > limits::kSimRuleSteps)
      return eval::fail(step.keyword,
                        fmt::format("more than {} steps for one message", limits::kSimRuleSteps));
    const Status done =
        std::visit([&](const auto& action) { return act(step, action); }, step.action);
    if (!done) return done;
  }
  return {};
}

eval::Environment RuleBody::environment() const {
  return {parts_.names, &parts_.incoming.dictionary, {}, {}, {}};
}

Result<fix::OutMessage> RuleBody::built(const syntax::Message& message) {
  auto out = eval::build(message, environment(), {.drop_session_tags = true, .defaults = {}});
  if (out && message.as)
    parts_.names.set(message.as->text, named(*out, parts_.names.world().now()));
  return out;
}

Status RuleBody::act(const syntax::Step&, const syntax::Send& step) {
  auto message = built(step.message);
  if (!message) return message.error();
  dealt_ = true;
  parts_.host.send(std::move(*message));
  return {};
}

Status RuleBody::act(const syntax::Step&, const syntax::RuleStep& step) {
  return std::visit([this](const auto& action) { return act(action); }, step.action);
}

Status RuleBody::act(const syntax::Reply& reply) {
  auto message = built(reply.message);
  if (!message) return message.error();
  dealt_ = true;
  if (!reply.after) {
    parts_.host.send(std::move(*message));
    return {};
  }
  const auto delay = eval::duration(*reply.after, environment());
  if (!delay) return delay.error();
  parts_.host.send_after(*delay, std::move(*message));
  return {};
}

Status RuleBody::act(const syntax::Put& put) {
  const auto key = eval::evaluate(*put.key, environment());
  if (!key) return key.error();
  if (!eval::is_plain(*key)) return eval::fail(put.key->span, eval::no_plain_value(*key));
  auto value = eval::evaluate(*put.value, environment());
  if (!value) return value.error();
  if (!eval::is_plain(*value) && !std::holds_alternative<eval::NamedMessage>(*value))
    return eval::fail(put.value->span, eval::no_plain_value(*value));
  const auto store = parts_.stores.find(store_key(parts_.simulator, put.store.text));
  if (store == parts_.stores.end())
    return eval::fail(put.store.span, fmt::format("no store '{}'", put.store.text));
  if (!store->second.put(eval::to_text(*key), std::move(*value)))
    parts_.host.note(fmt::format("store {} is full; its oldest entry went", put.store.text));
  return {};
}

Status RuleBody::act(const syntax::Drop&) {
  dealt_ = true;
  parts_.host.drop();
  return {};
}

Status RuleBody::act(const syntax::Step&, const syntax::Disconnect& step) {
  dealt_ = true;
  switch (step.kind) {
    case syntax::DisconnectKind::full:
      parts_.host.disconnect(session::CloseKind::full);
      break;
    case syntax::DisconnectKind::half:
      parts_.host.disconnect(session::CloseKind::half);
      break;
    case syntax::DisconnectKind::reset:
      parts_.host.disconnect(session::CloseKind::reset);
      break;
  }
  return {};
}

Status RuleBody::act(const syntax::Step&, const syntax::Mute&) {
  parts_.host.mute();
  return {};
}

Status RuleBody::act(const syntax::Step&, const syntax::Log& step) {
  const auto text = eval::fill(step.text, environment());
  if (!text) return text.error();
  parts_.host.note(*text);
  return {};
}

Status RuleBody::act(const syntax::Step&, const syntax::Let& step) {
  auto value = eval::evaluate(*step.value, environment());
  if (!value) return value.error();
  parts_.names.set(step.name.text, std::move(*value));
  return {};
}

Status RuleBody::act(const syntax::Step&, const syntax::If& step) {
  const auto condition = eval::condition(*step.condition, environment());
  if (!condition) return condition.error();
  if (condition->holds) return run(step.then);
  return step.otherwise ? run(*step.otherwise) : Status();
}

Status RuleBody::act(const syntax::Step& where, const syntax::Repeat& step) {
  const auto count = eval::whole_number(step.count, environment());
  if (!count) return count.error();
  if (*count > static_cast<std::int64_t>(limits::kSimRuleSteps))
    return eval::fail(where.keyword,
                      fmt::format("more than {} steps for one message", limits::kSimRuleSteps));
  for (std::int64_t round = 1; round <= *count; ++round) {
    if (step.as) parts_.names.set(step.as->text, fix::Decimal(round));
    if (const Status done = run(step.block); !done) return done;
  }
  return {};
}

Status RuleBody::act(const syntax::Step&, const syntax::ForEach& step) {
  for (const syntax::Value& value : step.values) {
    auto one = eval::set_member(value, environment());
    if (!one) return one.error();
    parts_.names.set(step.name.text, std::move(*one));
    if (const Status done = run(step.block); !done) return done;
  }
  return {};
}

// The checker has refused it.
template <class Other>
Status RuleBody::act(const syntax::Step& step, const Other&) {
  return eval::fail(step.keyword,
                    fmt::format("'{}' does not stand in a rule", step.keyword.text()));
}

}  // namespace fixdrill::sim
