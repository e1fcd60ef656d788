// The messages that speak of one order, quote or request, found by any of its ids.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "flow/chains.h"
#include "record/message_source.h"

namespace fixdrill::flow {

/// Feed it every message in order, then close() it. In every session the chains that the id stands
/// in are followed: replaces, cancels, executions, rejects.
class OrderMembers {
 public:
  explicit OrderMembers(std::string id) : id_(std::move(id)) {}

  void add(const record::MessageView& view);
  void close();

  bool empty() const { return members_.empty(); }
  bool has(std::int64_t message_id) const { return members_.contains(message_id); }
  const std::set<std::int64_t>& sessions() const { return sessions_; }

 private:
  struct Seen {
    std::int64_t message_id = 0;
    std::int64_t session_id = 0;
    bool names_it = false;
  };

  std::string id_;
  Chains chains_;
  std::vector<Seen> seen_;  ///< by number in chains_
  std::unordered_set<std::int64_t> members_;
  std::set<std::int64_t> sessions_;
};

}  // namespace fixdrill::flow
