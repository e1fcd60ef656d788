// The sessions and connections of a recording that several sources go into.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "import/foreign_source.h"
#include "import/log_sessions.h"
#include "record/recorder.h"

namespace fixdrill::imports {

/// A session that two sources show from either side is one: the side is the one that came first.
/// Those that one source tells apart stay apart.
class ImportSessions {
 public:
  explicit ImportSessions(record::Recorder& recorder) : recorder_(recorder) {}

  struct Place {
    std::int64_t session_id = 0;  ///< in the recording; 0 = none
    std::int64_t connection_id = 0;
    record::Direction direction = record::Direction::in;
  };
  /// One of the sources and the last of its views.
  struct Shown {
    std::size_t number = 0;  ///< among the sources
    const ForeignSource& source;
    const record::MessageView& view;
    std::string_view msg_type;
  };
  /// Connections are those of the capture that shows the session first, else told by its Logons.
  Place place(const Shown& shown);

  std::size_t size() const { return known_.size(); }

 private:
  struct Session {
    std::int64_t id = 0;
    std::string sender;
    std::size_t source = 0;          ///< the first that shows it
    std::set<std::size_t> shown_by;  ///< sources
    bool captured = false;           ///< that one is a capture
    ConnectionStarts starts = {};
    std::int64_t connection_id = 0;
  };
  using Key = std::tuple<std::string, std::string, std::string>;  ///< BeginString, CompIDs in order

  /// One that this source does not show as another session; null: there is none.
  Session* known(const Key& key, std::size_t source);
  Session& session_of(const Shown& shown, const record::SessionRow& row);
  std::int64_t connection_of(Session& session, const Shown& shown, record::Direction direction);
  std::int64_t begin_connection(const Session& session, const Shown& shown);

  record::Recorder& recorder_;
  std::multimap<Key, Session> known_;
  std::map<std::pair<std::size_t, std::int64_t>, Session*> by_source_;
  std::map<std::pair<std::size_t, std::int64_t>, std::int64_t> connections_;  ///< of captures
  std::pair<std::size_t, std::int64_t> last_{};
  Session* last_session_ = nullptr;
};

}  // namespace fixdrill::imports
