#include "report/line.h"

#include <fmt/format.h>
#include <ostream>

namespace fixdrill::report {

namespace {

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

const char* colour_of(record::Outcome outcome) {
  using record::Outcome;
  switch (outcome) {
    case Outcome::pass:
      return "32";
    case Outcome::fail:
    case Outcome::error:
    case Outcome::xpass:
      return "31";
    case Outcome::skip:
    case Outcome::xfail:
    case Outcome::unresolved:
      return "33";
  }
  return "0";
}

}  // namespace

void put_line(std::ostream& out, std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  if (first != line.npos && line.substr(first, 2) == "::") {
    out << line.substr(0, first) << "\\x3a";
    line.remove_prefix(first + 1);
  }
  out << line << '\n';
}

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += continues_character(c) ? 0 : 1;
  return count;
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t length = characters(text);
  return std::string(text) + std::string(length < width ? width - length : 0, ' ');
}

std::string clipped(std::string_view text, std::size_t width) {
  if (characters(text) <= width) return std::string(text);
  std::size_t end = 0;
  for (std::size_t count = 0; end < text.size(); ++end) {
    if (!continues_character(text[end]) && ++count == width) break;
  }
  return std::string(text.substr(0, end)) + "…";
}

std::string state_text(record::Outcome outcome, bool colour) {
  const char* name = record::outcome_name(outcome);
  return colour ? fmt::format("\x1b[{}m{}\x1b[0m", colour_of(outcome), name) : name;
}

}  // namespace fixdrill::report
