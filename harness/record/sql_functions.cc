#include "record/sql_functions.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <optional>
#include <sqlite3.h>
#include <stdexcept>
#include <utility>

#include "base/text.h"
#include "fix/group.h"
#include "fix/value.h"

namespace fixdrill::record {

namespace {

std::string_view bytes_of(sqlite3_value* value) {
  const char* data = static_cast<const char*>(sqlite3_value_blob(value));
  const int size = sqlite3_value_bytes(value);
  return data ? std::string_view(data, static_cast<std::size_t>(size)) : std::string_view();
}

void answer(sqlite3_context* context, std::string_view text) {
  sqlite3_result_text(context, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size() && value > 0;
  return whole ? std::optional(value) : std::nullopt;
}

/// `PartyID` or `NoPartyIDs[2]`.
struct Segment {
  std::string_view field;
  std::size_t entry = 1;  ///< from 1
};

Segment segment(std::string_view text) {
  const std::size_t open = text.find('[');
  if (open == std::string_view::npos) return {text};
  const auto entry =
      text.ends_with(']') ? number(text.substr(open + 1, text.size() - open - 2)) : std::nullopt;
  if (!entry) {
    throw std::invalid_argument(
        fmt::format("fix: '{}' is no field; an entry of a group is written 'NoPartyIDs[2].PartyID'",
                    printable(text)));
  }
  return {text.substr(0, open), static_cast<std::size_t>(*entry)};
}

std::optional<std::string_view> in_groups(const SqlFunctions& functions,
                                          const fix::Message& message,
                                          const fix::Dictionary& dictionary,
                                          std::string_view path) {
  const fix::FieldTree whole = fix::group_tree(message, dictionary);
  const fix::FieldTree* level = &whole;
  const std::vector<std::string_view> parts = split(path, '.');
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Segment at = segment(parts[i]);
    const fix::FieldTree::Node* node = level->find(message, functions.tag(at.field, &dictionary));
    if (!node) return std::nullopt;
    if (i + 1 == parts.size()) return message[node->index].value;
    if (!node->group || node->group->entries.size() < at.entry) return std::nullopt;
    level = &node->group->entries[at.entry - 1];
  }
  return std::nullopt;
}

std::optional<std::string_view> field(SqlFunctions& functions, std::string_view raw,
                                      std::string_view path) {
  const fix::Message& message = functions.message(raw);
  const fix::Dictionary* dictionary = functions.dictionary(message);
  if (path.find_first_of(".[") == std::string_view::npos)
    return message.find(functions.tag(path, dictionary));
  return dictionary ? in_groups(functions, message, *dictionary, path) : std::nullopt;
}

SqlFunctions& functions_of(sqlite3_context* context) {
  return *static_cast<SqlFunctions*>(sqlite3_user_data(context));
}

void sql_fix(sqlite3_context* context, int, sqlite3_value** arguments) {
  try {
    const auto value = field(functions_of(context), bytes_of(arguments[0]), bytes_of(arguments[1]));
    if (value) answer(context, *value);
  } catch (const std::exception& error) {
    sqlite3_result_error(context, error.what(), -1);
  }
}

void sql_msg(sqlite3_context* context, int, sqlite3_value** arguments) {
  const fix::Message& message = functions_of(context).message(bytes_of(arguments[0]));
  if (!message.has(35)) return;
  const fix::Dictionary* dictionary = functions_of(context).dictionary(message);
  answer(context, dictionary ? dictionary->message_label(message.msg_type())
                             : fmt::format("35={}", message.msg_type()));
}

void sql_pipe(sqlite3_context* context, int, sqlite3_value** arguments) {
  answer(context, soh_to_pipe(bytes_of(arguments[0])));
}

void sql_iso(sqlite3_context* context, int, sqlite3_value** arguments) {
  if (sqlite3_value_type(arguments[0]) == SQLITE_NULL) return;
  answer(context, fix::iso_time(sqlite3_value_int64(arguments[0]), 9));
}

}  // namespace

SqlFunctions::SqlFunctions(std::vector<RecordedSession> sessions, const DictionaryOf& dictionary) {
  for (const RecordedSession& session : sessions) {
    if (const fix::DictionaryPtr found = dictionary(session.row))
      spoken_.push_back({session.row.begin_string, found});
  }
}

void SqlFunctions::add_to(SQLite::Database& database) {
  const auto add = [&](const char* name, int arguments, auto function) {
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    sqlite3_create_function_v2(database.getHandle(), name, arguments, flags, this, function,
                               nullptr, nullptr, nullptr);
  };
  add("fix", 2, sql_fix);
  add("msg", 1, sql_msg);
  add("pipe", 1, sql_pipe);
  add("iso", 1, sql_iso);
}

const fix::Message& SqlFunctions::message(std::string_view raw) {
  if (message_.bytes() != raw) message_ = fix::Message(std::string(raw));
  return message_;
}

const fix::Dictionary* SqlFunctions::dictionary(const fix::Message& message) const {
  const std::string_view version = message.value(8);
  const auto found = std::find_if(spoken_.begin(), spoken_.end(),
                                  [&](const Spoken& one) { return one.begin_string == version; });
  return found == spoken_.end() ? nullptr : found->dictionary.get();
}

int SqlFunctions::tag(std::string_view field, const fix::Dictionary* dictionary) const {
  if (const auto tag = number(field)) return *tag;
  const fix::FieldDef* known = dictionary ? dictionary->field(field) : nullptr;
  if (known) return known->tag;
  std::vector<std::string> names;
  for (const Spoken& one : spoken_) {
    if (one.dictionary->field(field)) return 0;
    const std::vector<std::string> more = one.dictionary->field_names();
    names.insert(names.end(), more.begin(), more.end());
  }
  if (spoken_.empty())
    throw std::invalid_argument("fix: no dictionary for this recording; name fields by their tags");
  const auto near = did_you_mean(field, names);
  throw std::invalid_argument(fmt::format("fix: no field is called '{}'{}", printable(field),
                                          near ? fmt::format("; did you mean {}?", *near) : ""));
}

}  // namespace fixdrill::record
