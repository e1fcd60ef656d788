// The stores of a simulator's rules: messages and texts under keys, the oldest forgotten first.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <string>

#include "eval/value.h"

namespace fixdrill::sim {

/// Bounded by limits::kSimStoreEntries and kSimStoreBytes.
class RuleStore {
 public:
  /// What expressions see; stays the same while the store is filled.
  eval::Store view() const { return {entries_}; }
  bool has(const std::string& key) const { return entries_->values.contains(key); }
  /// A value is a message or plain. False: the oldest had to go.
  bool put(const std::string& key, eval::Value value);

 private:
  std::shared_ptr<eval::RecordMembers> entries_ = std::make_shared<eval::RecordMembers>();
  std::deque<std::string> order_;  ///< keys, oldest first
  std::size_t bytes_ = 0;
};

/// By simulator and name.
using RuleStores = std::map<std::string, RuleStore, std::less<>>;

}  // namespace fixdrill::sim
