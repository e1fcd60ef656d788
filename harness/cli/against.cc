#include "cli/against.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <set>
#include <vector>

#include "base/text.h"
#include "cli/input.h"
#include "cli/options.h"
#include "cli/recordings.h"
#include "record/message_reader.h"
#include "record/reader.h"

namespace fixdrill::cli {

namespace po = boost::program_options;
using session::Playback;

namespace {

std::string role_name(bool acceptor) { return acceptor ? "acceptor" : "initiator"; }

bool role_fits(const syntax::Session& declared, const record::SessionRow& row) {
  if (declared.any || row.role.empty()) return true;
  return row.role == role_name(declared.role == syntax::Role::acceptor);
}

// BRK1-EXCH of a log is BRK1_EXCH in a scenario.
std::string as_name(std::string alias) {
  for (char& c : alias) {
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  }
  return alias;
}

bool same_identity(const record::SessionRow& a, const record::SessionRow& b) {
  return a.alias == b.alias && a.begin_string == b.begin_string && a.sender == b.sender &&
         a.target == b.target;
}

Status check_options(const po::variables_map& values) {
  for (const char* other : {"sim", "sim-port", "virtual-time", "allow-exec", "-j"}) {
    if (!values.count(other)) continue;
    const std::string name = other[0] == '-' ? other : fmt::format("--{}", other);
    return input_error(fmt::format(
        "{} is for a run that connects; --against judges what was recorded, nothing is sent",
        name));
  }
  return {};
}

// Of a recording of ours its scenarios are known too.
Result<std::unique_ptr<Playback>> read_playback(const std::string& path) {
  if (!record::is_recording(path)) {
    auto log = open_input({path}, {});
    if (!log) return log.error();
    return Playback::read(**log, nullptr);
  }
  const auto own = record::read_recording(path, {.messages = false});
  if (!own) return own.error();
  auto source = record::open_messages(path);
  if (!source) return source.error();
  return Playback::read(**source, &*own);
}

}  // namespace

void add_against_options(po::options_description& options) {
  auto add = options.add_options();
  add("against", po::value<std::string>()->value_name("RECORDING"),
      "judge a recorded conversation by the scenarios: nothing is sent, what they would send must "
      "be there");
  add("session", po::value<std::vector<std::string>>()->value_name("NAME=SESSION"),
      "with --against: which session of the recording is the scenarios' NAME");
}

Result<std::unique_ptr<Against>> Against::from(const po::variables_map& values) {
  if (!values.count("against")) {
    if (values.count("session"))
      return input_error(
          "--session says which session of a recording is meant; it needs --against");
    return std::unique_ptr<Against>();
  }
  if (Status fine = check_options(values); !fine) return fine.error();
  std::unique_ptr<Against> against(new Against);
  auto path = labelled_path(values["against"].as<std::string>());
  if (!path) return path.error();
  against->path_ = std::move(*path);
  for (const std::string& given : value_or<std::vector<std::string>>(values, "session", {})) {
    const std::size_t equals = given.find('=');
    if (equals == std::string::npos || equals == 0)
      return input_error(fmt::format("--session {}: write NAME=SESSION", given));
    against->named_[given.substr(0, equals)] = given.substr(equals + 1);
  }
  auto playback = read_playback(against->path_);
  if (!playback) return playback.error();
  against->playback_ = std::move(*playback);
  return against;
}

std::string Against::list() const {
  std::vector<std::string> texts;
  for (const Playback::Session& one : playback_->sessions()) {
    const std::string text = fmt::format("{} ({} {} -> {})", one.row.alias, one.row.begin_string,
                                         one.row.sender, one.row.target);
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
  }
  return join(texts, ", ");
}

Result<const Playback::Session*> Against::recorded(const syntax::Session& declared) const {
  const std::string& name = declared.name.text;
  const auto named = named_.find(name);
  const std::string wanted = named == named_.end() ? name : named->second;
  std::vector<const Playback::Session*> fit;
  for (const Playback::Session& one : playback_->sessions()) {
    if (as_name(one.row.alias) == as_name(wanted)) return &one;
    const bool known = !fit.empty() && same_identity(fit.back()->row, one.row);
    if (role_fits(declared, one.row) && !known) fit.push_back(&one);
  }
  if (named == named_.end() && fit.size() == 1) return fit.front();
  if (named != named_.end())
    return input_error(fmt::format("--session {}={}: {} has no session of that name; it has {}",
                                   name, wanted, path_, list()));
  return to_error({Severity::error, declared.name.span,
                   fmt::format("{} has no session {}; it has {}. --session {}=SESSION says which "
                               "is meant",
                               path_, name, list(), name)});
}

Status Against::aim(profile::Profile& profile, const run::Suite& suite) const {
  for (const syntax::File& file : suite.files) {
    for (const syntax::Session& declared : file.sessions) {
      const std::string& name = declared.name.text;
      const profile::Session* known = profile.session(name);
      const bool acceptor = declared.role == syntax::Role::acceptor;
      const bool given = named_.contains(name);
      if (known && !given && !playback_->meant_by(*known, acceptor).empty()) continue;
      const auto found = recorded(declared);
      if (!found) return found.error();
      const record::SessionRow& row = (*found)->row;
      profile::Session session = known ? *known : profile::Session();
      session.name = name;
      session.begin_string = row.begin_string;
      session.sender = row.sender;
      session.target = row.target;
      session.appl_ver_id = row.appl_ver;
      session.acceptor = row.role == "acceptor";
      std::erase_if(profile.sessions, [&](const auto& one) { return one.name == name; });
      profile.sessions.push_back(std::move(session));
    }
  }
  return {};
}

std::map<std::string, std::string> Against::secrets(const run::Suite& suite) const {
  std::map<std::string, std::string> values;
  for (const syntax::File& file : suite.files) {
    for (const syntax::Secret& secret : file.secrets)
      values.emplace(secret.name.text, playback_->minted().mint("secret"));
  }
  return values;
}

}  // namespace fixdrill::cli
