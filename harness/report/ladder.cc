#include "report/ladder.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <ostream>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "fix/message.h"
#include "record/names.h"
#include "report/brief.h"
#include "report/line.h"

namespace fixdrill::report {

using record::Direction;
using record::MessageView;

namespace {

constexpr std::size_t kMargin = 25;     ///< time, latency, blanks
constexpr std::size_t kNumber = 9;      ///< behind the picture: "  #123456"
constexpr std::size_t kNarrowest = 30;  ///< from lifeline to lifeline
constexpr std::size_t kEdge = 4;        ///< of an arrow on either side of its label

struct Strokes {
  const char* life;
  const char* line;
  const char* left;
  const char* right;
};
constexpr Strokes kBox = {"│", "─", "◀", "▶"};
constexpr Strokes kAscii = {"|", "-", "<", ">"};

const Strokes& strokes(bool ascii) { return ascii ? kAscii : kBox; }

std::vector<std::string> characters_of(std::string_view text) {
  std::vector<std::string> out;
  for (const char c : text) {
    const bool continues = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
    if (!continues || out.empty()) out.emplace_back();
    out.back() += c;
  }
  return out;
}

// At blanks; a word that is longer than a line is cut.
std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  for (const std::string_view word : split(text, ' ')) {
    const std::string clipped_word = clipped(word, width);
    const std::size_t needed = characters(lines.back()) + 1 + characters(clipped_word);
    if (lines.back().empty()) {
      lines.back() = clipped_word;
    } else if (needed <= width) {
      lines.back() += ' ' + clipped_word;
    } else {
      lines.push_back(clipped_word);
    }
  }
  return lines;
}

void write(std::vector<std::string>& cells, std::size_t at, std::string_view text) {
  for (std::string& character : characters_of(text)) {
    if (at >= cells.size()) cells.resize(at + 1, " ");
    cells[at++] = std::move(character);
  }
}

std::string joined(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) line += cell;
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

// Empty: not known, or the clock went back.
std::optional<Duration> passed(Time from, Time to) {
  const bool exact = from.mono_ns > 0 && to.mono_ns > 0;
  const std::int64_t begin = exact ? from.mono_ns : from.wall_ns;
  const std::int64_t end = exact ? to.mono_ns : to.wall_ns;
  if (begin <= 0 || end < begin) return std::nullopt;
  return Duration(end - begin);
}

bool is_session_chatter(std::string_view msg_type) { return msg_type == "0" || msg_type == "1"; }

}  // namespace

Ladder::Ladder(const std::vector<record::RecordedSession>& sessions,
               const record::DictionaryOf& dictionary, LadderOptions options)
    : options_(std::move(options)) {
  const std::size_t picture =
      options_.width > kMargin + kNumber ? options_.width - kMargin - kNumber : 0;
  // Each file of a run has rows of its own for the same sessions.
  std::vector<std::string> lines;
  for (const auto& [id, row] : sessions) {
    const auto known = std::find(lines.begin(), lines.end(), session_line(row));
    Party& party = parties_[id];
    party.column = static_cast<std::size_t>(known - lines.begin());
    party.alias = printable(row.alias);
    party.dictionary = dictionary(row);
    party.name = fmt::format("{} {}", party.alias, printable(row.target));
    if (known != lines.end()) continue;
    lines.push_back(session_line(row));
    const std::string sender = printable(row.sender);
    us_ = order_.empty() || us_ == sender ? sender : "us";
    order_.push_back(id);
  }
  columns_ = std::max<std::size_t>(order_.size(), 1);
  if (picture / columns_ < kNarrowest) columns_ = 1;
  spacing_ = std::max(picture / columns_, kNarrowest);
  for (auto& [id, party] : parties_)
    party.column = spacing_ * (std::min(party.column, columns_ - 1) + 1);
}

void Ladder::add_happenings(std::vector<Happening> happenings) {
  std::erase_if(happenings, [](const Happening& one) { return one.scenario == 0; });
  queue_.add(std::move(happenings));
}

