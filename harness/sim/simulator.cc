#include "sim/simulator.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <tuple>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "profile/hosts.h"
#include "session/front_door.h"
#include "sim/acceptance.h"
#include "sim/client.h"
#include "sim/exchange_desk.h"

namespace fixdrill::sim {

namespace {

constexpr auto kFarewell = std::chrono::seconds(2);
constexpr std::array<std::string_view, 6> kVersions = {"FIX.4.0", "FIX.4.1", "FIX.4.2",
                                                       "FIX.4.3", "FIX.4.4", "FIXT.1.1"};

/// Who may connect is decided by where it listens.
profile::Profile profile_of(const Config& config) {
  profile::Profile profile = uncapped_profile();
  profile.environment = profile::is_loopback(config.listen) ? profile::Environment::simulator
                                                            : profile::Environment::certification;
  return profile;
}

/// Who a Logon comes from.
struct Identity {
  std::string begin_string;
  std::string ours;    ///< TargetCompID(56) of the Logon
  std::string theirs;  ///< SenderCompID(49)

  friend bool operator<(const Identity& a, const Identity& b) {
    return std::tie(a.begin_string, a.ours, a.theirs) < std::tie(b.begin_string, b.ours, b.theirs);
  }
};

std::string version_name(const Identity& identity, const std::string& appl_ver_id) {
  if (identity.begin_string != "FIXT.1.1") return identity.begin_string;
  if (appl_ver_id == "7") return "FIX.5.0";
  return appl_ver_id == "8" ? "FIX.5.0SP1" : "FIX.5.0SP2";
}

std::unique_ptr<Application> make_application(const Config& config, net::Loop& loop) {
  switch (config.application) {
    case ApplicationKind::acceptance:
      return make_acceptance_application();
    case ApplicationKind::exchange:
      break;
  }
  return make_exchange_application({config.quotes, config.cancel_on_disconnect, config.drop_copy},
                                   loop);
}

}  // namespace

std::vector<Quote> built_in_quotes() {
  return {{"MSFT", 10 * kOne + kOne / 10, 10 * kOne + kOne / 5, 1'000'000 * kOne},
          {"IBM", 100 * kOne - kOne / 10, 100 * kOne + kOne / 10, 50 * kOne}};
}

class Simulator::Parts final {
 public:
  Parts(const Config& config, Surroundings surroundings)
      : config_(config),
        around_(std::move(surroundings)),
        profile_(profile_of(config)),
        guard_(session::make_guard(profile_)),
        application_(make_application(config, around_.loop)),
        rules_(config.rules ? std::make_unique<Rules>(config.rules, around_.env) : nullptr),
        venue_{.application = *application_,
               .loop = around_.loop,
               .most_held_reports = config.most_held_reports,
               .validate = config.checks == Checks::dictionary,
               .note = around_.note,
               .rules = rules_.get(),
               .table = config.table.get()},
        door_(
            around_.loop, [this](const fix::Message& logon) { return route(logon); },
            around_.note) {}

  Status listen() { return door_.listen({config_.listen, config_.port}); }
  std::uint16_t port() const { return door_.port(); }

  Status prepare() {
    for (const KnownClient& known : config_.sessions) {
      const Identity who{known.begin_string, config_.comp_id, known.comp_id};
      if (config_.comp_id.empty() || seats_.contains(who)) continue;
      if (auto client = seat(who, known.appl_ver_id); !client) return client.error();
    }
    return {};
  }

  void stop() {
    for (auto& [identity, seat] : seats_) {
      // One that is not logged on is closed below.
      (void)seat->client->session().logout();
    }
    const auto gone = [this] {
      return std::none_of(seats_.begin(), seats_.end(),
                          [](const auto& entry) { return entry.second->client->connected(); });
    };
    const Time deadline = around_.loop.now() + kFarewell;
    while (!gone() && around_.loop.now() < deadline) around_.loop.run_until(gone, deadline);
    for (auto& [identity, seat] : seats_) seat->client->session().close(session::CloseKind::full);
  }

 private:
  /// A client with what its session refers to.
  struct Seat {
    profile::Session config;
    std::unique_ptr<Client> client;
  };

  session::FrontDoor::Destination route(const fix::Message& logon) {
    const Identity who{std::string(logon.value(8)), std::string(logon.value(56)),
                       std::string(logon.value(49))};
    const std::string appl_ver_id = version_of(who, logon);
    if (auto why = reason_to_refuse(who, appl_ver_id); !why.empty()) return {nullptr, nullptr, why};
    const auto known = seats_.find(who);
    const bool fits = known != seats_.end() && (known->second->config.appl_ver_id == appl_ver_id ||
                                                known->second->client->connected());
    Result<Client*> client =
        fits ? Result<Client*>(known->second->client.get()) : seat(who, appl_ver_id);
    if (!client) return {nullptr, nullptr, client.error().text};
    return {&(*client)->session(), *client, ""};
  }

  const KnownClient* known_client(const Identity& who) const {
    const auto at = std::find_if(
        config_.sessions.begin(), config_.sessions.end(), [&who](const KnownClient& one) {
          return one.comp_id == who.theirs && one.begin_string == who.begin_string;
        });
    return at == config_.sessions.end() ? nullptr : &*at;
  }

