#include "syntax/formatter.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

namespace fixdrill::syntax {

namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kBar = 3;  ///< of a table, with a blank on either side

bool is_comment(const Token& token) { return token.span.text().starts_with('#'); }

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

/// Where the bars of tables stand, by their place in the file: characters from the row's beginning.
using BarColumns = std::map<std::size_t, std::size_t>;

// Cells of one column are as wide as its widest.
class TableColumns {
 public:
  explicit TableColumns(const File& file) : file_(file) {
    for (const Table& table : file.tables) {
      if (table.name.span.file == file.source.get() && table.path.empty()) add(table);
    }
  }
  BarColumns take() { return std::move(bars_); }

 private:
  void add(const Table& table) {
    std::vector<std::size_t> widths;
    for (const Name& column : table.columns) widths.push_back(characters(column.span.text()));
    for (const Table::Row& row : table.rows) {
      for (std::size_t i = 0; i < widths.size(); ++i)
        widths[i] = std::max(widths[i], characters(row.cells[i].span.text()));
    }
    add_row(table.columns.front().span.begin, table.columns.back().span.end, widths);
    for (const Table::Row& row : table.rows) add_row(row.span.begin, row.span.end, widths);
  }

  void add_row(std::size_t begin, std::size_t end, const std::vector<std::size_t>& widths) {
    auto token =
        std::lower_bound(file_.tokens.begin(), file_.tokens.end(), begin,
                         [](const Token& token, std::size_t at) { return token.span.begin < at; });
    auto width = widths.begin();
    std::size_t cell = 0;  // where it begins
    for (; token != file_.tokens.end() && token->span.begin < end; ++token) {
      if (token->span.text() != "|") continue;
      bars_[token->span.begin] = cell + *width + 1;
      cell += *width++ + kBar;
    }
  }

  const File& file_;
  BarColumns bars_;
};

/// Writes tokens as they are, on the lines where they were; only the blanks between are new.
class Layout {
 public:
  explicit Layout(const File& file) : file_(file), bars_(TableColumns(file).take()) {}

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
    indent_ = kIndent * static_cast<std::size_t>(std::max(0, depth));
    out_.append(indent_, ' ');
    pad_to_bar(tokens[index]);
  }

  void put_behind(const Token& left, const Token& right) {
    if (is_comment(right)) return pad_comment(right);
    if (pad_to_bar(right)) return;
    const bool glued = left.glue == Glue::after || left.glue == Glue::both ||
                       right.glue == Glue::before || right.glue == Glue::both ||
                       (left.nesting > 0 && right.nesting < 0);
    if (!glued) out_ += ' ';
  }

  // False: it is no bar of a table.
  bool pad_to_bar(const Token& token) {
    const auto bar = bars_.find(token.span.begin);
    if (bar == bars_.end()) return false;
    const std::size_t here = characters(std::string_view(out_).substr(line_begin_));
    out_.append(std::max(indent_ + bar->second, here) - here, ' ');
    return true;
  }

  // A comment keeps its column when there is room, so that columns of comments survive.
  void pad_comment(const Token& comment) {
    const std::size_t column = file_.source->position(comment.span.begin).column - 1;
    const std::size_t here = characters(std::string_view(out_).substr(line_begin_));
    out_.append(column > here ? column - here : 1, ' ');
  }

  const File& file_;
  BarColumns bars_;
  std::string out_;
  std::size_t line_begin_ = 0;
  std::size_t indent_ = 0;
  int depth_ = 0;
};

}  // namespace

std::string format(const File& file) { return Layout(file).text(); }

}  // namespace fixdrill::syntax
