#include "conformance/pack.h"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

#include "base/csv.h"
#include "base/limits.h"
#include "conformance/peer.h"
#include "conformance/person.h"
#include "record/null_recorder.h"

namespace fixdrill::conformance {

namespace {

/// 2026-01-05 08:00:00 UTC.
constexpr Time kStart{1'767'600'000'000'000'000, 0};
constexpr std::uint16_t kPort = 9000;
/// Mandatory, but for whoever encrypts: the pack says so and skips it.
constexpr std::string_view kNotApplicable = "14.n";
const std::string kRoot = FIXDRILL_SOURCE_DIR;

template <class T>
T take(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text);
  return std::move(*result);
}

std::string session_text(const std::string& name, const Kind& kind) {
  return fmt::format(
      "[session.{}]\nrole = \"{}\"\nport = {}\nbegin_string = \"{}\"\nsender = \"TESTER\"\n"
      "target = \"PEER\"\nstore = \"memory\"\nheartbeat = 30\n{}",
      name, kind.acceptor ? "initiator" : "acceptor", kPort, kind.begin_string,
      kind.begin_string == "FIXT.1.1" ? "appl_ver_id = \"9\"\n" : "");
}

// SECOND is the same identity by another connection (1S.b).
profile::Profile profile_for(const Kind& kind) {
  const std::string text = "environment = \"simulator\"\n" + session_text("SUT", kind) +
                           session_text("SECOND", kind) +
                           "[limits]\nmessages_per_second = 100000\norders_per_run = 100000\n";
  return take(profile::load(std::make_shared<const SourceFile>("conformance.toml", text)));
}

Settings settings_for(const Kind& kind, const profile::Session& session,
                      run::Dictionaries& dictionaries) {
  return {.acceptor = kind.acceptor,
          .begin_string = kind.begin_string,
          .appl_ver_id = session.appl_ver_id,
          .sender = session.target,
          .target = session.sender,
          .port = kPort,
          .dictionary = take(dictionaries.for_session(session))};
}

class Quiet final : public run::Progress {
 public:
  void note(const std::string&) override {}
  void scenario_started(const std::string&) override {}
  void scenario_finished(const record::ScenarioResult&) override {}
};

std::string reason_of(const record::ScenarioResult& scenario) {
  std::string reason;
  for (const record::StepResult& step : scenario.steps) {
    for (const record::Verdict& verdict : step.verdicts) {
      if (verdict.outcome == record::Outcome::pass) continue;
      reason += fmt::format("{}: {}: {}\n", verdict.location, verdict.rule, verdict.message);
      for (const record::FieldRow& row : verdict.fields) {
        if (!row.ok)
          reason += fmt::format("    {}: {}, not {}\n", row.field, row.received, row.expected);
      }
    }
  }
  return reason;
}

int weight(record::Outcome outcome) {
  switch (outcome) {
    case record::Outcome::error:
      return 3;
    case record::Outcome::fail:
      return 2;
    case record::Outcome::pass:
      return 1;
    default:
      return 0;
  }
}

/// "2.o" of "2.o/early".
std::string sub_case(const std::string& id) { return id.substr(0, id.find('/')); }

Outcomes outcomes_of(const record::RunResult& result) {
  Outcomes outcomes;
  for (const record::ScenarioResult& scenario : result.scenarios) {
    const std::string id = sub_case(scenario.case_id);
    const auto [at, is_new] = outcomes.try_emplace(id);
    if (is_new || weight(scenario.outcome) > weight(at->second.outcome))
      at->second = {scenario.outcome, scenario.case_id + ": " + reason_of(scenario)};
  }
  return outcomes;
}

run::Plan files_with(const run::Plan& plan, const std::set<std::string>& ids) {
  if (ids.empty()) return plan;
  run::Plan files = plan;
  std::erase_if(files.files, [&](const run::FilePlan& file) {
    return std::none_of(file.cases.begin(), file.cases.end(),
                        [&](const run::Case& each) { return ids.contains(sub_case(each.id)); });
  });
  return files;
}

std::map<std::string, std::string> variables_for(const Kind& kind) {
  return {{"application", kind.acceptor ? "orders" : "echo"},
          {"logout_by", "instruct"},
          {"on_behalf_of", "CLIENT"},
          {"deliver_to", "DESK"}};
}

}  // namespace

std::string Kind::text() const {
  return fmt::format("{} {}", acceptor ? "acceptor" : "initiator", begin_string);
}

Pack::Pack(const Kind& kind) : profile_(profile_for(kind)), dictionaries_(kRoot + "/fixspecs") {
  settings_ = settings_for(kind, profile_.sessions.at(0), dictionaries_);
  const auto files = take(run::find_scenarios({kRoot + "/scenarios/session"}));
  suite_ = take(run::parse_suite(files, kRoot + "/scenarios"));
  const Status checked = run::check_suite(suite_, &profile_, dictionaries_);
  if (!checked) throw std::runtime_error(checked.error().text);
  if (has_errors(suite_.diagnostics)) throw std::runtime_error(render(suite_.diagnostics));
  plan_ = run::plan(suite_.files);
}

Outcomes Pack::run(const Fault& fault, const std::set<std::string>& ids) {
  record::NullRecorder recorder;
  Quiet progress;
  run::Stop stop;
  Person person;
  const run::RunConfig config{
      .profile = profile_,
      .dictionaries = dictionaries_,
      .recorder = recorder,
      .progress = progress,
      .stop = stop,
      .make_loop =
          [] {
            net::MemoryNetwork network;
            network.min_delay = std::chrono::microseconds(20);
            network.max_delay = std::chrono::microseconds(500);
            network.max_slice = 512;
            return net::make_memory_loop(kStart, network);
          },
      .attach = [&](net::Loop& loop, const profile::Profile&) -> std::shared_ptr<void> {
        auto peer = std::make_shared<Peer>(loop, settings_, fault);
        person.looks_after(*peer);
        return peer;
      },
      .env = {},
      .variables = variables_for({settings_.acceptor, settings_.begin_string}),
      .secrets = {},
      .passwords = {},
      .masker = {},
      .deny = {},
      .store_folder = "",
      .prompter = &person};
  return outcomes_of(run::run(config, files_with(plan_, ids)));
}

std::vector<std::string> Pack::demanded() const {
  const SourcePtr source = take(run::read_source(kRoot + "/scenarios/session/cases.csv", 1 << 20));
  CsvReader reader(*source);
  std::map<std::string, std::size_t> column;
  std::vector<std::string> ids;
  while (!reader.at_end()) {
    const auto cells = take(reader.line());
    if (column.empty()) {
      for (std::size_t i = 0; i < cells.size(); ++i) column[cells[i].text] = i;
      continue;
    }
    const auto cell = [&](const char* name) { return cells.at(column.at(name)).text; };
    const std::string who = cell("who");
    if (cell("mandatory") != "M" || cell("wire") == "no" || cell("id") == kNotApplicable) continue;
    if (who == "B" || who == (settings_.acceptor ? "A" : "I")) ids.push_back(cell("id"));
  }
  return ids;
}

}  // namespace fixdrill::conformance