void Ladder::head(std::ostream& out) const {
  const std::string us = clipped(us_, spacing_ / 2);
  const std::size_t room = spacing_ - characters(us) - 1;
  Cells names;
  write(names, kMargin, us);
  // Each ends above its lifeline.
  const auto put_name = [&](std::size_t column, const std::string& name) {
    const std::string text = clipped(name, room);
    write(names, kMargin + column + 1 - characters(text), text);
  };
  std::vector<std::string> aliases;
  for (const std::int64_t id : order_) {
    const Party& party = parties_.at(id);
    aliases.push_back(party.alias);
    if (columns_ == order_.size()) put_name(party.column, party.name);
  }
  if (columns_ < order_.size()) put_name(spacing_, join(aliases, ", "));
  put_line(out, joined(names));
  put_line(out, std::string(kMargin, ' ') + joined(lifelines()));
}

void Ladder::put(const MessageView& view, std::ostream& out) {
  put_happenings(queue_.before(view), out);
  const auto known = parties_.find(view.session_id);
  if (known == parties_.end() || view.kind == record::MessageKind::junk) return;
  const Party& party = known->second;
  const fix::Message message{std::string(view.raw)};
  if (!options_.all && is_session_chatter(message.msg_type())) return;
  put_day(view.time.wall_ns, out);
  const std::vector<std::string> lines = wrapped(label(view, party), party.column - 2 * kEdge);
  Cells cells = lifelines();
  arrow(cells, party.column, view.direction);
  write(cells, kEdge - 1, fmt::format(" {} ", lines.front()));
  put_line(out, fmt::format("{}{}  #{}", margin(view), joined(cells), view.id));
  for (std::size_t i = 1; i < lines.size(); ++i) {
    Cells more = lifelines();
    write(more, kEdge, lines[i]);
    put_line(out, std::string(kMargin, ' ') + joined(more));
  }
  put_beside(view.id, out);
}

void Ladder::finish(std::ostream& out) { put_happenings(queue_.rest(), out); }

Ladder::Cells Ladder::lifelines() const {
  Cells cells(spacing_ * columns_ + 1, " ");
  for (std::size_t i = 0; i <= columns_; ++i) cells[i * spacing_] = strokes(options_.ascii).life;
  return cells;
}

void Ladder::arrow(Cells& cells, std::size_t column, Direction direction) const {
  const Strokes& stroke = strokes(options_.ascii);
  std::fill(cells.begin() + 1, cells.begin() + static_cast<std::ptrdiff_t>(column), stroke.line);
  if (direction == Direction::out)
    cells[column - 1] = stroke.right;
  else
    cells[1] = stroke.left;
}

std::string Ladder::label(const MessageView& view, const Party& party) const {
  const std::string text = view.kind == record::MessageKind::fix
                               ? brief(fix::Message(std::string(view.raw)), party.dictionary.get())
                               : std::string(record::kind_name(view.kind));
  return columns_ < order_.size() ? fmt::format("{}: {}", party.alias, text) : text;
}

// The time of day, and how long after the message before.
std::string Ladder::margin(const MessageView& view) {
  if (view.time.wall_ns == 0) return std::string(kMargin, ' ');
  const auto since = passed(last_, view.time);
  const std::string after = since ? fmt::format("+{}", elapsed_text(*since)) : "";
  last_ = view.time;
  return fmt::format("{} {:>11} ", flow::clock_text(view.time.wall_ns, options_.zone), after);
}

void Ladder::put_day(std::int64_t wall_ns, std::ostream& out) {
  if (wall_ns == 0) return;
  std::string day = flow::day_text(wall_ns, options_.zone);
  if (day == day_) return;
  put_line(out, fmt::format("{} {}", day, options_.zone_name));
  day_ = std::move(day);
}

void Ladder::put_happenings(const std::vector<Happening>& happenings, std::ostream& out) {
  for (const Happening& one : happenings) {
    put_day(one.wall_ns, out);
    for (const std::string& line : one.lines) put_line(out, line);
  }
}

void Ladder::put_beside(std::int64_t id, std::ostream& out) const {
  const auto found = beside_.find(id);
  if (found == beside_.end()) return;
  for (const std::string& line : found->second) {
    const bool failed = line.starts_with('!') && !line.starts_with("! sent ");
    if (failed) put_line(out, fmt::format("{:{}}{}", "", kMargin + kEdge - 2, line));
  }
}

}  // namespace fixdrill::report
