#include "sim/caller.h"

#include <chrono>
#include <fmt/format.h>
#include <utility>

#include "base/text.h"
#include "fix/validate.h"
#include "sim/client.h"
#include "sim/echo.h"

namespace fixdrill::sim {

namespace {

using namespace std::chrono_literals;

constexpr auto kRetry = 1s;
constexpr auto kFarewell = 2s;

/// It goes where it is told to.
profile::Profile profile_of(const profile::Session& session) {
  profile::Profile profile = uncapped_profile();
  profile.environment = profile::Environment::certification;
  profile.allow = {fmt::format("{}:{}", session.host, session.port)};
  return profile;
}

}  // namespace

class Caller::Parts final : private session::EventSink {
 public:
  Parts(const CallerConfig& config, Surroundings surroundings)
      : around_(std::move(surroundings)),
        config_(config.session),
        table_(config.table),
        profile_(profile_of(config_)),
        guard_(session::make_guard(profile_)),
        application_(make_echo_application()),
        venue_{.application = *application_,
               .loop = around_.loop,
               .validate = config.validate,
               .note = around_.note,
               .table = table_.get()} {}

  Status make() {
    auto dictionary = around_.dictionary(config_.begin_string, config_.appl_ver_id);
    if (!dictionary) return dictionary.error();
    if (!*dictionary) return input_error("there is no dictionary for " + config_.begin_string);
    dictionary_ = *dictionary;
    auto session = session::make_engine_session(context(*dictionary));
    if (!session) return session.error();
    const Client::Who who{1, config_.target, printable(config_.name)};
    client_ = std::make_unique<Client>(who, venue_, *dictionary);
    client_->use(std::move(*session));
    return {};
  }

  void call() {
    if (Status opened = client_->session().open(*this); !opened) miss(opened.error().text);
  }

  void stop() {
    again_.reset();
    leaving_ = true;
    // One that is not logged on is closed below.
    (void)client_->session().logout();
    const auto gone = [this] { return !client_->connected(); };
    const Time deadline = around_.loop.now() + kFarewell;
    while (!gone() && around_.loop.now() < deadline) around_.loop.run_until(gone, deadline);
    client_->session().close(session::CloseKind::full);
  }

 private:
  void on_connected() override {
    missed_.clear();
    up_ = true;
    // Only a line that is gone again takes no Logon, and that is told.
    (void)client_->session().logon();
  }

  void on_event(session::Event event) override {
    if (event.kind != session::Event::Kind::closed) {
      const bool wrong = is_wrong_logon(event);
      client_->on_event(std::move(event));
      if (wrong) client_->session().close(session::CloseKind::full);
      return;
    }
    if (!std::exchange(up_, false)) return miss(event.reason);
    client_->on_event(std::move(event));
    call_later();
  }

  /// Of session messages QuickFIX reads what it needs; without a HeartBtInt(108) it would take its
  /// own (session test case 1B.d).
  bool is_wrong_logon(const session::Event& event) const {
    if (!venue_.validate || !event.message || event.message->msg_type() != "A") return false;
    const auto findings = fix::validate(*event.message, *dictionary_, {.most = 1});
    if (findings.empty()) return false;
    around_.note(fmt::format("{}: its Logon is wrong: {}", config_.name, findings.front().text));
    return true;
  }

  /// Told once, not every second.
  void miss(const std::string& why) {
    if (why != missed_) around_.note(why);
    missed_ = why;
    call_later();
  }

  void call_later() {
    if (leaving_) return;
    again_ = around_.loop.at(around_.loop.now() + kRetry, [this] { call(); });
  }

  session::Context context(fix::DictionaryPtr dictionary) {
    return {.loop = around_.loop,
            .recorder = around_.recorder,
            .profile = profile_,
            .config = config_,
            .guard = guard_,
            .masker = masker_,
            .dictionary = std::move(dictionary),
            .store_folder = "",
            .password = "",
            .acceptor = false,
            .deny = {},
            .dictionary_paths = {}};
  }

  Surroundings around_;
  const profile::Session config_;
  const std::shared_ptr<const RuleTable> table_;
  const profile::Profile profile_;
  std::shared_ptr<session::Guard> guard_;
  const record::Masker masker_;
  std::unique_ptr<Application> application_;
  Venue venue_;
  fix::DictionaryPtr dictionary_;
  std::unique_ptr<Client> client_;
  std::unique_ptr<net::Timer> again_;
  std::string missed_;  ///< why nobody was there last time
  bool up_ = false;
  bool leaving_ = false;
};

Caller::Caller(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Caller::~Caller() = default;

Result<std::unique_ptr<Caller>> Caller::start(const CallerConfig& config,
                                              Surroundings surroundings) {
  // Parts of a note may be what a peer sent.
  surroundings.note = [note = std::move(surroundings.note)](const std::string& text) {
    note(printable(text));
  };
  auto parts = std::make_unique<Parts>(config, std::move(surroundings));
  if (Status made = parts->make(); !made) return made.error();
  parts->call();
  return std::unique_ptr<Caller>(new Caller(std::move(parts)));
}

void Caller::stop() { parts_->stop(); }

}  // namespace fixdrill::sim
