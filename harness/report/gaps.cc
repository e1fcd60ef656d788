#include "report/gaps.h"

#include <algorithm>
#include <fmt/format.h>
#include <ostream>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "report/clock.h"
#include "report/line.h"

namespace fixdrill::report {

using flow::FieldDifference;
using flow::Gap;
using flow::GapKind;
using flow::Recovery;
using flow::SequenceNote;
using flow::SequenceStream;

namespace {

constexpr std::size_t kShownDifferences = 8;

std::string range_text(Gap::Range range) {
  return range.first == range.second ? fmt::format("{}", range.first)
                                     : fmt::format("{} to {}", range.first, range.second);
}

std::string counted(std::size_t count, std::string_view thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

std::string ids_text(const std::vector<std::int64_t>& ids) {
  std::vector<std::string> parts;
  for (const std::int64_t id : ids) parts.push_back(fmt::format("#{}", id));
  return join(parts, ", ");
}

bool is_resent(const Recovery& recovery) { return !recovery.filled && !recovery.wrong(); }

// What goes into one line: copies in a row that are as they should be.
bool goes_on(const Recovery& before, std::int64_t first, const Recovery& next) {
  return is_resent(before) && is_resent(next) && before.to + 1 == first &&
         (before.original == 0) == (next.original == 0);
}

/// One direction of a session.
class StreamText {
 public:
  StreamText(const fix::Dictionary* dictionary, const Clock& clock, const GapsOptions& options,
             std::ostream& out)
      : dictionary_(dictionary), clock_(clock), options_(options), out_(out) {}

  /// Gaps and notes in the order in which they showed.
  void put(const SequenceStream& stream) {
    std::size_t next = 0;
    for (const Gap& gap : stream.gaps) {
      for (; next < stream.notes.size() && stream.notes[next].message <= gap.message; ++next)
        put(stream.notes[next]);
      put(gap);
    }
    for (; next < stream.notes.size(); ++next) put(stream.notes[next]);
  }

 private:
  void put(const SequenceNote& note) {
    line(note.fault, fmt::format("{}  #{}  {}", clock(note.time), note.message, note.text));
  }

  void put(const Gap& gap) {
    line(false, fmt::format("{}  #{}  {}", clock(gap.time), gap.message, heading(gap)));
    std::int64_t first = 0;
    std::int64_t first_message = 0;
    for (auto at = gap.recovered.begin(); at != gap.recovered.end(); ++at) {
      if (first == 0) {
        first = at->first;
        first_message = at->second.message;
      }
      const auto next = std::next(at);
      if (next != gap.recovered.end() && goes_on(at->second, next->first, next->second)) continue;
      put_recovery({first, at->second.to}, first_message, at->second);
      first = 0;
    }
    for (const Gap::Range& range : gap.missing()) {
      const std::string why =
          gap.reset_by == 0 ? "" : fmt::format("; #{} began anew before it came", gap.reset_by);
      line(true, fmt::format("    {}: missing{}", range_text(range), why));
    }
  }

  std::string heading(const Gap& gap) const {
    const std::string range = range_text({gap.from, gap.to});
    const std::string by = ids_text(gap.requests);
    switch (gap.kind) {
      case GapKind::jump:
        return fmt::format("{} skips {}, {}", type_name(gap.msg_type), range,
                           by.empty() ? "which nobody asked for" : "asked for by " + by);
      case GapKind::asked:
        return fmt::format("{} asks for {}{}", type_name(gap.msg_type), range,
                           gap.requests.size() > 1 ? fmt::format(" ({})", by) : "");
      case GapKind::unasked:
        break;
    }
    return fmt::format("{} sent again, which nobody asked for", range);
  }

  void put_recovery(Gap::Range numbers, std::int64_t first_message, const Recovery& recovery) {
    const std::string range = range_text(numbers);
    if (recovery.filled) {
      line(false, fmt::format("    {}: gap-filled by #{}{}", range, recovery.message,
                              types_text(recovery)));
      return;
    }
    const std::string copies = numbers.first == numbers.second
                                   ? fmt::format("#{}", recovery.message)
                                   : fmt::format("#{} to #{}", first_message, recovery.message);
    std::vector<std::string> words;
    if (recovery.session_message)
      words.push_back(fmt::format("{} is never sent again: a GapFill is due",
                                  type_name(recovery.types.begin()->first)));
    if (recovery.differs_somewhere) words.emplace_back("differs from what was sent");
    if (!recovery.differences.empty())
      words.push_back(fmt::format("differs from #{}: {}", recovery.original, list(recovery)));
    if (words.empty())
      words.emplace_back(recovery.original == 0 ? "the original is not here" : "as before");
    line(recovery.wrong(),
         fmt::format("    {}: sent again by {}, {}", range, copies, join(words, "; ")));
  }

  std::string types_text(const Recovery& recovery) const {
    std::vector<std::string> parts;
    for (const auto& [type, count] : recovery.types)
      parts.push_back(fmt::format("{} {}", count, type_name(type)));
    return parts.empty() ? "" : fmt::format(", in place of {}", join(parts, ", "));
  }

  std::string list(const Recovery& recovery) const {
    std::vector<std::string> parts;
    for (const FieldDifference& one : recovery.differences) {
      if (parts.size() == kShownDifferences) {
        parts.push_back(fmt::format("{} more", recovery.differences.size() - parts.size()));
        break;
      }
      parts.push_back(difference_text(one));
    }
    return join(parts, ", ");
  }

  std::string difference_text(const FieldDifference& one) const {
    if (one.tag == 0) return "the same fields in another order";
    const std::string label =
        printable(dictionary_ ? dictionary_->field_label(one.tag) : fmt::format("tag {}", one.tag));
    const std::string field =
        one.nth == 0 ? label : fmt::format("{} (number {})", label, one.nth + 1);
    if (one.tag == 122)
      return fmt::format("{} {}, but it was sent at {}", field, printable(one.is.value_or("")),
                         printable(one.was.value_or("")));
    if (!one.is) return fmt::format("{} is gone (it was {})", field, printable(*one.was));
    if (!one.was) return fmt::format("{} {} is new", field, printable(*one.is));
    return fmt::format("{} {} -> {}", field, printable(*one.was), printable(*one.is));
  }

  std::string type_name(const std::string& type) const {
    return printable(dictionary_ ? dictionary_->message_label(type) : fmt::format("35={}", type));
  }

  std::string clock(const Time& time) const {
    const std::string text = clock_.text(time.wall_ns);
    return text.empty() ? "-" : text;
  }

  void line(bool wrong, const std::string& text) {
    if (!wrong) return put_line(out_, fmt::format("  {}", text));
    put_line(out_, options_.colour ? fmt::format("\033[31m! {}\033[0m", text)
                                   : fmt::format("! {}", text));
  }

  const fix::Dictionary* dictionary_;
  const Clock& clock_;
  const GapsOptions& options_;
  std::ostream& out_;
};

std::string head(const SequenceStream& stream, const record::SessionRow* row) {
  const bool sent = stream.direction == record::Direction::out;
  const std::string alias = row ? printable(row->alias) : "?";
  const std::string from = row ? printable(sent ? row->sender : row->target) : "?";
  const std::string to = row ? printable(sent ? row->target : row->sender) : "?";
  std::string line = fmt::format("{} {}: {} -> {}, ", alias, sent ? "out" : "in", from, to);
  if (stream.messages == 0) return line + "nothing";
  line +=
      fmt::format("{} to {}, {}", stream.first, stream.last, counted(stream.messages, "message"));
  if (stream.again > 0) line += fmt::format(", {} of them again", stream.again);
  if (stream.gaps.empty() && stream.notes.empty()) line += ": no gap";
  return line;
}

}  // namespace

void put_gaps(const StreamList& streams, const record::MessageSource& source,
              const record::DictionaryOf& dictionary, const GapsOptions& options,
              std::ostream& out) {
  Clock clock(options.zone);
  for (const SequenceStream* stream : streams) {
    for (const Gap& gap : stream->gaps) clock.see(gap.time.wall_ns);
    for (const SequenceNote& note : stream->notes) clock.see(note.time.wall_ns);
  }
  for (const SequenceStream* stream : streams) {
    const record::SessionRow* row = source.session(stream->session_id);
    const fix::DictionaryPtr names = row ? dictionary(*row) : nullptr;
    put_line(out, head(*stream, row));
    StreamText(names.get(), clock, options, out).put(*stream);
  }
}

std::string gaps_total(const StreamList& streams) {
  std::size_t gaps = 0, wrong = 0, faults = 0;
  for (const SequenceStream* stream : streams) {
    gaps += stream->gaps.size();
    for (const Gap& gap : stream->gaps) wrong += gap.wrong() ? 1 : 0;
    for (const SequenceNote& note : stream->notes) faults += note.fault ? 1 : 0;
  }
  std::string line = gaps == 0 ? "no gaps" : counted(gaps, "gap");
  if (wrong > 0) line += fmt::format(", {} with what is missing or differs", wrong);
  if (gaps > 0 && wrong == 0) line += ", all in order";
  if (faults > 0) line += fmt::format("; {}", counted(faults, "fault"));
  return line;
}

}  // namespace fixdrill::report
