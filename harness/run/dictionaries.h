// The dictionary of each session of a profile, loaded once.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "fix/dictionary.h"
#include "profile/profile.h"

namespace fixdrill::run {

/// A dictionary file as it stands on disk.
struct DictionaryText {
  std::string name;  ///< of the file, without its folder
  std::string text;
  std::string sha256;
};

/// Threads: every member may be called from any lane.
class Dictionaries {
 public:
  /// `spec_folder` holds FIX44.xml and its like.
  explicit Dictionaries(std::string spec_folder) : spec_folder_(std::move(spec_folder)) {}

  /// What the profile names, else what its BeginString stands for; null when there is none for that
  /// version.
  Result<fix::DictionaryPtr> for_session(const profile::Session& session);
  std::vector<std::string> paths(const profile::Session& session) const;
  /// What a recording keeps of them, in order of paths(); a file that cannot be read is left out.
  std::vector<std::shared_ptr<const DictionaryText>> texts(const profile::Session& session);

 private:
  std::string path_of(const std::string& name) const;

  std::string spec_folder_;
  std::mutex mutex_;
  std::map<std::vector<std::string>, fix::DictionaryPtr> loaded_;
  std::map<std::string, std::shared_ptr<const DictionaryText>> texts_;  ///< by path
};

/// The fixspecs that a BeginString (and, for FIXT.1.1, a DefaultApplVerID) stands for: {"FIXT11",
/// "FIX50SP2"}.
std::vector<std::string> standard_specs(const std::string& begin_string,
                                        const std::string& appl_ver_id);

}  // namespace fixdrill::run
