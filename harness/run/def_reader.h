// Acceptance files (.def) as scenario files, with what stands beside them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/source.h"
#include "import/def_scenario.h"
#include "profile/profile.h"
#include "run/dictionaries.h"

namespace fixdrill::run {

/// X.def
bool is_def(const std::string& path);

/// Used from one thread.
class DefReader {
 public:
  DefReader(Dictionaries& dictionaries, imports::Compare compare)
      : dictionaries_(dictionaries), compare_(compare) {}

  struct Read {
    SourcePtr source;                     ///< keeps the spans of `diagnostics` alive
    std::vector<Diagnostic> diagnostics;  ///< without an error there is a scenario
    imports::DefScenario scenario;
  };
  /// `one_line`: see imports::DefContext. Input error: it cannot be read, or not be said.
  Result<Read> read(const std::string& path, bool one_line);

 private:
  const std::optional<imports::Identity>& usual(const std::string& folder);
  std::string name_of(const imports::Identity& identity);

  Dictionaries& dictionaries_;
  const imports::Compare compare_;
  std::map<std::string, std::optional<imports::Identity>> usual_;  ///< by folder
  std::map<std::string, imports::Identity> named_;
};

/// Adds to the profile what it has no table for: a session with the same identity there lends its
/// own, else [def] says where it connects, else, when `simulated`, nothing need be said.
void add_def_sessions(profile::Profile& profile, const std::vector<imports::DefSession>& sessions,
                      bool simulated);

}  // namespace fixdrill::run
