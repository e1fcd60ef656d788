// The MsgSeqNum(34) that a wire session would fill in next, counted as it counts
// (session/wire_session.h).
#pragma once

#include <cstdint>
#include <optional>

#include "import/def_file.h"

namespace fixdrill::imports {

class Numbers {
 public:
  /// What the session fills in for this message. Empty: that is not known.
  std::optional<std::int64_t> filled_in(const DefLine& message) const;
  /// It has left, and the session counted it.
  void sent(const DefLine& message);
  void set(std::int64_t next) { next_ = next; }
  /// Whether the session counted what left, nobody can say.
  void lose() { next_.reset(); }

 private:
  std::optional<std::int64_t> next_;
};

/// MsgSeqNum(34) as a session writes it; empty: it is missing, or written in another way.
std::optional<std::int64_t> number_of(const DefLine& message);

}  // namespace fixdrill::imports
