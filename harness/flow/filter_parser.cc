#include <cctype>
#include <fmt/format.h>

#include "base/limits.h"
#include "base/source.h"
#include "base/text.h"
#include "flow/filter_tree.h"

namespace fixdrill::flow {

namespace {

bool is_name_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Longer signs first.
struct Sign {
  std::string_view text;
  FilterCompare compare;
};
constexpr Sign kSigns[] = {
    {"!=", FilterCompare::not_equal}, {"!~", FilterCompare::unlike}, {"<=", FilterCompare::at_most},
    {">=", FilterCompare::at_least},  {"==", FilterCompare::equal},  {"=", FilterCompare::equal},
    {"<", FilterCompare::less},       {">", FilterCompare::greater}, {"~", FilterCompare::like},
};

/// Thrown inside this file only.
struct Wrong {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string message;
};

class Parser {
 public:
  Parser(std::string_view text, const FilterWords& words) : text_(text), words_(words) {}

  FilterNode whole() {
    FilterNode node = alternatives();
    if (!at_end()) {
      const std::size_t begin = at_;
      throw Wrong{begin, text_.size(), "expected 'and', 'or' or the end here"};
    }
    return node;
  }

 private:
  FilterNode alternatives() { return chain(FilterNode::Kind::any, "or", "||"); }

  FilterNode conjunction() { return chain(FilterNode::Kind::all, "and", "&&"); }

  FilterNode chain(FilterNode::Kind kind, std::string_view word, std::string_view sign) {
    FilterNode node;
    node.kind = kind;
    do {
      node.parts.push_back(kind == FilterNode::Kind::any ? conjunction() : operand());
    } while (take_word(word) || take(sign));
    if (node.parts.size() > 1) return node;
    FilterNode only = std::move(node.parts.front());
    return only;
  }

  FilterNode operand() {
    if (++depth_ > limits::kNestingDepth) throw Wrong{at_, at_ + 1, "nested too deep"};
    FilterNode node;
    if (take_word("not") || take_not()) {
      node.kind = FilterNode::Kind::no;
      node.parts.push_back(operand());
    } else if (take("(")) {
      node = alternatives();
      expect(")");
    } else {
      node.test = test();
    }
    --depth_;
    return node;
  }

  // `!`, but not that of `!=`, which has a field before it.
  bool take_not() {
    skip_blanks();
    return !rest().starts_with("!=") && !rest().starts_with("!~") && take("!");
  }

  FilterTest test() {
    FilterTest out;
    const bool has = take_word("has");
    skip_blanks();
    const std::size_t begin = at_;
    path(out);
    const std::size_t end = at_;
    if (has) return out;
    if (take_word("in")) {
      out.compare = FilterCompare::equal;
      list(out);
      return out;
    }
    for (const Sign& sign : kSigns) {
      if (!take(sign.text)) continue;
      out.compare = sign.compare;
      if (out.field.tag == 0 && out.field.name.empty())
        throw Wrong{begin, end, "this is an entry of a group; write .Field behind it"};
      right_side(out);
      return out;
    }
    if (out.field.tag == 0 && out.field.name.empty()) return out;
    throw Wrong{begin, end, "compare it: = != < <= > >= ~ /re/ in (…); or write 'has' before it"};
  }

  void right_side(FilterTest& out) {
    if (out.compare == FilterCompare::like || out.compare == FilterCompare::unlike) {
      regex(out);
    } else {
      out.values.push_back(value(out.field));
    }
  }

  void list(FilterTest& out) {
    expect("(");
    do {
      out.values.push_back(value(out.field));
    } while (take(","));
    expect(")");
  }

  // Every name but the last is a group, and the last one too when brackets follow it.
  void path(FilterTest& out) {
    for (;;) {
      FilterField field = name();
      const bool bracket = rest().starts_with("[");
      if (bracket) ++at_;
      if (!bracket && !rest().starts_with(".")) {
        out.field = std::move(field);
        return;
      }
      out.groups.push_back({std::move(field), 0, {}});
      if (bracket) entry(out.groups.back());
      if (!rest().starts_with(".")) return;
      ++at_;
    }
  }

  void entry(FilterGroup& group) {
    const std::size_t begin = at_;
    skip_blanks();
    std::size_t end = at_;
    while (end < text_.size() && std::isdigit(static_cast<unsigned char>(text_[end])) != 0) ++end;
    const auto number = parse_size(text_.substr(at_, end - at_));
    at_ = end;
    if (!number || !take("]")) {
      at_ = begin;
      group.condition.push_back(alternatives());
      expect("]");
    } else if (*number == 0) {
      throw Wrong{begin, end, "entries are counted from 1"};
    } else {
      group.index = *number;
    }
  }

  FilterField name() {
    skip_blanks();
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_name_char(text_[at_])) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (word.empty()) throw Wrong{begin, begin + 1, "expected a field, by its name or number"};
    if (word.find_first_not_of("0123456789") != word.npos) return known(word, begin);
    const auto tag = parse_size(word);
    if (!tag || *tag == 0 || word.size() > limits::kTagDigits)
      throw Wrong{begin, at_, fmt::format("{} is no tag", word)};
    return {static_cast<int>(*tag), ""};
  }

