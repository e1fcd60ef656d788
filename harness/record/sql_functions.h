// The functions that run_sql() adds to a connection: fix, msg, pipe, iso.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <string>
#include <string_view>
#include <vector>

#include "fix/message.h"
#include "record/message_source.h"
#include "record/reader.h"

namespace fixdrill::record {

/// Must outlive the connection's statements. One thread.
class SqlFunctions {
 public:
  SqlFunctions(std::vector<RecordedSession> sessions, const DictionaryOf& dictionary);

  /// Throws SQLite::Exception.
  void add_to(SQLite::Database& database);

  /// The message of these bytes; the last one is kept, since a row asks for many of its fields.
  const fix::Message& message(std::string_view raw);
  /// By the message's BeginString(8); null: none.
  const fix::Dictionary* dictionary(const fix::Message& message) const;
  /// A tag, or the tag of a name. 0: this message's dictionary does not know the name. Throws
  /// std::invalid_argument when none does.
  int tag(std::string_view field, const fix::Dictionary* dictionary) const;

 private:
  struct Spoken {
    std::string begin_string;
    fix::DictionaryPtr dictionary;
  };
  std::vector<Spoken> spoken_;
  fix::Message message_;
};

}  // namespace fixdrill::record
