#include "session/playback.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fmt/format.h>
#include <iterator>
#include <limits>
#include <utility>

#include "base/text.h"
#include "fix/message.h"
#include "flow/chains.h"
#include "net/timer_queue.h"
#include "profile/worker.h"

namespace fixdrill::session {

namespace {

Time at_wall(std::int64_t wall_ns) { return {wall_ns, wall_ns}; }

bool is_order(const Played& piece) {
  return piece.sent() && piece.kind == Played::Kind::message &&
         !fix::is_admin_type(type_of(piece.bytes));
}

// An end of a connection, and before which piece it came.
struct End {
  std::size_t before = 0;
  Played piece;
};

Played end_of(const Played& last, Time when, std::string why) {
  Played end;
  end.kind = Played::Kind::closed;
  end.session_id = last.session_id;
  end.connection_id = last.connection_id;
  end.time = when;
  end.bytes = std::move(why);
  return end;
}

// A log says nothing of connections; where another begins, the one before has ended.
std::vector<End> ends_between(const std::vector<Played>& pieces) {
  std::vector<End> ends;
  std::map<std::int64_t, const Played*> last;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Played*& before = last[pieces[i].session_id];
    if (before && before->connection_id != pieces[i].connection_id)
      ends.push_back({i, end_of(*before, pieces[i].time, "another connection follows in the log")});
    before = &pieces[i];
  }
  return ends;
}

std::vector<End> recorded_ends(const std::vector<Played>& pieces, const record::Recording& own) {
  std::map<std::int64_t, std::size_t> last;
  for (std::size_t i = 0; i < pieces.size(); ++i) last[pieces[i].connection_id] = i;
  std::vector<End> ends;
  for (const record::RecordedConnection& one : own.connections) {
    const auto found = last.find(one.id);
    if (found == last.end() || one.closed_ns == 0) continue;
    const Time when = at_wall(one.closed_ns);
    std::size_t before = found->second + 1;
    while (before < pieces.size() && pieces[before].time <= when) ++before;
    ends.push_back({before, end_of(pieces[found->second], when, one.close_reason)});
  }
  std::stable_sort(ends.begin(), ends.end(),
                   [](const End& a, const End& b) { return a.before < b.before; });
  return ends;
}

class PlaybackLoop final : public net::Loop {
 public:
  explicit PlaybackLoop(Playback& playback) : playback_(playback) {}

  Time now() const override { return playback_.now(); }
  std::unique_ptr<net::Timer> at(Time when, std::function<void()> action) override {
    return timers_.add(when, std::move(action));
  }
  Result<std::unique_ptr<net::Listener>> listen(const net::Endpoint&, net::AcceptSink&) override {
    return environment_error("nobody connects to a recording");
  }
  net::ConnectionPtr connect(const net::Endpoint&, net::ByteSink&) override { return nullptr; }
  bool run_until(const std::function<bool()>& done, Time deadline) override {
    while (!done()) {
      if (interrupted_.exchange(false)) return false;
      if (!step(deadline)) return done();
    }
    return true;
  }
  void interrupt() override { interrupted_ = true; }

 private:
  bool step(Time deadline) {
    const auto timer = timers_.next_mono_ns();
    const bool due = timer && *timer <= deadline.mono_ns;
    if (playback_.play_next(due ? at_wall(*timer) : deadline)) return true;
    if (due) timers_.take_next()();
    return due;
  }

  Playback& playback_;
  net::TimerQueue timers_;
  std::atomic<bool> interrupted_ = false;
};

}  // namespace

std::string_view type_of(std::string_view bytes) {
  constexpr std::string_view kTag =
      "\x01"
      "35=";
  const std::size_t at = bytes.find(kTag);
  if (at == std::string_view::npos) return {};
  bytes.remove_prefix(at + kTag.size());
  return bytes.substr(0, bytes.find(kSoh));
}

Result<std::unique_ptr<Playback>> Playback::read(record::MessageSource& source,
                                                 const record::Recording* own) {
  auto playback = std::make_unique<Playback>();
  std::set<std::int64_t> known;
  for (;;) {
    const auto view = source.next();
    if (!view) return view.error();
    if (!*view) break;
    const record::SessionRow* row = source.session((*view)->session_id);
    if (!row || (*view)->kind == record::MessageKind::partial) continue;
    if (known.insert((*view)->session_id).second)
      playback->sessions_.push_back({(*view)->session_id, *row});
    playback->add(**view);
  }
  if (playback->pieces_.empty())
    return input_error(
        fmt::format("{} holds no message, so there is nothing to judge", source.name()));
  playback->knows_ends_ = own && own->kind != "import";
  playback->add_ends(own);
  playback->add_flows();
  if (own) playback->add_parts(*own);
  playback->taken_.resize(playback->pieces_.size());
  playback->clock_ = playback->pieces_.front().time;
  return playback;
}

