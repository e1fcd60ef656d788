// Names to addresses, without holding the thread that asks.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "net/loop.h"

namespace fixdrill::net {

/// One numeric address.
struct Address {
  std::string host;
  std::uint16_t port = 0;
};

struct LookupAnswer {
  std::vector<Address> addresses;  ///< in the order to try; empty: not found
  std::string words;               ///< why not
};

/// Asks the system; takes as long as its name servers do.
LookupAnswer look_up(const Endpoint& endpoint);

/// Asks on a thread of its own, which calls `done` there. A thread that hangs in a name server
/// holds nobody, not even the end of the program.
void look_up_aside(const Endpoint& endpoint, std::function<void(LookupAnswer)> done);

}  // namespace fixdrill::net
