#include "import/log_source.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "fix/value.h"
#include "import/log_frame.h"
#include "import/log_header.h"
#include "import/log_sessions.h"
#include "import/log_time.h"
#include "import/text_window.h"

namespace fixdrill::imports {

using record::MessageKind;
using record::MessageView;

namespace {

constexpr std::size_t kNone = std::string_view::npos;

class LogSource final : public record::MessageSource {
 public:
  LogSource(std::string path, const LogOptions& options, std::unique_ptr<ByteReader> reader)
      : name_(std::move(path)),
        follow_(options.follow),
        live_(options.follow || name_ == "-"),
        window_(std::move(reader)),
        sessions_(options.us) {}

  const std::string& name() const override { return name_; }
  const record::SessionRow* session(std::int64_t id) const override {
    return sessions_.session(id);
  }
  Result<const MessageView*> next() override;

 private:
  /// A piece of the text: up to and with `size` bytes; 0: more bytes are needed.
  std::size_t piece(bool last);
  std::size_t message(std::size_t start, const LogFrame& frame, bool last);
  std::size_t junk(std::size_t size, std::size_t line_end);
  void describe(std::string_view prefix);
  void take(std::size_t size);

  std::string name_;
  bool follow_;
  bool live_;  ///< what comes next may be long in coming
  TextWindow window_;
  LogSessions sessions_;
  MessageView view_;
  std::string raw_;          ///< of view_ where the log's bytes are not the message's
  std::string line_prefix_;  ///< what stands at the beginning of the present line
  std::int64_t id_ = 0;
  std::int64_t line_ = 1;
  bool line_begins_ = true;
};

Result<const MessageView*> LogSource::next() {
  for (bool last = false;;) {
    const std::size_t size = window_.rest().empty() ? 0 : piece(last);
    if (size > 0) {
      const bool blank = view_.kind == MessageKind::junk && trim(view_.raw).empty();
      take(size);
      if (blank) continue;
      view_.id = ++id_;
      return &view_;
    }
    if (last) return nullptr;
    const auto more = window_.more();
    if (!more) return more.error();
    if (!*more && (follow_ || window_.rest().empty())) return nullptr;
    last = !*more;
  }
}

std::size_t LogSource::piece(bool last) {
  const std::string_view text = window_.rest();
  const std::size_t line_end = window_.line_end(0);
  const std::string_view line = text.substr(0, line_end);
  for (std::size_t start = line.find(kMessageStart); start != kNone;
       start = line.find(kMessageStart, start + kMessageStart.size())) {
    const LogFrame frame = frame_at(text.substr(start), last);
    if (frame.state == LogFrame::State::more) return 0;
    if (frame.state != LogFrame::State::none) return message(start, frame, last);
  }
  if (line_end == kNone && !last && text.size() < limits::kMessageBytes) return 0;
  return junk(std::min(line.size(), limits::kMessageBytes), line_end);
}

std::size_t LogSource::message(std::size_t start, const LogFrame& frame, bool last) {
  const std::string_view text = window_.rest();
  const std::size_t end = start + frame.size;
  std::size_t line_end = window_.line_end(end);
  const std::size_t next = text.substr(end, line_end - end).find(kMessageStart);
  const bool bare = live_ && start == 0 && end == text.size();
  if (line_end == kNone && next == kNone && !last && !bare &&
      text.size() - end < limits::kMessageBytes)
    return 0;
  line_end = next == kNone ? std::min(line_end, text.size()) : end;
  view_ = {};
  view_.kind = frame.state == LogFrame::State::whole ? MessageKind::fix : MessageKind::partial;
  view_.line = text.substr(0, line_end);
  view_.number = line_;
  view_.raw = text.substr(start, frame.size);
  if (frame.delimiter.size() != 1 || frame.delimiter[0] != kSoh || view_.raw.back() != kSoh) {
    to_soh(view_.raw, frame.delimiter, raw_);
    view_.raw = raw_;
  }
  view_.sum_ok = frame_at(view_.raw, true).length_ok && checksum_holds(view_.raw);
  if (line_begins_) line_prefix_ = text.substr(0, start);
  describe(line_prefix_);
  return line_end + (next == kNone && line_end < text.size() ? 1 : 0);
}

std::size_t LogSource::junk(std::size_t size, std::size_t line_end) {
  view_ = {};
  view_.kind = MessageKind::junk;
  view_.raw = view_.line = window_.rest().substr(0, size);
  view_.number = line_;
  return size + (size == line_end ? 1 : 0);
}

void LogSource::describe(std::string_view prefix) {
  const LogHeader header = read_header(view_.raw);
  const LogPlace place = sessions_.place(header);
  view_.session_id = place.session_id;
  view_.connection_id = place.connection_id;
  view_.direction = place.direction;
  if (const auto time = find_time(prefix))
    view_.time.wall_ns = time->wall_ns;
  else
    view_.time.wall_ns = fix::parse_utc_timestamp(header.sending_time).value_or(0);
}

void LogSource::take(std::size_t size) {
  const std::string_view taken = window_.rest().substr(0, size);
  line_ += std::count(taken.begin(), taken.end(), '\n');
  line_begins_ = taken.back() == '\n';
  window_.take(size);
}

}  // namespace

Result<std::unique_ptr<record::MessageSource>> open_log(const std::string& path,
                                                        const LogOptions& options) {
  auto reader = open_bytes(path);
  if (!reader) return reader.error();
  return std::unique_ptr<record::MessageSource>(
      std::make_unique<LogSource>(path, options, std::move(*reader)));
}

}  // namespace fixdrill::imports
