// What a flow leaves behind on its sessions: so that the next scenario finds things as they were.
#pragma once

#include <cstddef>
#include <set>

#include "draft/conversation.h"

namespace fixdrill::draft {

using Sessions = std::set<std::size_t>;  ///< indices into Conversation::sessions

/// Those on which an order still works, as far as the flow tells. None where we are the exchange.
Sessions sessions_with_open_orders(const Conversation& conversation, const Flow& flow);

/// Those that only hear drop copies: of all orders, not only of this flow.
Sessions sessions_that_listen(const Conversation& conversation, const Flow& flow);

}  // namespace fixdrill::draft
