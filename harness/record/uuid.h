// The identity of a recording, in the 36 characters of RFC 9562.
#pragma once

#include <string>

#include "record/recorder.h"

namespace fixdrill::record {

/// Version 4: from the system's random numbers.
std::string random_uuid();

/// Version 8: from SHA-256 over every value of the row (the seed among them) and the start of the
/// run, so that it is the same where these are, and only there.
std::string uuid_of(const RunRow& run, Time start);

}  // namespace fixdrill::record
