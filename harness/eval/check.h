// Finds what is wrong with a scenario file before anything connects (rule 9 of the language).
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/source.h"
#include "fix/dictionary.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

/// What the profile knows of a session.
struct SessionFacts {
  fix::DictionaryPtr dictionary;  ///< may be null: nothing is looked up in it then
  std::string sender;             ///< SenderCompID(49) of what we send
  std::string target;
  /// With {worker} in the profile: what else they may read as, in one lane or another.
  std::vector<std::string> other_senders = {};
  std::vector<std::string> other_targets = {};
};

/// What the profile knows. Without one only what the file itself tells is checked.
struct CheckContext {
  std::map<std::string, SessionFacts> sessions;
  std::set<std::string> params;
  std::set<std::string> secrets;
  bool have_profile = false;
  /// What rules of a simulator may be written for, the usual one first; null: no more.
  std::function<fix::DictionaryPtr(std::size_t index)> simulator_dictionary = nullptr;
};

/// Errors, warnings and notes in the order of the file. The file must have parsed without errors.
std::vector<Diagnostic> check(const syntax::File& file, const CheckContext& context);

}  // namespace fixdrill::eval
