#include "run/sessions.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <utility>

#include "base/text.h"
#include "session/played_session.h"

namespace fixdrill::run {

using session::State;

namespace {

constexpr auto kLogoutLimit = std::chrono::seconds(2);
constexpr auto kCloseLimit = std::chrono::seconds(1);

std::string key_of(const syntax::Session& declared) {
  return fmt::format("{}/{}/{}", declared.name.text,
                     declared.role == syntax::Role::acceptor ? "acceptor" : "initiator",
                     declared.wire ? "wire" : "engine");
}

// Two sessions that cannot be open at once: the same peer would see the same CompIDs twice, or two
// would listen at one port.
bool collide(const profile::Session& a, const profile::Session& b, bool both_listen) {
  const bool same_place = a.host == b.host && a.port == b.port && a.port != 0;
  return same_place && (both_listen || (a.sender == b.sender && a.target == b.target));
}

std::set<session::Auto> auto_answers(const syntax::Session& declared) {
  std::set<session::Auto> answers;
  for (const auto& option : declared.options) {
    if (option.name.text != "auto") continue;
    for (const syntax::Name& name : option.names) {
      if (const auto answer = session::auto_from_name(name.text)) answers.insert(*answer);
    }
  }
  return answers;
}

bool is_down(const Channel& channel) {
  return !Sessions::is_up(channel) && channel.session->state() != State::connecting;
}

}  // namespace

struct Sessions::Slot {
  Slot(const syntax::Session& declared, const profile::Session& config)
      : channel(declared.name.text, declared.wire, declared.role == syntax::Role::acceptor),
        config(config),
        fresh(declared.fresh),
        answers(auto_answers(declared)) {}

