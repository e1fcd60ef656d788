// BodyLength(9) as the original runner fills it in.
#pragma once

#include <cstddef>

#include "import/def_file.h"

namespace fixdrill::imports {

/// What a right BodyLength(9) would be: all between it and the CheckSum(10) that ends the message.
std::size_t right_length(const DefFields& fields);

/// What the original runner writes where BodyLength(9) is missing: one too little where
/// CheckSum(10) is given.
std::size_t filled_in_length(const DefFields& fields);

/// The message ends in CheckSum(10).
bool ends_in_checksum(const DefFields& fields);

}  // namespace fixdrill::imports
