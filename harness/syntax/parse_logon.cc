// `logon { 9001 = Y } as la within 5s`, `logon { … } refused { Text ~ /password/ } within 5s`.
#include <algorithm>
#include <fmt/format.h>

#include "syntax/grammar.h"
#include "syntax/words.h"

namespace fixdrill::syntax {

// The modifiers stand in any order; a block behind `refused` is of the answer.
std::optional<Action> Grammar::logon() {
  Logon logon;
  for (;;) {
    if (c_.next_is("{")) {
      auto& into = logon.refused ? logon.refusal : logon.fields;
      if (into) return c_.error(c_.found_span(), "a second block of fields");
      into = fields();
      if (!into) return std::nullopt;
      continue;
    }
    const std::string_view word = c_.peek_word();
    if (word != "as" && word != "within" && word != "refused") return logon;
    if (!logon_modifier(logon, word)) return std::nullopt;
  }
}

bool Grammar::logon_modifier(Logon& logon, std::string_view word) {
  const bool already = word == "as"       ? logon.as.has_value()
                       : word == "within" ? logon.within.has_value()
                                          : logon.refused.has_value();
  if (!set_once(already, word)) return false;
  const Span span = c_.take_token(word.size());
  if (word == "as") {
    logon.as = name("a name after 'as'");
    return logon.as.has_value();
  }
  if (word == "within") {
    logon.within = duration();
    return logon.within.has_value();
  }
  logon.refused = span;
  return true;
}

}  // namespace fixdrill::syntax