// A time that is not known is that of the message before.
void Playback::add(const record::MessageView& view) {
  Played piece;
  piece.kind =
      view.kind == record::MessageKind::fix ? Played::Kind::message : Played::Kind::garbled;
  piece.id = view.id;
  piece.session_id = view.session_id;
  piece.connection_id = view.connection_id;
  piece.direction = view.direction;
  piece.time = at_wall(view.time.wall_ns);
  if (view.time.wall_ns == 0 && !pieces_.empty()) piece.time = pieces_.back().time;
  piece.masked = view.masked;
  piece.bytes = view.raw;
  pieces_.push_back(std::move(piece));
}

void Playback::add_ends(const record::Recording* own) {
  std::vector<End> ends = knows_ends_ ? recorded_ends(pieces_, *own) : ends_between(pieces_);
  std::vector<Played> all;
  all.reserve(pieces_.size() + ends.size());
  auto end = ends.begin();
  for (std::size_t i = 0; i <= pieces_.size(); ++i) {
    for (; end != ends.end() && end->before == i; ++end) all.push_back(std::move(end->piece));
    if (i < pieces_.size()) all.push_back(std::move(pieces_[i]));
  }
  pieces_ = std::move(all);
}

void Playback::add_flows() {
  flow::Chains chains;
  std::vector<std::size_t> numbers;
  for (const Played& piece : pieces_) {
    numbers.push_back(
        piece.kind == Played::Kind::closed
            ? flow::Chains::kNone
            : chains.add(piece.session_id, piece.direction, fix::Message(piece.bytes)));
  }
  std::set<std::size_t> begun;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const std::size_t number = numbers[i];
    flow_of_.push_back(number == flow::Chains::kNone ? number : chains.flow_of(number));
    const bool first = flow_of_[i] != flow::Chains::kNone && begun.insert(flow_of_[i]).second;
    if (first && pieces_[i].sent()) opened_by_us_.insert(flow_of_[i]);
  }
}

void Playback::add_parts(const record::Recording& own) {
  std::map<std::int64_t, std::int64_t> session_of;
  for (const Played& piece : pieces_) {
    if (piece.id != 0) session_of[piece.id] = piece.session_id;
  }
  for (const record::ScenarioResult& scenario : own.result.scenarios) {
    Part part;
    part.judged = {scenario.path, scenario.case_id, scenario.title, scenario.attempt};
    part.started = at_wall(scenario.started_ns);
    part.ended = at_wall(scenario.ended_ns);
    for (const record::StepResult& step : scenario.steps) {
      if (step.answer) part.answers.push_back(*step.answer);
      for (const record::Verdict& verdict : step.verdicts) {
        for (const record::MessageRef& message : verdict.messages) {
          const auto session = session_of.find(message.id);
          if (session == session_of.end()) continue;
          part.sessions.insert(session->second);
          if (part.first_id == 0 || message.id < part.first_id) part.first_id = message.id;
          part.last_id = std::max(part.last_id, message.id);
        }
      }
    }
    parts_.push_back(std::move(part));
  }
}

std::set<std::int64_t> Playback::meant_by(const profile::Session& session, bool acceptor) const {
  std::set<std::int64_t> named;
  std::set<std::int64_t> same;
  const auto senders = profile::texts_of_workers(session.sender);
  const auto targets = profile::texts_of_workers(session.target);
  const auto fits = [](const std::string& own, const auto& others, const std::string& seen) {
    return own == seen || std::find(others.begin(), others.end(), seen) != others.end();
  };
  for (const Session& one : sessions_) {
    const bool role = one.row.role.empty() || (one.row.role == "acceptor") == acceptor;
    if (one.row.alias == session.name && role) named.insert(one.id);
    const bool version =
        session.begin_string.empty() || session.begin_string == one.row.begin_string;
    if (version && fits(session.sender, senders, one.row.sender) &&
        fits(session.target, targets, one.row.target))
      same.insert(one.id);
  }
  return named.empty() ? same : named;
}

// By its id, else by its title. Of several the one of the same file (it may have moved) and
// attempt.
const Playback::Part* Playback::part_of(const JudgedCase& judged) const {
  const auto fit = [&](const Part& part) {
    const bool ids = !judged.id.empty() || !part.judged.id.empty();
    const bool file = std::filesystem::path(part.judged.path).filename() ==
                      std::filesystem::path(judged.path).filename();
    const bool same = ids ? part.judged.id == judged.id : file && part.judged.title == judged.title;
    return same ? 1 + 2 * file + (part.judged.attempt == judged.attempt) : 0;
  };
  const Part* best = nullptr;
  for (const Part& part : parts_) {
    if (fit(part) > (best ? fit(*best) : 0)) best = &part;
  }
  return best;
}

void Playback::begin(const JudgedCase& judged) {
  if (!in_part_ && anchored_) behind_ = begin_ + 1;
  foreign_.clear();
  flows_of_case_.clear();
  const Part* part = part_of(judged);
  in_part_ = anchored_ = part != nullptr;
  answers_ = part ? part->answers : std::vector<record::Answer>();
  if (part) {
    open_window(*part);
    clock_ = part->started;
  } else {
    begin_ = cursor_ = behind_;
    end_ = pieces_.size();
    if (cursor_ < end_) clock_ = pieces_[cursor_].time;
  }
  std::set<Player*> players;
  for (const auto& [id, player] : players_) players.insert(player);
  for (Player* player : players) player->begin();
}

