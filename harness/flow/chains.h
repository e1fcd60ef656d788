// Flows: messages that speak of the same order, quote, request, list … as a union-find over the ids
// they carry (recording.md, B1.3).
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "fix/message.h"
#include "flow/sequence_index.h"
#include "record/recorder.h"

namespace fixdrill::flow {

/// Feed it every message of a conversation in order. Ids link only inside one session; two with one
/// id space (a pair of counterparties) get one key from the caller.
///  - 11, 41 and 37 link orders; each other request its own ids (ids.h). ExecID(17) links nothing:
///    a correction repeats its order's OrderID(37), and venues count ExecIDs anew per order.
///  - NewOrderList(E) is one flow with all its orders. Mass cancels, allocations and mass status
///    requests do not pull the orders they name together.
///  - Reject(3) and BusinessMessageReject(j) join what they refuse: by RefSeqNum(45), else
///    BusinessRejectRefID(379).
/// Used from one thread. Memory: some 30 bytes a message and 40 an id. Ids are kept as 64-bit
/// hashes.
class Chains {
 public:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  /// Its number, from 0 and counting.
  std::size_t add(std::int64_t session, record::Direction direction, const fix::Message& message);
  std::size_t size() const { return parents_.size(); }

  /// The number of the first message of its flow; it may fall while messages are added. kNone:
  /// session traffic (35 = A, 0 to 5) that rejects no message of a flow.
  std::size_t flow_of(std::size_t n) const;

  /// The members of each flow, in order; flows in the order of their first messages.
  std::vector<std::vector<std::size_t>> flows() const;

 private:
  void link_ids(std::uint32_t n, std::int64_t session, const fix::Message& message);
  void link_id(std::uint32_t n, std::uint64_t key);
  void unite(std::uint32_t a, std::uint32_t b);
  std::uint32_t root(std::uint32_t n) const;

  mutable std::vector<std::uint32_t> parents_;  ///< a root is the lowest number of its set
  std::vector<bool> in_flow_;
  std::unordered_map<std::uint64_t, std::uint32_t> by_id_;
  SequenceIndex by_number_;
};

}  // namespace fixdrill::flow
