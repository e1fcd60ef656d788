// Ids that name two things, though ids of their kind should name one.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "diff/side.h"
#include "fix/message.h"

namespace fixdrill::diff {

/// Fed with the messages of one flow after another. An id is used again when, in one session and
/// day, it is new in two flows; or when flows were joined by it: when the ClOrdID(11) of a new
/// order or the OrderID(37) of its answers was there before the order.
class Reuse {
 public:
  struct Id {
    std::uint64_t key = 0;    ///< of id_key()
    std::uint32_t alias = 0;  ///< its number in the flow
    bool added = false;       ///< it was not met in the flow before
  };

  explicit Reuse(Side& side) : side_(side) {}

  void flow() { known_.clear(), orders_ = 0; }
  void message(std::uint32_t n, const fix::Message& message);
  /// Of the message that was named last, in the order of its fields.
  void id(int tag, const Id& id);
  /// Fills `first` and `repeat` of Side::ids.
  void finish();

 private:
  struct Use {
    std::uint64_t key = 0;
    std::uint32_t n = 0;
  };
  struct Known {
    std::uint32_t n = 0;
    std::uint32_t orders = 0;  ///< that the flow had by then
    bool of_order = false;     ///< it is the ClOrdID(11) of a new order
  };

  void used_again(int tag, std::uint32_t first);

  Side& side_;
  std::map<std::pair<int, record::Direction>, std::vector<Use>> uses_;
  std::vector<Known> known_;  ///< by alias
  std::uint32_t orders_ = 0;
  std::uint32_t n_ = 0;
  std::uint64_t scope_ = 0;  ///< session and day of the message
  bool new_order_ = false;
  std::uint32_t cl_ord_id_ = kNone;  ///< alias
  std::uint32_t order_id_ = kNone;   ///< alias, when it was known before
};

}  // namespace fixdrill::diff
