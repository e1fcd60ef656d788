// Finds the orders of a conversation and follows each through replaces, cancels, fills and rejects.
#pragma once

#include <cstdint>
#include <deque>
#include <initializer_list>
#include <map>
#include <string_view>
#include <unordered_map>

#include "fix/message.h"
#include "flow/order.h"
#include "flow/order_steps.h"
#include "flow/sequence_index.h"
#include "record/message_source.h"

namespace fixdrill::flow {

/// Feed it every message in order. FIX 4.0 to 5.0 SP2; needs no dictionary. Which side was recorded
/// does not matter: requests and answers are known by their types.
///  - new orders: NewOrderSingle(D), AB, each order of NewOrderList(E) and NewOrderCross(s)
///  - changes: F, G, AC; answers: ExecutionReport(8), OrderCancelReject(9)
///  - Reject(3) by RefSeqNum(45), BusinessMessageReject(j) also by BusinessRejectRefID(379)
///  - OrderStatusRequest(H), DontKnowTrade(Q)
/// Used from one thread. Memory: every step stays.
class Orders {
 public:
  void add(const record::MessageView& view, const fix::Message& message);
  /// The end of the conversation: requests without any answer are marked.
  void finish();

  std::size_t size() const { return tracked_.size(); }
  /// In the order in which they first appeared.
  const Order& operator[](std::size_t index) const { return tracked_[index].order; }

 private:
  static constexpr std::uint32_t kNone = 0xffffffff;

  /// What a session has shown of itself so far.
  struct Watch {
    bool known = false;
    bool from_start = false;  ///< its first message had MsgSeqNum(34) 1
    bool sends_orders = false;
    bool mass_cancels = false;
    bool quotes = false;  ///< fills of quotes name no order
  };

  /// The order the message belongs to, or kNone.
  std::uint32_t take(const Seen& seen);
  std::uint32_t new_order(const Seen& seen);
  std::uint32_t new_orders(const Seen& seen);
  std::uint32_t change(const Seen& seen);
  std::uint32_t report(const Seen& seen);
  std::uint32_t cancel_reject(const Seen& seen);
  std::uint32_t refusal(const Seen& seen);
  std::uint32_t mention(const Seen& seen);

  std::uint32_t start(const Seen& seen);
  std::uint32_t find(std::int64_t session, int space, std::string_view id) const;
  std::uint32_t find_by(const Seen& seen, std::initializer_list<int> tags) const;
  void name(std::uint32_t at, const Seen& seen);
  void note_unknown(std::uint32_t at, const Seen& seen);

  std::deque<TrackedOrder> tracked_;
  std::unordered_map<std::uint64_t, std::uint32_t> by_id_;
  SequenceIndex by_number_;
  std::map<std::int64_t, Watch> watches_;
};

}  // namespace fixdrill::flow
