// Settings of QuickFIX sessions as the counterparty programs use them: memory stores, no logs, no
// dictionaries, open all day.
#pragma once

#include <quickfix/SessionSettings.h>
#include <string>

namespace counterparty {

struct SessionNames {
  std::string begin_string;  ///< "FIX.4.0" to "FIX.4.4" or "FIXT.1.1" (then FIX 5.0 SP2)
  std::string sender;
  std::string target;
};

/// Settings that every session of a program shares; `type` is "acceptor" or "initiator".
FIX::Dictionary shared_settings(const std::string& type);

/// Adds one session to `settings`. Throws FIX::ConfigError for a BeginString that QuickFIX refuses.
FIX::SessionID add_session(FIX::SessionSettings& settings, const SessionNames& names);

}  // namespace counterparty
