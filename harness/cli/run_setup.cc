#include "cli/run_setup.h"

#include <fmt/format.h>
#include <iostream>
#include <set>

#include "base/limits.h"
#include "base/text.h"
#include "cli/def_options.h"
#include "cli/options.h"
#include "cli/project.h"
#include "profile/worker.h"
#include "run/uid.h"

namespace fixdrill::cli {

using Values = boost::program_options::variables_map;

namespace {

// Option over FIXDRILL_VAR_x over profile; the file's own default comes last, in the runner.
Result<std::map<std::string, std::string>> variables(const Values& values,
                                                     const profile::Profile& profile,
                                                     const run::Suite& suite,
                                                     const run::Plan& plan) {
  std::map<std::string, std::string> all;
  std::set<std::string> declared;
  for (const profile::Param& param : profile.params) all[param.name] = param.value;
  for (const syntax::File& file : suite.files) {
    for (const syntax::Param& param : file.params) {
      declared.insert(param.name.text);
      if (auto value = environment_variable("FIXDRILL_VAR_" + param.name.text))
        all[param.name.text] = *value;
    }
  }
  for (const std::string& given : value_or<std::vector<std::string>>(values, "var", {})) {
    const std::size_t equals = given.find('=');
    if (equals == std::string::npos)
      return input_error(fmt::format("--var {}: write NAME=VALUE", given));
    const std::string name = given.substr(0, equals);
    if (!declared.count(name)) {
      const auto near = did_you_mean(name, {declared.begin(), declared.end()});
      return input_error(fmt::format("--var {}: no scenario here has a param '{}'{}", given, name,
                                     near ? fmt::format("; did you mean {}?", *near) : ""));
    }
    all[name] = given.substr(equals + 1);
  }
  for (const run::FilePlan& planned : plan.files) {
    for (const syntax::Param& param : planned.file->params) {
      if (param.value || all.count(param.name.text)) continue;
      return to_error(
          {Severity::error, param.span,
           fmt::format("param {} has no value; give one with --var {}=VALUE or in the profile",
                       param.name.text, param.name.text)});
    }
  }
  return all;
}

Result<unsigned> lane_count(const Values& values) {
  const auto given = value_or<std::string>(values, "-j", "1");
  const auto lanes = parse_size(given);
  if (lanes && *lanes >= 1 && *lanes <= limits::kLanes) return static_cast<unsigned>(*lanes);
  return input_error(
      fmt::format("-j {}: write how many lanes run side by side, 1 to {}", given, limits::kLanes));
}

// Sessions of the profile that the files of the plan use.
std::vector<const profile::Session*> used_sessions(const profile::Profile& profile,
                                                   const run::Plan& plan) {
  const std::set<std::string> names = run::declared_sessions(plan);
  std::vector<const profile::Session*> used;
  for (const profile::Session& session : profile.sessions) {
    if (names.count(session.name)) used.push_back(&session);
  }
  return used;
}

Result<Secrets> resolve_secrets(const profile::Profile& profile, const run::Plan& plan,
                                bool may_prompt) {
  const profile::SecretSources sources = secret_sources(may_prompt);
  Secrets secrets;
  std::set<std::string> wanted;
  for (const run::FilePlan& planned : plan.files) {
    for (const syntax::Secret& secret : planned.file->secrets) wanted.insert(secret.name.text);
  }
  for (const auto& [name, ref] : profile.secrets) {
    if (!wanted.count(name)) continue;
    auto value = profile::resolve(ref, sources);
    if (!value) return value.error();
    secrets.by_name[name] = *value;
    secrets.values.push_back(*value);
  }
  for (const profile::Session* session : used_sessions(profile, plan)) {
    if (!session->password) continue;
    auto value = profile::resolve(*session->password, sources);
    if (!value) return value.error();
    secrets.passwords[session->name] = *value;
    secrets.values.push_back(*value);
  }
  return secrets;
}

Status check_sessions(const profile::Profile& profile, const run::Plan& plan,
                      const profile::DenyList& deny) {
  for (const profile::Session* session : used_sessions(profile, plan)) {
    if (Status target = profile::check_target(profile, *session, deny); !target) return target;
    if (session->clordid.empty()) continue;
    if (Status pattern = run::check_uid_pattern(session->clordid); !pattern) return pattern;
  }
  return {};
}

// Guard 1: production takes a typed yes, which nobody can give where nobody can be asked.
Status confirm_production(const profile::Profile& profile, bool may_prompt) {
  if (profile.environment != profile::Environment::production) return {};
  if (!may_prompt)
    return guard_error(
        "the profile is of production: that takes a typed yes on a terminal; nothing was sent");
  std::cerr << "This profile is of PRODUCTION. Only Logon, Heartbeat, TestRequest and Logout will "
               "leave, and they move "
               "the gateway's numbers.\nType yes to go on: "
            << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  if (trim(answer) == "yes") return {};
  return guard_error("not confirmed; nothing was sent");
}

Status check(run::Suite& suite, const profile::Profile& profile, run::Dictionaries& dictionaries) {
  if (Status checked = run::check_suite(suite, &profile, dictionaries); !checked)
    return checked.error();
  if (has_errors(suite.diagnostics)) return input_error(render(suite.diagnostics));
  return {};
}

// What was found in files that are not part of the run is left to 'fixdrill check'.
void print_warnings(const std::vector<Diagnostic>& found, const run::Plan& plan) {
  std::set<const SourceFile*> sources;
  for (const run::FilePlan& planned : plan.files) {
    sources.insert(planned.file->source.get());
    for (const SourcePtr& included : planned.file->included) sources.insert(included.get());
  }
  for (const Diagnostic& one : found) {
    if (one.span.empty() || sources.contains(one.span.file)) std::cerr << render(one) << '\n';
  }
}

// Guards, lanes and secrets: what only a run needs that connects.
Status prepare_to_connect(const SetupParts& parts, RunSetup& setup) {
  auto deny = deny_list();
  if (!deny) return deny.error();
  setup.deny = std::move(*deny);
  auto lanes = lane_count(parts.values);
  if (!lanes) return lanes.error();
  setup.lanes = *lanes;
  for (unsigned lane = 1; lane <= *lanes; ++lane) {
    const auto seen = profile::for_worker(setup.profile, lane);
    if (Status fine = check_sessions(seen, setup.plan, setup.deny); !fine) return fine.error();
  }
  if (Status yes = confirm_production(setup.profile, parts.may_prompt); !yes) return yes.error();
  auto secrets = resolve_secrets(setup.profile, setup.plan, parts.may_prompt);
  if (!secrets) return secrets.error();
  setup.secrets = std::move(*secrets);
  return {};
}

}  // namespace

Result<profile::Profile> profile_for(const Values& values) {
  const auto named =
      values.count("profile") ? std::optional(values["profile"].as<std::string>()) : std::nullopt;
  const bool simulated = values.count("sim") != 0 || values.count("sim-port") != 0;
  const bool connects_nowhere = values.count("against") != 0;
  if ((simulated || connects_nowhere) && !named && !find_profile()) return profile::Profile();
  return load_profile(named);
}

Result<RunSetup> set_up(const SetupParts& parts, profile::Profile profile, Asked asked) {
  RunSetup setup;
  setup.profile = std::move(profile);
  setup.asked = std::move(asked);
  const auto compare = compare_option(parts.values);
  if (!compare) return compare.error();
  run::DefReader def(parts.dictionaries, *compare);
  auto suite = run::parse_suite(
      setup.asked.files, parts.root.empty() ? project_root(setup.profile.path) : parts.root, &def);
  if (!suite) return suite.error();
  setup.suite = std::move(*suite);
  if (parts.values.count("update") && !setup.suite.def_sources.empty())
    return input_error(
        "--update changes scenarios; make one of the .def file with 'fixdrill import def'");
  run::add_def_sessions(setup.profile, setup.suite.def_sessions, parts.rehearsal.simulated());
  setup.against = parts.against;
  if (setup.against) {
    if (Status aimed = setup.against->aim(setup.profile, setup.suite); !aimed) return aimed.error();
  }
  run::settle_roles(setup.suite, setup.profile);
  if (parts.rehearsal.simulated()) parts.rehearsal.aim(setup.profile, setup.suite);
  if (Status checked = check(setup.suite, setup.profile, parts.dictionaries); !checked)
    return checked.error();
  auto plan = plan_of_run(parts.values, setup.suite.files, setup.asked);
  if (!plan) return plan.error();
  setup.plan = std::move(*plan);
  print_warnings(setup.suite.diagnostics, setup.plan);
  auto vars = variables(parts.values, setup.profile, setup.suite, setup.plan);
  if (!vars) return vars.error();
  setup.variables = std::move(*vars);
  if (setup.against) {
    setup.secrets.by_name = setup.against->secrets(setup.suite);
    return setup;
  }
  if (Status fine = prepare_to_connect(parts, setup); !fine) return fine.error();
  return setup;
}

record::Masker masker_of(const RunSetup& setup) {
  std::set<int> tags;
  for (const profile::Session& session : setup.profile.sessions)
    tags.insert(session.mask.begin(), session.mask.end());
  return {std::move(tags), setup.secrets.values};
}

}  // namespace fixdrill::cli
