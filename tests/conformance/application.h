// What the peer's small application says by itself.
#pragma once

#include "conformance/state.h"
#include "fix/encoder.h"

namespace fixdrill::conformance {

/// An acceptor's report of an order that nobody sent by this session, an initiator's order.
fix::OutMessage message_of_its_own(const State& state);

}  // namespace fixdrill::conformance
