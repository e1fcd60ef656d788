// 14.e and 14.f: what a value must look like, by the type of its field.
#pragma once

#include <string_view>

#include "fix/dictionary.h"

namespace fixdrill::conformance {

/// Texts, data, dates with blanks and the like may be anything.
bool is_written_as(const fix::FieldDef& field, std::string_view value);

/// One of the field's codes, or several of them parted by blanks where the type allows that.
bool is_among_values(const fix::FieldDef& field, std::string_view value);

}  // namespace fixdrill::conformance
