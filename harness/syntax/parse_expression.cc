// Expressions: or < and < not < comparison < + - < * / < unary -.
#include <fmt/format.h>

#include "syntax/grammar.h"

namespace fixdrill::syntax {

namespace {

// A chain like 1+1+1+… makes a tree as deep as it is long, and trees are walked by recursion.
constexpr int kLongestChain = 500;

struct Operator {
  std::string_view text;
  BinaryOp op;
  int level;
};
// Longer signs first: the first that fits is taken.
constexpr Operator kOperators[] = {
    {"or", BinaryOp::logical_or, 0}, {"and", BinaryOp::logical_and, 1},
    {"==", BinaryOp::eq, 2},         {"!=", BinaryOp::ne, 2},
    {"<=", BinaryOp::le, 2},         {">=", BinaryOp::ge, 2},
    {"!~", BinaryOp::not_match, 2},  {"=", BinaryOp::eq, 2},
    {"<", BinaryOp::lt, 2},          {">", BinaryOp::gt, 2},
    {"~", BinaryOp::match, 2},       {"+", BinaryOp::add, 3},
    {"-", BinaryOp::subtract, 3},    {"*", BinaryOp::multiply, 4},
    {"/", BinaryOp::divide, 4},
};
constexpr int kComparison = 2;
constexpr int kUnary = 5;

const Operator* next_operator(Cursor& c) {
  const std::string_view word = c.peek_word();
  for (const Operator& op : kOperators) {
    if (is_name_start(op.text[0]) ? word == op.text : c.looking_at(op.text)) return &op;
  }
  return nullptr;
}

}  // namespace

ExprPtr Grammar::make(std::size_t begin, decltype(Expr::node) node) const {
  return std::make_shared<const Expr>(Expr{c_.span_from(begin), std::move(node)});
}

ExprPtr Grammar::expression() {
  const Level level(*this);
  return level.ok() ? binary(0) : nullptr;
}

ExprPtr Grammar::binary(int level) {
  if (level == kUnary) return unary();
  c_.skip_blanks();
  const std::size_t begin = c_.pos();
  if (level == kComparison && c_.take_word("not")) {
    const Level deeper(*this);
    ExprPtr operand = deeper.ok() ? binary(level) : nullptr;
    return operand ? make(begin, Unary{UnaryOp::logical_not, std::move(operand)}) : nullptr;
  }
  ExprPtr left = binary(level + 1);
  for (int length = 0; left; ++length) {
    const Operator* op = next_operator(c_);
    if (!op || op->level != level) return left;
    if (length == kLongestChain || (level == kComparison && length == 1)) {
      c_.error(c_.found_span(), level == kComparison ? "comparisons do not chain; use 'and'"
                                                     : "this expression is too long");
      return nullptr;
    }
    const Span op_span = c_.take_token(op->text.size());
    ExprPtr right = binary(level + 1);
    if (!right) return nullptr;
    left = make(begin, Binary{op->op, op_span, std::move(left), std::move(right)});
  }
  return nullptr;
}

ExprPtr Grammar::unary() {
  c_.skip_blanks();
  const std::size_t begin = c_.pos();
  if (!c_.take("-", Glue::after)) return primary();
  const Level level(*this);
  ExprPtr operand = level.ok() ? unary() : nullptr;
  return operand ? make(begin, Unary{UnaryOp::negate, std::move(operand)}) : nullptr;
}

ExprPtr Grammar::primary() {
  c_.skip_blanks();
  const std::size_t begin = c_.pos();
  if (is_digit(c_.peek())) return number();
  if (c_.peek() == '"') {
    auto text = string();
    return text ? make(begin, StringLiteral{std::move(*text)}) : nullptr;
  }
  if (c_.peek() == '/') {
    auto pattern = regex();
    return pattern ? make(begin, std::move(*pattern)) : nullptr;
  }
  if (c_.take("(", Glue::after)) {
    ExprPtr inner = expression();
    if (!inner) return nullptr;
    if (!c_.take(")", Glue::before)) {
      c_.expected("an operator or ')'");
      return nullptr;
    }
    return inner;
  }
  return call_or_path();
}

ExprPtr Grammar::number() {
  const std::size_t begin = c_.pos();
  std::size_t length = 0;
  while (is_digit(c_.peek(length))) ++length;
  if (c_.peek(length) == '.' && is_digit(c_.peek(length + 1))) {
    ++length;
    while (is_digit(c_.peek(length))) ++length;
  }
  if (is_name_start(c_.peek(length))) {
    const auto literal = duration_literal();
    return literal ? make(begin, DurationLiteral{*literal}) : nullptr;
  }
  const Span span = c_.take_token(length);
  return make(begin, Number{std::string(span.text())});
}

ExprPtr Grammar::call_or_path() {
  const std::string_view word = c_.peek_word();
  if (word.empty() || word == "not" || word == "and" || word == "or") {
    c_.expected("a value, a name or '('");
    return nullptr;
  }
  const std::size_t begin = c_.pos();
  if (c_.peek(word.size()) == '(') {
    Name function{c_.take_token(word.size()), std::string(word)};
    return call(std::move(function));
  }
  auto found = path();
  return found ? make(begin, PathExpr{std::move(*found)}) : nullptr;
}

ExprPtr Grammar::call(Name function) {
  const std::size_t begin = function.span.begin;
  Call call{std::move(function), {}};
  c_.take("(", Glue::both);
  if (c_.take(")", Glue::before)) return make(begin, std::move(call));
  do {
    ExprPtr argument = expression();
    if (!argument) return nullptr;
    call.arguments.push_back(std::move(argument));
  } while (c_.take(",", Glue::before));
  if (!c_.take(")", Glue::before)) {
    c_.expected("',' or ')'");
    return nullptr;
  }
  return make(begin, std::move(call));
}

std::optional<Path> Grammar::path() {
  c_.skip_blanks();
  const std::size_t begin = c_.pos();
  Path path;
  do {
    std::size_t length = 0;
    while (is_name_char(c_.peek(length))) ++length;
    if (length == 0 || (path.parts.empty() && !is_name_start(c_.peek())))
      return c_.expected("a name");
    Path::Part part;
    part.name = {c_.take_token(length), std::string(c_.text(c_.pos() - length, c_.pos()))};
    if (c_.peek() == '[') {
      auto index = path_index();
      if (!index) return std::nullopt;
      part.index = std::move(*index);
    }
    path.parts.push_back(std::move(part));
  } while (c_.peek() == '.' && is_name_char(c_.peek(1)) && c_.take(".", Glue::both));
  path.span = c_.span_from(begin);
  return path;
}

// `[expr]` or `[Field = value]`: a single `=` behind a name makes it the second.
std::optional<Index> Grammar::path_index() {
  std::size_t ahead = 1;
  while (is_blank(c_.peek(ahead))) ++ahead;
  while (is_name_char(c_.peek(ahead)) || c_.peek(ahead) == '(' || c_.peek(ahead) == ')') ++ahead;
  while (is_blank(c_.peek(ahead))) ++ahead;
  if (c_.peek(ahead) == '=' && c_.peek(ahead + 1) != '=') return place_index();
  const std::size_t begin = c_.pos();
  Index index;
  c_.take("[", Glue::both);
  index.position = expression();
  if (!index.position) return std::nullopt;
  if (!c_.take("]", Glue::before)) return c_.expected("']'");
  index.span = c_.span_from(begin);
  return index;
}

}  // namespace fixdrill::syntax