  std::string version_of(const Identity& who, const fix::Message& logon) const {
    if (const KnownClient* known = known_client(who)) return known->appl_ver_id;
    return who.begin_string == "FIXT.1.1" ? std::string(logon.value(1137)) : "";
  }

  std::string reason_to_refuse(const Identity& who, const std::string& appl_ver_id) const {
    if (std::find(kVersions.begin(), kVersions.end(), who.begin_string) == kVersions.end())
      return "BeginString(8) " + printable(who.begin_string.substr(0, 20)) +
             " is no FIX version that it speaks";
    if (who.begin_string == "FIXT.1.1" && appl_ver_id != "7" && appl_ver_id != "8" &&
        appl_ver_id != "9")
      return "DefaultApplVerID(1137) must be 7, 8 or 9";
    if (who.ours.empty() || who.theirs.empty()) return "the Logon lacks a CompID";
    if (!config_.comp_id.empty() && who.ours != config_.comp_id)
      return "TargetCompID(56) is " + printable(who.ours) + ", not " + config_.comp_id;
    const auto& let_in = config_.clients;
    if (!let_in.empty() && std::find(let_in.begin(), let_in.end(), who.theirs) == let_in.end())
      return "SenderCompID(49) " + printable(who.theirs.substr(0, 20)) + " is no client of it";
    if (!config_.sessions.empty() && !known_client(who))
      return fmt::format("SenderCompID(49) {} with {} is no session of its file",
                         printable(who.theirs), who.begin_string);
    if (!seats_.contains(who) && seats_.size() >= config_.most_sessions)
      return std::to_string(config_.most_sessions) + " sessions are known already";
    return "";
  }

  /// A new client, or one that comes back with another application version: its orders stay its
  /// own. A seat is taken only once everything about it is there.
  Result<Client*> seat(const Identity& who, const std::string& appl_ver_id) {
    auto dictionary = around_.dictionary(who.begin_string, appl_ver_id);
    if (!dictionary) return dictionary.error();
    if (!*dictionary) return environment_error("there is no dictionary for " + who.begin_string);
    auto seat = std::make_unique<Seat>();
    seat->config = session_config(who, appl_ver_id);
    const auto known = seats_.find(who);
    const ClientId id = known == seats_.end() ? static_cast<ClientId>(seats_.size() + 1)
                                              : known->second->client->id();
    auto session = session::make_engine_session(context(seat->config, *dictionary));
    if (!session) return session.error();
    seat->client = std::make_unique<Client>(
        Client::Who{id, who.theirs, printable(seat->config.name)}, venue_, *dictionary);
    seat->client->use(std::move(*session));
    return (seats_[who] = std::move(seat))->client.get();
  }

  profile::Session session_config(const Identity& who, const std::string& appl_ver_id) const {
    profile::Session config;
    config.name = fmt::format("{} ({})", who.theirs, version_name(who, appl_ver_id));
    config.begin_string = who.begin_string;
    config.appl_ver_id = appl_ver_id;
    config.sender = who.ours;
    config.target = who.theirs;
    config.store = profile::StoreKind::memory;
    // FIX 4.0 has no ResetSeqNumFlag(141): its sessions begin at 1 with every Logon.
    config.reset_on_logon = config_.reset_on_logon || who.begin_string == "FIX.4.0";
    if (config_.checks == Checks::engine) config.validate = profile::Validate::reject;
    return config;
  }

  session::Context context(const profile::Session& config, fix::DictionaryPtr dictionary) {
    const bool by_engine = config_.checks == Checks::engine;
    const KnownClient* known = known_client({config.begin_string, config.sender, config.target});
    return {.loop = around_.loop,
            .recorder = around_.recorder,
            .profile = profile_,
            .config = config,
            .guard = guard_,
            .masker = masker_,
            .dictionary = std::move(dictionary),
            .store_folder = "",
            .password = "",
            .acceptor = true,
            .deny = {},
            .dictionary_paths =
                by_engine ? around_.dictionary_paths(config.begin_string, config.appl_ver_id)
                          : std::vector<std::string>(),
            .fields_have_values = !known || known->fields_have_values,
            .as_quickfix = by_engine};
  }

  const Config config_;
  Surroundings around_;
  const profile::Profile profile_;
  std::shared_ptr<session::Guard> guard_;
  const record::Masker masker_;
  const std::unique_ptr<Application> application_;
  std::unique_ptr<Rules> rules_;
  Venue venue_;
  std::map<Identity, std::unique_ptr<Seat>> seats_;
  session::FrontDoor door_;
};

Simulator::Simulator(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Simulator::~Simulator() = default;

Result<std::unique_ptr<Simulator>> Simulator::start(const Config& config,
                                                    Surroundings surroundings) {
  // Parts of a note may be what a peer sent.
  surroundings.note = [note = std::move(surroundings.note)](const std::string& text) {
    note(printable(text));
  };
  auto parts = std::make_unique<Parts>(config, std::move(surroundings));
  if (Status listening = parts->listen(); !listening) return listening.error();
  return std::unique_ptr<Simulator>(new Simulator(std::move(parts)));
}

std::uint16_t Simulator::port() const { return parts_->port(); }
Status Simulator::prepare() { return parts_->prepare(); }
void Simulator::stop() { parts_->stop(); }

}  // namespace fixdrill::sim
