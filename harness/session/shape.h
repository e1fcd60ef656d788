// How a message leaves a wire session when the scenario says `with …`: its numbers are known by
// now.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"
#include "fix/fault.h"

namespace fixdrill::session {

struct Shape {
  struct Number {
    std::int64_t value = 0;
    bool relative = false;  ///< added to the number that it would have
  };
  fix::Fault fault;
  std::optional<Number> seq_num;  ///< MsgSeqNum(34)
  std::vector<std::size_t>
      split;            ///< where a part ends, ascending; each part is a write of its own
  Duration every{0};    ///< between two parts
  bool joined = false;  ///< waits for the next message and leaves with it, in one write
};

}  // namespace fixdrill::session
