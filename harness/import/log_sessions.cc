#include "import/log_sessions.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"

namespace fixdrill::imports {

using record::Direction;

namespace {

constexpr std::string_view kFixt = "FIXT.1.1";
constexpr char kNewestApplVerId = '9';  ///< FIX 5.0 SP2, until a Logon says another

void make_key(std::string& key, std::string_view begin_string, std::string_view sender,
              std::string_view target) {
  key.assign(begin_string).append(1, kSoh).append(sender).append(1, kSoh).append(target);
}

bool among(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<Direction> side_among(const std::vector<std::string>& ours, const LogHeader& header) {
  if (among(ours, header.sender)) return Direction::out;
  if (among(ours, header.target)) return Direction::in;
  return std::nullopt;
}

}  // namespace

bool ConnectionStarts::begins(std::string_view msg_type, Direction direction) {
  bool& logged_on = logged_on_[direction == Direction::out];
  const bool logon = msg_type == "A";
  const bool begins = !begun_ || (logon && logged_on);
  begun_ = true;
  if (begins) logged_on_[0] = logged_on_[1] = false;
  if (logon) logged_on = true;
  return begins;
}

LogPlace LogSessions::place(const LogHeader& header, std::string_view raw,
                            std::string_view prefix) {
  if (header.sender.empty() || header.target.empty()) return {};
  Side side = side_of(header, prefix);
  if (header.sender == header.target) side.direction = said(prefix).value_or(Direction::out);
  const std::int64_t connection = follow(side.index, side.direction, header, raw);
  return {static_cast<std::int64_t>(side.index) + 1, connection, side.direction};
}

LogPlace LogSessions::place_exported(const ExportedHead& head, const LogHeader& header,
                                     std::string_view raw) {
  auto found = words_.find(head.session);
  if (found == words_.end()) {
    const bool named = !header.sender.empty() && !header.target.empty();
    if (head.session == "-" || !named) return {0, 0, head.direction};
    found = words_.emplace(head.session, add_session(header, head.direction)).first;
    sessions_.back().row.alias = alias_of(head.session);
  }
  const std::int64_t connection = follow(found->second, head.direction, header, raw);
  return {static_cast<std::int64_t>(found->second) + 1, connection, head.direction};
}

// Its connection after this message.
std::int64_t LogSessions::follow(std::size_t index, Direction direction, const LogHeader& header,
                                 std::string_view raw) {
  Session& session = sessions_[index];
  if (session.starts.begins(header.msg_type, direction)) session.connection_id = ++connections_;
  if (header.msg_type == "A" && header.begin_string == kFixt) {
    const std::string_view version = default_appl_ver_id(raw);
    if (!version.empty()) session.row.appl_ver = version;
  }
  return session.connection_id;
}

LogPlace LogSessions::place_of(std::string_view word) const {
  const auto found = words_.find(word);
  if (found == words_.end()) return {};
  const auto index = static_cast<std::int64_t>(found->second);
  return {index + 1, sessions_[found->second].connection_id, Direction::in};
}

const record::SessionRow* LogSessions::session(std::int64_t id) const {
  const auto index = static_cast<std::size_t>(id - 1);
  return id > 0 && index < sessions_.size() ? &sessions_[index].row : nullptr;
}

const LogSessions::Side& LogSessions::side_of(const LogHeader& header, std::string_view prefix) {
  make_key(key_, header.begin_string, header.sender, header.target);
  if (last_ && key_ == last_key_) return *last_;
  auto found = sides_.find(key_);
  if (found == sides_.end()) found = sides_.emplace(key_, begin_session(header, prefix)).first;
  last_ = &found->second;
  last_key_ = key_;
  return *last_;
}

LogSessions::Side LogSessions::begin_session(const LogHeader& header, std::string_view prefix) {
  const Direction direction = direction_of(header, prefix);
  const std::size_t index = add_session(header, direction);
  std::string other;
  make_key(other, header.begin_string, header.target, header.sender);
  const bool out = direction == Direction::out;
  sides_.emplace(std::move(other), Side{index, out ? Direction::in : Direction::out});
  return {index, direction};
}

std::size_t LogSessions::add_session(const LogHeader& header, Direction direction) {
  const bool out = direction == Direction::out;
  const std::string us(out ? header.sender : header.target);
  const std::string them(out ? header.target : header.sender);
  if (!among(known_, us)) known_.push_back(us);
  Session session;
  session.row.alias = fmt::format("{}-{}", us, them);
  session.row.begin_string = header.begin_string;
  session.row.sender = us;
  session.row.target = them;
  session.row.capture_level = "import";
  if (header.begin_string == kFixt) session.row.appl_ver.push_back(kNewestApplVerId);
  if (header.msg_type == "A") session.row.role = out ? "initiator" : "acceptor";
  sessions_.push_back(std::move(session));
  return sessions_.size() - 1;
}

Direction LogSessions::direction_of(const LogHeader& header, std::string_view prefix) const {
  if (const auto side = side_among(rules_.us, header)) return *side;
  if (const auto word = said(prefix)) return *word;
  if (const auto side = side_named(rules_.file_name, header.sender, header.target)) return *side;
  if (prefix.find("->") != std::string_view::npos) {
    if (const auto side = side_named(prefix, header.sender, header.target)) return *side;
  }
  return side_among(known_, header).value_or(Direction::out);
}

std::optional<Direction> LogSessions::said(std::string_view prefix) const {
  if (rules_.file_name.ends_with(".in")) return Direction::in;
  if (rules_.file_name.ends_with(".out")) return Direction::out;
  return rules_.trust_words ? direction_in(prefix, rules_.words) : std::nullopt;
}

}  // namespace fixdrill::imports
