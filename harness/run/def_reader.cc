#include "run/def_reader.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <utility>

#include "base/limits.h"
#include "run/suite.h"

namespace fixdrill::run {

namespace fs = std::filesystem;

namespace {

imports::FileReader beside(const std::string& path) {
  return [folder = fs::path(path).parent_path()](const std::string& named) -> Result<std::string> {
    auto source = read_source((folder / named).lexically_normal().string(), limits::kScenarioFile);
    if (!source) return source.error();
    return (*source)->text();
  };
}

profile::Session session_of(const imports::DefSession& made) {
  profile::Session session;
  session.name = made.name;
  session.begin_string = made.identity.begin_string;
  session.appl_ver_id = made.identity.appl_ver_id;
  session.sender = made.identity.sender;
  session.target = made.identity.target;
  session.store = profile::StoreKind::memory;
  return session;
}

const profile::Session* same_identity(const profile::Profile& profile,
                                      const imports::DefSession& made) {
  const auto found = std::find_if(
      profile.sessions.begin(), profile.sessions.end(), [&](const profile::Session& session) {
        return session.begin_string == made.identity.begin_string &&
               session.sender == made.identity.sender && session.target == made.identity.target;
      });
  return found == profile.sessions.end() ? nullptr : &*found;
}

}  // namespace

bool is_def(const std::string& path) { return fs::path(path).extension() == ".def"; }

Result<DefReader::Read> DefReader::read(const std::string& path, bool one_line) {
  auto source = read_source(path, limits::kScenarioFile);
  if (!source) return source.error();
  imports::DefParsed parsed = imports::parse_def(*source, beside(path));
  Read read{*source, std::move(parsed.diagnostics), {}};
  if (has_errors(read.diagnostics)) return read;
  const auto dictionary = [this](const imports::Identity& identity) {
    return dictionaries_.for_session(session_of({"", identity, false}));
  };
  auto scenario = imports::to_scenario(
      parsed.file, {dictionary, [this](const auto& identity) { return name_of(identity); },
                    compare_, usual(fs::path(path).parent_path().string()), one_line});
  if (!scenario) return scenario.error();
  read.scenario = std::move(*scenario);
  return read;
}

// SenderCompID(49); of another session with the same one, the version too.
std::string DefReader::name_of(const imports::Identity& identity) {
  std::string name = imports::session_name(identity.sender);
  if (named_.try_emplace(name, identity).first->second == identity) return name;
  name = imports::session_name(
      fmt::format("{}_{}{}", name, identity.begin_string, identity.appl_ver_id));
  for (std::string other = name; !(named_.try_emplace(other, identity).first->second == identity);)
    name = other += "X";
  return name;
}

// A file that cannot be read tells nothing here; whoever asks for it is told.
const std::optional<imports::Identity>& DefReader::usual(const std::string& folder) {
  if (const auto known = usual_.find(folder); known != usual_.end()) return known->second;
  std::vector<std::string> paths;
  std::error_code error;
  for (fs::directory_iterator it(folder.empty() ? "." : folder, error), end; it != end && !error;
       it.increment(error)) {
    if (is_def(it->path().string())) paths.push_back(it->path().string());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<imports::DefFile> files;
  for (const std::string& path : paths) {
    auto source = read_source(path, limits::kScenarioFile);
    if (source) files.push_back(imports::parse_def(*source, beside(path)).file);
  }
  return usual_[folder] = imports::usual_identity(files);
}

void add_def_sessions(profile::Profile& profile, const std::vector<imports::DefSession>& sessions,
                      bool simulated) {
  for (const imports::DefSession& made : sessions) {
    if (profile.session(made.name)) continue;
    profile::Session session = session_of(made);
    if (const profile::Session* same = same_identity(profile, made)) {
      session = *same;
      session.name = made.name;
    } else if (profile.def) {
      session.host = profile.def->host;
      session.port = profile.def->port;
      session.host_span = profile.def->span;
    } else if (!simulated) {
      continue;
    }
    profile.sessions.push_back(std::move(session));
  }
}

}  // namespace fixdrill::run
