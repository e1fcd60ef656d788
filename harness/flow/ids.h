// Which fields name a thing, and which of them speak of the same thing: 11 and 41 are both
// ClOrdIDs.
#pragma once

#include <cstdint>
#include <string_view>

namespace fixdrill::flow {

/// The tag whose values `tag` repeats: 41 -> 11, 19 -> 17, 11 -> 11. 0: `tag` is no id.
int id_space(int tag);

/// A word that stands where no id is known: "NONE", "UNKNOWN", "N/A", empty; "0" in OrderID(37) and
/// ExecID(17).
bool is_placeholder(int space, std::string_view value);

/// The space of BusinessRejectRefID(379) when RefMsgType(372) is `msg_type`.
int reject_space(std::string_view msg_type);

/// Id `value` of a space in a session as 64 bits: so well mixed that two of ten million ids meet
/// once in a hundred thousand recordings.
std::uint64_t id_key(std::int64_t session, int space, std::string_view value);

/// Every bit of the key decides every bit of the result.
std::uint64_t mix(std::uint64_t key);

/// MsgType as a number: its first four bytes.
std::uint32_t type_code(std::string_view msg_type);

}  // namespace fixdrill::flow
