// The one layout of a scenario file. Lossless: only white space changes; idempotent.
#pragma once

#include <string>

#include "syntax/tree.h"

namespace fixdrill::syntax {

/// The file laid out anew. The file must have parsed without errors.
std::string format(const File& file);

}  // namespace fixdrill::syntax
