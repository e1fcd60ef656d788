#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <system_error>

#include "base/limits.h"
#include "fix/dictionary.h"
#include "fix/dictionary_loader.h"
#include "fix/dictionary_texts.h"

namespace fixdrill::fix {

namespace {

struct TypeClass {
  std::string_view type;
  ValueClass kind;
};

// Types of FIX 4.0 to 5.0 SP2; TIME is the timestamp of FIX 4.0 and 4.1. The rest is text.
constexpr TypeClass kTypes[] = {
    {"INT", ValueClass::integer},         {"LENGTH", ValueClass::integer},
    {"SEQNUM", ValueClass::integer},      {"TAGNUM", ValueClass::integer},
    {"DAYOFMONTH", ValueClass::integer},  {"NUMINGROUP", ValueClass::group_count},
    {"FLOAT", ValueClass::decimal},       {"QTY", ValueClass::decimal},
    {"QUANTITY", ValueClass::decimal},    {"PRICE", ValueClass::decimal},
    {"PRICEOFFSET", ValueClass::decimal}, {"AMT", ValueClass::decimal},
    {"PERCENTAGE", ValueClass::decimal},  {"CHAR", ValueClass::character},
    {"BOOLEAN", ValueClass::boolean},     {"UTCTIMESTAMP", ValueClass::timestamp},
    {"TIME", ValueClass::timestamp},      {"UTCDATE", ValueClass::date},
    {"UTCDATEONLY", ValueClass::date},    {"LOCALMKTDATE", ValueClass::date},
    {"DATE", ValueClass::date},           {"UTCTIMEONLY", ValueClass::time},
    {"DATA", ValueClass::data},           {"XMLDATA", ValueClass::data},
};

Error unreadable(const std::string& path, const std::string& why) {
  return input_error(fmt::format("{}: error: the dictionary cannot be read: {}", path, why));
}

Result<std::string> read_file(const std::string& path) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(path, failed);
  if (failed) return unreadable(path, failed.message());
  // One byte more than the limit is enough for the loader to refuse it in its own words.
  std::string text(std::min<std::uintmax_t>(size, limits::kDictionaryFile + 1), '\0');
  std::ifstream in(path, std::ios::binary);
  if (!in) return unreadable(path, std::strerror(errno));
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

}  // namespace

ValueClass value_class(std::string_view type, std::string_view version) {
  // Before FIX 4.2 CHAR was any text.
  if (type == "CHAR" && (version == "FIX 4.0" || version == "FIX 4.1")) return ValueClass::text;
  for (const TypeClass& row : kTypes) {
    if (row.type == type) return row.kind;
  }
  return ValueClass::text;
}

Result<DictionaryPtr> Dictionary::load(const std::vector<std::string>& paths) {
  DictionaryLoader loader;
  for (const std::string& path : paths) {
    auto text = read_file(path);
    if (!text) return text.error();
    if (Status status = loader.add(path, std::move(*text)); !status) return status.error();
  }
  return loader.finish();
}

Result<DictionaryPtr> Dictionary::parse(const std::string& path, std::string_view text) {
  DictionaryLoader loader;
  if (Status status = loader.add(path, std::string(text)); !status) return status.error();
  return loader.finish();
}

Result<DictionaryPtr> load_texts(std::vector<std::pair<std::string, std::string>> named) {
  DictionaryLoader loader;
  for (auto& [name, text] : named) {
    if (Status status = loader.add(name, std::move(text)); !status) return status.error();
  }
  return loader.finish();
}

}  // namespace fixdrill::fix
