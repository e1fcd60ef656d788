#include "run/suite.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <set>
#include <sstream>

#include "base/limits.h"
#include "eval/check.h"
#include "profile/worker.h"
#include "run/profile_check.h"
#include "syntax/parser.h"

namespace fixdrill::run {

namespace fs = std::filesystem;

namespace {

bool inside(const fs::path& file, const fs::path& root) {
  const auto [end, at] = std::mismatch(root.begin(), root.end(), file.begin(), file.end());
  return end == root.end();
}

// Beside the file that includes it, else in the folders above, up to the project's.
fs::path find_included(const fs::path& path, const fs::path& from, const fs::path& root) {
  std::error_code error;
  const fs::path top = fs::weakly_canonical(root, error);
  for (fs::path folder = from.parent_path();; folder = folder / "..") {
    if (fs::exists(folder / path, error)) return folder / path;
    const fs::path real = fs::weakly_canonical(folder.empty() ? "." : folder, error);
    if (real == top || !inside(real, top)) return root / path;
  }
}

syntax::IncludeReader include_reader(const std::string& root) {
  return [root](const std::string& path, const SourceFile& from) -> Result<SourcePtr> {
    std::error_code error;
    const fs::path file = find_included(path, from.path(), root);
    const fs::path real = fs::weakly_canonical(file, error);
    if (!inside(real, fs::weakly_canonical(root, error))) {
      return input_error(
          fmt::format("'{}' lies outside the project folder {}; move it inside", path, root));
    }
    return read_source(file.lexically_normal().string(), limits::kScenarioFile);
  };
}

// The versions that a simulator speaks, the one that most write for first.
fix::DictionaryPtr simulator_dictionary(std::size_t index, Dictionaries& dictionaries) {
  constexpr std::array<std::pair<const char*, const char*>, 8> kVersions = {{{"FIX.4.4", ""},
                                                                             {"FIX.4.2", ""},
                                                                             {"FIXT.1.1", "9"},
                                                                             {"FIX.4.3", ""},
                                                                             {"FIXT.1.1", "8"},
                                                                             {"FIXT.1.1", "7"},
                                                                             {"FIX.4.1", ""},
                                                                             {"FIX.4.0", ""}}};
  if (index >= kVersions.size()) return nullptr;
  profile::Session session;
  session.begin_string = kVersions[index].first;
  session.appl_ver_id = kVersions[index].second;
  auto dictionary = dictionaries.for_session(session);
  return dictionary ? *dictionary : nullptr;
}

void add_folder(const fs::path& folder, const std::vector<std::string>& endings,
                std::vector<std::string>& files) {
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; it != end && !error;
       it.increment(error)) {
    const std::string ending = it->path().extension().string();
    if (std::find(endings.begin(), endings.end(), ending) != endings.end())
      files.push_back(it->path().lexically_normal().string());
  }
}

// The scenario made of it; null when the file has errors, which the suite then has.
Result<SourcePtr> read_def(const std::string& path, DefReader* def, Suite& suite) {
  if (!def)
    return input_error(fmt::format(
        "{} is an acceptance file, not a scenario file; 'fixdrill import def' makes one", path));
  auto read = def->read(path, true);
  if (!read) return read.error();
  suite.def_sources.push_back(read->source);
  suite.diagnostics.insert(suite.diagnostics.end(), read->diagnostics.begin(),
                           read->diagnostics.end());
  if (has_errors(read->diagnostics)) return SourcePtr();
  for (imports::DefSession& session : read->scenario.sessions) {
    const auto known = std::find_if(suite.def_sessions.begin(), suite.def_sessions.end(),
                                    [&](const auto& other) { return other.name == session.name; });
    if (known == suite.def_sessions.end()) suite.def_sessions.push_back(std::move(session));
  }
  return SourcePtr(std::make_shared<SourceFile>(path, std::move(read->scenario.text),
                                                std::move(read->scenario.lines)));
}

}  // namespace