// From when it ran to when it ended, without what the scenarios around it name.
void Playback::open_window(const Part& part) {
  const auto shares = [&](const Part& other) {
    return std::any_of(other.sessions.begin(), other.sessions.end(),
                       [&](std::int64_t id) { return part.sessions.contains(id); });
  };
  std::int64_t before = 0;
  std::int64_t behind = std::numeric_limits<std::int64_t>::max();
  for (const Part& other : parts_) {
    if (other.first_id == 0 || part.first_id == 0 || !shares(other)) continue;
    if (other.last_id < part.first_id) before = std::max(before, other.last_id);
    if (other.first_id > part.last_id) behind = std::min(behind, other.first_id);
  }
  const auto from = std::partition_point(pieces_.begin(), pieces_.end(), [&](const Played& piece) {
    return piece.time < part.started;
  });
  const auto to = std::partition_point(
      from, pieces_.end(), [&](const Played& piece) { return piece.time <= part.ended; });
  begin_ = static_cast<std::size_t>(from - pieces_.begin());
  end_ = static_cast<std::size_t>(to - pieces_.begin());
  for (std::size_t i = end_; i-- > begin_;) {
    if (pieces_[i].id >= behind) end_ = i;
  }
  while (begin_ < end_ && pieces_[begin_].id <= before) ++begin_;
  cursor_ = begin_;
  std::set<std::string> names;
  for (const Session& one : sessions_) {
    if (part.sessions.contains(one.id)) names.insert(one.row.alias);
  }
  for (const Session& one : sessions_) {
    if (names.contains(one.row.alias) && !part.sessions.contains(one.id)) foreign_.insert(one.id);
  }
}

void Playback::join(const std::set<std::int64_t>& sessions, Player& player) {
  for (const std::int64_t id : sessions) players_[id] = &player;
}

void Playback::leave(const Player& player) {
  std::erase_if(players_, [&](const auto& entry) { return entry.second == &player; });
}

void Playback::play(std::size_t index) {
  const Played& piece = pieces_[index];
  cursor_ = index + 1;
  clock_ = std::max(clock_, piece.time);
  const auto player = players_.find(piece.session_id);
  if (mine(index) && !of_others(index) && player != players_.end()) player->second->play(piece);
}

// Orders of a log are under way side by side. Where a recording of ours says which part is the
// scenario's, all of that is.
bool Playback::of_others(std::size_t index) const {
  const std::size_t flow = flow_of_[index];
  return !in_part_ && !pieces_[index].sent() && opened_by_us_.contains(flow) &&
         !flows_of_case_.contains(flow);
}

bool Playback::play_next(Time deadline) {
  if (!anchored_) begin_ = cursor_;
  anchored_ = true;
  if (cursor_ < end_ && pieces_[cursor_].time <= deadline) {
    play(cursor_);
    return true;
  }
  clock_ = std::max(clock_, deadline);
  return false;
}

void Playback::play_through(std::size_t index) {
  while (cursor_ <= index && cursor_ < end_) play(cursor_);
}

void Playback::take(std::size_t index) {
  taken_[index] = true;
  flows_of_case_.insert(flow_of_[index]);
  if (!anchored_) begin_ = cursor_ = index;
  anchored_ = true;
  play_through(index);
}

std::size_t Playback::next_free_order() const {
  std::size_t index = cursor_;
  while (index < end_ && !(is_free(index) && is_order(pieces_[index]))) ++index;
  return index;
}

void Playback::catch_up() {
  const std::size_t order = next_free_order();
  while (cursor_ < order) play(cursor_);
}

void Playback::finish() {
  catch_up();
  for (std::size_t i = cursor_; i < end_ && !in_part_; ++i) {
    const auto player = players_.find(pieces_[i].session_id);
    const bool ours = opened_by_us_.contains(flow_of_[i]) && flows_of_case_.contains(flow_of_[i]);
    if (ours && !pieces_[i].sent() && player != players_.end()) player->second->play(pieces_[i]);
  }
}

std::optional<Time> Playback::next_sent() const {
  const std::size_t order = next_free_order();
  return order < end_ ? std::optional(pieces_[order].time) : std::nullopt;
}

void Playback::approach_sent() {
  if (const auto next = next_sent()) clock_ = std::max(clock_, *next);
}

void Playback::approach_next() {
  if (cursor_ < end_) clock_ = std::max(clock_, pieces_[cursor_].time);
}

std::optional<record::Answer> Playback::answer_to(const std::string& question) {
  const auto found = std::find_if(answers_.begin(), answers_.end(),
                                  [&](const auto& one) { return one.question == question; });
  if (found == answers_.end()) return std::nullopt;
  record::Answer answer = std::move(*found);
  answers_.erase(found);
  return answer;
}

std::unique_ptr<net::Loop> make_playback_loop(Playback& playback) {
  return std::make_unique<PlaybackLoop>(playback);
}

}  // namespace fixdrill::session