  FilterField known(std::string_view word, std::size_t begin) {
    std::vector<std::string> names;
    for (const fix::DictionaryPtr& dictionary : dictionaries()) {
      if (dictionary->field(word) != nullptr) return {0, std::string(word)};
      for (std::string& name : dictionary->field_names()) names.push_back(std::move(name));
    }
    const auto near = did_you_mean(word, names);
    throw Wrong{begin, begin + word.size(),
                fmt::format("no field is called {}{}", word,
                            near ? fmt::format("; did you mean {}?", *near) : "")};
  }

  FilterValue value(const FilterField& field) {
    skip_blanks();
    const std::size_t begin = at_;
    if (rest().starts_with('"')) return {quoted(), std::nullopt};
    while (at_ < text_.size() && !ends_value()) ++at_;
    const std::string text(text_.substr(begin, at_ - begin));
    if (text.empty()) throw Wrong{begin, begin + 1, "expected a value; \"\" is the empty one"};
    check_value_name(field, text, begin);
    return {text, std::nullopt};
  }

  bool ends_value() const {
    const char c = text_[at_];
    return is_blank(c) || c == ',' || c == ')' || c == ']' || rest().starts_with("&&") ||
           rest().starts_with("||");
  }

  std::string quoted() {
    const std::size_t begin = at_++;
    std::string text;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      text += text_[at_++];
    }
    if (at_ == text_.size()) throw Wrong{begin, begin + 1, "this quote is not closed"};
    ++at_;
    return text;
  }

  // A slip in the name of a value would find nothing and say nothing. What is like no name may be
  // a code of a venue.
  void check_value_name(const FilterField& field, const std::string& text, std::size_t begin) {
    if (text.size() < 3 || std::isalpha(static_cast<unsigned char>(text[0])) == 0) return;
    std::vector<std::string> names;
    std::string label;
    for (const fix::DictionaryPtr& dictionary : dictionaries()) {
      const fix::FieldDef* def =
          field.tag != 0 ? dictionary->field(field.tag) : dictionary->field(field.name);
      if (def == nullptr) continue;
      if (def->value_by_code(text) != nullptr || def->value_by_name(text) != nullptr) return;
      if (def->tag == 35 && dictionary->message_named(text) != nullptr) return;
      label = dictionary->field_label(def->tag);
      for (const fix::EnumValue& value : def->values) names.push_back(fix::camel_name(value.name));
      if (def->tag == 35)
        for (std::string& name : dictionary->message_names()) names.push_back(std::move(name));
    }
    if (const auto near = did_you_mean(text, names)) {
      throw Wrong{begin, begin + text.size(),
                  fmt::format("{} has no value '{}'; did you mean {}?", label, text, *near)};
    }
  }

  void regex(FilterTest& out) {
    skip_blanks();
    const std::size_t begin = at_;
    if (!take("/")) throw Wrong{begin, begin + 1, "expected a regular expression: /too late/i"};
    std::string pattern;
    while (at_ < text_.size() && text_[at_] != '/') {
      const bool escaped = text_[at_] == '\\' && at_ + 1 < text_.size();
      if (escaped && text_[at_ + 1] != '/') pattern += text_[at_];
      if (escaped) ++at_;
      pattern += text_[at_++];
    }
    if (at_ == text_.size()) throw Wrong{begin, begin + 1, "this regular expression has no end: /"};
    ++at_;
    const bool ignore_case = rest().starts_with("i");
    if (ignore_case) ++at_;
    Result<TextTest> made = words_.regex(pattern, ignore_case);
    if (!made) throw Wrong{begin, at_, made.error().text};
    out.regex = std::move(*made);
  }

  const std::vector<fix::DictionaryPtr>& dictionaries() {
    if (!asked_) dictionaries_ = words_.dictionaries();
    asked_ = true;
    return dictionaries_;
  }

  std::string_view rest() const { return text_.substr(at_); }

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }

  bool at_end() {
    skip_blanks();
    return at_ == text_.size();
  }

  bool take(std::string_view sign) {
    skip_blanks();
    if (!rest().starts_with(sign)) return false;
    at_ += sign.size();
    return true;
  }

  // A keyword, in any case; `order` is not `or`.
  bool take_word(std::string_view word) {
    skip_blanks();
    const std::string_view here = rest();
    if (here.size() > word.size() && is_name_char(here[word.size()])) return false;
    if (to_lower(here.substr(0, word.size())) != word) return false;
    at_ += word.size();
    return true;
  }

  void expect(std::string_view sign) {
    if (!take(sign)) throw Wrong{at_, at_ + 1, fmt::format("expected '{}' here", sign)};
  }

  std::string_view text_;
  const FilterWords& words_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  bool asked_ = false;
  std::vector<fix::DictionaryPtr> dictionaries_;
};

}  // namespace

Result<FilterNode> parse_filter(std::string_view text, const FilterWords& words) {
  try {
    return Parser(text, words).whole();
  } catch (const Wrong& wrong) {
    const SourceFile file("expression", std::string(text));
    return to_error({Severity::error, {&file, wrong.begin, wrong.end}, wrong.message});
  }
}

}  // namespace fixdrill::flow
