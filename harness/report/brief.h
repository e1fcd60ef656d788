// A message in a few words: what it is and the fields that people look at first.
#pragma once

#include <string>

#include "fix/dictionary.h"
#include "fix/message.h"

namespace fixdrill::report {

/// `NewOrderSingle 087 Buy 100 MSFT @ 10.05`; without a dictionary `35=D 087 54=1 …`. printable().
std::string brief(const fix::Message& message, const fix::Dictionary* dictionary);

}  // namespace fixdrill::report
