#include "record/message_reader.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "record/names.h"
#include "record/query.h"
#include "record/recording_file.h"

namespace fixdrill::record {

namespace {

constexpr std::string_view kMagic("SQLite format 3\0", 16);
constexpr std::size_t kMissingKept = 1000;  ///< ids of messages that may still be committed

constexpr const char* kColumns =
    "SELECT id, session_id, connection_id, dir, wall_ns, mono_ns, kind, masked, sum_ok, line, raw"
    " FROM message ";

class MessageReader final : public MessageSource {
 public:
  MessageReader(std::string path, SQLite::Database database)
      : path_(std::move(path)),
        cut_(!missing_end(path_).empty()),
        database_(std::move(database)),
        after_(database_, fmt::format("{}WHERE id > ? ORDER BY id", kColumns)),
        one_(database_, fmt::format("{}WHERE id = ?", kColumns)) {
    read_sessions();
  }

  const std::string& name() const override { return path_; }

  const SessionRow* session(std::int64_t id) const override {
    const auto found = sessions_.find(id);
    return found == sessions_.end() ? nullptr : &found->second;
  }

  Result<const MessageView*> next() override {
    if (failed_) return nullptr;
    try {
      return step();
    } catch (const std::exception&) {
      failed_ = true;
      return reading_failed(path_);
    }
  }

 private:
  const MessageView* step() {
    one_.stop();
    if (!reading_) {
      if (const MessageView* late = late_message()) return late;
      after_.start(last_);
      reading_ = true;
    }
    if (!after_.step()) {
      if (cut_) check_end(path_);
      after_.stop();
      reading_ = false;
      return nullptr;
    }
    take(after_);
    for (std::int64_t id = std::max(last_ + 1, view_.id - std::int64_t{kMissingKept});
         id < view_.id; ++id)
      missing_.insert(id);
    while (missing_.size() > kMissingKept) missing_.erase(missing_.begin());
    last_ = view_.id;
    return &view_;
  }

  /// Of those passed over at the end of the last reading, one that is there now.
  const MessageView* late_message() {
    for (const std::int64_t id : missing_) {
      one_.start(id);
      if (!one_.step()) continue;
      take(one_);
      missing_.erase(id);
      return &view_;
    }
    one_.stop();
    return nullptr;
  }

  void take(const Query& row) {
    view_.id = row.number(0);
    view_.session_id = row.number(1);
    view_.connection_id = row.number(2);
    view_.direction = row.number(3) != 0 ? Direction::out : Direction::in;
    view_.time = {row.number(4), row.number(5)};
    const auto kind = kind_named(row.bytes(6));
    if (!kind) throw Damaged(fmt::format("message {} is of no known kind", view_.id));
    view_.kind = *kind;
    view_.masked = row.number(7) != 0;
    view_.sum_ok = row.number(8) != 0;
    view_.number = row.number(9);
    view_.raw = row.bytes(10);
    // SQLite reads zeros in place of what lacks of the last page.
    if (cut_ && view_.raw.find('\0') != std::string_view::npos) check_end(path_);
    if (view_.session_id != 0 && !session(view_.session_id)) read_sessions();
  }

  // Rows that are there stay where they are.
  void read_sessions() {
    for (RecordedSession& session : recorded_sessions(database_))
      sessions_.try_emplace(session.id, std::move(session.row));
  }

  const std::string path_;
  const bool cut_;
  SQLite::Database database_;
  Query after_;  ///< all messages after an id
  Query one_;
  bool reading_ = false;  ///< `after_` stands in the middle of its rows
  bool failed_ = false;
  std::int64_t last_ = 0;
  std::set<std::int64_t> missing_;
  MessageView view_;
  std::map<std::int64_t, SessionRow> sessions_;
};

}  // namespace

bool is_recording(const std::string& path) {
  std::array<char, kMagic.size()> head;
  std::ifstream file(path, std::ios::binary);
  return file.read(head.data(), head.size()) &&
         std::string_view(head.data(), head.size()) == kMagic;
}

Result<std::unique_ptr<MessageSource>> open_messages(const std::string& path) {
  auto database = open_recording(path);
  if (!database) return database.error();
  try {
    return std::unique_ptr<MessageSource>(
        std::make_unique<MessageReader>(path, std::move(*database)));
  } catch (const std::exception&) {
    return reading_failed(path);
  }
}

}  // namespace fixdrill::record
