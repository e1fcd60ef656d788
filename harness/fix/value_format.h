// Whether a value is what its field asks for: the format of its FIX type, the list of its codes.
#pragma once

#include <string_view>

#include "fix/dictionary.h"

namespace fixdrill::fix {

/// By the type (FIX 5.0 SP2 volume 1, Data types). Texts, data and times with a zone may be
/// anything; currencies, countries and exchanges any letters, digits and signs without blanks. A
/// fraction of a second has 3, 6, 9 or 12 digits in every version.
bool has_format(const FieldDef& field, std::string_view value);

/// Every code of a list of several values, parted by single blanks, must be known. True for a field
/// without codes.
bool has_known_codes(const FieldDef& field, std::string_view value);

}  // namespace fixdrill::fix
