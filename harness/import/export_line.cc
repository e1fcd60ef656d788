#include "import/export_line.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

#include "base/text.h"
#include "fix/value.h"
#include "import/log_frame.h"
#include "import/log_time.h"
#include "record/names.h"

namespace fixdrill::imports {

using record::Direction;
using record::MessageKind;
using record::MessageView;

namespace {

bool is_plain(char c) { return c >= ' ' && c != '"' && c != '\\' && c != '\x7f'; }

std::string quoted(std::string_view bytes) {
  std::string text = "\"";
  for (const char c : bytes)
    text +=
        is_plain(c) ? std::string(1, c) : fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
  return text + '"';
}

std::optional<std::string> unquoted(std::string_view text) {
  if (text.size() < 2 || !text.starts_with('"') || !text.ends_with('"')) return std::nullopt;
  text = text.substr(1, text.size() - 2);
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') return std::nullopt;
    if (text[at] != '\\') {
      bytes += text[at];
      continue;
    }
    unsigned value = 0;
    const char* const digits = text.data() + at + 2;
    if (at + 3 >= text.size() || text[at + 1] != 'x') return std::nullopt;
    if (std::from_chars(digits, digits + 2, value, 16).ptr != digits + 2) return std::nullopt;
    bytes += static_cast<char>(value);
    at += 3;
  }
  return bytes;
}

// The reader of logs finds exactly this message again.
bool reads_back(std::string_view raw) {
  if (!raw.starts_with(kMessageStart) || !raw.ends_with(kSoh)) return false;
  const std::string text = std::string(raw) + '\n';
  const LogFrame frame = frame_at(text, true);
  return frame.state == LogFrame::State::whole && frame.size == raw.size();
}

// A line of a log that is junk again when it stands alone.
bool is_plain_line(const MessageView& view) {
  return view.kind == MessageKind::junk && view.session_id == 0 && !trim(view.raw).empty() &&
         std::all_of(view.raw.begin(), view.raw.end(), [](char c) { return c != '\n'; }) &&
         view.raw.find(kMessageStart) == std::string_view::npos && !read_kept_line(view.raw);
}

std::string one_word(std::string text) {
  std::replace(text.begin(), text.end(), ' ', '_');
  return text.empty() ? "-" : text;
}

std::string_view next_word(std::string_view& text) {
  const std::size_t end = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

}  // namespace

std::string export_line(const MessageView& view, const record::SessionRow* session) {
  if (is_plain_line(view)) return fmt::format("{}\n", view.raw);
  const bool whole = view.kind == MessageKind::fix && reads_back(view.raw);
  const std::string what =
      whole ? std::string(view.raw)
            : fmt::format("{} {}", record::kind_name(view.kind), quoted(view.raw));
  return fmt::format("{} {} {} {}\n", fix::utc_timestamp(view.time.wall_ns, 9),
                     session ? one_word(session->alias) : "-",
                     view.direction == Direction::in ? "in" : "out", what);
}

std::optional<KeptLine> read_kept_line(std::string_view line) {
  if (!line.ends_with('"') || line.empty() || line[0] < '0' || line[0] > '9') return std::nullopt;
  KeptLine kept;
  const std::string_view time = next_word(line);
  const auto read = find_time(time);
  kept.alias = next_word(line);
  const std::string_view direction = next_word(line);
  const auto kind = record::kind_named(next_word(line));
  const auto raw = unquoted(line);
  const bool known = direction == "in" || direction == "out";
  if (!read || read->end != time.size() || !known || !kind || !raw) return std::nullopt;
  kept.direction = direction == "in" ? Direction::in : Direction::out;
  kept.kind = *kind;
  kept.raw = *raw;
  return kept;
}

std::string_view exported_alias(std::string_view prefix) {
  const auto time = find_time(prefix);
  if (!time || time->begin != 0 || prefix.substr(time->end, 1) != " ") return {};
  std::string_view rest = prefix.substr(time->end + 1);
  const std::string_view alias = next_word(rest);
  return rest == "in " || rest == "out " ? alias : std::string_view();
}

}  // namespace fixdrill::imports
