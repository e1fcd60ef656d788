#include "sim/rules.h"

#include <fmt/format.h>
#include <utility>

#include "base/text.h"
#include "eval/expression.h"
#include "eval/names.h"
#include "eval/pattern.h"
#include "sim/rule_body.h"

namespace fixdrill::sim {

namespace {

std::string base36(std::uint64_t number) {
  constexpr std::string_view kDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::string text;
  do {
    text.insert(text.begin(), kDigits[number % kDigits.size()]);
    number /= kDigits.size();
  } while (number > 0);
  return text;
}

// An error shows the line of the file too; what a client is told is one line.
std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

std::string label(const syntax::Simulator::Rule& rule) {
  const std::string where = location_text(rule.keyword);
  return rule.title ? fmt::format("rule {} ({})", rule.title->span.text(), where) : "rule " + where;
}

}  // namespace

/// One rule held against one message.
struct Rules::Attempt {
  const Incoming& incoming;
  eval::Bindings names;
  Error error = {};
  bool failed = false;

  eval::Environment environment() const {
    return {names, &incoming.dictionary, {}, incoming.received, {}};
  }
  bool fail(Error why) {
    error = std::move(why);
    failed = true;
    return false;
  }
};

Rules::Rules(RuleBookPtr book, Env env)
    : book_(std::move(book)),
      world_{[this] { return now_; }, [this](std::string_view) { return uid(); },
             [this] { return ++numbers_; }, std::move(env)},
      params_(world_) {
  for (const auto& [name, value] : book_->params) params_.set(name, value);
}

// Distinct as long as simulators start at least a millisecond apart.
std::string Rules::uid() {
  if (uids_ == 0) first_ms_ = now_.wall_ns / 1'000'000;
  return fmt::format("S{}{:0>3}", base36(static_cast<std::uint64_t>(first_ms_)), base36(++uids_));
}

void Rules::bind_stores(const syntax::Simulator& simulator, eval::Bindings& names) {
  for (const syntax::Name& store : simulator.stores)
    names.set(store.text, stores_[store_key(simulator, store.text)].view());
}

bool Rules::fits(const syntax::Simulator::Rule& rule, Attempt& attempt) {
  const Incoming& incoming = attempt.incoming;
  if (!rule.when) return !incoming.session_message;
  const eval::Environment where = attempt.environment();
  const auto type = eval::resolve_type(rule.when->type, where);
  // A message that the client's FIX version does not have cannot be this one.
  if (!type || *type != incoming.message->msg_type()) return false;
  const auto pattern = eval::Pattern::make(*rule.when, where);
  if (!pattern) return attempt.fail(pattern.error());
  if (!pattern->accepts(*incoming.message, incoming.received)) return false;
  for (auto& [name, value] : pattern->match(*incoming.message, incoming.received).captures)
    attempt.names.set(name, std::move(value));
  if (!rule.where) return true;
  const auto condition = eval::condition(*rule.where, where);
  if (!condition) return attempt.fail(condition.error());
  return condition->holds;
}

Judgement Rules::judge(const Incoming& incoming, Time now, RuleHost& host) {
  const syntax::Simulator* simulator = book_->for_clients_of(incoming.message->value(56));
  if (!simulator) return {};
  now_ = now;
  for (const syntax::Simulator::Rule& rule : simulator->rules) {
    if (spent_.contains(&rule)) continue;
    Attempt attempt{incoming, eval::Bindings(world_, &params_)};
    bind_stores(*simulator, attempt.names);
    attempt.names.set("msg", eval::NamedMessage{incoming.message, incoming.received});
    if (!fits(rule, attempt)) {
      if (attempt.failed) return {Judgement::Kind::failed, first_line(attempt.error.text)};
      continue;
    }
    if (rule.once) spent_.insert(&rule);
    host.note(label(rule));
    RuleBody body({incoming, *simulator, attempt.names, stores_, host});
    if (const Status done = body.run(rule.block); !done)
      return {Judgement::Kind::failed, first_line(done.error().text)};
    if (body.dealt()) return {Judgement::Kind::dealt_with, ""};
  }
  return {};
}

}  // namespace fixdrill::sim
