#include "import/log_frame.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <fmt/format.h>
#include <optional>

#include "base/limits.h"
#include "base/text.h"
#include "fix/data_fields.h"
#include "fix/framer.h"

namespace fixdrill::imports {

namespace {

constexpr std::size_t kDelimiterBytes = 8;
constexpr std::size_t kHeadBytes = 64;    ///< BeginString, BodyLength and their delimiters fit
constexpr std::size_t kTrailerBytes = 6;  ///< 10=nnn

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  return static_cast<std::size_t>(end - text.begin());
}

// Of `8=FIX.4.4`, `8=FIXT.1.1`; 0: something else.
std::size_t begin_string_size(std::string_view text) {
  std::size_t at = kMessageStart.size();
  if (at < text.size() && text[at] == 'T') ++at;
  for (int part = 0; part < 2; ++part) {
    if (at + 1 >= text.size() || text[at] != '.' || !is_digit(text[at + 1])) return 0;
    at += 2;
  }
  if (text.substr(at, 2) == "SP" && at + 2 < text.size() && is_digit(text[at + 2])) at += 3;
  return at;
}

// What stands between BeginString and `9=`, or `35=` where a log leaves BodyLength out.
std::string_view delimiter_at(std::string_view text, std::size_t at) {
  const std::string_view near = text.substr(at, kDelimiterBytes + 3);
  for (const std::string_view tag : {std::string_view("9="), std::string_view("35=")}) {
    const std::size_t found = near.find(tag);
    if (found != std::string_view::npos && found > 0) return near.substr(0, found);
  }
  return {};
}

bool trailer_at(std::string_view text, std::size_t at) {
  return text.substr(at, 3) == "10=" && digits(text.substr(at + 3, 4)) == 3;
}

std::size_t behind_trailer(std::string_view text, std::size_t trailer, std::string_view delimiter) {
  const std::size_t end = trailer + kTrailerBytes;
  return text.substr(end, delimiter.size()) == delimiter ? end + delimiter.size() : end;
}

/// The body begins at `begin` and is so long; nothing: no BodyLength(9) that could be one.
struct Body {
  std::size_t begin = 0;
  std::size_t size = 0;
};

std::optional<Body> body_of(std::string_view text, std::size_t at, std::string_view delimiter) {
  if (text.substr(at, 2) != "9=") return std::nullopt;
  const std::size_t count = digits(text.substr(at + 2, limits::kBodyLengthDigits));
  const std::size_t end = at + 2 + count;
  Body body{end + delimiter.size(), 0};
  std::from_chars(text.data() + at + 2, text.data() + end, body.size);
  const bool fits = count > 0 && text.substr(end, delimiter.size()) == delimiter && body.size > 0 &&
                    body.size <= limits::kMessageBytes;
  return fits ? std::optional(body) : std::nullopt;
}

// By BodyLength: only where the delimiter is as long as SOH.
LogFrame by_length(std::string_view text, const Body& body, std::string_view delimiter, bool last) {
  const std::size_t trailer = body.begin + body.size;
  if (trailer + kTrailerBytes + 1 > text.size() && !last)
    return {LogFrame::State::more, 0, delimiter, false};
  if (trailer >= text.size() || text[trailer - 1] != delimiter[0] || !trailer_at(text, trailer))
    return {};
  return {LogFrame::State::whole, behind_trailer(text, trailer, delimiter), delimiter, true};
}

// By the first CheckSum(10) of the line.
LogFrame by_trailer(std::string_view text, std::string_view delimiter, bool last) {
  const std::size_t next = text.find(kMessageStart, kMessageStart.size());
  const std::size_t line = std::min(text.find('\n'), next);
  const bool ends = line != std::string_view::npos;
  if (!ends && !last && text.size() < limits::kMessageBytes)
    return {LogFrame::State::more, 0, delimiter, false};
  std::string_view piece = text.substr(0, std::min(line, limits::kMessageBytes));
  if (piece.ends_with('\r')) piece.remove_suffix(1);
  for (std::size_t at = piece.find(delimiter); at != std::string_view::npos;
       at = piece.find(delimiter, at + delimiter.size())) {
    const std::size_t trailer = at + delimiter.size();
    if (trailer_at(piece, trailer))
      return {LogFrame::State::whole, behind_trailer(piece, trailer, delimiter), delimiter, false};
  }
  return {LogFrame::State::cut, piece.size(), delimiter, false};
}

int tag_at(std::string_view text, std::size_t& at) {
  const std::size_t count = digits(text.substr(at, limits::kTagDigits + 1));
  if (count == 0 || count > limits::kTagDigits) return 0;
  if (at + count >= text.size() || text[at + count] != '=') return 0;
  int tag = 0;
  std::from_chars(text.data() + at, text.data() + at + count, tag);
  at += count + 1;
  return tag;
}

// Where the value that begins at `at` ends: at a delimiter with a field or nothing behind it.
std::size_t value_end(std::string_view text, std::size_t at, std::string_view delimiter) {
  for (;;) {
    const std::size_t found = text.find(delimiter, at);
    if (found == std::string_view::npos) return text.size();
    std::size_t behind = found + delimiter.size();
    if (behind == text.size() || tag_at(text, behind) != 0) return found;
    at = found + 1;
  }
}

// A data field's end when its length field is right.
std::optional<std::size_t> data_end(std::string_view text, std::size_t at, std::size_t length,
                                    std::string_view delimiter) {
  if (length == 0 || length > text.size() - at) return std::nullopt;
  const std::size_t end = at + length;
  const bool fits = text.substr(end, delimiter.size()) == delimiter;
  return fits ? std::optional(end) : std::nullopt;
}

}  // namespace

LogFrame frame_at(std::string_view text, bool last) {
  if (!last && text.size() < kHeadBytes && text.find('\n') == std::string_view::npos)
    return {LogFrame::State::more, 0, {}, false};
  const std::size_t at = begin_string_size(text);
  if (at == 0) return {};
  const std::string_view delimiter = delimiter_at(text, at);
  if (delimiter.empty() || delimiter.find('\n') != std::string_view::npos) return {};
  const auto body = body_of(text, at + delimiter.size(), delimiter);
  if (body && delimiter.size() == 1) {
    const LogFrame frame = by_length(text, *body, delimiter, last);
    if (frame.state != LogFrame::State::none) return frame;
  }
  return by_trailer(text, delimiter, last);
}

void to_soh(std::string_view message, std::string_view delimiter, std::string& out) {
  out.clear();
  std::size_t length = 0;  // of the data field that is expected
  int data_tag = 0;
  for (std::size_t at = 0; at < message.size();) {
    const std::size_t begin = at;
    const int tag = tag_at(message, at);
    const auto data =
        tag != 0 && tag == data_tag ? data_end(message, at, length, delimiter) : std::nullopt;
    const std::size_t end = data ? *data : value_end(message, at, delimiter);
    out.append(message.substr(begin, end - begin)).push_back(kSoh);
    data_tag = fix::data_tag_of_length(tag);
    if (data_tag != 0) length = parse_size(message.substr(at, end - at)).value_or(0);
    at = end + delimiter.size();
  }
}

bool checksum_holds(std::string_view message) {
  const std::size_t trailer = kTrailerBytes + 1;
  if (message.size() <= trailer) return false;
  const std::string_view end = message.substr(message.size() - trailer);
  if (!end.starts_with("10=") || digits(end.substr(3)) != 3) return false;
  unsigned said = 0;
  std::from_chars(end.data() + 3, end.data() + 6, said);
  return fix::checksum(message.substr(0, message.size() - trailer)) == said;
}

}  // namespace fixdrill::imports
