#include "import/import_sessions.h"

#include <algorithm>

namespace fixdrill::imports {

using record::Direction;

ImportSessions::Place ImportSessions::place(std::size_t number, const ForeignSource& source,
                                            const record::MessageView& view) {
  const record::SessionRow* row = source.session(view.session_id);
  if (!row) return {0, 0, view.direction};
  Session& session = session_of(number, view.session_id, *row);
  const bool mirrored = row->sender != session.sender;
  const bool out = (view.direction == Direction::out) != mirrored;
  return {session.id, connection_of(session, number, source, view),
          out ? Direction::out : Direction::in};
}

ImportSessions::Session& ImportSessions::session_of(std::size_t number, std::int64_t id,
                                                    const record::SessionRow& row) {
  const std::pair of_source(number, id);
  if (last_session_ && last_ == of_source) return *last_session_;
  Session*& found = by_source_[of_source];
  if (!found) {
    const auto [low, high] = std::minmax(row.sender, row.target);
    const auto [known, fresh] = known_.try_emplace(Key{row.begin_string, low, high});
    found = &known->second;
    if (fresh) *found = {recorder_.session(row), row.sender, number, 0};
  }
  last_ = of_source;
  last_session_ = found;
  return *found;
}

std::int64_t ImportSessions::connection_of(Session& session, std::size_t number,
                                           const ForeignSource& source,
                                           const record::MessageView& view) {
  if (number != session.source && session.connection_id != 0) return session.connection_id;
  std::int64_t& id = connections_[{number, view.connection_id}];
  if (id == 0) {
    const Endpoints ends = source.endpoints(view.connection_id);
    record::ConnectionRow row;
    row.session_id = session.id;
    row.opened = view.time;
    row.local = ends.local;
    row.remote = ends.remote;
    id = recorder_.connection(std::move(row));
  }
  session.connection_id = id;
  return id;
}

}  // namespace fixdrill::imports
