#include "run/sessions.h"

#include <fmt/format.h>
#include <set>

#include "run/failure.h"

namespace fixdrill::run {

using session::State;

namespace {

constexpr auto kLogoutLimit = std::chrono::seconds(2);

std::string key_of(const syntax::Session& declared) {
  return fmt::format("{}/{}/{}", declared.name.text,
                     declared.role == syntax::Role::acceptor ? "acceptor" : "initiator",
                     declared.wire ? "wire" : "engine");
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

bool is_up(const Channel& channel) {
  const State state = channel.session->state();
  return state == State::connected || state == State::logged_on;
}

}  // namespace

struct Sessions::Slot {
  Slot(const syntax::Session& declared, const profile::Session& config)
      : channel(declared.name.text, declared.wire, declared.role == syntax::Role::acceptor),
        config(config),
        fresh(declared.fresh) {}

  Channel channel;
  const profile::Session& config;
  bool fresh;
};

Sessions::Sessions(const RunConfig& config, net::Loop& loop, std::shared_ptr<session::Guard> guard)
    : config_(config), loop_(loop), guard_(std::move(guard)) {}

Sessions::~Sessions() = default;

Status Sessions::open_file(const syntax::File& file) {
  of_file_.clear();
  for (const syntax::Session& declared : file.sessions) {
    if (Status made = make(declared); !made) return made;
  }
  return {};
}

Status Sessions::make(const syntax::Session& declared) {
  const auto known = slots_.find(key_of(declared));
  if (known != slots_.end()) {
    of_file_.push_back(&known->second->channel);
    return {};
  }
  const profile::Session* config = config_.profile.session(declared.name.text);
  if (!config) {
    return input_error(fmt::format("{}: session {} is not in the profile {}",
                                   location_text(declared.span), declared.name.text,
                                   config_.profile.path));
  }
  auto dictionary = config_.dictionaries.for_session(config_.profile, *config);
  if (!dictionary) return dictionary.error();
  const auto password = config_.passwords.find(config->name);
  auto made = std::make_unique<Slot>(declared, *config);
  const bool acceptor = made->channel.acceptor();
  const session::Context context{
      .loop = loop_,
      .recorder = config_.recorder,
      .profile = config_.profile,
      .config = *config,
      .guard = guard_,
      .masker = config_.masker,
      .dictionary = *dictionary,
      .store_folder = config_.store_folder,
      .password = password == config_.passwords.end() ? "" : password->second,
      .acceptor = acceptor,
      .deny = config_.deny,
      .dictionary_paths = config_.dictionaries.paths(config_.profile, *config)};
  auto opened = declared.wire ? session::make_wire_session(context, auto_answers(declared))
                              : session::make_engine_session(context);
  if (!opened) return opened.error();
  made->channel.session = std::move(*opened);
  made->channel.dictionary = *dictionary;
  if (acceptor) {
    if (Status listening = made->channel.session->open(made->channel); !listening) return listening;
    config_.progress.note(fmt::format("{} listens on {}:{}", config->name, config->host,
                                      made->channel.session->port()));
  }
  of_file_.push_back(&made->channel);
  slots_[key_of(declared)] = std::move(made);
  return {};
}

Channel* Sessions::find(const std::string& alias) {
  for (Channel* channel : of_file_) {
    if (channel->alias() == alias) return channel;
  }
  return nullptr;
}

Channel* Sessions::only() { return of_file_.size() == 1 ? of_file_.front() : nullptr; }

const profile::Session& Sessions::profile_of(const Channel& channel) const {
  return *config_.profile.session(channel.alias());
}

bool Sessions::forbidden_came() const {
  for (const Channel* channel : of_file_) {
    if (channel->violation()) return true;
  }
  return false;
}

Status Sessions::connect(Channel& channel, Duration limit, bool logged_on) {
  const Time deadline = loop_.now() + limit;
  if (Status opened = channel.session->open(channel); !opened) return opened;
  session::Session& session = *channel.session;
  loop_.run_until([&] { return is_up(channel) || session.state() == State::closed; }, deadline);
  if (is_up(channel) && logged_on) return logon(channel, deadline - loop_.now());
  if (is_up(channel)) return {};
  const std::string reason = session.close_reason();
  session.close(session::CloseKind::full);
  channel.clear();
  if (!reason.empty()) return environment_error(reason);
  const profile::Session& config = profile_of(channel);
  return environment_error(fmt::format("cannot connect {} to {}:{}: no answer within {}",
                                       channel.alias(), config.host, config.port,
                                       duration_text(limit)));
}

Status Sessions::logon(Channel& channel, Duration limit) {
  session::Session& session = *channel.session;
  if (session.state() == State::logged_on) return {};
  if (!channel.acceptor()) {
    if (Status sent = session.logon(); !sent) return sent;
  }
  const bool decided = loop_.run_until(
      [&] { return session.state() == State::logged_on || !is_up(channel); }, loop_.now() + limit);
  if (session.state() == State::logged_on) return {};
  std::string reason = session.close_reason();
  for (const auto& event : channel.inbox()) {
    const bool logout =
        event.kind == session::Event::Kind::message && event.message->msg_type() == "5";
    if (logout && event.message->has(58))
      reason = fmt::format("Logout with Text(58) = {}", event.message->value(58));
  }
  if (!decided) reason = fmt::format("no Logon within {}", duration_text(limit));
  return environment_error(fmt::format("logon of {} was refused: {}", channel.alias(), reason));
}

Status Sessions::accept(Channel& channel, Duration limit) {
  session::Session& session = *channel.session;
  if (session.state() == State::closed || session.state() == State::idle) {
    if (Status opened = session.open(channel); !opened) return opened;
  }
  const State wanted = channel.wire() ? State::connected : State::logged_on;
  const auto done = [&] {
    return session.state() == wanted || session.state() == State::logged_on;
  };
  if (loop_.run_until(done, loop_.now() + limit)) return {};
  return environment_error(fmt::format(
      "nobody {} {} on {}:{} within {}", channel.wire() ? "connected to" : "logged on to",
      channel.alias(), profile_of(channel).host, session.port(), duration_text(limit)));
}

Status Sessions::log_on(Channel& channel, Duration limit) {
  return channel.acceptor() ? accept(channel, limit) : connect(channel, limit, true);
}

Status Sessions::log_out(Channel& channel, Duration limit) {
  session::Session& session = *channel.session;
  if (Status sent = session.logout(); !sent) return sent;
  if (wait_until_down(channel, limit)) return {};
  session.close(session::CloseKind::full);
  return environment_error(
      fmt::format("no Logout came back on {} within {}", channel.alias(), duration_text(limit)));
}

void Sessions::close(Slot& slot) {
  if (!slot.channel.wire() && slot.channel.session->state() == State::logged_on) {
    if (log_out(slot.channel, kLogoutLimit)) return;
  }
  disconnect(slot.channel, session::CloseKind::full);
}

void Sessions::disconnect(Channel& channel, session::CloseKind kind) {
  channel.session->close(kind);
  // The session is free for the next connection only when the old one is gone.
  if (kind == session::CloseKind::half) return;
  wait_until_down(channel, kLogoutLimit);
}

// An interrupt of the loop (Ctrl-C) does not cut this short: the run still says goodbye.
bool Sessions::wait_until_down(Channel& channel, Duration limit) {
  const Time deadline = loop_.now() + limit;
  while (is_up(channel) && loop_.now() < deadline)
    loop_.run_until([&] { return !is_up(channel); }, deadline);
  return !is_up(channel);
}

void Sessions::close_used(bool failed) {
  for (auto& [key, slot] : slots_) {
    Channel& channel = slot->channel;
    if (channel.used_in_scenario && (failed || channel.wire() || slot->fresh)) {
      close(*slot);
      channel.clear();
    }
    channel.end_scenario();
  }
}

void Sessions::close_file() {
  of_file_.clear();
  if (!config_.profile.keep_run) close_run();
}

void Sessions::close_run() {
  of_file_.clear();
  for (auto& [key, slot] : slots_) close(*slot);
  slots_.clear();
}

}  // namespace fixdrill::run
