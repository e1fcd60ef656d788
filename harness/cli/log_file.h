// The log of the system under test as a file of this machine.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "run/sut_log.h"

namespace fixdrill::cli {

/// Input error: it is not there, a folder, or not readable. It is opened anew for every look, so
/// that one that is moved away and begun again is found.
Result<std::unique_ptr<run::SutLog>> open_log(const std::string& path);

}  // namespace fixdrill::cli
