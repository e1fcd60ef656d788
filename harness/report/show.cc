#include "report/show.h"

#include <fmt/format.h>
#include <ostream>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "fix/message.h"
#include "fix/text.h"
#include "report/line.h"

namespace fixdrill::report {

using record::Direction;
using record::MessageKind;
using record::MessageView;

namespace {

constexpr std::size_t kIndent = 14;       ///< below the time of day
constexpr std::size_t kShownRaw = 2'000;  ///< bytes of a message that no dictionary explains

std::string cut(std::string_view bytes) {
  if (bytes.size() <= kShownRaw) return fix::pipe_text(bytes);
  return fmt::format("{}… ({} bytes)", fix::pipe_text(bytes.substr(0, kShownRaw)), bytes.size());
}

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

// MsgType(35) is the third field; a message that has it elsewhere is shown.
bool has_type(std::string_view raw, std::string_view field) {
  return raw.substr(0, 40).find(field) != raw.npos;
}

}  // namespace

Show::Show(record::MessageSource& source, record::DictionaryOf dictionary, ShowOptions options,
           std::ostream& out)
    : source_(source),
      dictionary_(std::move(dictionary)),
      options_(std::move(options)),
      out_(out) {}

void Show::head(const record::Recording& recording) {
  headed_ = true;
  put_lines(recording_head(recording), 0);
  beside_ = beside_messages(recording);
}

Status Show::print() {
  for (;;) {
    const Result<const MessageView*> next = source_.next();
    if (!next) return next.error();
    if (*next == nullptr) return {};
    put(**next);
  }
}

void Show::put_happenings() {
  put_each(queue_.rest());
  if (options_.flush) out_.flush();
}

void Show::finish() {
  put_hidden();
  if (!options_.part) put_happenings();
}

void Show::put(const MessageView& view) {
  const std::vector<Happening> due = queue_.before(view);
  if (started_ || !options_.part) put_each(due);
  if (view.kind == MessageKind::junk && view.number != 0) {
    put_hidden();
    put_line(out_, printable_lines(view.line.empty() ? view.raw : view.line));
  } else if (!hides(view)) {
    put_hidden();
    put_message(view);
    started_ = true;
  }
  if (options_.flush) out_.flush();
}

void Show::put_each(const std::vector<Happening>& happenings) {
  for (const Happening& one : happenings) {
    put_hidden();
    put_day(one.wall_ns);
    put_lines(one.lines, 0);
  }
}

// Those that a verdict speaks of are shown.
bool Show::hides(const MessageView& view) {
  if (options_.all || view.kind != MessageKind::fix || beside_.contains(view.id)) return false;
  const bool heartbeat = has_type(view.raw, "\00135=0\001");
  const bool test_request = !heartbeat && has_type(view.raw, "\00135=1\001");
  heartbeats_ += heartbeat ? 1 : 0;
  test_requests_ += test_request ? 1 : 0;
  return heartbeat || test_request;
}

void Show::put_hidden() {
  if (heartbeats_ + test_requests_ == 0) return;
  std::vector<std::string> parts;
  if (heartbeats_ != 0) parts.push_back(counted(heartbeats_, "Heartbeat"));
  if (test_requests_ != 0) parts.push_back(counted(test_requests_, "TestRequest"));
  put_line(out_, fmt::format("{:{}}({})", "", kIndent, join(parts, ", ")));
  heartbeats_ = 0;
  test_requests_ = 0;
}

void Show::put_day(std::int64_t wall_ns) {
  if (wall_ns == 0) return;
  std::string day = flow::day_text(wall_ns, options_.zone);
  if (day == day_) return;
  put_line(out_, fmt::format("{} {}", day, options_.zone_name));
  day_ = std::move(day);
}

void Show::put_lines(const std::vector<std::string>& lines, std::size_t indent) {
  for (const std::string& line : lines)
    put_line(out_, line.empty() ? line : fmt::format("{:{}}{}", "", indent, line));
}

void Show::put_message(const MessageView& view) {
  const Party& who = party(view.session_id);
  std::string text = content(view, who);
  if (!text.empty() && text.back() == '\n') text.pop_back();
  const std::vector<std::string_view> lines = split(text, '\n');
  put_day(view.time.wall_ns);
  const std::string time = view.time.wall_ns == 0
                               ? std::string(kIndent - 2, ' ')
                               : flow::clock_text(view.time.wall_ns, options_.zone);
  const bool sound = view.sum_ok || view.kind != MessageKind::fix;
  const char* note = view.masked ? "  (secrets masked)"
                     : !sound    ? "  (BodyLength(9) or CheckSum(10) does not hold)"
                                 : "";
  put_line(out_, fmt::format("{}  {} {}  #{}  {}{}", time, who.alias,
                             view.direction == Direction::out ? "->" : "<-", view.id,
                             trim(lines.front()), note));
  for (std::size_t i = 1; i < lines.size(); ++i) put_line(out_, lines[i]);
  if (options_.raw) put_line(out_, std::string(kIndent, ' ') + fix::pipe_text(view.raw));
  if (const auto found = beside_.find(view.id); found != beside_.end())
    put_lines(found->second, kIndent);
}

std::string Show::content(const MessageView& view, const Party& who) const {
  switch (view.kind) {
    case MessageKind::garbled:
      return "garbled: " + cut(view.raw);
    case MessageKind::junk:
      return "junk: " + cut(view.raw);
    case MessageKind::partial:
      return "partial: " + cut(view.raw);
    case MessageKind::fix:
      break;
  }
  if (!who.dictionary) return cut(view.raw);
  return fix::pretty(fix::Message(std::string(view.raw)), *who.dictionary, kIndent,
                     {.header = options_.header});
}

// A log tells its sessions as they come.
const Show::Party& Show::party(std::int64_t session_id) {
  const auto known = parties_.find(session_id);
  if (known != parties_.end()) return known->second;
  Party& made = parties_[session_id];
  const record::SessionRow* row = source_.session(session_id);
  made.alias = row == nullptr ? "?" : printable(row->alias);
  if (row == nullptr) return made;
  made.dictionary = dictionary_(*row);
  std::string line = session_line(*row);
  if (!headed_ && told_.insert(line).second) put_line(out_, line);
  return made;
}

}  // namespace fixdrill::report
