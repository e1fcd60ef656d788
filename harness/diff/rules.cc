#include "diff/rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fmt/format.h>
#include <utility>

#include "base/text.h"
#include "flow/ids.h"

namespace fixdrill::diff {

namespace {

constexpr std::array<std::pair<const char*, Treatment>, 11> kTreatments = {{
    {"exact", Treatment::exact},
    {"wire", Treatment::wire},
    {"counter", Treatment::counter},
    {"clock", Treatment::clock},
    {"date", Treatment::date},
    {"id", Treatment::id},
    {"secret", Treatment::secret},
    {"environment", Treatment::environment},
    {"text", Treatment::text},
    {"tolerance", Treatment::tolerance},
    {"ignore", Treatment::ignore},
}};

constexpr int kLastIdTag = 2000;

struct DefaultRule {
  Treatment treatment;
  std::vector<int> tags;
  const char* reason;
};

// Whatever names a thing, and what names one only for the moment: TestReqID(112),
// QuoteEntryID(299), BusinessRejectRefID(379).
std::vector<int> id_tags() {
  std::vector<int> tags = {112, 299, 379};
  for (int tag = 1; tag < kLastIdTag; ++tag) {
    if (flow::id_space(tag) != 0) tags.push_back(tag);
  }
  return tags;
}

// recording.md, B4.
const std::vector<DefaultRule>& default_rules() {
  static const std::vector<DefaultRule> kRules = {
      {Treatment::wire, {9, 10}, "follow from the rest"},
      {Treatment::counter,
       {34, 36, 7, 16, 45, 369, 789, 911, 893, 83},
       "each run counts for itself"},
      {Treatment::clock,
       {52, 60, 122, 273, 370, 769, 779, 126, 62, 168, 341, 345, 443, 515, 586},
       "never equal; precision is compared"},
      {Treatment::date,
       {64, 75, 272, 432, 541, 193, 229, 248, 715},
       "days from the message's own date"},
      {Treatment::id, id_tags(), "by what they refer to"},
      {Treatment::secret, {96, 554, 925, 1402, 95, 1401}, "there or not"},
      {Treatment::environment,
       {49, 56, 50, 57, 115, 116, 128, 129, 142, 143, 144, 145, 1603, 1604, 1605},
       "each environment has its own"},
      {Treatment::text, {58, 355, 354}, "wording without numbers and ids"},
  };
  return kRules;
}

}  // namespace

const char* treatment_name(Treatment treatment) {
  for (const auto& [name, value] : kTreatments) {
    if (value == treatment) return name;
  }
  return "exact";
}

bool looks_like_timestamp(std::string_view value) {
  return value.size() >= 17 && value.size() <= 27 && value[8] == '-' && value[11] == ':' &&
         value[14] == ':' && fix::timestamp_digits(value).has_value();
}

Rules::Rules() : by_tag_(kDirect) {
  rules_.emplace_back();
  for (const DefaultRule& made : default_rules()) {
    Rule rule;
    rule.treatment = made.treatment;
    rule.tags = made.tags;
    rule.reason = made.reason;
    add(std::move(rule));
  }
}

void Rules::add(Rule rule) {
  const auto index = static_cast<std::uint16_t>(rules_.size());
  for (const int tag : rule.tags) {
    for (const std::string& type : rule.msg_types) scoped_.push_back({tag, type, index});
    if (!rule.msg_types.empty()) continue;
    if (static_cast<std::size_t>(tag) < kDirect) {
      by_tag_[static_cast<std::size_t>(tag)] = index;
    } else {
      by_high_tag_[tag] = index;
    }
  }
  rules_.push_back(std::move(rule));
}

const Renaming* Rules::renamed(const Renaming& renaming) const {
  for (const Renaming& other : renamings_) {
    const bool field =
        std::find_first_of(other.tags.begin(), other.tags.end(), renaming.tags.begin(),
                           renaming.tags.end()) != other.tags.end();
    if (field && other.a == renaming.a) return &other;
  }
  return nullptr;
}

std::size_t Rules::index(int tag) const {
  if (static_cast<std::size_t>(tag) < kDirect) return by_tag_[static_cast<std::size_t>(tag)];
  const auto at = by_high_tag_.find(tag);
  return at == by_high_tag_.end() ? 0 : at->second;
}

const Rule& Rules::rule(int tag, std::string_view msg_type) const {
  for (auto scoped = scoped_.rbegin(); scoped != scoped_.rend(); ++scoped) {
    if (scoped->tag == tag && scoped->msg_type == msg_type) return rules_[scoped->rule];
  }
  return rules_[index(tag)];
}

Treatment Rules::treatment(int tag, std::string_view msg_type, std::string_view value) const {
  const Rule& found = rule(tag, msg_type);
  const bool named = &found != &rules_.front();
  return !named && looks_like_timestamp(value) ? Treatment::clock : found.treatment;
}

namespace {

constexpr const char* kMap = "map";

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
    const auto* known = std::find_if(kTreatments.begin(), kTreatments.end(),
                                     [&](const auto& entry) { return entry.first == word.text(); });
    if (known == kTreatments.end()) return unknown_treatment(word);
    rule.treatment = known->second;
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
    std::vector<std::string> names;
    for (const auto& [name, value] : kTreatments) names.emplace_back(name);
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
