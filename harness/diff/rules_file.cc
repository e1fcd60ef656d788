#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/text.h"
#include "diff/rules.h"

namespace fixdrill::diff {

namespace {

constexpr const char* kMap = "map";

std::vector<std::string> treatment_names() {
  std::vector<std::string> names;
  for (auto i = 0; i <= static_cast<int>(Treatment::ignore); ++i)
    names.emplace_back(treatment_name(static_cast<Treatment>(i)));
  return names;
}

/// What a line says; neither: it is empty or a comment.
struct Line {
  std::optional<Rule> rule;
  std::optional<Renaming> renaming;
  Span span;  ///< without its comment
};

// Reads one line; the first mistake ends it.
class LineReader {
 public:
  LineReader(const SourceFile& file, std::pair<std::size_t, std::size_t> bytes,
             const fix::Dictionary& names)
      : file_(file), at_(bytes.first), end_(bytes.second), names_(names) {}

  Result<Line> read() {
    Line line;
    Rule rule;
    rule.reason = cut_comment();
    skip_blanks();
    line.span = {&file_, at_, at_ + trim(text()).size()};
    if (at_ == end_) return line;
    const Span word = next_word();
    if (word.text() == kMap) {
      Renaming renaming;
      renaming.reason = std::move(rule.reason);
      if (Status read = read_renaming(renaming); !read) return read.error();
      line.renaming = std::move(renaming);
      return line;
    }
    const auto names = treatment_names();
    const auto known = std::find(names.begin(), names.end(), word.text());
    if (known == names.end()) return unknown_treatment(word);
    rule.treatment = static_cast<Treatment>(known - names.begin());
    if (rule.treatment == Treatment::tolerance) {
      if (Status limit = read_limit(rule); !limit) return limit.error();
    }
    if (Status fields = read_fields(rule.tags); !fields) return fields.error();
    if (Status types = read_types(rule.msg_types); !types) return types.error();
    line.rule = std::move(rule);
    return line;
  }

 private:
  std::string_view text() const { return std::string_view(file_.text()).substr(at_, end_ - at_); }
  std::string cut_comment() {
    bool quoted = false;
    for (std::size_t i = 0; i < text().size(); ++i) {
      quoted = quoted != (text()[i] == '"');
      if (quoted || text()[i] != '#') continue;
      std::string comment(trim(text().substr(i + 1)));
      end_ = at_ + i;
      return comment;
    }
    return "";
  }
  void skip_blanks() {
    while (at_ < end_ && (file_.text()[at_] == ' ' || file_.text()[at_] == '\t')) ++at_;
  }
  Span next_word() {
    skip_blanks();
    const std::size_t begin = at_;
    while (at_ < end_ && file_.text()[at_] != ' ' && file_.text()[at_] != '\t' &&
           file_.text()[at_] != ',')
      ++at_;
    return {&file_, begin, at_};
  }
  // True: another item of the list follows.
  bool comma() {
    skip_blanks();
    if (at_ == end_ || file_.text()[at_] != ',') return false;
    ++at_;
    return true;
  }
  static Error wrong(const Span& span, std::string message) {
    return to_error({fixdrill::Severity::error, span, std::move(message)});
  }

  static Error unknown_treatment(const Span& word) {
    std::vector<std::string> names = treatment_names();
    names.emplace_back(kMap);
    const auto near = did_you_mean(word.text(), names);
    return wrong(word, fmt::format("'{}' is no way to compare a field; {}", word.text(),
                                   near ? fmt::format("did you mean {}?", *near)
                                        : fmt::format("there are {}", join(names, ", "))));
  }

  Status read_limit(Rule& rule) {
    const Span word = next_word();
    std::string_view number = word.text();
    if (!number.empty() && number.back() == '%') {
      rule.percent = true;
      number.remove_suffix(1);
    }
    const auto limit = fix::Decimal::parse(number);
    if (!limit || *limit < fix::Decimal(0))
      return wrong(word, "tolerance needs a limit before the fields, as 0.01 or 0.5%");
    rule.tolerance = *limit;
    return {};
  }

