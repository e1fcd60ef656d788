// What kind of flow one is, and a title for it.
#pragma once

#include <string>

#include "draft/conversation.h"

namespace fixdrill::draft {

/// "Limit buy MSFT: New, Trade".
std::string title_of(const Conversation& conversation, const Flow& flow);

/// The same for flows that differ in nothing but ids, times, sizes, prices and symbols, and in how
/// often an order is told the same again.
std::string kind_of(const Conversation& conversation, const Flow& flow);

}  // namespace fixdrill::draft
