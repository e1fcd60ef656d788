// {worker} in a profile: identities that differ from lane to lane.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "profile/document.h"
#include "profile/profile.h"

namespace fixdrill::profile {

/// The profile as lane `worker` (from 1) uses it: its number stands for {worker} in sender, target,
/// username and header values of every session, and its port is its own where a session says so.
Profile for_worker(Profile profile, unsigned worker);

/// Every other text that one lane or another reads `text` as, and `text` itself. Empty when there
/// is no {worker} in it.
std::vector<std::string> texts_of_workers(const std::string& text);

/// Adds an error for {worker} misspelt: in `value`, which {worker} may stand in.
void check_worker(const Value& value, std::vector<Diagnostic>& out);
/// Adds an error for {worker} in `value`, where it would be sent as it stands.
void refuse_worker(const Value& value, std::vector<Diagnostic>& out);

}  // namespace fixdrill::profile
