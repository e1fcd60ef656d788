#include "import/log_reader.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"
#include "import/export_line.h"
#include "import/log_header.h"
#include "import/log_time.h"

namespace fixdrill::imports {

using record::Direction;
using record::MessageKind;
using record::MessageView;

namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kPrefixBytes = 80;  ///< where a line without a message may have its time

bool is_soh(std::string_view delimiter) { return delimiter.size() == 1 && delimiter[0] == kSoh; }

}  // namespace

LogReader::LogReader(std::string path, LogRules rules, std::unique_ptr<TextWindow> window)
    : name_(std::move(path)),
      rules_(std::move(rules)),
      window_(std::move(window)),
      sessions_(rules_.side),
      clock_(rules_.clock) {}

Result<const MessageView*> LogReader::next() {
  for (bool last = failed_.has_value();;) {
    const std::size_t size = window_->rest().empty() ? 0 : piece(last);
    if (size > 0) {
      const bool blank = view_.kind == MessageKind::junk && trim(view_.raw).empty();
      take(size);
      if (blank) continue;
      view_.id = ++id_;
      return &view_;
    }
    if (last && failed_) return *failed_;
    if (last) return nullptr;
    const auto more = window_->more();
    if (!more) failed_ = more.error();
    last = !more || !*more;
    if (last && !failed_ && (rules_.follow || window_->rest().empty())) return nullptr;
  }
}

std::size_t LogReader::piece(bool last) {
  const std::string_view text = window_->rest();
  std::size_t line_end = window_->line_end(0);
  const std::size_t head = head_line(line_end);
  if (head == kNone && !last) return 0;
  if (head != kNone && head > 0) line_end = window_->line_end(head);
  const std::string_view line = text.substr(0, line_end);
  if (rules_.side.aliases && kept(line)) return line.size() + (line_end != kNone ? 1 : 0);
  for (std::size_t start = line.find(kMessageStart); start != kNone;
       start = line.find(kMessageStart, start + kMessageStart.size())) {
    const LogFrame frame = frame_at(text.substr(start), last);
    if (frame.state == LogFrame::State::more) return 0;
    if (frame.state != LogFrame::State::none) return message(start, frame, last);
  }
  if (line_end == kNone && !last && text.size() < limits::kMessageBytes) return 0;
  line_end = window_->line_end(0);
  return junk(std::min({line_end, text.size(), limits::kMessageBytes}), line_end);
}

// QuickFIX's screen log writes a message as two lines: `<time, session, incoming>`, then `  (8=…)`.
// Where the second begins; 0: this is no such pair; npos: it may become one.
std::size_t LogReader::head_line(std::size_t line_end) const {
  constexpr std::string_view kSecond = "  (8=";
  const std::string_view text = window_->rest();
  if (line_end == kNone || text[0] != '<') return 0;
  std::string_view line = text.substr(0, line_end);
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (!line.ends_with("coming>") && !line.ends_with("going>")) return 0;
  const std::string_view second = text.substr(line_end + 1, kSecond.size());
  if (second == kSecond) return line_end + 1;
  return kSecond.starts_with(second) ? kNone : 0;
}

std::size_t LogReader::message(std::size_t start, const LogFrame& frame, bool last) {
  const std::string_view text = window_->rest();
  const std::size_t end = start + frame.size;
  std::size_t line_end = window_->line_end(end);
  const std::size_t next = text.substr(end, line_end - end).find(kMessageStart);
  const bool bare = rules_.live && start == 0 && end == text.size();
  if (line_end == kNone && next == kNone && !last && !bare &&
      text.size() - end < limits::kMessageBytes)
    return 0;
  line_end = next == kNone ? std::min(line_end, text.size()) : end;
  view_ = {};
  view_.kind = frame.state == LogFrame::State::whole ? MessageKind::fix : MessageKind::partial;
  view_.line = text.substr(0, line_end);
  view_.number = line_;
  view_.raw = text.substr(start, frame.size);
  const bool as_it_is = is_soh(frame.delimiter) && view_.raw.back() == kSoh;
  if (!as_it_is) {
    // Of a message that is cut nothing tells that its last field is whole.
    const bool closed = view_.raw.ends_with(frame.delimiter) || view_.kind == MessageKind::fix;
    to_soh(view_.raw, frame.delimiter, raw_);
    if (!closed) raw_.pop_back();
    view_.raw = raw_;
  }
  const bool length_ok = as_it_is ? frame.length_ok : frame_at(view_.raw, true).length_ok;
  view_.sum_ok = length_ok && checksum_holds(view_.raw);
  const std::string_view before = text.substr(0, start);
  if (line_begins_ || !trim(before).empty()) line_prefix_ = before;
  describe();
  count(frame);
  return line_end + (next == kNone && line_end < text.size() ? 1 : 0);
}

