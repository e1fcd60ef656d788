#include "syntax/formatter.h"

#include <algorithm>
#include <string_view>

namespace fixdrill::syntax {

namespace {

constexpr std::size_t kIndent = 2;

bool is_comment(const Token& token) { return token.span.text().starts_with('#'); }

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

/// Writes tokens as they are, on the lines where they were; only the blanks between are new.
class Layout {
 public:
  explicit Layout(const File& file) : file_(file) {}

  std::string text() {
    const std::vector<Token>& tokens = file_.tokens;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const std::size_t line_ends = i == 0 ? 1 : line_ends_between(tokens[i - 1], tokens[i]);
      if (line_ends == 0)
        put_behind(tokens[i - 1], tokens[i]);
      else
        begin_line(i, line_ends > 1);
      out_ += tokens[i].span.text();
      depth_ += tokens[i].nesting;
    }
    if (!out_.empty()) out_ += '\n';
    return std::move(out_);
  }

 private:
  std::size_t line_ends_between(const Token& left, const Token& right) const {
    const auto from = file_.source->text().begin();
    return static_cast<std::size_t>(std::count(from + static_cast<std::ptrdiff_t>(left.span.end),
                                               from + static_cast<std::ptrdiff_t>(right.span.begin),
                                               '\n'));
  }

  void begin_line(std::size_t index, bool blank_line) {
    const std::vector<Token>& tokens = file_.tokens;
    int depth = depth_;
    for (std::size_t i = index; i < tokens.size() && tokens[i].nesting < 0; ++i) {
      if (i > index && line_ends_between(tokens[i - 1], tokens[i]) > 0) break;
      --depth;
    }
    if (index > 0) out_ += '\n';
    const bool at_edge = index == 0 || tokens[index - 1].nesting > 0 || tokens[index].nesting < 0;
    if (blank_line && !at_edge) out_ += '\n';
    line_begin_ = out_.size();
    out_.append(kIndent * static_cast<std::size_t>(std::max(0, depth)), ' ');
  }

  void put_behind(const Token& left, const Token& right) {
    if (is_comment(right)) return pad_comment(right);
    const bool glued = left.glue == Glue::after || left.glue == Glue::both ||
                       right.glue == Glue::before || right.glue == Glue::both ||
                       (left.nesting > 0 && right.nesting < 0);
    if (!glued) out_ += ' ';
  }

  // A comment keeps its column when there is room, so that columns of comments survive.
  void pad_comment(const Token& comment) {
    const std::size_t column = file_.source->position(comment.span.begin).column - 1;
    const std::size_t here = characters(std::string_view(out_).substr(line_begin_));
    out_.append(column > here ? column - here : 1, ' ');
  }

  const File& file_;
  std::string out_;
  std::size_t line_begin_ = 0;
  int depth_ = 0;
};

}  // namespace

std::string format(const File& file) { return Layout(file).text(); }

}  // namespace fixdrill::syntax
