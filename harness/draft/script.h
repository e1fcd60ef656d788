// The steps of one flow as a person would write them: ids that the conversation minted become
// expressions, what changes from run to run is left out.
#pragma once

#include <string>
#include <vector>

#include "draft/conversation.h"

namespace fixdrill::draft {

struct ScriptOptions {
  std::vector<std::string> names;  ///< of the sessions, by index
  bool several = false;            ///< each step says which session it means
};

/// The lines of its block, not laid out.
std::string script_of(const Conversation& conversation, const Flow& flow,
                      const ScriptOptions& options);

}  // namespace fixdrill::draft
