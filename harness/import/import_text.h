// What an import tells people: how each file was read, how much of it was understood, what was not.
#pragma once

#include <string>

#include "import/importer.h"

namespace fixdrill::imports {

/// Lines with line ends.
std::string import_text(const ImportResult& result);

/// Why a file without any message is none to import, and what to try.
std::string nothing_text(const ImportResult& result);

}  // namespace fixdrill::imports
