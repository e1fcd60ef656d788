// Where in the script each message of a recording comes from.
#pragma once

#include "diff/side.h"
#include "record/result.h"

namespace fixdrill::diff {

/// By scenario (`@id`, else path and title) and step (its `as` name, else its text), and how often
/// that step had run: line numbers play no part, so an edited scenario still pairs. Messages that
/// were sent or matched by a step have one. Of a scenario that was repeated only the last attempt
/// does.
Origins script_origins(const record::RunResult& result);

}  // namespace fixdrill::diff
