// What a failed expectation could say instead, so that the message that came would fit.
#pragma once

#include <vector>

#include "eval/pattern.h"
#include "fix/message.h"
#include "record/result.h"
#include "run/failure.h"

namespace fixdrill::run {

/// One offer for each field that differs, or one refusal for the whole message where a change would
/// be a guess. The message is of the expected type and does not fit.
std::vector<record::Offer> offers(const FailedStep& step, const eval::Match& match,
                                  const fix::Message& message);

}  // namespace fixdrill::run
