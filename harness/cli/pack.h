// The pack of standard session cases: its list, and the sessions that it runs on.
#pragma once

#include <boost/program_options.hpp>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "profile/profile.h"
#include "report/coverage.h"
#include "sim/simulator.h"

namespace fixdrill::cli {

struct Pack {
  std::string folder;
  std::string root;  ///< its includes are read below this folder
  std::vector<report::SubCase> sub_cases;
};

/// --pack, else the one that was shipped. Input error: no folder with a cases.csv, a wrong line in
/// it.
Result<Pack> load_pack(const boost::program_options::variables_map& values);

/// The profile as the pack uses it: SUT is the session of --session, or the only one, and SECOND
/// the same identity on a connection of its own. With --listen, or when the profile's role of that
/// session says so, we are the acceptor, on a port a lane.
struct UnderTest {
  profile::Profile profile;
  report::Tested tested;
};

/// Input error: no such session, several to choose from, a wrong --listen. Guard error: the profile
/// is of production.
Result<UnderTest> under_test(const boost::program_options::variables_map& values,
                             profile::Profile profile);

/// A simulator for this profile's SUT turns everybody else away, as the standard wants (1S.c).
std::function<void(sim::Config&)> serves_only(const profile::Profile& profile);

}  // namespace fixdrill::cli
