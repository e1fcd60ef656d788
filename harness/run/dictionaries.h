// The dictionary of each session of a profile, loaded once.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "fix/dictionary.h"
#include "profile/profile.h"

namespace fixdrill::run {

/// Threads: every member may be called from any lane.
class Dictionaries {
 public:
  /// `spec_folder` holds FIX44.xml and its like.
  explicit Dictionaries(std::string spec_folder) : spec_folder_(std::move(spec_folder)) {}

  /// What the profile names, else what its BeginString stands for; null when there is none for that
  /// version.
  Result<fix::DictionaryPtr> for_session(const profile::Session& session);
  std::vector<std::string> paths(const profile::Session& session) const;

 private:
  std::string path_of(const std::string& name) const;

  std::string spec_folder_;
  std::mutex mutex_;
  std::map<std::vector<std::string>, fix::DictionaryPtr> loaded_;
};

/// The fixspecs that a BeginString (and, for FIXT.1.1, a DefaultApplVerID) stands for: {"FIXT11",
/// "FIX50SP2"}.
std::vector<std::string> standard_specs(const std::string& begin_string,
                                        const std::string& appl_ver_id);

}  // namespace fixdrill::run
