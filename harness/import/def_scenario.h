// An acceptance file as a scenario file.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "fix/dictionary.h"
#include "import/def_expect.h"
#include "import/def_file.h"
#include "import/def_identity.h"

namespace fixdrill::imports {

struct DefContext {
  /// Null: there is none for that version.
  std::function<Result<fix::DictionaryPtr>(const Identity&)> dictionary;
  /// What a session with this identity is called, `_2` … aside.
  std::function<std::string(const Identity&)> name;
  Compare compare = Compare::meaning;
  std::optional<Identity> usual;  ///< of the folder: see settled()
  bool one_line = false;          ///< a step a line, however long it is, so that line numbers hold
};

/// A session that the scenario declares.
struct DefSession {
  std::string name;  ///< its SenderCompID; for further clients with `_2` …
  Identity identity;
  bool accepts = false;
};

struct DefScenario {
  std::string text;
  /// For each line of `text` the line of the acceptance file that it comes from.
  std::vector<std::size_t> lines;
  std::vector<DefSession> sessions;
};

/// A name that scenarios can write, made of SenderCompID(49).
std::string session_name(const std::string& sender);

/// `file` was parsed without errors. Input error, with its place: a line that no scenario can say.
Result<DefScenario> to_scenario(const DefFile& file, const DefContext& context);

}  // namespace fixdrill::imports
