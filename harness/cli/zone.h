// Time zones of the command line: UTC, a fixed offset, or one of this machine's zone files.
#pragma once

#include <string>

#include "base/result.h"
#include "flow/moment.h"

namespace fixdrill::cli {

/// `UTC`, `+02:00`, `America/New_York`. Sets TZ of this process for the last kind: one zone a
/// process. Input error: no such zone, with the nearest one that there is.
Result<flow::ZoneOffset> zone_offset(const std::string& name);

}  // namespace fixdrill::cli
