// A message that an acceptance file expects, as a step of a scenario.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "fix/dictionary.h"
#include "import/def_file.h"
#include "import/def_send.h"

namespace fixdrill::imports {

/// How strict what is expected is taken.
enum class Compare {
  meaning,  ///< fields by type in any order; times as times; of a Reject, a BusinessMessageReject
            ///< and a Logout the wording of Text(58) is free, and so is what else they say
  text,     ///< as the original runner: each field in its place, letter by letter, but for
            ///< CheckSum(10) and the times 42, 52, 60 and 122
};

/// Header fields that a message may have or not, as this file uses them anywhere: where it does not
/// list one, it must not be there.
std::set<int> optional_header(const DefFile& file);

struct ExpectContext {
  Compare compare = Compare::meaning;
  const fix::Dictionary* dictionary = nullptr;  ///< may be null
  const std::set<int>* optional_header = nullptr;
  std::optional<long> heartbeat;  ///< HeartBtInt(108) of our last Logon, seconds
};

StepText expect_step(const DefLine& line, const ExpectContext& context);

}  // namespace fixdrill::imports
