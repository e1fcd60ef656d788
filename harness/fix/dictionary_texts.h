// Dictionaries that come from no file of this machine.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "fix/dictionary.h"

namespace fixdrill::fix {

/// As Dictionary::load(), of names and texts: a name that ends in .csv is a CSV overlay.
Result<DictionaryPtr> load_texts(std::vector<std::pair<std::string, std::string>> named);

}  // namespace fixdrill::fix
