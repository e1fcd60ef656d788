// Where the entries of a message's groups stand: ranges of fields, flat.
#pragma once

#include <cstddef>
#include <vector>

#include "fix/dictionary.h"
#include "fix/message.h"

namespace fixdrill::flow {

/// Fields [begin, end) of a message.
struct FieldRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct GroupSpan {
  std::size_t at = 0;  ///< index of the count field
  std::vector<FieldRange> entries;
};

/// Every group that the dictionary knows, inner ones too.
std::vector<GroupSpan> group_spans(const fix::Message& message, const fix::Dictionary& dictionary);

/// A group of which nothing is known but its count field at `at`: an entry begins where its first
/// field comes again; the last one ends before the trailer, or where one of its fields is repeated.
GroupSpan guessed_group(const fix::Message& message, std::size_t at);

}  // namespace fixdrill::flow
