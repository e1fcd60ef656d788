// What a run starts from: everything that can be wrong before a connection is found here.
#pragma once

#include <boost/program_options.hpp>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/against.h"
#include "cli/asked.h"
#include "cli/rehearsal.h"
#include "profile/profile.h"
#include "record/mask.h"
#include "run/dictionaries.h"
#include "run/plan.h"
#include "run/suite.h"

namespace fixdrill::cli {

struct Secrets {
  std::map<std::string, std::string> by_name;
  std::map<std::string, std::string> passwords;  ///< by session of the profile
  std::vector<std::string> values;
};

struct RunSetup {
  profile::Profile profile;
  Asked asked;
  run::Suite suite;
  run::Plan plan;  ///< what of the suite runs
  std::map<std::string, std::string> variables;
  unsigned lanes = 1;
  profile::DenyList deny;
  Secrets secrets;
  const Against* against = nullptr;  ///< what is judged; null: the run connects
};

/// What a setup is made from.
struct SetupParts {
  const boost::program_options::variables_map& values;  ///< --var, -j, --repeat …
  const Rehearsal& rehearsal;
  run::Dictionaries& dictionaries;
  bool may_prompt = false;           ///< somebody can be asked for secrets and for a yes
  std::string root = {};             ///< that includes may not leave; "" = the profile's folder
  const Against* against = nullptr;  ///< null: the run connects
};

/// The profile named, else the one found; with a simulator or --against none is needed.
Result<profile::Profile> profile_for(const boost::program_options::variables_map& values);

/// Reads and checks the files, in this profile, and prints warnings to stderr. Errors of every
/// kind.
Result<RunSetup> set_up(const SetupParts& parts, profile::Profile profile, Asked asked);

/// Hides the secrets and the tags that the profile masks.
record::Masker masker_of(const RunSetup& setup);

}  // namespace fixdrill::cli
