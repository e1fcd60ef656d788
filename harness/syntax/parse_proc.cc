// Procedures of a file.
#include "syntax/grammar.h"

namespace fixdrill::syntax {

bool Grammar::proc() {
  const std::size_t begin = c_.tokens.back().span.begin;
  auto given = name("a name after 'proc'");
  if (!given) return false;
  Proc proc;
  proc.name = std::move(*given);
  if (!parameters(proc)) return false;
  if (c_.take("->")) {
    if (!c_.take("(", Glue::after)) return c_.expected("'('"), false;
    if (!name_list(proc.results)) return false;
    if (!c_.take(")", Glue::before)) return c_.expected("',' or ')'"), false;
  }
  auto body = block();
  if (!body) return false;
  proc.block = std::move(*body);
  proc.span = c_.span_from(begin);
  file_.procs.push_back(std::move(proc));
  return end_of_line();
}

bool Grammar::parameters(Proc& proc) {
  if (!c_.take("(", Glue::both)) return c_.expected("'('"), false;
  if (c_.take(")", Glue::before)) return true;
  do {
    auto parameter = name("the name of a parameter");
    if (!parameter) return false;
    Proc::Parameter one{std::move(*parameter), std::nullopt};
    if (c_.take("=")) {
      one.value = value({",)", false});
      if (!one.value) return false;
    }
    proc.parameters.push_back(std::move(one));
  } while (c_.take(",", Glue::before));
  if (!c_.take(")", Glue::before)) return c_.expected("',' or ')'"), false;
  return true;
}

}  // namespace fixdrill::syntax
