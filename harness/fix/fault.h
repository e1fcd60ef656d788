// One thing wrong with a message, everything else of it right.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "fix/dictionary.h"

namespace fixdrill::fix {

struct Fault {
  enum class Kind {
    none,
    bad_checksum,    ///< CheckSum(10) is one more than it should be (256 is 000)
    short_checksum,  ///< CheckSum(10) has only its last two digits
    long_checksum,   ///< CheckSum(10) has four digits, a 0 first
    bad_length,      ///< BodyLength(9) is `number`, or that much off; CheckSum(10) is right
    no_checksum,     ///< without CheckSum(10)
    no_length,       ///< without BodyLength(9); CheckSum(10) is right
    duplicate,       ///< the first field with the tag stands twice
    order,           ///< the first field with each tag stands at the front, in this order
    swapped,         ///< the first fields with these two tags change places
    garbled,         ///< the `=` of MsgType(35) is a `?`, so that 35 is not the third field;
              ///< BodyLength(9) and CheckSum(10) are right, so that the next message is found
    truncated,  ///< only the first `number` bytes; below 0: without so many at the end
  };
  Kind kind = Kind::none;
  std::int64_t number = 1;
  bool relative = true;        ///< bad_length: `number` is added to the right length
  std::vector<int> tags = {};  ///< duplicate: one; swapped: two; order
};

/// Fields that the scenario gives itself and that stay as they are.
struct GivenByHand {
  bool length = false;    ///< BodyLength(9)
  bool checksum = false;  ///< CheckSum(10)
};

/// `bytes` is one valid message. BodyLength(9) counts what stands between it and CheckSum(10),
/// wherever the two are; where CheckSum(10) is not the last field, all of the body, so that a
/// reader does not find it where it should be. Input errors: a tag that the message does not have,
/// more bytes than it has, a fault that changes nothing. `dictionary` names fields in errors; may
/// be null.
Result<std::string> spoil(const std::string& bytes, const Fault& fault, const GivenByHand& given,
                          const Dictionary* dictionary);

}  // namespace fixdrill::fix
