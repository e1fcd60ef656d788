// Values that belong to one run: ids, times, numbers of the session. Another run has others, so a
// scenario that named them would fail.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fix/dictionary.h"
#include "fix/message.h"

namespace fixdrill::eval {

/// Why this value of `message` cannot be expected of another run, and what to write instead: "it is
/// an id, …". Empty: it can. `dictionary` may be null.
std::optional<std::string> bound_to_run(int tag, std::string_view value,
                                        const fix::Message& message,
                                        const fix::Dictionary* dictionary);

}  // namespace fixdrill::eval
