// Simulators: stores, rules and what may stand in a rule's body.
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "eval/check_scope.h"

namespace fixdrill::eval {

namespace {

using syntax::Simulator;
using Kind = KnownName::Kind;

constexpr std::array<std::string_view, 13> kWaiting = {
    "expect", "await",     "connect", "accept",   "logon",   "logout", "sync",
    "wait",   "unordered", "either",  "instruct", "confirm", "ask"};

/// Session messages that no rule sends.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kOwned = {
    {{"A", "Logon"}, {"5", "Logout"}, {"4", "SequenceReset"}, {"2", "ResendRequest"}}};

constexpr std::string_view kIncoming = "msg";

std::size_t line_of(const Span& span) { return span.file->position(span.begin).line; }

// ---- what stores hold ----

/// Whether messages, values or both are put into each store.
class Contents {
 public:
  explicit Contents(const Simulator& simulator) {
    for (const Simulator::Rule& rule : simulator.rules) look_at(rule.block);
  }

  bool filled(const std::string& store) const { return seen_.contains(store); }
  KnownName of(const std::string& store, const fix::Dictionary* dictionary) const {
    const auto seen = seen_.find(store);
    if (seen == seen_.end() || seen->second == Kind::any) {
      KnownName any;
      any.kind = Kind::any;
      return any;
    }
    return seen->second == Kind::message ? KnownName::message(dictionary) : KnownName();
  }

 private:
  void look_at(const syntax::Block& block) {
    for (const syntax::Step& step : block.steps) {
      for (const syntax::Block* inner : blocks_of(step.action)) look_at(*inner);
      const auto* own = std::get_if<syntax::RuleStep>(&step.action);
      const auto* put = own ? std::get_if<syntax::Put>(&own->action) : nullptr;
      if (!put) continue;
      const Kind kind = kind_of(*put->value);
      const auto [known, fresh] = seen_.emplace(put->store.text, kind);
      if (!fresh && known->second != kind) known->second = Kind::any;
    }
  }

  // A name alone may be of a message or of a value.
  static Kind kind_of(const syntax::Expr& value) {
    const auto* path = std::get_if<syntax::PathExpr>(&value.node);
    if (!path || path->path.parts.size() > 1) return Kind::value;
    return path->path.parts[0].name.text == kIncoming ? Kind::message : Kind::any;
  }

  std::map<std::string, Kind, std::less<>> seen_;
};

// ---- bodies ----

/// The steps of one rule.
class BodyCheck {
 public:
  BodyCheck(const Simulator& simulator, const Place& place)
      : simulator_(simulator), place_(place) {}

  void check(const syntax::Block& block) const {
    for (const syntax::Step& step : block.steps) {
      if (step.session)
        place_.findings.error(step.session->span,
                              "a rule answers on the session of its message; no session is named");
      std::visit([&](const auto& action) { check(step, action); }, step.action);
    }
  }