  Status read_fields(std::vector<int>& tags) {
    do {
      const Span word = next_word();
      const auto tag = tag_of(word.text());
      if (!tag)
        return wrong(word, word.text().empty()
                               ? std::string("a field is missing here, by name or number")
                               : fmt::format("no dictionary has a field '{}'; write its number",
                                             word.text()));
      tags.push_back(*tag);
    } while (comma());
    return {};
  }

  Status read_types(std::vector<std::string>& msg_types) {
    const Span word = next_word();
    if (word.text().empty()) return {};
    if (word.text() != "in")
      return wrong(word, "fields are separated by commas; 'in' names message types");
    do {
      const Span type = next_word();
      if (type.text().empty()) return wrong(type, "a message type is missing here");
      const fix::MessageDef* def = names_.message_named(type.text());
      msg_types.push_back(def ? def->msg_type : std::string(type.text()));
    } while (comma());
    return {};
  }

  Status read_renaming(Renaming& renaming) {
    if (Status fields = read_fields(renaming.tags); !fields) return fields;
    if (Status value = read_value(renaming.a); !value) return value;
    skip_blanks();
    if (at_ == end_ || file_.text()[at_] != '=')
      return wrong(next_word(),
                   "'=' is missing here, as in 'map Symbol ESZ6 = ESH7': the value of "
                   "side A, then that of side B");
    ++at_;
    if (Status value = read_value(renaming.b); !value) return value;
    const Span rest = next_word();
    if (!rest.text().empty())
      return wrong(rest, "nothing follows the two values; one with blanks stands in \"…\"");
    return {};
  }

  Status read_value(std::string& value) {
    skip_blanks();
    const std::size_t begin = at_;
    const bool quoted = at_ < end_ && file_.text()[at_] == '"';
    if (quoted) {
      while (++at_ < end_ && file_.text()[at_] != '"') {
      }
      if (at_ == end_) return wrong({&file_, begin, at_}, "the closing \" is missing");
      value = file_.text().substr(begin + 1, at_++ - begin - 1);
    } else {
      while (at_ < end_ &&
             std::string_view(" \t=").find(file_.text()[at_]) == std::string_view::npos)
        ++at_;
      value = file_.text().substr(begin, at_ - begin);
    }
    if (value.empty())
      return wrong({&file_, begin, at_}, "a value is missing here, as in 'map Symbol ESZ6 = ESH7'");
    return {};
  }

  std::optional<int> tag_of(std::string_view word) const {
    if (const auto number = parse_size(word); number && *number > 0 && *number < 1'000'000'000)
      return static_cast<int>(*number);
    const auto open = word.find('(');
    const fix::FieldDef* field = names_.field(word.substr(0, open));
    if (!field) return std::nullopt;
    return field->tag;
  }

  const SourceFile& file_;
  std::size_t at_;
  std::size_t end_;
  const fix::Dictionary& names_;
};

}  // namespace

Status Rules::read(const SourceFile& file, const fix::Dictionary& names) {
  std::size_t begin = 0;
  for (std::size_t line = 1; begin < file.text().size(); ++line) {
    const std::size_t end = std::min(file.text().find('\n', begin), file.text().size());
    const bool carriage = end > begin && file.text()[end - 1] == '\r';
    auto read = LineReader(file, {begin, carriage ? end - 1 : end}, names).read();
    if (!read) return read.error();
    if (read->rule) {
      read->rule->line = line;
      add(std::move(*read->rule));
    }
    if (read->renaming) {
      read->renaming->place = fmt::format("{}:{}", file.path(), line);
      if (const Renaming* const other = renamed(*read->renaming))
        return to_error({fixdrill::Severity::error, read->span,
                         fmt::format("'{}' is mapped to '{}' already at {}", other->a, other->b,
                                     other->place)});
      renamings_.push_back(std::move(*read->renaming));
    }
    begin = end + 1;
  }
  return {};
}

std::string rules_text(const Rules& rules, const fix::Dictionary& names) {
  std::string text;
  for (const Rule& rule : rules.all()) {
    if (rule.tags.empty()) continue;
    text += fmt::format("# {}\n", rule.reason);
    for (const int tag : rule.tags)
      text += fmt::format("{} {}\n", treatment_name(rule.treatment),
                          names.field(tag) ? names.field_label(tag) : std::to_string(tag));
  }
  return text;
}

}  // namespace fixdrill::diff
