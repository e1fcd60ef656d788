// The queries that come with the program. Each is SQL of stock SQLite, so that `sqlite3 FILE` runs
// it without us.
#pragma once

#include <string_view>
#include <vector>

namespace fixdrill::record {

struct NamedQuery {
  std::string_view name;
  std::string_view about;  ///< one line
  std::string_view sql;
};

const std::vector<NamedQuery>& named_queries();

}  // namespace fixdrill::record
