// The scenario files of a run: found, read, parsed and checked.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/source.h"
#include "profile/profile.h"
#include "run/def_reader.h"
#include "run/dictionaries.h"
#include "syntax/tree.h"

namespace fixdrill::run {

struct Suite {
  std::vector<syntax::File> files;
  std::vector<Diagnostic> diagnostics;            ///< spans into the files
  std::vector<imports::DefSession> def_sessions;  ///< of .def files, each name once
  std::vector<SourcePtr> def_sources;
};

/// Reads a text file up to `limit` bytes. Input error: not there, not readable, too large.
Result<SourcePtr> read_source(const std::string& path, std::size_t limit);

/// Every *.drill and *.def file the paths name, or those with `endings`: files as they are, folders
/// with all below them, sorted. Input error when a path is not there.
Result<std::vector<std::string>> find_scenarios(const std::vector<std::string>& paths,
                                                const std::vector<std::string>& endings = {".drill",
                                                                                           ".def"});

/// Parses the files, *.def with `def` (null: they are an input error). Includes are read below
/// `root` only, symbolic links resolved.
Result<Suite> parse_suite(const std::vector<std::string>& files, const std::string& root,
                          DefReader* def = nullptr);

/// The names of the sessions that the files use.
std::set<std::string> declared_sessions(const Suite& suite);

/// Sessions `any` get the role that the profile gives them; one that it does not know stays an
/// initiator.
void settle_roles(Suite& suite, const profile::Profile& profile);

/// Settles the roles and adds what the checker finds; a null profile: what can be found without
/// one. Input error: a broken dictionary.
Status check_suite(Suite& suite, const profile::Profile* profile, Dictionaries& dictionaries);

}  // namespace fixdrill::run
