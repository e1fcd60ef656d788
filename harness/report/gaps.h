// fixdrill gaps: the sequence numbers of each direction of each session, in words.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "flow/gap.h"
#include "flow/moment.h"
#include "record/message_source.h"

namespace fixdrill::report {

using StreamList = std::vector<const flow::SequenceStream*>;

struct GapsOptions {
  flow::ZoneOffset zone;
  bool colour = false;  ///< of what is wrong; it has a mark too
};

void put_gaps(const StreamList& streams, const record::MessageSource& source,
              const record::DictionaryOf& dictionary, const GapsOptions& options,
              std::ostream& out);

/// "2 streams, 3 gaps: 2 in order, 1 with what is missing or differs; 1 fault".
std::string gaps_total(const StreamList& streams);

/// A document of its own; README.md of this folder has every key.
void gaps_json(const StreamList& streams, const record::MessageSource& source, std::ostream& out);

}  // namespace fixdrill::report
