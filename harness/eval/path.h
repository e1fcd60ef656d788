// Paths of expressions: `symbol`, `ack.OrderID`, `m.NoLegs[1].LegPrice`, `next_in`,
// `session.role`.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "eval/bindings.h"
#include "fix/dictionary.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

/// What `session.…` knows of the step's session.
inline constexpr std::string_view kSession = "session";
inline constexpr std::array<std::string_view, 6> kSessionFacts = {
    "role", "begin_string", "appl_ver_id", "sender", "target", "heartbeat"};

/// What the path stands for; empty = the message has no such field. An undefined name is an error.
Result<std::optional<Value>> look_up(const syntax::Path& path, const Environment& environment);

/// Like look_up, but a field that is not there is an error.
Result<Value> evaluate_path(const syntax::Path& path, const Environment& environment);

/// The message that the whole path stands for; a list of exactly one acts as it.
Result<NamedMessage> message_of(const syntax::Path& path, const Environment& environment);

/// has(path): false for an undefined name too.
Result<bool> exists(const syntax::Path& path, const Environment& environment);

/// Whether the path is a single word that no variable has.
bool is_free_word(const syntax::Path& path, const Environment& environment);

/// The field that a path into a message ends at; null = no path into a message, or unknown.
const fix::FieldDef* field_of(const syntax::Path& path, const Environment& environment);

}  // namespace fixdrill::eval
