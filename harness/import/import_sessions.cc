#include "import/import_sessions.h"

#include <algorithm>

namespace fixdrill::imports {

using record::Direction;

ImportSessions::Place ImportSessions::place(const Shown& shown) {
  const record::SessionRow* row = shown.source.session(shown.view.session_id);
  if (!row) return {0, 0, shown.view.direction};
  Session& session = session_of(shown, *row);
  const bool mirrored = row->sender != session.sender;
  const bool out = (shown.view.direction == Direction::out) != mirrored;
  const Direction direction = out ? Direction::out : Direction::in;
  return {session.id, connection_of(session, shown, direction), direction};
}

ImportSessions::Session* ImportSessions::known(const Key& key, std::size_t source) {
  const auto [begin, end] = known_.equal_range(key);
  const auto found = std::find_if(
      begin, end, [source](const auto& one) { return !one.second.shown_by.contains(source); });
  return found == end ? nullptr : &found->second;
}

ImportSessions::Session& ImportSessions::session_of(const Shown& shown,
                                                    const record::SessionRow& row) {
  const std::pair of_source(shown.number, shown.view.session_id);
  if (last_session_ && last_ == of_source) return *last_session_;
  Session*& found = by_source_[of_source];
  if (!found) {
    const auto [low, high] = std::minmax(row.sender, row.target);
    const Key key(row.begin_string, low, high);
    found = known(key, shown.number);
    if (!found) {
      found = &known_.emplace(key, Session())->second;
      found->id = recorder_.session(row);
      found->sender = row.sender;
      found->source = shown.number;
      found->captured = shown.source.is_capture();
    }
    found->shown_by.insert(shown.number);
  }
  last_ = of_source;
  last_session_ = found;
  return *found;
}

std::int64_t ImportSessions::connection_of(Session& session, const Shown& shown,
                                           Direction direction) {
  if (session.captured && shown.number != session.source) return session.connection_id;
  if (!session.captured) {
    if (session.starts.begins(shown.msg_type, direction))
      session.connection_id = begin_connection(session, shown);
    return session.connection_id;
  }
  std::int64_t& id = connections_[{shown.number, shown.view.connection_id}];
  if (id == 0) id = begin_connection(session, shown);
  session.connection_id = id;
  return id;
}

std::int64_t ImportSessions::begin_connection(const Session& session, const Shown& shown) {
  const Endpoints ends = shown.source.endpoints(shown.view.connection_id);
  record::ConnectionRow row;
  row.session_id = session.id;
  row.opened = shown.view.time;
  row.local = ends.local;
  row.remote = ends.remote;
  return recorder_.connection(std::move(row));
}

}  // namespace fixdrill::imports
