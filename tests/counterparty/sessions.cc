#include "sessions.h"

namespace counterparty {

FIX::Dictionary shared_settings(const std::string& type) {
  FIX::Dictionary shared;
  shared.setString(FIX::CONNECTION_TYPE, type);
  shared.setString(FIX::START_TIME, "00:00:00");
  shared.setString(FIX::END_TIME, "00:00:00");
  shared.setBool(FIX::USE_DATA_DICTIONARY, false);
  shared.setBool(FIX::SOCKET_NODELAY, true);
  shared.setInt(FIX::TIMESTAMP_PRECISION, 6);
  return shared;
}

FIX::SessionID add_session(FIX::SessionSettings& settings, const SessionNames& names) {
  const FIX::SessionID id(names.begin_string, names.sender, names.target);
  FIX::Dictionary own;
  if (names.begin_string == "FIXT.1.1") own.setString(FIX::DEFAULT_APPLVERID, "9");
  settings.set(id, own);
  return id;
}

}  // namespace counterparty