Result<SourcePtr> read_source(const std::string& path, std::size_t limit) {
  std::error_code error;
  if (fs::is_directory(path, error))
    return input_error(fmt::format("{} is a folder, not a file", path));
  std::ifstream in(path, std::ios::binary);
  if (!in) return input_error(fmt::format("cannot read {}: {}", path, std::strerror(errno)));
  std::string text;
  std::array<char, 64 << 10> block;
  while (text.size() <= limit && in.read(block.data(), block.size()).gcount() > 0)
    text.append(block.data(), static_cast<std::size_t>(in.gcount()));
  if (text.size() > limit)
    return input_error(
        fmt::format("{} is larger than {} bytes, the limit for such a file", path, limit));
  return SourcePtr(std::make_shared<SourceFile>(path, std::move(text)));
}

Result<std::vector<std::string>> find_scenarios(const std::vector<std::string>& paths,
                                                const std::vector<std::string>& endings) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
      std::vector<std::string> found;
      add_folder(path, endings, found);
      std::sort(found.begin(), found.end());
      files.insert(files.end(), found.begin(), found.end());
    } else if (fs::exists(path, error)) {
      files.push_back(path);
    } else {
      return input_error(fmt::format("no such file or folder: {}", path));
    }
  }
  return files;
}

Result<Suite> parse_suite(const std::vector<std::string>& files, const std::string& root,
                          DefReader* def) {
  Suite suite;
  for (const std::string& path : files) {
    auto source =
        is_def(path) ? read_def(path, def, suite) : read_source(path, limits::kScenarioFile);
    if (!source) return source.error();
    if (!*source) continue;
    syntax::Parsed parsed = syntax::parse(*source, include_reader(root));
    suite.diagnostics.insert(suite.diagnostics.end(), parsed.diagnostics.begin(),
                             parsed.diagnostics.end());
    suite.files.push_back(std::move(parsed.file));
  }
  return suite;
}

std::set<std::string> declared_sessions(const Suite& suite) {
  std::set<std::string> names;
  for (const syntax::File& file : suite.files) {
    for (const syntax::Session& session : file.sessions) names.insert(session.name.text);
  }
  return names;
}

void settle_roles(Suite& suite, const profile::Profile& profile) {
  for (syntax::File& file : suite.files) {
    for (syntax::Session& declared : file.sessions) {
      const profile::Session* session = profile.session(declared.name.text);
      if (!declared.any || !session) continue;
      declared.role = session->acceptor ? syntax::Role::acceptor : syntax::Role::initiator;
    }
  }
}

Status check_suite(Suite& suite, const profile::Profile* profile, Dictionaries& dictionaries) {
  if (has_errors(suite.diagnostics)) return {};
  if (profile) settle_roles(suite, *profile);
  eval::CheckContext context;
  context.have_profile = profile != nullptr;
  context.simulator_dictionary = [&](std::size_t index) {
    return simulator_dictionary(index, dictionaries);
  };
  const std::set<std::string> declared = declared_sessions(suite);
  for (std::size_t i = 0; profile && i < profile->sessions.size(); ++i) {
    const profile::Session& session = profile->sessions[i];
    eval::SessionFacts& facts = context.sessions[session.name];
    if (declared.contains(session.name)) {
      auto dictionary = dictionaries.for_session(session);
      if (!dictionary) return dictionary.error();
      facts.dictionary = *dictionary;
      if (*dictionary) {
        for (Diagnostic& wrong : check_defaults(session, **dictionary))
          suite.diagnostics.push_back(std::move(wrong));
      }
    }
    facts.sender = session.sender;
    facts.target = session.target;
    facts.other_senders = profile::texts_of_workers(session.sender);
    facts.other_targets = profile::texts_of_workers(session.target);
  }
  for (std::size_t i = 0; profile && i < profile->params.size(); ++i)
    context.params.insert(profile->params[i].name);
  if (profile) {
    for (const auto& [name, ref] : profile->secrets) context.secrets.insert(name);
  }
  for (const syntax::File& file : suite.files) {
    std::vector<Diagnostic> found = eval::check(file, context);
    suite.diagnostics.insert(suite.diagnostics.end(), found.begin(), found.end());
  }
  return {};
}

}  // namespace fixdrill::run
