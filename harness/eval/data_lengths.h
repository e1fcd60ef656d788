// The length fields of data fields: RawDataLength(95) of RawData(96) and their kin.
#pragma once

#include <vector>

#include "eval/outline.h"

namespace fixdrill::eval {

/// Every data field, in groups too, that has no length field gets one in front of it; one that
/// `like` copied is made right. What the scenario gives stays, and what it drops stays away:
/// `written` are its top-level tags.
void fill_data_lengths(Outline& outline, const std::vector<int>& written);

}  // namespace fixdrill::eval
