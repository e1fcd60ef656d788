// Text files that people write, places in them, and what is said about those places.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fixdrill {

/// A text that positions refer to. Kept alive by whoever holds the tree made from it.
class SourceFile {
 public:
  /// `shown`: the number that each line has for people, ascending, where the text was made from
  /// that of `path`; of lines with one number the last is shown. Empty: counted from 1.
  SourceFile(std::string path, std::string text, std::vector<std::size_t> shown = {});

  const std::string& path() const { return path_; }
  const std::string& text() const { return text_; }

  struct Position {
    std::size_t line = 1;    ///< from 1
    std::size_t column = 1;  ///< from 1, in characters (UTF-8 sequences count as one)
  };
  /// Where byte `offset` stands; an offset past the end is the end.
  Position position(std::size_t offset) const;
  /// Line `line` (from 1) without its line end; empty when there is none.
  std::string_view line(std::size_t line) const;

 private:
  std::string path_;
  std::string text_;
  std::vector<std::size_t> line_starts_;
  std::vector<std::size_t> shown_;
};

using SourcePtr = std::shared_ptr<const SourceFile>;

/// Bytes [begin, end) of a file. The file must outlive it.
struct Span {
  const SourceFile* file = nullptr;
  std::size_t begin = 0;
  std::size_t end = 0;

  bool empty() const { return file == nullptr; }
  std::string_view text() const {
    return file ? std::string_view(file->text()).substr(begin, end - begin) : std::string_view();
  }
};

enum class Severity { error, warning, note };

/// One finding about a file. `message` is one sentence without a full stop: what was wrong; what to
/// do.
struct Diagnostic {
  Severity severity = Severity::error;
  Span span;
  std::string message;
};

/// "path:line:col", with a span in no file: "".
std::string location_text(const Span& span);

/// `path:line:col: error: message`, the line with its number, and carets below every mark on that
/// line. Without marks the span itself is marked. No line end at the end.
std::string render(const Diagnostic& diagnostic, const std::vector<Span>& marks = {});

/// All of them, one after another, a line end between.
std::string render(const std::vector<Diagnostic>& diagnostics);

bool has_errors(const std::vector<Diagnostic>& diagnostics);

/// The diagnostic as an input error.
Error to_error(const Diagnostic& diagnostic);

}  // namespace fixdrill
