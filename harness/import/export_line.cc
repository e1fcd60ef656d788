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

constexpr std::size_t kTimeBytes = 27;  ///< 20261128-10:00:00.123456789
constexpr std::string_view kNoSession = "-";
constexpr std::string_view kMasked = "masked";
constexpr std::string_view kWrongSum = "wrong-sum";

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
  return text.empty() ? std::string(kNoSession) : text;
}

std::string_view next_word(std::string_view& text) {
  const std::size_t end = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

bool take_word(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word) || text.substr(word.size(), 1) != " ") return false;
  text.remove_prefix(word.size() + 1);
  return true;
}

std::optional<ExportedHead> take_head(std::string_view& text) {
  const auto time = find_time(text.substr(0, kTimeBytes));
  if (!time || time->begin != 0 || time->end != kTimeBytes) return std::nullopt;
  text.remove_prefix(kTimeBytes);
  if (!take_word(text, "")) return std::nullopt;
  ExportedHead head;
  head.session = next_word(text);
  const bool out = take_word(text, "out");
  if (!out && !take_word(text, "in")) return std::nullopt;
  head.direction = out ? Direction::out : Direction::in;
  head.masked = take_word(text, kMasked);
  head.sum_ok = !head.masked || !take_word(text, kWrongSum);
  return head;
}

// Where the `#2` of a word begins; its size: it has none.
std::size_t number_mark(std::string_view word) {
  const std::size_t mark = word.rfind('#');
  if (mark == std::string_view::npos || mark + 1 == word.size()) return word.size();
  const bool number = word.find_first_not_of("0123456789", mark + 1) == std::string_view::npos;
  return number ? mark : word.size();
}

}  // namespace

std::string_view SessionWords::of(std::int64_t id, const record::SessionRow* session) {
  if (!session) return kNoSession;
  const auto [found, fresh] = words_.try_emplace(id);
  if (!fresh) return found->second;
  const std::string alias = one_word(session->alias);
  const bool plain = number_mark(alias) == alias.size() && alias != kNoSession;
  std::string word = plain ? alias : fmt::format("{}#1", alias);
  for (int number = 2; !taken_.insert(word).second; ++number)
    word = fmt::format("{}#{}", alias, number);
  return found->second = std::move(word);
}

std::string_view alias_of(std::string_view word) { return word.substr(0, number_mark(word)); }

std::string export_line(const MessageView& view, std::string_view session) {
  if (is_plain_line(view)) return fmt::format("{}\n", view.raw);
  const bool whole = view.kind == MessageKind::fix && reads_back(view.raw);
  const std::string what =
      whole ? std::string(view.raw)
            : fmt::format("{} {}", record::kind_name(view.kind), quoted(view.raw));
  const std::string_view masked = !view.masked ? "" : view.sum_ok ? "masked " : "masked wrong-sum ";
  return fmt::format("{} {} {} {}{}\n", fix::utc_timestamp(view.time.wall_ns, 9), session,
                     view.direction == Direction::in ? "in" : "out", masked, what);
}

std::optional<ExportedHead> exported_head(std::string_view prefix) {
  const auto head = take_head(prefix);
  return prefix.empty() ? head : std::nullopt;
}

std::optional<KeptLine> read_kept_line(std::string_view line) {
  if (!line.ends_with('"')) return std::nullopt;
  const auto head = take_head(line);
  if (!head) return std::nullopt;
  const auto kind = record::kind_named(next_word(line));
  auto raw = unquoted(line);
  if (!kind || !raw) return std::nullopt;
  return KeptLine{*head, *kind, std::move(*raw)};
}

}  // namespace fixdrill::imports
