// The application behind the simulator that calls: a NewOrderSingle(D) comes back as it came, with
// its body only. What it cannot be (a limit order without a price) and every other type is told by
// BusinessMessageReject(j), before FIX 4.2 by Reject(3). An order with PossResend(97)=Y whose
// ClOrdID(11) came before on the same connection is ignored.
#pragma once

#include <memory>

#include "sim/application.h"

namespace fixdrill::sim {

std::unique_ptr<Application> make_echo_application();

}  // namespace fixdrill::sim