 private:
  void check(const syntax::Step&, const syntax::Send& send) const {
    answer(send.message, kRuleSend);
  }
  void check(const syntax::Step&, const syntax::RuleStep& step) const {
    std::visit([this](const auto& action) { check(action); }, step.action);
  }
  void check(const syntax::Reply& reply) const {
    check_duration(reply.after, place_);
    answer(reply.message, kReply);
  }
  void answer(const syntax::Message& message, const ActionRule& rule) const {
    for (const auto& [code, name] : kOwned) {
      if (message.type.text != code && message.type.text != name) continue;
      place_.findings.error(message.type.span,
                            fmt::format("the simulator sends {} by itself; a rule can 'drop' its "
                                        "answers or 'disconnect'",
                                        name));
      return;
    }
    check_message(message, rule, place_);
  }
  void check(const syntax::Put& put) const {
    const auto& stores = simulator_.stores;
    const bool known = std::any_of(stores.begin(), stores.end(), [&](const syntax::Name& store) {
      return store.text == put.store.text;
    });
    std::vector<std::string> names;
    for (const syntax::Name& store : stores) names.push_back(store.text);
    if (!known)
      place_.findings.error(put.store.span,
                            fmt::format("no store '{0}'{1}", put.store.text,
                                        names.empty() ? fmt::format("; declare it before the "
                                                                    "rules: store {}",
                                                                    put.store.text)
                                                      : did_you_mean_text(put.store.text, names)));
    check_expression(*put.key, place_);
    check_expression(*put.value, place_);
  }
  void check(const syntax::Drop&) const {}
  void check(const syntax::Step&, const syntax::Disconnect&) const {}
  void check(const syntax::Step&, const syntax::Mute&) const {}
  void check(const syntax::Step& step, const syntax::Unmute&) const {
    place_.findings.error(step.keyword,
                          "no message comes from a session that is mute, so no rule could end it; "
                          "its next connection is read again");
  }
  void check(const syntax::Step&, const syntax::Log& log) const { check_value(log.text, place_); }
  void check(const syntax::Step&, const syntax::Let& let) const {
    check_expression(*let.value, place_);
    const auto* path = std::get_if<syntax::PathExpr>(&let.value->node);
    name(let.name, path ? known_of(path->path, place_) : KnownName{});
  }
  void check(const syntax::Step&, const syntax::If& step) const;
  void check(const syntax::Step&, const syntax::Repeat& step) const {
    check_value(step.count, place_);
    if (step.as) name(*step.as, {});
    check(step.block);
  }
  void check(const syntax::Step&, const syntax::ForEach& step) const {
    for (const syntax::Value& value : step.values) check_value(value, place_);
    name(step.name, {});
    check(step.block);
  }
  void check(const syntax::Step& step, const syntax::DropNext&) const {
    place_.findings.error(step.keyword,
                          "'drop next' stands in scenarios; in a rule 'drop' alone "
                          "drops the message");
  }
  template <class Other>
  void check(const syntax::Step& step, const Other&) const {
    const std::string_view word = step.keyword.text();
    if (std::find(kWaiting.begin(), kWaiting.end(), word) != kWaiting.end())
      place_.findings.error(step.keyword, fmt::format("a rule's body does not wait; '{}' stands in "
                                                      "scenarios",
                                                      word));
    else
      place_.findings.error(step.keyword,
                            fmt::format("'{}' stands in scenarios; a rule's body has reply, send, "
                                        "put, drop, disconnect, mute, if, for each, repeat, let "
                                        "and log",
                                        word));
  }

  void name(const syntax::Name& name, const KnownName& known) const {
    if (place_.scope.known.contains(kIncoming) && name.text == kIncoming)
      place_.findings.error(name.span, "'msg' is the incoming message; take another name");
    define(name, known, place_);
  }

  const Simulator& simulator_;
  const Place& place_;
};

void BodyCheck::check(const syntax::Step&, const syntax::If& step) const {
  check_expression(*step.condition, place_);
  std::vector<Scope> ways(2, place_.scope);
  const auto one_way = [&](Scope& scope, bool truth, const syntax::Block& block) {
    const Certainty certain(scope, certain_paths(*step.condition, truth));
    const Place inside{place_.findings, scope,        place_.file,
                       place_.session,  place_.facts, place_.dictionary};
    BodyCheck(simulator_, inside).check(block);
  };
  one_way(ways[0], true, step.then);
  if (step.otherwise) one_way(ways[1], false, *step.otherwise);
  join_ways(place_.scope, ways);
}

// ---- rules ----

/// One simulator.
class SimulatorCheck {
 public:
  SimulatorCheck(const Simulator& simulator, const CheckedFile& checked)
      : simulator_(simulator), checked_(checked), contents_(simulator) {}

  void check() {
    if (simulator_.role != syntax::Role::acceptor)
      error(simulator_.role_span, "a simulator waits for its clients: write 'acceptor'");
    check_stores();
    for (std::size_t i = 0; i < simulator_.rules.size(); ++i) {
      check_rule(simulator_.rules[i]);
      check_reachable(i);
    }
  }

 private:
  void error(const Span& span, std::string message) {
    checked_.findings.error(span, std::move(message));
  }

  void check_stores() {
    std::set<std::string> seen;
    for (const syntax::Name& store : simulator_.stores) {
      if (!seen.insert(store.text).second) {
        error(store.span, fmt::format("a second store '{}'", store.text));
        continue;
      }
      if (store.text == kIncoming)
        error(store.span, "'msg' is the incoming message; take another name");
      else if (!contents_.filled(store.text))
        checked_.findings.warning(store.span,
                                  fmt::format("no rule puts anything into '{}'", store.text));
    }
  }

