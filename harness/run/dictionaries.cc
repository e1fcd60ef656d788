#include "run/dictionaries.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "record/sha256.h"

namespace fixdrill::run {

namespace fs = std::filesystem;

namespace {

std::shared_ptr<const DictionaryText> read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return nullptr;
  std::string text{std::istreambuf_iterator<char>(file), {}};
  std::string hash = record::sha256(text);
  return std::make_shared<DictionaryText>(
      DictionaryText{fs::path(path).filename().string(), std::move(text), std::move(hash)});
}

}  // namespace

std::vector<std::string> standard_specs(const std::string& begin_string,
                                        const std::string& appl_ver_id) {
  if (begin_string != "FIXT.1.1") {
    std::string name = begin_string;
    std::erase(name, '.');
    return {name};
  }
  static const std::map<std::string, std::string> kByApplVerId = {
      {"7", "FIX50"}, {"8", "FIX50SP1"}, {"9", "FIX50SP2"}};
  const auto found = kByApplVerId.find(appl_ver_id);
  return {"FIXT11", found == kByApplVerId.end() ? "FIX50SP2" : found->second};
}

// A path was resolved against the profile's folder when the profile was read.
std::string Dictionaries::path_of(const std::string& name) const {
  const bool is_path = name.find('.') != std::string::npos || name.find('/') != std::string::npos;
  return is_path ? name : (fs::path(spec_folder_) / (name + ".xml")).string();
}

std::vector<std::string> Dictionaries::paths(const profile::Session& session) const {
  const auto standard = standard_specs(session.begin_string, session.appl_ver_id);
  std::vector<std::string> paths;
  for (const std::string& name : session.dictionary.empty() ? standard : session.dictionary) {
    const std::string path = path_of(name);
    if (session.dictionary.empty() && !fs::exists(path)) return {};
    paths.push_back(path);
  }
  return paths;
}

Result<fix::DictionaryPtr> Dictionaries::for_session(const profile::Session& session) {
  const std::vector<std::string> files = paths(session);
  if (files.empty()) return fix::DictionaryPtr();
  const std::lock_guard lock(mutex_);
  if (const auto found = loaded_.find(files); found != loaded_.end()) return found->second;
  auto dictionary = fix::Dictionary::load(files);
  if (dictionary) loaded_[files] = *dictionary;
  return dictionary;
}

std::vector<std::shared_ptr<const DictionaryText>> Dictionaries::texts(
    const profile::Session& session) {
  std::vector<std::shared_ptr<const DictionaryText>> all;
  const std::lock_guard lock(mutex_);
  for (const std::string& path : paths(session)) {
    const auto [place, fresh] = texts_.try_emplace(path);
    if (fresh) place->second = read_text(path);
    if (place->second) all.push_back(place->second);
  }
  return all;
}

}  // namespace fixdrill::run
