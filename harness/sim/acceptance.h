// The application that QuickFIX's acceptance files talk to: what comes back is what was sent, so
// that a file can tell what the session layer made of it (quickfix/src/at_application.h, 1.16).
//
// NewOrderSingle(D), SecurityDefinition(d) and Email(C) are echoed without PossDupFlag(43) and
// OrigSendingTime(122). An order with PossResend(97)=Y whose ClOrdID(11) came before on the same
// connection is ignored. Everything else is unsupported.
#pragma once

#include <memory>

#include "sim/application.h"

namespace fixdrill::sim {

std::unique_ptr<Application> make_acceptance_application();

}  // namespace fixdrill::sim
