#include "cli/input_dictionary.h"

#include <map>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "cli/input.h"
#include "cli/project.h"
#include "fix/dictionary_texts.h"
#include "record/message_reader.h"
#include "record/recorded_dictionaries.h"
#include "run/dictionaries.h"

namespace fixdrill::cli {

namespace {

using Named = std::pair<std::string, std::string>;

/// Name and text by sha256. A recording that cannot be read says so when its messages are.
std::map<std::string, Named> recorded_texts(const std::vector<std::string>& paths) {
  std::map<std::string, Named> texts;
  for (const std::string& path : paths) {
    if (path == "-" || !record::is_recording(path)) continue;
    auto found = record::read_dictionaries(path);
    if (!found) continue;
    for (record::RecordedDictionary& one : *found)
      texts.insert_or_assign(one.sha256, Named(std::move(one.name), std::move(one.text)));
  }
  return texts;
}

/// Loads each once, when a session first asks for it: it is asked for every message.
class SessionDictionaries {
 public:
  explicit SessionDictionaries(std::map<std::string, Named> recorded)
      : recorded_(std::move(recorded)) {}

  fix::DictionaryPtr of(const record::SessionRow& row) {
    const auto [place, fresh] =
        known_.try_emplace({row.begin_string, row.appl_ver, row.dictionaries});
    if (!fresh) return place->second;
    place->second = recorded(row);
    if (!place->second) place->second = standard(row);
    return place->second;
  }

 private:
  // Null unless the recording holds every file of it.
  fix::DictionaryPtr recorded(const record::SessionRow& row) const {
    std::vector<Named> files;
    for (const std::string& sha256 : row.dictionaries) {
      const auto found = recorded_.find(sha256);
      if (found == recorded_.end()) return nullptr;
      files.push_back(found->second);
    }
    if (files.empty()) return nullptr;
    const auto loaded = fix::load_texts(std::move(files));
    return loaded ? *loaded : nullptr;
  }

  fix::DictionaryPtr standard(const record::SessionRow& row) {
    profile::Session session;
    session.begin_string = row.begin_string;
    session.appl_ver_id = row.appl_ver;
    const auto dictionary = dictionaries_.for_session(session);
    return dictionary ? *dictionary : nullptr;
  }

  run::Dictionaries dictionaries_{spec_folder()};
  std::map<std::string, Named> recorded_;
  std::map<std::tuple<std::string, std::string, std::vector<std::string>>, fix::DictionaryPtr>
      known_;
};

}  // namespace

std::vector<fix::DictionaryPtr> recorded_dictionaries(const std::vector<std::string>& paths) {
  std::vector<fix::DictionaryPtr> dictionaries;
  for (auto& [sha256, named] : recorded_texts(paths)) {
    const auto loaded = fix::load_texts({std::move(named)});
    if (loaded) dictionaries.push_back(*loaded);
  }
  return dictionaries;
}

Result<record::DictionaryOf> dictionary_of(const InputOptions& options,
                                           const std::vector<std::string>& paths) {
  profile::Session session;
  for (const std::string_view name : split(options.dictionary, ',')) {
    if (!trim(name).empty()) session.dictionary.emplace_back(trim(name));
  }
  if (!session.dictionary.empty()) {
    const auto named = run::Dictionaries(spec_folder()).for_session(session);
    if (!named) return named.error();
    return record::DictionaryOf([named = *named](const record::SessionRow&) { return named; });
  }
  const auto sessions = std::make_shared<SessionDictionaries>(recorded_texts(paths));
  return record::DictionaryOf(
      [sessions](const record::SessionRow& row) { return sessions->of(row); });
}

}  // namespace fixdrill::cli
