// The exchange as an application: reads what its clients ask for, and reports to each of them in
// the words of its FIX version.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "net/loop.h"
#include "sim/application.h"
#include "sim/exchange.h"

namespace fixdrill::sim {

struct ExchangeTerms {
  std::vector<Quote> quotes;
  bool cancel_on_disconnect = true;  ///< open orders of a client that is gone
  /// SenderCompIDs of clients that get a copy of every report of the others.
  std::vector<std::string> drop_copy;
};

/// `loop` outlives it.
std::unique_ptr<Application> make_exchange_application(ExchangeTerms terms, net::Loop& loop);

}  // namespace fixdrill::sim
