// Some messages of a source: those of a session, of a time, of a range of ids.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "flow/moment.h"
#include "record/message_source.h"

namespace fixdrill::flow {

using Keep = std::function<bool(const record::MessageView&)>;

/// Owns its source.
class ChosenSource final : public record::MessageSource {
 public:
  ChosenSource(std::unique_ptr<record::MessageSource> source, Keep keep)
      : source_(std::move(source)), keep_(std::move(keep)) {}

  const std::string& name() const override { return source_->name(); }
  const record::SessionRow* session(std::int64_t id) const override { return source_->session(id); }
  Result<const record::MessageView*> next() override;

 private:
  std::unique_ptr<record::MessageSource> source_;
  Keep keep_;
};

/// `--from` and `--to`, both ends included as precisely as they are written: to 12:05 goes on until
/// 12:06 begins. A time of day is one of the day of the first message that has a time; an end that
/// is before the start is of the next day. What has no time belongs to the message before it.
class TimeWindow {
 public:
  TimeWindow(std::optional<Moment> from, std::optional<Moment> to, ZoneOffset zone)
      : from_(from), to_(to), zone_(std::move(zone)) {}

  bool holds(const record::MessageView& view);

 private:
  void start(std::int64_t wall_ns);

  std::optional<Moment> from_;
  std::optional<Moment> to_;
  ZoneOffset zone_;
  bool started_ = false;
  bool inside_ = false;
  std::int64_t begin_ = 0;  ///< ns, wall
  std::int64_t end_ = 0;
};

/// By its alias, `SENDER->TARGET` or one of the two.
bool is_called(const record::SessionRow& session, const std::string& name);

/// `--session`: the messages of sessions that are called so. At the end of a source without such a
/// session comes an input error that names those it has.
class SessionSource final : public record::MessageSource {
 public:
  /// `grows`: its end is none, so that the session may still come.
  SessionSource(std::unique_ptr<record::MessageSource> source, std::string wanted,
                bool grows = false)
      : source_(std::move(source)), wanted_(std::move(wanted)), grows_(grows) {}

  const std::string& name() const override { return source_->name(); }
  const record::SessionRow* session(std::int64_t id) const override { return source_->session(id); }
  Result<const record::MessageView*> next() override;

 private:
  bool is_wanted(std::int64_t session_id);
  Error not_found() const;

  std::unique_ptr<record::MessageSource> source_;
  std::string wanted_;
  bool grows_ = false;
  std::set<std::string> aliases_;
  std::int64_t last_ = 0;  ///< the session looked at last, and what came of it
  bool last_wanted_ = false;
  bool found_ = false;
};

}  // namespace fixdrill::flow
