// Times of a recording in the words of the scenario language.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"

namespace fixdrill::draft {

/// `${now()}`, `${now(6)}`, `${now() + 5min}`: as precise as `value`, a UTC timestamp that lay
/// `ahead` of the moment of its message.
std::string now_text(std::string_view value, Duration ahead);

/// `timestamp_ms` and its like.
std::string shape_of(std::string_view value);

/// What a person would write as a limit for a reply that took `took`.
std::string limit_text(Duration took);

}  // namespace fixdrill::draft
