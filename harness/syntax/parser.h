// Text to tree. Recovers at the next line or block, so one run reports several errors.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/source.h"
#include "syntax/tree.h"

namespace fixdrill::syntax {

struct Parsed {
  File file;
  std::vector<Diagnostic> diagnostics;  ///< spans into file.source or file.included
};

/// Gives the text of an included file, or an input error that says why not. The path is as written,
/// relative to the including file.
using IncludeReader =
    std::function<Result<SourcePtr>(const std::string& path, const SourceFile& from)>;

Parsed parse(SourcePtr source, const IncludeReader& read_include);

/// Without includes: they are an error.
Parsed parse(SourcePtr source);

/// The file by itself: what it includes and the CSV files of its tables are not looked at.
Parsed parse_alone(SourcePtr source);

/// Every keyword of the language this version accepts, sorted.
const std::vector<std::string>& keywords();

}  // namespace fixdrill::syntax
