#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"
#include "fix/data_fields.h"
#include "fix/text.h"

namespace fixdrill::fix {

namespace {

constexpr std::array<std::string_view, 6> kDelimiters = {"|", "\x01", "^A", "\\x01", "<SOH>", ";"};
constexpr std::size_t kSemicolon = 5;

/// A place where a delimiter stands.
struct Mark {
  std::size_t at = 0;
  std::size_t kind = 0;  ///< into kDelimiters
  bool field_follows = false;

  std::size_t end() const { return at + kDelimiters[kind].size(); }
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

// Digits of the `TAG=` at `at`; 0: none stands there.
std::size_t tag_digits(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end < text.size() && text[end] == '=' ? end - at : 0;
}

// Where the `${` at `at` is over: behind its `}`, quotes and inner braces respected.
std::size_t skip_expression(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\') ++i;
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '{') ++depth;
    if (c == '}' && --depth == 0) return i + 1;
  }
  return text.size();
}

std::vector<Mark> find_marks(std::string_view text, std::size_t from) {
  std::vector<Mark> marks;
  for (std::size_t i = from; i < text.size();) {
    const std::string_view here = text.substr(i);
    if (here.starts_with("$${")) {
      i += 3;
      continue;
    }
    if (here.starts_with("${")) {
      i = skip_expression(text, i);
      continue;
    }
    const auto kind = std::find_if(kDelimiters.begin(), kDelimiters.end(),
                                   [here](std::string_view d) { return here.starts_with(d); });
    if (kind == kDelimiters.end()) {
      ++i;
      continue;
    }
    Mark mark{i, static_cast<std::size_t>(kind - kDelimiters.begin()), false};
    i = mark.end();
    mark.field_follows = tag_digits(text, skip_blanks(text, i)) != 0;
    marks.push_back(mark);
  }
  return marks;
}

// A `;` in a text is more often a semicolon than a delimiter.
bool may_close(const Mark& mark, std::string_view text) {
  return mark.kind != kSemicolon || mark.end() == text.size() || is_blank(text[mark.end()]);
}

// The delimiter that most fields follow; with one field only, the first that may close it.
std::optional<std::size_t> delimiter_of(const std::vector<Mark>& marks, std::string_view text) {
  std::array<std::size_t, kDelimiters.size()> count{};
  std::optional<std::size_t> best;
  for (const Mark& mark : marks) {
    if (mark.field_follows) ++count[mark.kind];
  }
  for (const Mark& mark : marks) {
    if (mark.field_follows && (!best || count[mark.kind] > count[*best])) best = mark.kind;
  }
  if (best) return best;
  const auto closing = std::find_if(marks.begin(), marks.end(),
                                    [text](const Mark& m) { return may_close(m, text); });
  if (closing == marks.end()) return std::nullopt;
  return closing->kind;
}

// Where the message begins: at once, or at the `8=` behind a log prefix.
std::optional<std::size_t> find_begin(std::string_view text) {
  const std::size_t first = skip_blanks(text, 0);
  if (tag_digits(text, first) != 0) return first;
  for (const std::string_view start : {"8=FIX", "8="}) {
    for (std::size_t at = first; (at = text.find(start, at)) != std::string_view::npos; ++at) {
      if (at == 0 || !is_digit(text[at - 1])) return at;
    }
  }
  return std::nullopt;
}

/// Cuts the fields out, one after another.
class FieldCutter {
 public:
  FieldCutter(std::string_view text, std::vector<Mark> marks)
      : text_(text), marks_(std::move(marks)) {}

  Result<Pasted> cut(std::size_t begin) {
    for (std::size_t at = begin;;) {
      const std::size_t digits = tag_digits(text_, at);
      const auto tag = parse_size(text_.substr(at, digits));
      if (!tag || *tag == 0 || digits > limits::kTagDigits)
        return input_error(
            fmt::format("'{}' is no tag", text_.substr(at, std::min<std::size_t>(digits, 40))));
      const std::size_t value = at + digits + 1;
      const Mark* mark = closing_mark(static_cast<int>(*tag), value);
      keep(at, static_cast<int>(*tag), value, mark ? mark->at : text_.size());
      out_.closed = mark != nullptr;
      out_.end = mark ? mark->end() : text_.size();
      at = skip_blanks(text_, out_.end);
      if (mark == nullptr || tag_digits(text_, at) == 0) return std::move(out_);
    }
  }

 private:
  // The mark that ends the value; null: it runs to the end. A data field is as long as its length
  // field says, when a delimiter stands there.
  const Mark* closing_mark(int tag, std::size_t value) {
    const auto from = [this](std::size_t at) {
      return std::lower_bound(marks_.begin(), marks_.end(), at,
                              [](const Mark& mark, std::size_t place) { return mark.at < place; });
    };
    if (tag == data_tag_ && data_size_ && *data_size_ <= text_.size() - value) {
      const auto behind = from(value + *data_size_);
      if (behind != marks_.end() && behind->at == value + *data_size_) return &*behind;
    }
    const auto next = from(value);
    return next == marks_.end() ? nullptr : &*next;
  }

  void keep(std::size_t begin, int tag, std::size_t value, std::size_t value_end) {
    std::string_view content = text_.substr(value, value_end - value);
    if (tag != data_tag_) content = trim(content);
    const std::size_t end =
        content.empty() ? value
                        : static_cast<std::size_t>(content.data() - text_.data()) + content.size();
    out_.fields.push_back({tag, std::string(content)});
    out_.spans.emplace_back(begin, end);
    if (const int follows = data_tag_of_length(tag); follows != 0) {
      data_tag_ = follows;
      data_size_ = parse_size(content);
    }
  }

  std::string_view text_;
  std::vector<Mark> marks_;
  Pasted out_;
  int data_tag_ = 0;
  std::optional<std::size_t> data_size_;
};

bool has_tag(const Pasted& pasted, int tag) {
  return std::any_of(pasted.fields.begin(), pasted.fields.end(),
                     [tag](const Field& field) { return field.tag == tag; });
}

}  // namespace

Result<Pasted> read_pasted(std::string_view text) {
  text = text.substr(0, text.find('\n'));
  const auto begin = find_begin(text);
  if (!begin) return input_error("this is no FIX message: it has no TAG=value");
  std::vector<Mark> marks = find_marks(text, *begin);
  const auto delimiter = delimiter_of(marks, text);
  std::erase_if(marks, [&](const Mark& mark) { return mark.kind != delimiter; });
  auto pasted = FieldCutter(text, std::move(marks)).cut(*begin);
  if (pasted) pasted->whole = has_tag(*pasted, 8) && has_tag(*pasted, 10);
  return pasted;
}

}  // namespace fixdrill::fix
