// Messages of several versions and what validate() finds in them, one line a finding.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "fix/encoder.h"
#include "fix/validate.h"

namespace fixdrill::fix {

// By the names of its files: "FIX44", "FIXT11+FIX50SP2". Loaded once.
inline DictionaryPtr spec(const std::string& version) {
  static std::map<std::string, DictionaryPtr> loaded;
  DictionaryPtr& dictionary = loaded[version];
  if (dictionary) return dictionary;
  std::vector<std::string> paths;
  for (const std::string_view name : split(version, '+'))
    paths.push_back(fmt::format("{}/fixspecs/{}.xml", FIXDRILL_SOURCE_DIR, name));
  const auto read = Dictionary::load(paths);
  EXPECT_TRUE(read) << (read ? "" : read.error().text);
  dictionary = read ? *read : std::make_shared<Dictionary>();
  return dictionary;
}

inline std::string told(const std::vector<Finding>& findings) {
  std::string out;
  for (const Finding& found : findings)
    out += fmt::format("{} {} {}\n", static_cast<int>(found.reason), found.tag, found.text);
  return out;
}

inline constexpr std::string_view kVersions[] = {"FIX40", "FIX42", "FIX44", "FIXT11+FIX50SP2"};

inline std::string begin_string(std::string_view version) {
  if (version.starts_with("FIXT")) return "FIXT.1.1";
  return fmt::format("FIX.{}.{}", version[3], version[4]);
}

// "373 371 text" for each finding, one a line. `piped` is everything between 9 and 10.
inline std::string found_in(std::string_view version, std::string_view piped,
                            const ValidateOptions& options = {}) {
  const Message message(seal(begin_string(version), pipe_to_soh(piped)));
  return told(validate(message, *spec(std::string(version)), options));
}

inline constexpr std::string_view kHeader = "34=2|49=BRK|52=20261122-06:00:00|56=EXCH|";

inline std::string heartbeat(std::string_view more = "") {
  return fmt::format("35=0|{}{}", kHeader, more);
}

// What the version asks of an order, and `more`.
inline std::string order(std::string_view more = "", std::string_view version = "FIX44") {
  const char* time = version == "FIX40" ? "" : "60=20261122-06:00:00|";
  return fmt::format("35=D|{}11=A|21=1|55=MSFT|54=1|{}38=100|40=1|{}", kHeader, time, more);
}

// Rules that no version changes.
inline void expect_everywhere(std::string_view piped, std::string_view expected) {
  for (const std::string_view version : kVersions)
    EXPECT_EQ(found_in(version, piped), expected) << version << ' ' << piped;
}

inline void expect_of_orders(std::string_view more, std::string_view expected) {
  for (const std::string_view version : kVersions)
    EXPECT_EQ(found_in(version, order(more, version)), expected) << version << ' ' << more;
}

/// An order of FIX 4.4 with this group in it.
inline std::string parties(std::string_view group) { return found_in("FIX44", order(group)); }

}  // namespace fixdrill::fix
