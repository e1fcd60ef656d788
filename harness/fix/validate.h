// What is wrong with a message by its dictionary: the findings of a session-level Reject(3).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "fix/dictionary.h"
#include "fix/message.h"

namespace fixdrill::fix {

/// SessionRejectReason(373), FIX 5.0 SP2; validate() gives all but `undefined_tag`. FIX 4.2 knows 0
/// to 11 only, FIX 4.0 and 4.1 have no such field.
enum class RejectReason {
  invalid_tag_number = 0,
  required_tag_missing = 1,
  tag_not_defined_for_type = 2,
  undefined_tag = 3,
  tag_without_value = 4,
  value_incorrect = 5,
  incorrect_data_format = 6,
  invalid_msg_type = 11,
  tag_repeated = 13,
  tag_out_of_order = 14,
  group_out_of_order = 15,
  group_count_wrong = 16,
  value_has_soh = 17,
};

struct Finding {
  RejectReason reason = RejectReason::invalid_tag_number;
  /// RefTagID(371), as it stands in the message, even negative. 0: none, but for
  /// `invalid_tag_number`, where the tag may be 0.
  int tag = 0;
  std::string text;  ///< for Text(58), without SOH: "Required tag missing: Symbol(55)"
};

struct ValidateOptions {
  bool user_tags = true;   ///< tags from 5000 up that the dictionary does not know are fine
  std::size_t most = 100;  ///< findings; the rest of the message is then not looked at
};

/// Cases 2.q and 14.a to 14.k of the FIX session test cases (FIX 4.4 volume 2, FIX session layer
/// test cases), in the order in which the fields stand; required tags that are missing come after
/// them, in the order of the dictionary. One fault in a message that is valid otherwise is one
/// finding. Linear in the message.
///
/// The message is whole, as the Framer gives it: BodyLength(9) and CheckSum(10) hold. The
/// dictionary of a FIXT.1.1 session is FIXT11 with FIX50SPx behind it. A MsgType(35) that the
/// dictionary does not know is the only finding: nothing says what should be in the message.
/// NumInGroup 0 is accepted. An unknown tag does not end the group in which it stands.
std::vector<Finding> validate(const Message& message, const Dictionary& dictionary,
                              const ValidateOptions& options = {});

}  // namespace fixdrill::fix
