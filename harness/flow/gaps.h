// Finds the gaps of a conversation: what was asked again, what came for it, what is missing.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "flow/sequence_watch.h"
#include "record/message_source.h"

namespace fixdrill::flow {

/// Feed it every message in order. FIX 4.0 to 5.0 SP2; needs no dictionary. Used from one thread.
class Gaps {
 public:
  void add(const record::MessageView& view, const fix::Message& message);

  /// Sessions in the order of their ids, what was sent before what came.
  std::vector<const SequenceStream*> streams() const;

 private:
  SequenceWatch& watch(std::int64_t session, record::Direction direction);

  std::map<std::pair<std::int64_t, bool>, SequenceWatch> watches_;  ///< session, `in`
};

}  // namespace fixdrill::flow
