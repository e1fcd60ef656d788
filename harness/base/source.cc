#include "base/source.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/text.h"

namespace fixdrill {

namespace {

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_character));
}

const char* severity_name(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return "";
}

// One blank a character, tabs kept, so that the carets stand below what they mark.
std::string blanks_like(std::string_view text) {
  std::string blanks;
  for (char c : text) {
    if (starts_character(c)) blanks += c == '\t' ? '\t' : ' ';
  }
  return blanks;
}

std::string caret_line(const SourceFile& file, std::size_t line, const std::vector<Span>& marks) {
  const std::string_view text = file.line(line);
  const auto line_begin = static_cast<std::size_t>(text.data() - file.text().data());
  std::string carets = blanks_like(text) + " ";
  for (const Span& mark : marks) {
    if (mark.file != &file || file.position(mark.begin).line != line) continue;
    const std::size_t from = std::min(mark.begin - line_begin, text.size());
    const std::size_t to = std::clamp(mark.end - line_begin, from, text.size());
    const std::size_t first = characters(text.substr(0, from));
    const std::size_t count = std::max<std::size_t>(1, characters(text.substr(from, to - from)));
    for (std::size_t i = first; i < first + count && i < carets.size(); ++i) carets[i] = '^';
  }
  return carets.substr(0, carets.find_last_not_of(" \t") + 1);
}

}  // namespace

SourceFile::SourceFile(std::string path, std::string text, std::vector<std::size_t> shown)
    : path_(std::move(path)), text_(std::move(text)), line_starts_{0}, shown_(std::move(shown)) {
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') line_starts_.push_back(i + 1);
  }
}

SourceFile::Position SourceFile::position(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const auto line = static_cast<std::size_t>(next - line_starts_.begin());
  const std::size_t start = line_starts_[line - 1];
  const std::size_t number = line <= shown_.size() ? shown_[line - 1] : line;
  return {number, characters(std::string_view(text_).substr(start, offset - start)) + 1};
}

std::string_view SourceFile::line(std::size_t line) const {
  if (!shown_.empty()) {
    const auto behind = std::upper_bound(shown_.begin(), shown_.end(), line);
    line = static_cast<std::size_t>(behind - shown_.begin());
  }
  if (line == 0 || line > line_starts_.size()) return {};
  const std::size_t start = line_starts_[line - 1];
  std::string_view rest = std::string_view(text_).substr(start);
  rest = rest.substr(0, rest.find('\n'));
  if (!rest.empty() && rest.back() == '\r') rest.remove_suffix(1);
  return rest;
}

std::string location_text(const Span& span) {
  if (span.empty()) return "";
  const auto [line, column] = span.file->position(span.begin);
  return fmt::format("{}:{}:{}", span.file->path(), line, column);
}

std::string render(const Diagnostic& diagnostic, const std::vector<Span>& marks) {
  const Span& span = diagnostic.span;
  if (span.empty())
    return fmt::format("{}: {}", severity_name(diagnostic.severity), diagnostic.message);
  const std::size_t line = span.file->position(span.begin).line;
  const std::string number = std::to_string(line);
  return fmt::format("{}: {}: {}\n{} | {}\n{:{}} | {}", location_text(span),
                     severity_name(diagnostic.severity), diagnostic.message, number,
                     printable(span.file->line(line)), "", number.size(),
                     caret_line(*span.file, line, marks.empty() ? std::vector<Span>{span} : marks));
}

std::string render(const std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> texts;
  texts.reserve(diagnostics.size());
  for (const Diagnostic& d : diagnostics) texts.push_back(render(d));
  return join(texts, "\n");
}

bool has_errors(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}

Error to_error(const Diagnostic& diagnostic) { return input_error(render(diagnostic)); }

}  // namespace fixdrill
