// Names for tags, values and places in findings.
#pragma once

#include <string>
#include <vector>

#include "diff/finding.h"
#include "fix/dictionary.h"
#include "fix/message.h"

namespace fixdrill::diff {

/// "NoPartyIDs.PartyRole(452)".
std::string path_label(const fix::Dictionary& dictionary, const std::vector<int>& path);

/// A value, or the state of a message ("150=F|39=2"), with its meaning, fit for one line.
std::string value_label(const fix::Dictionary& dictionary, const Delta& delta,
                        const std::string& value);

/// What else there is to say of a difference; "" = nothing.
std::string remark(const fix::Dictionary& dictionary, const Subject& subject, const Delta& delta);

bool is_required(const fix::Dictionary& dictionary, const std::string& msg_type,
                 const std::vector<int>& path);

/// What to find a message by: "16:00:00.004 ClOrdID=C7 Symbol=MSFT". `wall_ns` 0: no time.
std::string about(const fix::Message& message, std::int64_t wall_ns);

/// What kind of answer a message is, as `tag=value` with bars: 150=F|39=2.
std::string state_of(const fix::Message& message);

}  // namespace fixdrill::diff
