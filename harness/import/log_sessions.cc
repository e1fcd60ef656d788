#include "import/log_sessions.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"

namespace fixdrill::imports {

using record::Direction;

namespace {

void make_key(std::string& key, std::string_view begin_string, std::string_view sender,
              std::string_view target) {
  key.assign(begin_string).append(1, kSoh).append(sender).append(1, kSoh).append(target);
}

}  // namespace

LogPlace LogSessions::place(const LogHeader& header) {
  if (header.sender.empty() || header.target.empty()) return {};
  const Side& side = side_of(header);
  Session& session = sessions_[side.index];
  bool& logged_on = session.logged_on[side.direction == Direction::out];
  const bool logon = header.msg_type == "A";
  if (session.connection_id == 0 || (logon && logged_on)) {
    session.connection_id = ++connections_;
    session.logged_on[0] = session.logged_on[1] = false;
  }
  if (logon) logged_on = true;
  return {static_cast<std::int64_t>(side.index) + 1, session.connection_id, side.direction};
}

const record::SessionRow* LogSessions::session(std::int64_t id) const {
  const auto index = static_cast<std::size_t>(id - 1);
  return id > 0 && index < sessions_.size() ? &sessions_[index].row : nullptr;
}

const LogSessions::Side& LogSessions::side_of(const LogHeader& header) {
  make_key(key_, header.begin_string, header.sender, header.target);
  if (last_ && key_ == last_key_) return *last_;
  auto found = sides_.find(key_);
  if (found == sides_.end()) found = sides_.emplace(key_, begin_session(header)).first;
  last_ = &found->second;
  last_key_ = key_;
  return *last_;
}

LogSessions::Side LogSessions::begin_session(const LogHeader& header) {
  const bool out = is_ours(header.sender) || !is_ours(header.target);
  const std::string us(out ? header.sender : header.target);
  const std::string them(out ? header.target : header.sender);
  if (!is_ours(us)) us_.push_back(us);
  Session session;
  session.row.alias = fmt::format("{}-{}", us, them);
  session.row.begin_string = header.begin_string;
  session.row.sender = us;
  session.row.target = them;
  session.row.capture_level = "import";
  if (header.msg_type == "A") session.row.role = out ? "initiator" : "acceptor";
  sessions_.push_back(std::move(session));
  const std::size_t index = sessions_.size() - 1;
  std::string other;
  make_key(other, header.begin_string, header.target, header.sender);
  sides_.emplace(std::move(other), Side{index, out ? Direction::in : Direction::out});
  return {index, out ? Direction::out : Direction::in};
}

bool LogSessions::is_ours(std::string_view comp_id) const {
  return std::find(us_.begin(), us_.end(), comp_id) != us_.end();
}

}  // namespace fixdrill::imports
