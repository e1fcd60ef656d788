// One [session.NAME] of a profile.
#pragma once

#include "profile/profile.h"
#include "profile/table_reader.h"

namespace fixdrill::profile {

/// What is wrong is added to `out`; the session is then incomplete.
Session read_session(const Entry& entry, Diagnostics& out);

/// Keys begin_string, which must be there, and appl_ver_id, which FIXT.1.1 must and others must not
/// have.
void read_version(TableReader& table, std::string& begin_string, std::string& appl_ver_id);

/// `{ env = … }`, `{ file = … }` or `{ prompt = … }` for `what`; empty (and an error) when it is
/// something else.
std::optional<SecretRef> read_secret(const std::string& what, const Value& value, Diagnostics& out);

}  // namespace fixdrill::profile
