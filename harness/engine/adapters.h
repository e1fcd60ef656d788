// Our Store as QuickFIX wants it. Reports its creation as now, so that no session is ever cut at
// midnight, and gives the engine envelopes of the messages it sent.
#pragma once

#include <functional>
#include <quickfix/MessageStore.h>
#include <string>
#include <vector>

#include "engine/engine.h"

namespace fixdrill {
namespace engine {

/// MessageStore and the factory of itself; owned by the session that uses it.
class StoreAdapter : public FIX::MessageStore, public FIX::MessageStoreFactory {
 public:
  /// `sent` is told every message that takes a number, before it is transmitted, with number and
  /// the engine's envelope. It returns false when the message could not be kept.
  using Sent = std::function<bool(std::int64_t, const std::string&)>;
  StoreAdapter(Store& store, Sent sent);

  /// The engine is given messages as they were sent, not their envelopes.
  void set_whole(bool whole) { whole_ = whole; }

  FIX::MessageStore* create(const FIX::SessionID&) override { return this; }
  void destroy(FIX::MessageStore*) override {}

  bool set(int seq, const std::string& envelope) throw(FIX::IOException) override;
  void get(int begin, int end, std::vector<std::string>& envelopes) const
      throw(FIX::IOException) override;
  int getNextSenderMsgSeqNum() const throw(FIX::IOException) override;
  int getNextTargetMsgSeqNum() const throw(FIX::IOException) override;
  void setNextSenderMsgSeqNum(int number) throw(FIX::IOException) override;
  void setNextTargetMsgSeqNum(int number) throw(FIX::IOException) override;
  void incrNextSenderMsgSeqNum() throw(FIX::IOException) override;
  void incrNextTargetMsgSeqNum() throw(FIX::IOException) override;
  FIX::UtcTimeStamp getCreationTime() const throw(FIX::IOException) override;
  void reset() throw(FIX::IOException) override;
  void refresh() throw(FIX::IOException) override {}

 private:
  Store& store_;
  Sent sent_;
  bool whole_ = false;
};

}  // namespace engine
}  // namespace fixdrill
