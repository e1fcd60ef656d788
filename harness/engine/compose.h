// What goes out: the engine's header with our body. Pure functions over bytes.
#pragma once

#include <string>

#include "engine/engine.h"

namespace fixdrill {
namespace engine {

/// The engine's envelope with `tail` (further header fields and body) behind its header.
std::string with_tail(const std::string& envelope, const std::string& tail);

/// Further header fields and body of a message that was sent, as `with_tail` takes them.
std::string tail_of(const std::string& sent);

/// A sent message as the engine reads it back for a resend: its own header only.
std::string stored_envelope(const std::string& sent);

/// The engine's Logon with fields replaced, added and left out.
std::string with_logon_fields(const std::string& envelope, const LogonFields& fields);

/// Value of the first field `tag` of the message, or "".
std::string value_of(const std::string& bytes, int tag);

/// MsgSeqNum(34), or -1.
std::int64_t seq_of(const std::string& bytes);

}  // namespace engine
}  // namespace fixdrill
