#include "cli/calling.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/text.h"
#include "cli/options.h"
#include "cli/project.h"
#include "profile/hosts.h"

namespace fixdrill::cli {

namespace po = boost::program_options;
using Values = po::variables_map;

namespace {

constexpr std::array kVersions = {"FIX.4.0", "FIX.4.1", "FIX.4.2",
                                  "FIX.4.3", "FIX.4.4", "FIXT.1.1"};
constexpr std::uint64_t kLongestHeartbeat = 86'400;

Status read_version(const Values& values, profile::Session& session) {
  session.begin_string = value_or<std::string>(values, "begin-string", "FIX.4.4");
  if (std::find(kVersions.begin(), kVersions.end(), session.begin_string) == kVersions.end())
    return input_error(fmt::format("--begin-string {}: write one of {}",
                                   printable(session.begin_string),
                                   join({kVersions.begin(), kVersions.end()}, ", ")));
  const bool transport = session.begin_string == "FIXT.1.1";
  if (!transport && values.count("appl-ver-id"))
    return input_error("--appl-ver-id is of FIXT.1.1; give it with --begin-string FIXT.1.1");
  session.appl_ver_id = value_or<std::string>(values, "appl-ver-id", transport ? "9" : "");
  if (transport && session.appl_ver_id != "7" && session.appl_ver_id != "8" &&
      session.appl_ver_id != "9")
    return input_error(
        fmt::format("--appl-ver-id {}: write 7 for FIX 5.0, 8 for 5.0 SP1 or 9 for 5.0 SP2",
                    printable(session.appl_ver_id)));
  return {};
}

Status read_comp_ids(const Values& values, profile::Session& session) {
  session.sender = value_or<std::string>(values, "sender", "");
  session.target = value_or<std::string>(values, "target", "");
  if (!session.sender.empty() && !session.target.empty()) return {};
  return input_error(
      "--call needs --sender and --target: the CompIDs of the caller and of whom it calls");
}

Status refuse_options_of_exchanges(const Values& values) {
  for (const char* option : {"port", "listen"}) {
    if (values.count(option))
      return input_error(
          fmt::format("--call and --{} do not go together: a caller does not listen", option));
  }
  if (values.count("paths"))
    return input_error("--call takes no file: what an exchange quotes means nothing to a caller");
  return {};
}

}  // namespace

void add_calling_options(po::options_description& options) {
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  auto add = options.add_options();
  add("call", text("HOST:PORT"),
      "do not listen: call there, log on, come back 1 s after a loss, and echo orders");
  add("begin-string", text("VERSION"), "with --call: BeginString(8) (FIX.4.4)");
  add("appl-ver-id", text("N"), "with --call: DefaultApplVerID(1137) of FIXT.1.1 (9)");
  add("sender", text("ID"), "with --call: SenderCompID(49)");
  add("target", text("ID"), "with --call: TargetCompID(56)");
  add("heartbeat", text("S"), "with --call: HeartBtInt(108) in seconds (30)");
  add("keep-numbers",
      "with --call: numbers run on when it comes back; without it every Logon resets them");
}

Result<sim::CallerConfig> caller_config(const Values& values) {
  if (Status fine = refuse_options_of_exchanges(values); !fine) return fine.error();
  const auto given = values["call"].as<std::string>();
  const auto place = profile::split_target(given);
  if (!place)
    return input_error(
        fmt::format("--call {}: write HOST:PORT, as in 127.0.0.1:5001", printable(given)));
  sim::CallerConfig config;
  profile::Session& session = config.session;
  session.host = place->host;
  session.port = place->port;
  if (Status read = read_version(values, session); !read) return read.error();
  if (Status read = read_comp_ids(values, session); !read) return read.error();
  const auto heartbeat = number_option(values, "heartbeat", 30, {0, kLongestHeartbeat});
  if (!heartbeat) return heartbeat.error();
  session.heartbeat = static_cast<int>(*heartbeat);
  session.name = session.sender;
  session.store = profile::StoreKind::memory;
  session.reset_on_logon = values.count("keep-numbers") == 0;
  return config;
}

std::string caller_text(const sim::CallerConfig& config) {
  const profile::Session& session = config.session;
  const std::string version =
      session.appl_ver_id.empty()
          ? session.begin_string
          : fmt::format("{} with DefaultApplVerID {}", session.begin_string, session.appl_ver_id);
  return fmt::format("simulator calls {}:{} as {}, TargetCompID {}, {}, HeartBtInt {}",
                     session.host, session.port, printable(session.sender),
                     printable(session.target), version, session.heartbeat);
}

Result<std::unique_ptr<sim::Caller>> start_caller(const sim::CallerConfig& config, net::Loop& loop,
                                                  record::Recorder& recorder,
                                                  run::Dictionaries& dictionaries,
                                                  std::function<void(const std::string&)> note) {
  const auto dictionary = [&dictionaries, session = config.session](const std::string&,
                                                                    const std::string&) {
    return dictionaries.for_session(session);
  };
  return sim::Caller::start(config,
                            {loop, recorder, dictionary, std::move(note), environment_variable});
}

std::vector<sim::CallerConfig> callers_of(const run::Suite& suite, const profile::Profile& profile,
                                          std::shared_ptr<const sim::RuleTable> table) {
  std::set<std::string> names;
  for (const syntax::File& file : suite.files) {
    for (const syntax::Session& declared : file.sessions) {
      if (declared.any) names.insert(declared.name.text);
    }
  }
  std::vector<sim::CallerConfig> callers;
  for (const profile::Session& ours : profile.sessions) {
    if (!ours.acceptor || ours.port == 0 || !names.contains(ours.name)) continue;
    sim::CallerConfig caller;
    caller.table = table;
    caller.session.name = ours.target;
    caller.session.host = ours.host;
    caller.session.port = ours.port;
    caller.session.begin_string = ours.begin_string;
    caller.session.appl_ver_id = ours.appl_ver_id;
    caller.session.sender = ours.target;
    caller.session.target = ours.sender;
    caller.session.heartbeat = ours.heartbeat;
    caller.session.dictionary = ours.dictionary;
    caller.session.store = profile::StoreKind::memory;
    caller.session.reset_on_logon = true;
    callers.push_back(std::move(caller));
  }
  return callers;
}

}  // namespace fixdrill::cli
