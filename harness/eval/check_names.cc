// Names, functions and value names in expressions.
#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "eval/check_scope.h"
#include "eval/functions.h"
#include "eval/names.h"
#include "eval/walk.h"

namespace fixdrill::eval {

namespace {

bool is_session_number(std::string_view name) { return name == "next_in" || name == "next_out"; }

// `next_in`, `OE.next_in`
bool names_session_number(const syntax::Path& path, const syntax::File& file) {
  if (path.parts.size() == 1) return is_session_number(path.parts[0].name.text);
  const auto is_first = [&](const syntax::Session& session) {
    return session.name.text == path.parts[0].name.text;
  };
  return path.parts.size() == 2 && is_session_number(path.parts[1].name.text) &&
         std::any_of(file.sessions.begin(), file.sessions.end(), is_first);
}

void unknown_name(const syntax::Name& name, const Place& place) {
  if (const auto later = place.scope.later.find(name.text); later != place.scope.later.end()) {
    const std::size_t line = later->second.file->position(later->second.begin).line;
    place.findings.error(name.span,
                         fmt::format("'{}' is used before it is set in line {}", name.text, line));
    return;
  }
  std::vector<std::string> names;
  for (const auto& [known, what] : place.scope.known) names.push_back(known);
  place.findings.error(name.span, fmt::format("no variable or message '{}'{}", name.text,
                                              did_you_mean_text(name.text, names)));
}

// The enumerated field that a path ends in, for value names compared with it.
const fix::FieldDef* field_of(const syntax::Expr& expr, const Place& place) {
  const auto* path = std::get_if<syntax::PathExpr>(&expr.node);
  if (!path || path->path.parts.size() < 2) return nullptr;
  const auto root = place.scope.known.find(path->path.parts[0].name.text);
  if (root == place.scope.known.end() || !root->second.dictionary) return nullptr;
  const std::string& last = path->path.parts.back().name.text;
  const auto tag = parse_size(last);
  return tag ? root->second.dictionary->field(static_cast<int>(*tag))
             : root->second.dictionary->field(last);
}

bool is_word(const syntax::Expr& expr, const Place& place) {
  const auto* path = std::get_if<syntax::PathExpr>(&expr.node);
  return path && path->path.parts.size() == 1 && !path->path.parts[0].index &&
         !place.scope.known.contains(path->path.parts[0].name.text) &&
         !is_session_number(path->path.parts[0].name.text);
}

// A word compared with a field of a message is a value name of that field. True: judged here.
bool check_word(const syntax::Expr& word, const syntax::Expr& other, const Place& place) {
  if (!is_word(word, place)) return false;
  const auto* path = std::get_if<syntax::PathExpr>(&other.node);
  if (!path || path->path.parts.size() < 2) return false;
  const fix::FieldDef* field = field_of(other, place);
  const std::string& text = std::get<syntax::PathExpr>(word.node).path.parts[0].name.text;
  if (!field) return place.dictionary == nullptr;
  if (!enumerated(field)) return false;
  if (!enum_code(*field, text)) {
    const auto root = place.scope.known.find(path->path.parts[0].name.text);
    place.findings.error(word.span, no_such_value(*field, text, root->second.dictionary));
  }
  return true;
}

void check_call(const syntax::Call& call, const Place& place) {
  const FunctionInfo* function = find_function(call.function.text);
  const std::size_t given = call.arguments.size();
  if (!function)
    place.findings.error(call.function.span, unknown_function(call.function.text));
  else if (given < function->min_arguments || given > function->max_arguments)
    place.findings.error(call.function.span, wrong_argument_count(*function, given));
  for (const syntax::ExprPtr& argument : call.arguments) check_expression(*argument, place);
}

void check_binary(const syntax::Binary& binary, const Place& place) {
  using syntax::BinaryOp;
  const bool compares = binary.op == BinaryOp::eq || binary.op == BinaryOp::ne;
  const bool left_done = compares && check_word(*binary.left, *binary.right, place);
  const bool right_done = compares && check_word(*binary.right, *binary.left, place);
  if (!left_done) check_expression(*binary.left, place);
  if (!right_done) check_expression(*binary.right, place);
}

void check_index(const syntax::Index& index, const Place& place) {
  if (index.position) check_expression(*index.position, place);
  check_value(index.value, place);
}

}  // namespace

std::string did_you_mean_text(std::string_view word, const std::vector<std::string>& candidates) {
  const auto near = did_you_mean(word, candidates);
  return near ? fmt::format("; did you mean {}?", *near) : "";
}

void check_path(const syntax::Path& path, const Place& place) {
  for (const syntax::Path::Part& part : path.parts) {
    if (part.index) check_index(*part.index, place);
  }
  const syntax::Name& first = path.parts.front().name;
  const auto root = place.scope.known.find(first.text);
  if (root == place.scope.known.end()) {
    if (!names_session_number(path, place.file)) unknown_name(first, place);
    return;
  }
  if (path.parts.size() == 1) return;
  if (!root->second.message) {
    place.findings.error(first.span,
                         fmt::format("'{}' is not a message and has no fields", first.text));
    return;
  }
  const fix::Dictionary* dictionary = root->second.dictionary;
  for (std::size_t i = 1; dictionary && i < path.parts.size(); ++i) {
    const syntax::Name& field = path.parts[i].name;
    if (!parse_size(field.text) && !dictionary->field(field.text))
      place.findings.error(field.span, unknown_field(field.text, dictionary));
  }
}

void check_expression(const syntax::Expr& expr, const Place& place) {
  std::visit(Overloaded{
                 [](const syntax::Number&) {},
                 [](const syntax::DurationLiteral&) {},
                 [&](const syntax::StringLiteral& text) { check_value(text.value, place); },
                 [&](const syntax::Regex& regex) { check_value(regex.value, place); },
                 [&](const syntax::PathExpr& path) { check_path(path.path, place); },
                 [&](const syntax::Call& call) { check_call(call, place); },
                 [&](const syntax::Unary& unary) { check_expression(*unary.operand, place); },
                 [&](const syntax::Binary& binary) { check_binary(binary, place); },
             },
             expr.node);
}

void check_value(const syntax::Value& value, const Place& place) {
  for (const syntax::Value::Piece& piece : value.pieces) {
    if (piece.expr) check_expression(*piece.expr, place);
  }
}

void check_duration(const std::optional<syntax::DurationSpec>& spec, const Place& place) {
  if (spec && spec->expr) check_expression(*spec->expr, place);
}

void define(const syntax::Name& name, const KnownName& known, const Place& place) {
  if (is_session_number(name.text))
    place.findings.error(name.span, fmt::format("'{}' is a number of the session", name.text));
  place.scope.known[name.text] = known;
}

}  // namespace fixdrill::eval
