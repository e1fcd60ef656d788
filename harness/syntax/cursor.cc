#include "syntax/cursor.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"

namespace fixdrill::syntax {

namespace {

// A file that is no scenario at all gives this many errors, not a million.
constexpr std::size_t kMostErrors = 100;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name_char(char c) { return is_name_start(c) || is_digit(c); }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

Cursor::Cursor(SourcePtr source) : source_(std::move(source)), text_(source_->text()) {
  if (text_.starts_with(kByteOrderMark)) pos_ = kByteOrderMark.size();
}

std::size_t Cursor::line_end() const { return std::min(text_.find('\n', pos_), text_.size()); }

void Cursor::skip_blanks() {
  while (is_blank(peek())) ++pos_;
}

bool Cursor::at_line_end() {
  skip_blanks();
  return at_end() || peek() == '\n' || peek() == '#';
}

void Cursor::skip_comment() {
  if (peek() != '#') return;
  const std::size_t begin = pos_;
  pos_ = line_end();
  std::size_t end = pos_;
  while (end > begin && is_blank(text_[end - 1])) --end;
  comments.push_back({span(begin, end)});
  tokens.push_back({span(begin, end)});
}

void Cursor::skip_lines() {
  for (;;) {
    skip_blanks();
    if (peek() == '#') {
      skip_comment();
    } else if (peek() == '\n') {
      ++pos_;
    } else {
      return;
    }
  }
}

std::string_view Cursor::peek_word() {
  skip_blanks();
  if (!is_name_start(peek())) return {};
  std::size_t length = 1;
  while (is_name_char(peek(length))) ++length;
  return text_.substr(pos_, length);
}

bool Cursor::next_is(std::string_view text) {
  skip_blanks();
  return looking_at(text);
}

bool Cursor::take_word(std::string_view word) {
  if (peek_word() != word) return false;
  take_token(word.size());
  return true;
}

bool Cursor::take(std::string_view punctuation, Glue glue) {
  if (!next_is(punctuation)) return false;
  take_token(punctuation.size(), glue);
  if (quiet_ == 0 && glue == Glue::none) {
    if (punctuation == "{" || punctuation == "[") tokens.back().nesting = 1;
    if (punctuation == "}" || punctuation == "]") tokens.back().nesting = -1;
  }
  return true;
}

Span Cursor::take_token(std::size_t length, Glue glue) {
  const std::size_t begin = pos_;
  pos_ += length;
  note_token(begin, pos_, glue);
  return span(begin, pos_);
}

void Cursor::note_token(std::size_t begin, std::size_t end, Glue glue) {
  if (quiet_ == 0 && begin < end) tokens.push_back({span(begin, end), glue, 0});
}

std::string Cursor::found() {
  if (at_line_end()) return at_end() ? "the end of the file" : "the end of the line";
  return fmt::format("'{}'", printable(found_span().text()));
}

Span Cursor::found_span() {
  if (at_line_end()) return span(pos_, pos_);
  std::size_t end = pos_ + 1;
  if (is_name_char(peek())) {
    while (end < text_.size() && end - pos_ < 40 && is_name_char(text_[end])) ++end;
  } else {
    while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0) == 0x80) ++end;
  }
  return span(pos_, end);
}

std::nullopt_t Cursor::error(const Span& where, std::string message) {
  if (gave_up_) return std::nullopt;
  diagnostics.push_back({Severity::error, where, std::move(message)});
  if (diagnostics.size() < kMostErrors) return std::nullopt;
  diagnostics.push_back({Severity::error, where, "too many errors; the rest is not read"});
  gave_up_ = true;
  pos_ = text_.size();
  return std::nullopt;
}

std::nullopt_t Cursor::expected(std::string_view what) {
  const std::string here = found();
  return error(found_span(), fmt::format("expected {}, found {}", what, here));
}

}  // namespace fixdrill::syntax
