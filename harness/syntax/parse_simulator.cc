// Simulators: their stores and rules, and the steps that stand only in rules.
#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "syntax/grammar.h"
#include "syntax/words.h"

namespace fixdrill::syntax {

bool Grammar::simulator() {
  const std::size_t begin = c_.tokens.back().span.begin;
  auto given = name("a name after 'simulator'");
  if (!given) return false;
  Simulator simulator;
  simulator.name = std::move(*given);
  c_.skip_blanks();
  const std::size_t role = c_.pos();
  if (c_.take_word("acceptor")) {
    simulator.role = Role::acceptor;
  } else if (!c_.take_word("initiator")) {
    return c_.expected("'acceptor'"), false;
  }
  simulator.role_span = c_.span_from(role);
  if (!simulator_items(simulator)) return false;
  simulator.span = c_.span_from(begin);
  file_.simulators.push_back(std::move(simulator));
  return end_of_line();
}

// Bad stores and rules are reported and left out.
bool Grammar::simulator_items(Simulator& simulator) {
  if (!c_.next_is("{")) return c_.expected("'{'"), false;
  const std::size_t open = c_.pos();
  c_.take("{");
  for (;;) {
    c_.skip_lines();
    if (c_.take("}")) return true;
    if (c_.at_end() || at_item_word())
      return c_.error(c_.span(open, open + 1), "this block is never closed: a '}' is missing"),
             false;
    const std::size_t begin = c_.pos();
    const std::string_view word = c_.peek_word();
    const Span span = c_.span(begin, begin + word.size());
    bool good = false;
    if (c_.take_word("store")) {
      good = store(simulator);
    } else if (c_.take_word("rule")) {
      good = rule(simulator);
    } else if (word.empty()) {
      c_.expected("'rule', 'store' or '}'");
    } else {
      c_.error(span, fmt::format("a simulator holds 'store' and 'rule', not '{}'{}",
                                 printable(word), suggestion(word, {"rule", "store"})));
    }
    if (good && (c_.at_line_end() || c_.peek() == '}')) continue;
    if (good) c_.expected("the end of the line");
    // What ate the rest of the block has been told.
    if (!good && (c_.at_end() || at_item_word())) return false;
    const bool on_new_line = c_.text(begin, c_.pos()).find('\n') != std::string_view::npos;
    const std::string_view next = c_.peek_word();
    if (!on_new_line || (next != "rule" && next != "store")) skip_step();
  }
}

bool Grammar::store(Simulator& simulator) {
  auto given = name("a name after 'store'");
  if (!given) return false;
  simulator.stores.push_back(std::move(*given));
  return true;
}

bool Grammar::rule(Simulator& simulator) {
  Simulator::Rule rule;
  rule.keyword = c_.tokens.back().span;
  if (c_.next_is("\"")) {
    rule.title = string();
    if (!rule.title) return false;
  }
  if (!rule_match(rule)) return false;
  auto body = block();
  if (!body) return false;
  rule.block = std::move(*body);
  rule.span = c_.span_from(rule.keyword.begin);
  simulator.rules.push_back(std::move(rule));
  return true;
}

bool Grammar::rule_match(Simulator::Rule& rule) {
  if (c_.take_word("otherwise")) return true;
  if (!c_.take_word("when")) return c_.expected("'when' and a message, or 'otherwise'"), false;
  rule.when = message(true);
  if (!rule.when) return false;
  if (c_.take_word("where")) {
    rule.where = expression();
    if (!rule.where) return false;
  }
  c_.skip_blanks();
  const std::size_t once = c_.pos();
  if (c_.take_word("once")) rule.once = c_.span_from(once);
  if (c_.take_word("then")) return true;
  if (c_.peek_word() == "where")
    return c_.error(c_.found_span(), "'where' stands before 'once'"), false;
  return c_.expected(rule.where || rule.once ? "'then'" : "'where', 'once' or 'then'"), false;
}

std::optional<Action> Grammar::rule_step(std::string_view word) {
  if (word == "reply") return reply();
  if (word == "put") return put();
  return RuleStep{Drop{}};
}

std::optional<Action> Grammar::reply() {
  Reply reply;
  if (c_.take_word("after")) {
    reply.after = duration();
    if (!reply.after) return std::nullopt;
  }
  auto given = message(false);
  if (!given) return std::nullopt;
  reply.message = std::move(*given);
  return RuleStep{std::move(reply)};
}

std::optional<Action> Grammar::put() {
  auto store = name("the name of a store");
  if (!store) return std::nullopt;
  Put put{std::move(*store), nullptr, nullptr};
  if (!c_.take("[", Glue::both))
    return c_.expected("'[' and a key, as in 'put orders[msg.ClOrdID] = msg'");
  put.key = expression();
  if (!put.key) return std::nullopt;
  if (!c_.take("]", Glue::before)) return c_.expected("']'");
  if (!c_.take("=")) return c_.expected("'='");
  put.value = expression();
  if (!put.value) return std::nullopt;
  return RuleStep{std::move(put)};
}

}  // namespace fixdrill::syntax
