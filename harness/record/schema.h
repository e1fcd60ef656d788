// The tables of a recording. A change of what was released is a new version that only adds: columns
// and tables. Version 2 added `answer`; version 3 `source`, `sighting`, `run.kind` and columns of
// `session`, `connection` and `message`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fixdrill::record {

/// "FIXR" in the file's header, so that `file` names a recording.
inline constexpr std::int64_t kApplicationId = 0x46495852;
inline constexpr std::int64_t kSchemaVersion = 3;

/// Page size and journal mode must be set before the first table exists.
extern const char* const kHeaderPragmas;
/// In WAL with NORMAL a commit survives the death of the process, not a power cut.
extern const char* const kLivePragmas;
/// For a file that nobody sees before it is whole.
extern const char* const kBulkPragmas;

extern const char* const kTables;

/// Made when the recording is sealed: writing them message by message costs more than all the rest.
extern const char* const kIndexes;

/// What a file of an older version lacks, as temporary views and tables of the connection that
/// reads it: every query of this version then works, and the file stays as it is. "" for this
/// version.
std::string migration_from(std::int64_t version);

/// What the content hash covers: every logical row in a fixed order, so that VACUUM or an index
/// changes nothing. `meta` is left out, because the hash itself stands there. A file keeps the hash
/// of the version that sealed it.
struct ContentQuery {
  std::int64_t since = 1;  ///< versions [since, until] hash it
  std::int64_t until = kSchemaVersion;
  const char* sql = "";
};
extern const std::vector<ContentQuery> kContentQueries;

}  // namespace fixdrill::record