  Channel channel;
  const profile::Session& config;
  bool fresh;
  std::set<session::Auto> answers;  ///< what `auto` of the declaration says
};

Sessions::Sessions(const RunConfig& config, net::Loop& loop, std::shared_ptr<session::Guard> guard)
    : config_(config), loop_(loop), guard_(std::move(guard)) {}

Sessions::~Sessions() = default;

bool Sessions::is_up(const Channel& channel) {
  const State state = channel.session->state();
  return state == State::connected || state == State::logged_on;
}

Status Sessions::open_file(const syntax::File& file) {
  of_file_.clear();
  close_rivals(file);
  for (const syntax::Session& declared : file.sessions) {
    if (Status made = make(declared); !made) return made;
  }
  return {};
}

// With keep = "run" sessions of earlier files are still open; one that stands in the way is closed.
void Sessions::close_rivals(const syntax::File& file) {
  std::set<std::string> kept;
  for (const syntax::Session& declared : file.sessions) kept.insert(key_of(declared));
  for (const syntax::Session& declared : file.sessions) {
    const profile::Session* config = config_.profile.session(declared.name.text);
    if (!config) continue;
    const bool listens = declared.role == syntax::Role::acceptor;
    std::erase_if(slots_, [&](auto& entry) {
      Slot& slot = *entry.second;
      const bool both_listen = listens && slot.channel.acceptor();
      if (kept.contains(entry.first) || !collide(*config, slot.config, both_listen)) return false;
      close({&slot.channel});
      return true;
    });
  }
}

Status Sessions::make(const syntax::Session& declared) {
  const auto known = slots_.find(key_of(declared));
  if (known != slots_.end()) {
    Slot& slot = *known->second;
    slot.fresh = declared.fresh;
    slot.answers = auto_answers(declared);
    of_file_.push_back(&slot.channel);
    return slot.channel.wire() ? slot.channel.session->set_auto(slot.answers) : Status();
  }
  const profile::Session* config = config_.profile.session(declared.name.text);
  if (!config) {
    return input_error(fmt::format("{}: session {} is not in the profile {}",
                                   location_text(declared.span), declared.name.text,
                                   config_.profile.path));
  }
  auto made = std::make_unique<Slot>(declared, *config);
  if (Status opened = open(*made); !opened) return opened;
  of_file_.push_back(&made->channel);
  slots_[key_of(declared)] = std::move(made);
  return {};
}

Result<std::unique_ptr<session::Session>> Sessions::make_session(
    const Slot& slot, const session::Context& context) const {
  const bool wire = slot.channel.wire();
  if (config_.playback)
    return session::make_played_session(context, *config_.playback, {wire, slot.answers});
  return wire ? session::make_wire_session(context, slot.answers)
              : session::make_engine_session(context);
}

Status Sessions::open(Slot& slot) {
  Channel& channel = slot.channel;
  const profile::Session& config = slot.config;
  auto dictionary = config_.dictionaries.for_session(config);
  if (!dictionary) return dictionary.error();
  std::vector<std::string> hashes;
  for (const auto& text : config_.dictionaries.texts(config)) hashes.push_back(text->sha256);
  const auto password = config_.passwords.find(config.name);
  const session::Context context{
      .loop = loop_,
      .recorder = config_.recorder,
      .profile = config_.profile,
      .config = config,
      .guard = guard_,
      .masker = config_.masker,
      .dictionary = *dictionary,
      .store_folder = config_.store_folder,
      .password = password == config_.passwords.end() ? "" : password->second,
      .acceptor = channel.acceptor(),
      .deny = config_.deny,
      .dictionary_hashes = std::move(hashes),
      .dictionary_paths = config_.dictionaries.paths(config)};
  auto opened = make_session(slot, context);
  if (!opened) return opened.error();
  channel.session = std::move(*opened);
  channel.dictionary = *dictionary;
  if (!channel.acceptor() || listens_there(config, channel)) return {};
  if (Status listening = channel.session->open(channel); !listening) return listening;
  if (config_.playback) return {};
  config_.progress.note(
      fmt::format("{} listens on {}:{}", config.name, config.host, channel.session->port()));
  return {};
}

// Who of the file's other sessions waits at that port already; null: nobody.
const Channel* Sessions::listens_there(const profile::Session& place, const Channel& other) const {
  for (const Channel* channel : of_file_) {
    const profile::Session& theirs = profile_of(*channel);
    const bool same = theirs.host == place.host && theirs.port == place.port && place.port != 0;
    if (channel != &other && channel->acceptor() && same) return channel;
  }
  return nullptr;
}

Channel* Sessions::find(const std::string& alias) const {
  for (Channel* channel : of_file_) {
    if (channel->alias() == alias) return channel;
  }
  return nullptr;
}

Channel* Sessions::only() { return of_file_.size() == 1 ? of_file_.front() : nullptr; }

const profile::Session& Sessions::profile_of(const Channel& channel) const {
  return *config_.profile.session(channel.alias());
}

bool Sessions::must_stop() const {
  return std::any_of(of_file_.begin(), of_file_.end(), [](const Channel* channel) {
    return channel->violation() || channel->guard();
  });
}

bool Sessions::wait(const std::function<bool()>& done, Time deadline) {
  loop_.run_until([&] { return done() || config_.stop.requested(); }, deadline);
  return done();
}

Error Sessions::failed(const Channel& channel, std::string text) const {
  if (channel.guard()) return guard_error(*channel.guard());
  return environment_error(std::move(text));
}

Status Sessions::connect(Channel& channel, Duration limit) {
  const Time deadline = loop_.now() + limit;
  session::Session& session = *channel.session;
  if (is_up(channel)) return {};
  channel.forget_old_closes();
  if (Status opened = session.open(channel); !opened) return opened;
  wait([&] { return is_up(channel) || session.state() == State::closed; }, deadline);
  if (is_up(channel)) return {};
  const std::string reason = session.close_reason();
  disconnect(channel, session::CloseKind::full);
  channel.clear();
  if (!reason.empty()) return failed(channel, reason);
  const profile::Session& config = profile_of(channel);
  return failed(channel,
                fmt::format("cannot connect {} to {}:{}: no answer within {}", channel.alias(),
                            config.host, config.port, elapsed_text(limit)));
}

Status Sessions::logon(Channel& channel, Duration limit, Time started) {
  session::Session& session = *channel.session;
  if (session.state() == State::logged_on) return {};
  if (Status sent = session.logon(); !sent) return sent;
  const auto decided = [&] { return session.state() == State::logged_on || !is_up(channel); };
  const bool in_time = wait(decided, started + limit);
  if (session.state() == State::logged_on) return {};
  const std::string reason =
      in_time ? refusal(channel) : fmt::format("no Logon within {}", elapsed_text(limit));
  return failed(channel, fmt::format("logon of {} was refused: {}", channel.alias(), reason));
}

// What the peer's Logout says, else how the connection ended.
std::string Sessions::refusal(const Channel& channel) {
  std::string reason = channel.session->close_reason();
  for (const auto& event : channel.inbox()) {
    const bool logout =
        event.kind == session::Event::Kind::message && event.message->msg_type() == "5";
    if (logout && event.message->has(58))
      reason = fmt::format("Logout with Text(58) = {}", event.message->value(58));
  }
  return reason;
}

Status Sessions::accept(Channel& channel, Duration limit) {
  session::Session& session = *channel.session;
  channel.forget_old_closes();
  const profile::Session& place = profile_of(channel);
  if (session.state() == State::idle) {
    if (const Channel* first = listens_there(place, channel))
      return failed(channel, fmt::format("{} cannot listen at {}:{}, where {} of this file does; a "
                                         "port of its own stands in the profile",
                                         channel.alias(), place.host, place.port, first->alias()));
  }
  if (session.state() == State::closed || session.state() == State::idle) {
    if (Status opened = session.open(channel); !opened) return opened;
  }
  const State wanted = channel.wire() ? State::connected : State::logged_on;
  const auto done = [&] {
    return session.state() == wanted || session.state() == State::logged_on;
  };
  if (wait(done, loop_.now() + limit)) {
    channel.serve();
    return {};
  }
  return failed(channel,
                fmt::format("nobody {} {} on {}:{} within {}",
                            channel.wire() ? "connected to" : "logged on to", channel.alias(),
                            profile_of(channel).host, session.port(), elapsed_text(limit)));
}

Status Sessions::log_on(Channel& channel, Duration limit) {
  if (channel.acceptor()) return accept(channel, limit);
  const Time started = loop_.now();
  if (Status up = connect(channel, limit); !up) return up;
  return logon(channel, limit, started);
}

Status Sessions::log_out(Channel& channel, Duration limit) {
  if (Status sent = channel.session->logout(); !sent) return sent;
  if (wait([&] { return is_down(channel); }, loop_.now() + limit)) return {};
  channel.session->close(session::CloseKind::full);
  return failed(channel, fmt::format("no Logout came back on {} within {}", channel.alias(),
                                     elapsed_text(limit)));
}

void Sessions::disconnect(Channel& channel, session::CloseKind kind) {
  channel.session->close(kind);
  // The session is free for the next connection only when the old one is gone.
  if (kind != session::CloseKind::half) wait_until_down({&channel}, kCloseLimit);
}

// An interrupt of the loop (Ctrl-C) does not cut this short: the run still says goodbye.
void Sessions::wait_until_down(const std::vector<Channel*>& channels, Duration limit) {
  const Time deadline = loop_.now() + limit;
  const auto down = [&] {
    return std::all_of(channels.begin(), channels.end(),
                       [](const Channel* channel) { return is_down(*channel); });
  };
  while (!down() && loop_.now() < deadline) loop_.run_until(down, deadline);
}

// All say goodbye at once, so that peers that do not answer cost one limit in all.
void Sessions::close(const std::vector<Channel*>& channels) {
  std::vector<Channel*> leaving;
  for (Channel* channel : channels) {
    const bool logged_on = channel->session->state() == State::logged_on;
    const bool farewell = logged_on && !channel->wire() && !config_.playback;
    if (farewell && channel->session->logout()) leaving.push_back(channel);
  }
  wait_until_down(leaving, kLogoutLimit);
  for (Channel* channel : channels) channel->session->close(session::CloseKind::full);
  wait_until_down(channels, kCloseLimit);
}

void Sessions::forget_arrived() {
  for (Channel* channel : of_file_) {
    if (channel->used_in_scenario || !channel->wire()) channel->clear();
  }
}

void Sessions::close_used(bool failed) {
  std::vector<Channel*> closing;
  for (auto& [key, slot] : slots_) {
    const bool closes = failed || slot->channel.wire() || slot->fresh;
    if (slot->channel.used_in_scenario && closes) closing.push_back(&slot->channel);
  }
  close(closing);
  if (failed) forget_arrived();
  for (Channel* channel : closing) channel->clear();
  for (auto& [key, slot] : slots_) {
    slot->channel.end_scenario();
    if (!slot->channel.wire()) continue;
    // `auto` and `drop next` hold for their scenario; the declaration's answers were accepted once.
    (void)slot->channel.session->set_auto(slot->answers);
    (void)slot->channel.session->drop_next(0);
  }
}

void Sessions::close_file() {
  of_file_.clear();
  if (!config_.profile.keep_run) close_run();
}

void Sessions::close_run() {
  of_file_.clear();
  std::vector<Channel*> all;
  for (auto& [key, slot] : slots_) all.push_back(&slot->channel);
  close(all);
  slots_.clear();
}

}  // namespace fixdrill::run
