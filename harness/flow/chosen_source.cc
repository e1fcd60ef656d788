#include "flow/chosen_source.h"

#include <fmt/format.h>
#include <limits>
#include <vector>

#include "base/text.h"

namespace fixdrill::flow {

using record::MessageView;
using record::SessionRow;

Result<const MessageView*> ChosenSource::next() {
  for (;;) {
    Result<const MessageView*> next = source_->next();
    if (!next || *next == nullptr || keep_(**next)) return next;
  }
}

bool TimeWindow::holds(const MessageView& view) {
  const std::int64_t wall = view.time.wall_ns;
  if (wall == 0) return inside_;
  if (!started_) start(wall);
  inside_ = wall >= begin_ && wall < end_;
  return inside_;
}

void TimeWindow::start(std::int64_t wall_ns) {
  started_ = true;
  begin_ = std::numeric_limits<std::int64_t>::min();
  end_ = std::numeric_limits<std::int64_t>::max();
  const std::int64_t today = local_day(wall_ns, zone_);
  if (from_) begin_ = moment_ns(*from_, today, zone_);
  if (!to_) return;
  const auto end_on = [this](std::int64_t day) {
    return moment_ns(*to_, day, zone_) + to_->unit_ns;
  };
  end_ = end_on(from_ ? local_day(begin_, zone_) : today);
  if (!to_->day && end_ <= begin_) end_ = end_on(local_day(begin_, zone_) + 1);
}

bool is_called(const SessionRow& session, const std::string& name) {
  return session.alias == name || session.sender == name || session.target == name ||
         fmt::format("{}->{}", session.sender, session.target) == name;
}

Result<const MessageView*> SessionSource::next() {
  for (;;) {
    Result<const MessageView*> next = source_->next();
    if (!next) return next;
    if (*next == nullptr) {
      if (!found_ && !grows_ && !aliases_.empty()) return not_found();
      return next;
    }
    if (is_wanted((*next)->session_id)) return next;
  }
}

bool SessionSource::is_wanted(std::int64_t session_id) {
  if (session_id == last_) return last_wanted_;
  last_ = session_id;
  const SessionRow* row = source_->session(session_id);
  if (row != nullptr) aliases_.insert(row->alias);
  last_wanted_ = row != nullptr && is_called(*row, wanted_);
  found_ = found_ || last_wanted_;
  return last_wanted_;
}

Error SessionSource::not_found() const {
  const std::vector<std::string> names(aliases_.begin(), aliases_.end());
  const auto near = did_you_mean(wanted_, names);
  return input_error(fmt::format("{} has no session {}{}; it has {}", printable(name()), wanted_,
                                 near ? fmt::format(", did you mean {}?", printable(*near)) : "",
                                 printable(join(names, ", "))));
}

}  // namespace fixdrill::flow
