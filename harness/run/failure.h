// Turns what went wrong into a verdict that tells a user why, in the script's own terms.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "base/time.h"
#include "record/mask.h"
#include "record/result.h"
#include "run/channel.h"

namespace fixdrill::run {

/// "ExecutionReport" by the session's dictionary.
std::string type_label(const Channel& channel, const fix::Message& message);

/// Places a sentence in the file: location, and every marked line with its carets.
record::Verdict verdict_at(const Span& span, std::string rule, std::string message,
                           const std::vector<Span>& marks = {});

/// An error as a verdict: FAIL for what the scenario or the peer did, ERROR for the environment and
/// guards. A text that was rendered with its place keeps it; others get `span`.
record::Verdict failure_of(const Span& span, const std::string& rule, const Error& error);

/// What all failures of one step share.
struct FailedStep {
  const Channel& channel;
  const Open& open;    ///< what was expected
  std::string wanted;  ///< "ExecutionReport ('fill')"
  const record::Masker& masker;
  const fix::Dictionary* dictionary = nullptr;
  std::vector<std::string> also_open = {};  ///< "line 21, arm 2 of 'either' (OrderCancelReject)"
  std::string as_written = {};  ///< why its values stay as they are, whatever came; "" = no reason
  std::vector<std::string> notes = {};  ///< what to say first: "this is arm 1 of 'either'"
};

/// A message came that nothing open takes, or a close, garbled bytes, a refused message.
record::Verdict unexpected_event(const FailedStep& step, const Routed& routed);

/// How near what lies unconsumed came: "nearest #7: OrderQty(38) is 100, not 150"; "" when nothing
/// is there.
std::string nearest_text(const FailedStep& step);

/// Nothing that fits came in time.
record::Verdict limit_passed(const FailedStep& step, Duration limit);

/// A message came that must not.
record::Verdict forbidden_event(const FailedStep& step, const session::Event& event,
                                std::string rule);

/// Something arrived while nothing was expected: `expected` says what, "expected nothing".
record::Verdict unwanted_event(const Channel& channel, const Span& span,
                               const session::Event& event, const std::string& expected,
                               const record::Masker& masker);

/// "received #7, 38 ms after #6: 8=FIX.4.4|…" and "sent     #6: …".
std::vector<std::string> raw_lines(const Channel& channel, const session::Event& event,
                                   const record::Masker& masker);

}  // namespace fixdrill::run
