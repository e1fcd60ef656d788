#include "cli/pack.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"
#include "cli/options.h"
#include "cli/project.h"
#include "profile/hosts.h"
#include "profile/worker.h"
#include "run/suite.h"

namespace fixdrill::cli {

namespace fs = std::filesystem;
using Values = boost::program_options::variables_map;

namespace {

std::vector<std::string> names_of(const std::vector<profile::Session>& sessions) {
  std::vector<std::string> names;
  for (const profile::Session& session : sessions) names.push_back(session.name);
  return names;
}

Result<profile::Session> chosen(const Values& values, const profile::Profile& profile) {
  const std::vector<std::string> names = names_of(profile.sessions);
  const std::string all = join(names, ", ");
  if (names.empty())
    return input_error(
        fmt::format("{} has no session; conformance needs one, [session.NAME]", profile.path));
  if (!values.count("session")) {
    if (names.size() == 1) return profile.sessions.front();
    return input_error(
        fmt::format("{} has several sessions; say which is tested: --session NAME, "
                    "one of {}",
                    profile.path, all));
  }
  const auto name = values["session"].as<std::string>();
  if (const profile::Session* session = profile.session(name)) return *session;
  const auto near = did_you_mean(name, names);
  return input_error(fmt::format("--session {}: {} has no such session{}; it has {}",
                                 printable(name), profile.path,
                                 near ? fmt::format(", did you mean {}?", *near) : "", all));
}

/// Who is there to be tested when a simulator is, and no profile.
profile::Session made_up() {
  profile::Session session;
  session.name = "SUT";
  session.begin_string = "FIX.4.4";
  session.sender = "BRK1";
  session.target = "EXCH";
  return session;
}

/// PORT, or ADDR:PORT where another machine calls.
Status listen_at(const std::string& given, profile::Session& session) {
  const bool alone = given.find(':') == std::string::npos;
  const auto place = profile::split_target(alone ? "127.0.0.1:" + given : given);
  if (!place)
    return input_error(
        fmt::format("--listen {}: write the PORT at which the system under test "
                    "calls, or ADDR:PORT",
                    printable(given)));
  session.acceptor = true;
  session.host = place->host;
  session.port = place->port;
  return {};
}

/// Whoever asks us to listen somewhere allows it.
void listen_on_every_lane(profile::Profile& profile, profile::Session& sut) {
  sut.port_of_worker = true;
  for (unsigned lane = 0; lane < limits::kLanes; ++lane)
    profile.allow.push_back(fmt::format("{}:{}", sut.host, sut.port + lane));
}

std::string version_of(const profile::Session& session) {
  if (session.begin_string != "FIXT.1.1") return session.begin_string;
  const char* application = session.appl_ver_id == "7"   ? "5.0"
                            : session.appl_ver_id == "8" ? "5.0SP1"
                                                         : "5.0SP2";
  return fmt::format("FIXT.1.1/{}", application);
}

void set_default(profile::Profile& profile, const std::string& name, std::string value) {
  const bool given = std::any_of(profile.params.begin(), profile.params.end(),
                                 [&](const profile::Param& param) { return param.name == name; });
  if (!given) profile.params.push_back({name, std::move(value), {}});
}

/// What the pack can know of itself; the profile's [param] and --var say otherwise.
void set_params(const Values& values, profile::Profile& profile, const profile::Session& sut) {
  set_default(profile, "heartbeat", std::to_string(sut.heartbeat));
  if (values.count("sut-log")) set_default(profile, "attest", "yes");
  if (values.count("sim") && sut.acceptor) set_default(profile, "application", "echo");
}

}  // namespace

Result<Pack> load_pack(const Values& values) {
  Pack pack;
  pack.folder = value_or<std::string>(values, "pack", pack_folder());
  const fs::path list = fs::path(pack.folder) / "cases.csv";
  std::error_code error;
  if (!fs::exists(list, error))
    return input_error(
        fmt::format("{} is no pack of session cases: it has no cases.csv", printable(pack.folder)));
  const auto source = run::read_source(list.string(), limits::kScenarioFile);
  if (!source) return source.error();
  auto sub_cases = report::read_sub_cases(**source);
  if (!sub_cases) return sub_cases.error();
  pack.sub_cases = std::move(*sub_cases);
  pack.root = fs::weakly_canonical(pack.folder, error).parent_path().string();
  return pack;
}

Result<UnderTest> under_test(const Values& values, profile::Profile profile) {
  if (profile.environment == profile::Environment::production && !values.count("sim"))
    return guard_error(
        "the profile is of production, and the session cases send broken messages on purpose; "
        "nothing was sent");
  if (values.count("sim") && profile.sessions.empty()) profile.sessions.push_back(made_up());
  auto session = chosen(values, profile);
  if (!session) return session.error();
  UnderTest out;
  out.tested.session = session->name;
  profile::Session sut = std::move(*session);
  if (values.count("listen")) {
    if (Status fine = listen_at(values["listen"].as<std::string>(), sut); !fine)
      return fine.error();
  }
  if (sut.acceptor) listen_on_every_lane(profile, sut);
  out.tested.role = sut.acceptor ? report::Who::initiator : report::Who::acceptor;
  out.tested.version = version_of(sut);
  set_params(values, profile, sut);
  profile::Session second = sut;
  sut.name = "SUT";
  second.name = "SECOND";
  // Only an acceptor under test has two connections of one identity to judge; nobody else connects.
  second.acceptor = second.port_of_worker = false;
  profile.sessions = {std::move(sut), std::move(second)};
  out.profile = std::move(profile);
  return out;
}

std::function<void(sim::Config&)> serves_only(const profile::Profile& profile) {
  const profile::Session& sut = *profile.session("SUT");
  std::vector<std::string> clients = profile::texts_of_workers(sut.sender);
  if (clients.empty()) clients = {sut.sender};
  const bool one = profile::texts_of_workers(sut.target).empty();
  return [clients, comp_id = one ? sut.target : ""](sim::Config& config) {
    config.clients = clients;
    config.comp_id = comp_id;
  };
}

}  // namespace fixdrill::cli
