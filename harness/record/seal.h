// Closes a recording so that it opens read-only anywhere, and proves what it holds.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "record/result.h"

namespace fixdrill::record {

/// SHA-256 over the logical rows in fixed order, as files of schema `version` have it: VACUUM and
/// indexes do not change it.
/// Throws SQLite::Exception.
std::string content_hash(SQLite::Database& database, std::int64_t version);

/// Run row, indexes, foreign-key check, quick check, content hash, one plain file. Environment
/// error when a check finds something. `high_water` is the most bytes the queue ever held; empty is
/// not recorded. Throws SQLite::Exception.
Status seal_database(SQLite::Database& database, const RunResult& result,
                     std::optional<std::size_t> high_water);

/// The same for a file that nobody else has seen and that has no journal: the hash is taken by a
/// connection of its own beside the building of the indexes, and reading every row back for it
/// stands for the quick check.
Status seal_import(SQLite::Database& database, const RunResult& result,
                   std::optional<std::size_t> high_water);

}  // namespace fixdrill::record
