// Drafts scenarios from a conversation that was recorded: one for each kind of order flow.
#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"
#include "record/message_source.h"

namespace fixdrill::draft {

struct DraftOptions {
  std::string order;  ///< only the flow that holds this id; "" = all
};

struct Draft {
  std::string text;  ///< a scenario file, laid out
  std::size_t scenarios = 0;
  std::size_t flows = 0;     ///< that they stand for
  std::size_t left_out = 0;  ///< flows that nothing was sent in, or whose beginning is not there
};

/// Reads the whole source and holds it. Input error: nothing in it to draft from.
Result<Draft> draft(record::MessageSource& source, const record::DictionaryOf& dictionaries,
                    const DraftOptions& options);

}  // namespace fixdrill::draft
