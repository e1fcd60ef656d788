// Keeps the acceptor on 127.0.0.1 and learns which port the system gave it.
#pragma once

namespace counterparty {

/// Port of the last IPv4 socket that this process bound; 0 before the first. Read it once the
/// acceptor has started.
int last_bound_port();

}  // namespace counterparty
