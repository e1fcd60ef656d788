// The tables of a recording. A change of what was released is a new version, and the reader still
// reads the old ones. Version 2 added `answer`.
#pragma once

#include <array>
#include <cstdint>

namespace fixdrill::record {

/// "FIXR" in the file's header, so that `file` names a recording.
inline constexpr std::int64_t kApplicationId = 0x46495852;
inline constexpr std::int64_t kSchemaVersion = 2;

/// Page size and journal mode must be set before the first table exists. In WAL with NORMAL a
/// commit survives the death of the process, not a power cut.
extern const char* const kPragmas;

extern const char* const kTables;

/// Made when the recording is sealed: writing them message by message costs more than all the rest.
extern const char* const kIndexes;

/// What the content hash covers: every logical row in a fixed order, so that VACUUM or an index
/// changes nothing. `meta` is left out, because the hash itself stands there.
extern const std::array<const char*, 16> kContentQueries;

}  // namespace fixdrill::record
