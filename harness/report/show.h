// fixdrill show: a recording as a conversation with names, directions, times and verdicts.
#pragma once

#include <functional>
#include <iosfwd>

#include "fix/dictionary.h"
#include "record/reader.h"

namespace fixdrill::report {

struct ShowOptions {
  bool raw = false;  ///< the bytes of every message too
  bool colour = false;
};

/// Gives the dictionary of a recorded session; null = none.
using DictionaryOf = std::function<fix::DictionaryPtr(const record::SessionRow&)>;

void show(const record::Recording& recording, const DictionaryOf& dictionary,
          const ShowOptions& options, std::ostream& out);

}  // namespace fixdrill::report
