// The items of a file, in one file. Includes are read by parser.cc.
#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "syntax/grammar.h"
#include "syntax/words.h"

namespace fixdrill::syntax {

void Grammar::file() {
  for (;;) {
    c_.skip_lines();
    if (c_.at_end()) break;
    const std::size_t begin = c_.pos();
    const bool is_annotation = c_.peek() == '@';
    const std::string_view word = c_.peek_word();
    const bool good = is_annotation ? annotation() : item(word);
    const bool at_next_item =
        c_.text(begin, c_.pos()).find('\n') != std::string_view::npos && at_item_word();
    if (!good && !at_next_item) skip_item();
  }
  if (!annotations_.empty()) c_.error(annotations_[0].span, "no scenario follows this line");
}

bool Grammar::item(std::string_view word) {
  const Span span = c_.span(c_.pos(), c_.pos() + word.size());
  if (!annotations_.empty() && word != "scenario") {
    c_.error(annotations_[0].span, "no scenario follows this line");
    annotations_.clear();
  }
  if (word.empty()) return c_.expected("a scenario or another item of a file"), false;
  if (word == "rule" || word == "store")
    return c_.error(span, fmt::format("'{}' stands inside a simulator", word)), false;
  const auto& known = item_words();
  if (std::find(known.begin(), known.end(), word) == known.end()) {
    const auto& steps = step_words();
    const bool step = std::find(steps.begin(), steps.end(), word) != steps.end();
    c_.error(span,
             step ? fmt::format("'{}' is a step and stands inside a scenario", word)
                  : fmt::format("unknown word '{}'{}", printable(word), suggestion(word, known)));
    return false;
  }
  c_.take_token(word.size());
  if (word == "drill") return drill();
  if (word == "include") return include();
  if (word == "param") return param();
  if (word == "secret") return secret();
  if (word == "session") return session();
  if (word == "table") return table();
  if (word == "proc") return proc();
  if (word == "simulator") return simulator();
  if (word == "setup") return setup(file_.setup, word);
  if (word == "teardown") return setup(file_.teardown, word);
  if (word == "scenario") return scenario();
  auto given = message(true);  // ignore
  if (!given) return false;
  file_.ignores.push_back({std::move(*given)});
  return end_of_line();
}

bool Grammar::end_of_line() {
  if (c_.at_line_end()) return true;
  c_.expected("the end of the line");
  return false;
}

// To the end of the line, or of the block that opens on it.
void Grammar::skip_item() {
  skip_step();
  while (c_.peek() == '}') {
    c_.seek(c_.pos() + 1);
    skip_step();
  }
}

bool Grammar::drill() {
  const auto number = tag();
  if (!number) return false;
  if (*number != 1) {
    c_.error(c_.tokens.back().span, "this fixdrill reads version 1 of the language only");
    return false;
  }
  if (file_.version || !file_.sessions.empty() || !file_.scenarios.empty()) {
    c_.error(c_.tokens.back().span, "'drill' stands once, in the first line");
    return false;
  }
  file_.version = *number;
  return end_of_line();
}

bool Grammar::include() {
  const std::size_t begin = c_.tokens.back().span.begin;
  if (!c_.next_is("\"")) return c_.expected("a path in quotes"), false;
  auto path = string();
  if (!path) return false;
  if (!path->literal() || path->literal_text().empty())
    return c_.error(path->span, "an 'include' needs the path of a file, without '${'"), false;
  file_.includes.push_back({c_.span_from(begin), path->literal_text(), path->span});
  return end_of_line();
}

bool Grammar::param() {
  const std::size_t begin = c_.tokens.back().span.begin;
  auto given = name("a name after 'param'");
  if (!given) return false;
  Param param{{}, std::move(*given), std::nullopt};
  if (c_.take("=")) {
    param.value = value({"", false});
    if (!param.value) return false;
  }
  param.span = c_.span_from(begin);
  file_.params.push_back(std::move(param));
  return end_of_line();
}

bool Grammar::secret() {
  const std::size_t begin = c_.tokens.back().span.begin;
  auto given = name("a name after 'secret'");
  if (!given) return false;
  if (c_.next_is("="))
    return c_.error(c_.found_span(), "a secret has no value here; the profile says where it is"),
           false;
  file_.secrets.push_back({c_.span_from(begin), std::move(*given)});
  return end_of_line();
}

bool Grammar::session() {
  const std::size_t begin = c_.tokens.back().span.begin;
  auto given = name("a name after 'session'");
  if (!given) return false;
  Session session;
  session.name = std::move(*given);
  if (c_.take_word("initiator")) {
    session.role = Role::initiator;
  } else if (c_.take_word("acceptor")) {
    session.role = Role::acceptor;
  } else if (c_.take_word("any")) {
    session.any = true;
  } else {
    return c_.expected("'initiator', 'acceptor' or 'any'"), false;
  }
  for (;;) {
    if (c_.take_word("engine")) {
      session.wire = false;
    } else if (c_.take_word("wire")) {
      session.wire = true;
    } else if (c_.take_word("fresh")) {
      session.fresh = true;
    } else {
      break;
    }
  }
  if (c_.next_is("{") && !session_options(session)) return false;
  session.span = c_.span_from(begin);
  file_.sessions.push_back(std::move(session));
  return end_of_line();
}

bool Grammar::session_options(Session& session) {
  const std::size_t open = c_.pos();
  c_.take("{");
  for (;;) {
    c_.skip_lines();
    while (c_.take("|")) c_.skip_lines();
    if (c_.take("}")) return true;
    if (c_.at_end() || at_item_word()) return not_closed(open, "this '{' is never closed"), false;
    auto option_name = name("an option");
    if (!option_name) return false;
    Session::Option option{std::move(*option_name), {}, {}};
    if (!c_.take("=")) return c_.expected("'='"), false;
    c_.skip_blanks();
    const std::size_t begin = c_.pos();
    if (option.name.text == "auto") {
      if (!name_list(option.names)) return false;
      option.value.span = c_.span_from(begin);
      option.value.pieces.push_back(
          {option.value.span, std::string(option.value.span.text()), nullptr});
    } else {
      auto given = value({"|}", false});
      if (!given) return false;
      option.value = std::move(*given);
    }
    session.options.push_back(std::move(option));
    if (!at_field_end()) return c_.expected("'|', '}' or the end of the line"), false;
  }
}

bool Grammar::name_list(std::vector<Name>& names) {
  do {
    auto one = name("a name");
    if (!one) return false;
    names.push_back(std::move(*one));
  } while (c_.take(",", Glue::before));
  return true;
}

bool Grammar::setup(std::optional<Block>& into, std::string_view word) {
  const Span keyword = c_.tokens.back().span;
  auto body = block();
  if (!body) return false;
  if (into)
    c_.error(keyword, fmt::format("a second '{}'; a file has one", word));
  else
    into = std::move(*body);
  return end_of_line();
}

bool Grammar::annotation() {
  const std::size_t begin = c_.pos();
  c_.seek(begin + 1);
  std::size_t length = 0;
  while (is_name_char(c_.peek(length))) ++length;
  if (length == 0) return c_.expected("a name behind '@', as in '@id OE-001'"), false;
  Annotation annotation;
  annotation.name = {c_.span(begin, begin + 1 + length),
                     std::string(c_.text(begin + 1, begin + 1 + length))};
  c_.seek(begin);
  c_.take_token(1 + length);
  if (!c_.at_line_end()) {
    auto text = value({"", false});
    if (!text) return false;
    annotation.text = text->literal() ? text->literal_text() : std::string(text->span.text());
  }
  annotation.span = c_.span_from(begin);
  annotations_.push_back(std::move(annotation));
  return end_of_line();
}

bool Grammar::scenario() {
  Scenario scenario;
  scenario.keyword = c_.tokens.back().span;
  scenario.annotations = std::move(annotations_);
  annotations_.clear();
  const std::size_t begin =
      scenario.annotations.empty() ? scenario.keyword.begin : scenario.annotations[0].span.begin;
  if (!c_.next_is("\"")) return c_.expected("a title in quotes"), false;
  auto title = string();
  if (!title) return false;
  scenario.title = std::move(*title);
  if (c_.take_word("for")) {
    if (!c_.take_word("each")) return c_.expected("'each' and the name of a table"), false;
    scenario.table = name("the name of a table");
    if (!scenario.table) return false;
  }
  auto body = block();
  if (!body) return false;
  scenario.block = std::move(*body);
  scenario.span = c_.span_from(begin);
  file_.scenarios.push_back(std::move(scenario));
  return end_of_line();
}

}  // namespace fixdrill::syntax
