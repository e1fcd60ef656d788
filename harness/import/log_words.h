// What a line of a log says about its direction.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "record/recorder.h"

namespace fixdrill::imports {

/// Words that a site's own layout has for the two directions; empty: the known ones.
struct DirectionWords {
  std::string in;
  std::string out;
};

/// The last word of `prefix` that names a direction: in, incoming, inbound, recv, rx, <- …; out,
/// outgoing, sent, tx, -> …, in any case.
std::optional<record::Direction> direction_in(std::string_view prefix, const DirectionWords& words);

/// Which of two CompIDs `text` names first, as session ids and file names have them:
/// `FIX.4.4:us->them`, `FIX.4.4-us-them.messages.current.log`. Out: `a` is us; in: `b` is; nothing:
/// it does not name both as words of their own.
std::optional<record::Direction> side_named(std::string_view text, std::string_view a,
                                            std::string_view b);

}  // namespace fixdrill::imports
