// A message that an acceptance file sends, as a step of a scenario.
#pragma once

#include <string>
#include <vector>

#include "fix/dictionary.h"
#include "import/def_file.h"
#include "import/def_identity.h"
#include "import/def_numbers.h"

namespace fixdrill::imports {

/// A step as it stands in a scenario: its head (`send Logon with seqnum 3`) and the fields of its
/// block, each a group that stands on a line of its own where lines are wrapped. No groups: the
/// head is all of it.
struct StepText {
  std::string head;
  std::vector<std::vector<std::string>> block;
};

/// The steps that have the meaning of the bytes that the original runner would send: by name where
/// the driver's own header and trailer are what the line says, spoilt with one fault where that is
/// what the line does, else as the line stands. Usually one; none: the line holds a `|`, which no
/// step can send as it stands.
std::vector<StepText> send_steps(const DefLine& line, const Identity& identity,
                                 const fix::Dictionary* dictionary, Numbers& numbers);

}  // namespace fixdrill::imports
