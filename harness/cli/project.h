// Where things are: the profile, the dictionaries, the secrets of this machine.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/command.h"
#include "profile/profile.h"
#include "report/console.h"

namespace fixdrill::cli {

/// fixdrill.toml here or in a folder above; empty = none.
std::optional<std::string> find_profile();

/// The profile named, else the one found. Input error: none there.
Result<profile::Profile> load_profile(const std::optional<std::string>& named);

/// The folder into which 'run' records unless told otherwise.
inline constexpr const char* kRecordings = "runs";

/// The folder that includes may not leave: that of the profile at this path, else this one.
std::string project_root(const std::optional<std::string>& profile_path);

/// FIX44.xml and its like: beside the installed program, else in the source tree it was built from.
std::string spec_folder();
/// The standard session cases, found as the dictionaries are.
std::string pack_folder();

/// Built in, and /etc/fixdrill/deny.toml when it is there.
Result<profile::DenyList> deny_list();

profile::SecretSources secret_sources(bool may_prompt);

/// What decides about colour on this terminal. Input error: not auto, always or never.
Result<report::ColourChoice> colour_choice(const std::string& option, const Terminal& terminal);

std::optional<std::string> environment_variable(const std::string& name);

}  // namespace fixdrill::cli
