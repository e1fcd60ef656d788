// Steps about what a session counts, keeps and answers by itself.
#include "syntax/grammar.h"

namespace fixdrill::syntax {

std::optional<Action> Grammar::set() {
  auto what = name("next_in, next_out or auto");
  if (!what) return std::nullopt;
  Set set{std::move(*what), nullptr, {}};
  if (set.name.text == "auto") {
    if (!c_.take("(", Glue::after)) return c_.expected("'('");
    if (c_.take(")", Glue::before)) return set;
    if (!name_list(set.names)) return std::nullopt;
    if (!c_.take(")", Glue::before)) return c_.expected("',' or ')'");
    return set;
  }
  if (c_.take("+", Glue::after)) {
    set.sign = 1;
  } else if (c_.take("-", Glue::after)) {
    set.sign = -1;
  }
  set.value = expression();
  if (!set.value) return std::nullopt;
  return set;
}

// The word `auto` is taken.
std::optional<Action> Grammar::set_auto() {
  SetAuto step;
  if (c_.take_word("on")) {
    step.mode = AutoMode::on;
  } else if (c_.take_word("off")) {
    step.mode = AutoMode::off;
  } else if (c_.take_word("once")) {
    step.mode = AutoMode::once;
  } else {
    return c_.expected("'on', 'off' or 'once', as in 'auto off heartbeat'");
  }
  if (!name_list(step.names)) return std::nullopt;
  return step;
}

// `drop next` is taken.
std::optional<Action> Grammar::drop_next() {
  auto count = whole_number("how many, as in 'drop next 2'");
  if (!count) return std::nullopt;
  return DropNext{std::move(*count)};
}

std::optional<Action> Grammar::lose_state() {
  if (!c_.take_word("state")) return c_.expected("'state'");
  return LoseState{};
}

}  // namespace fixdrill::syntax
