// Which fields may hold any byte, SOH too, and which field says how long they are.
#pragma once

#include <string_view>

namespace fixdrill::fix {

/// The data field that `tag` gives the length of: 95 -> 96. 0: `tag` is no length field.
int data_tag_of_length(int tag);

/// The length field of a data field: 96 -> 95. 0: `tag` is no data field.
int length_tag_of_data(int tag);

/// The data field `tag` begins at `rest`. True when `length` bytes are there and SOH stands behind
/// them, or the message ends.
bool data_fits(std::string_view rest, std::string_view length);

}  // namespace fixdrill::fix
