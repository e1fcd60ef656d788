// A place in a text and what may be taken from there: characters, words, tokens, comments.
//
// The language is read without a separate lexer: what ends a value depends on where it stands.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "syntax/tree.h"

namespace fixdrill::syntax {

bool is_name_start(char c);
bool is_name_char(char c);
bool is_digit(char c);
bool is_blank(char c);

/// Reads one file from the front. Also collects its tokens, comments and diagnostics.
class Cursor {
 public:
  explicit Cursor(SourcePtr source);

  std::size_t pos() const { return pos_; }
  /// Never beyond the end, where nothing can be looked at.
  void seek(std::size_t pos) { pos_ = std::min(pos, text_.size()); }
  bool at_end() const { return pos_ >= text_.size(); }
  /// '\0' past the end.
  char peek(std::size_t ahead = 0) const {
    return pos_ + ahead < text_.size() ? text_[pos_ + ahead] : '\0';
  }
  char before() const { return pos_ > 0 ? text_[pos_ - 1] : '\n'; }
  bool looking_at(std::string_view text) const { return text_.substr(pos_).starts_with(text); }
  std::string_view text() const { return text_; }
  std::string_view text(std::size_t begin, std::size_t end) const {
    return text_.substr(begin, end - begin);
  }
  std::size_t line_end() const;  ///< position of the next '\n' or of the end of the text

  void skip_blanks();
  bool at_line_end();  ///< skips blanks first; a comment counts as the end of its line
  void skip_comment();
  void skip_lines();  ///< blanks, comments and line ends

  /// A name here, after blanks; "" when there is none. Takes nothing.
  std::string_view peek_word();
  /// The first character of what follows on the line, after blanks.
  bool next_is(std::string_view text);
  /// Takes `word` when it is the whole next word.
  bool take_word(std::string_view word);
  /// Takes punctuation when it comes next, after blanks.
  bool take(std::string_view punctuation, Glue glue = Glue::none);
  /// Takes the next `length` bytes as one token.
  Span take_token(std::size_t length, Glue glue = Glue::none);

  Span span(std::size_t begin, std::size_t end) const { return {source_.get(), begin, end}; }
  Span span_from(std::size_t begin) const { return span(begin, pos_); }
  /// What stands here, for "found …": one character, a word, or the end of the line.
  std::string found();
  Span found_span();

  /// Reports; the return value is for `return error(…)`.
  std::nullopt_t error(const Span& span, std::string message);
  std::nullopt_t expected(std::string_view what);
  bool gave_up() const { return gave_up_; }

  /// Nothing is noted as a token while one of these lives: the whole is one token.
  class Quiet {
   public:
    explicit Quiet(Cursor& cursor) : cursor_(cursor) { ++cursor_.quiet_; }
    ~Quiet() { --cursor_.quiet_; }
    Quiet(const Quiet&) = delete;
    Quiet& operator=(const Quiet&) = delete;

   private:
    Cursor& cursor_;
  };
  void note_token(std::size_t begin, std::size_t end, Glue glue = Glue::none);

  std::vector<Token> tokens;
  std::vector<Comment> comments;
  std::vector<Diagnostic> diagnostics;

 private:
  SourcePtr source_;
  std::string_view text_;
  std::size_t pos_ = 0;
  int quiet_ = 0;
  bool gave_up_ = false;
};

}  // namespace fixdrill::syntax