  // A rule must make sense in one FIX version; which one a client has is known when it comes.
  void check_rule(const Simulator::Rule& rule) {
    const auto& dictionaries = checked_.context.simulator_dictionary;
    std::vector<Diagnostic> usual;
    for (std::size_t i = 0;; ++i) {
      const fix::DictionaryPtr dictionary = dictionaries ? dictionaries(i) : nullptr;
      if (i > 0 && !dictionary) break;
      Findings findings;
      check_rule(rule, dictionary.get(), findings);
      const bool fits = findings.errors() == 0;
      if (fits || i == 0) usual = findings.take();
      if (fits) break;
    }
    for (Diagnostic& found : usual) checked_.findings.add(std::move(found));
  }

  void check_rule(const Simulator::Rule& rule, const fix::Dictionary* dictionary,
                  Findings& findings) const {
    syntax::Session session;  // its engine owns what every engine owns
    session.name = simulator_.name;
    session.role = syntax::Role::acceptor;
    Scope scope = names(dictionary);
    const Place place{findings, scope, checked_.file, &session, nullptr, dictionary};
    if (rule.title) check_value(*rule.title, place);
    if (rule.when) check_message(*rule.when, kRule, place);
    if (rule.where) check_expression(*rule.where, place);
    note_later_names(rule.block, scope);
    BodyCheck(simulator_, place).check(rule.block);
  }

  Scope names(const fix::Dictionary* dictionary) const {
    Scope scope;
    for (const syntax::Param& param : checked_.file.params) scope.known[param.name.text];
    for (const syntax::Name& store : simulator_.stores) {
      KnownName known = KnownName::record({{"", contents_.of(store.text, dictionary)}});
      known.kind = Kind::store;
      known.dictionary = dictionary;
      scope.known[store.text] = std::move(known);
    }
    scope.known[std::string(kIncoming)] = KnownName::message(dictionary);
    return scope;
  }

  // Steps that deal with the message, whatever it is.
  static bool always_deals(const syntax::Block& block) {
    return std::any_of(block.steps.begin(), block.steps.end(), [](const syntax::Step& step) {
      const auto* own = std::get_if<syntax::RuleStep>(&step.action);
      return std::holds_alternative<syntax::Send>(step.action) ||
             std::holds_alternative<syntax::Disconnect>(step.action) ||
             (own && !std::holds_alternative<syntax::Put>(own->action));
    });
  }

  static bool takes_all_of(const Simulator::Rule& earlier, const Simulator::Rule& later) {
    if (earlier.once || !always_deals(earlier.block)) return false;
    if (!earlier.when) return !later.when;
    if (!later.when || !covers(*earlier.when, *later.when)) return false;
    return !earlier.where ||
           (later.where && earlier.where->span.text() == later.where->span.text());
  }

  void check_reachable(std::size_t index) {
    const Simulator::Rule& rule = simulator_.rules[index];
    for (std::size_t i = 0; i < index; ++i) {
      const Simulator::Rule& earlier = simulator_.rules[i];
      if (!earlier.when) {
        error(rule.keyword, fmt::format("this rule is never reached: 'otherwise' in line {} comes "
                                        "before it; move that to the end",
                                        line_of(earlier.keyword)));
        return;
      }
      if (!takes_all_of(earlier, rule)) continue;
      error(rule.keyword, fmt::format("this rule is never reached: the rule in line {} takes every "
                                      "message that it would take",
                                      line_of(earlier.keyword)));
      return;
    }
  }

  const Simulator& simulator_;
  const CheckedFile& checked_;
  const Contents contents_;
};

}  // namespace

void check_simulators(const CheckedFile& checked) {
  std::map<std::string, Span, std::less<>> seen;
  for (const Simulator& simulator : checked.file.simulators) {
    const auto [first, fresh] = seen.emplace(simulator.name.text, simulator.name.span);
    if (!fresh)
      checked.findings.error(
          simulator.name.span,
          fmt::format("a second simulator '{}'; put its rules into the first one, in line {}",
                      simulator.name.text, line_of(first->second)));
    SimulatorCheck(simulator, checked).check();
  }
}

}  // namespace fixdrill::eval
