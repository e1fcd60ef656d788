// Reads a log piece by piece: a message with what stands round it on its line, or a line without.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "import/foreign_source.h"
#include "import/log_clock.h"
#include "import/log_frame.h"
#include "import/log_sessions.h"
#include "import/text_window.h"

namespace fixdrill::imports {

/// How a log is to be read.
struct LogRules {
  SideRules side;
  ClockRules clock;
  std::string kind;     ///< for people
  bool follow = false;  ///< half a line at the end waits for its rest
  bool live = false;    ///< what comes next may be long in coming: a whole message does not wait
};

class LogReader final : public ForeignSource {
 public:
  LogReader(std::string path, LogRules rules, std::unique_ptr<TextWindow> window);

  const std::string& name() const override { return name_; }
  const record::SessionRow* session(std::int64_t id) const override {
    return sessions_.session(id);
  }
  Result<const record::MessageView*> next() override;

  SourceReport report() const override;
  std::string_view prefix() const override { return line_prefix_; }
  bool by_sending_time() const override { return by_sending_time_; }
  Endpoints endpoints(std::int64_t) const override { return {}; }
  bool is_capture() const override { return false; }

 private:
  /// Makes the next piece the view; how many bytes it takes, 0: more bytes are needed.
  std::size_t piece(bool last);
  std::size_t message(std::size_t start, const LogFrame& frame, bool last);
  std::size_t junk(std::size_t size, std::size_t line_end);
  bool kept(std::string_view line);
  std::size_t head_line(std::size_t line_end) const;
  void describe();
  void count(const LogFrame& frame);
  void take(std::size_t size);

  std::string name_;
  LogRules rules_;
  std::unique_ptr<TextWindow> window_;
  LogSessions sessions_;
  LogClock clock_;
  record::MessageView view_;
  std::string raw_;          ///< of view_ where the log's bytes are not the message's
  std::string line_prefix_;  ///< what stands at the beginning of the present line
  bool line_begins_ = true;
  bool by_sending_time_ = false;
  bool explained_ = false;  ///< the present piece is a message or an empty line
  std::int64_t id_ = 0;
  std::int64_t line_ = 1;
  std::optional<Error> failed_;  ///< told when what came before it was given
  SourceReport report_;
  std::string delimiter_;               ///< of the last message
  std::uint64_t* delimited_ = nullptr;  ///< messages with it
};

}  // namespace fixdrill::imports