std::size_t LogReader::junk(std::size_t size, std::size_t line_end) {
  view_ = {};
  view_.kind = MessageKind::junk;
  view_.raw = view_.line = window_->rest().substr(0, size);
  view_.number = line_;
  line_prefix_.clear();
  const LogMoment moment = clock_.at(view_.raw.substr(0, kPrefixBytes), {}, false);
  view_.time.wall_ns = moment.wall_ns;
  explained_ = trim(view_.raw).empty();
  if (!explained_) ++report_.junk;
  return size + (size == line_end ? 1 : 0);
}

// A line of an export that holds what is no whole message.
bool LogReader::kept(std::string_view line) {
  auto found = read_kept_line(line);
  if (!found) return false;
  const LogPlace place = sessions_.place_of(found->head.session);
  view_ = {};
  view_.kind = found->kind;
  view_.direction = found->head.direction;
  view_.masked = found->head.masked;
  view_.session_id = place.session_id;
  view_.connection_id = place.connection_id;
  view_.time.wall_ns = clock_.at(line.substr(0, kPrefixBytes), {}, false).wall_ns;
  view_.line = line;
  view_.number = line_;
  raw_ = std::move(found->raw);
  view_.raw = raw_;
  view_.sum_ok = view_.masked ? found->head.sum_ok : view_.kind != MessageKind::fix;
  line_prefix_.clear();
  explained_ = true;
  ++report_.junk;
  return true;
}

void LogReader::describe() {
  const LogHeader header = read_header(view_.raw);
  const auto head = rules_.side.aliases ? exported_head(line_prefix_) : std::nullopt;
  const LogPlace place = head ? sessions_.place_exported(*head, header, view_.raw)
                              : sessions_.place(header, view_.raw, line_prefix_);
  if (head && head->masked) {
    view_.masked = true;
    view_.sum_ok = head->sum_ok;
  }
  view_.session_id = place.session_id;
  view_.connection_id = place.connection_id;
  view_.direction = place.direction;
  const LogMoment moment =
      clock_.at(line_prefix_, header.sending_time, place.direction == Direction::out);
  view_.time.wall_ns = moment.wall_ns;
  by_sending_time_ = moment.by_sending_time;
}

void LogReader::count(const LogFrame& frame) {
  if (!delimited_ || frame.delimiter != delimiter_) {
    delimiter_ = frame.delimiter;
    delimited_ = &report_.delimiters[delimiter_];
  }
  ++*delimited_;
  ++report_.messages;
  explained_ = true;
  if (view_.kind == MessageKind::partial)
    ++report_.partial;
  else if (!view_.sum_ok)
    ++report_.wrong_sums;
  if (by_sending_time_) ++report_.by_sending_time;
}

void LogReader::take(std::size_t size) {
  const std::string_view taken = window_->rest().substr(0, size);
  line_ += std::count(taken.begin(), taken.end(), '\n');
  line_begins_ = taken.back() == '\n';
  report_.bytes += size;
  if (explained_) report_.explained += size;
  window_->take(size);
}

SourceReport LogReader::report() const {
  SourceReport report = report_;
  report.kind = rules_.kind;
  report.warnings = clock_.warnings();
  report.format = fmt::format("time={}", rules_.clock.which);
  if (rules_.clock.which > 0) report.format += fmt::format(" zone={}", zone_text(clock_.zone_ns()));
  const DirectionWords& words = rules_.side.words;
  if (!words.in.empty()) report.format += fmt::format(" in={}", words.in);
  if (!words.out.empty()) report.format += fmt::format(" out={}", words.out);
  for (const std::string& us : sessions_.ours()) report.format += fmt::format(" us={}", us);
  return report;
}

}  // namespace fixdrill::imports
