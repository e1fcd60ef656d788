// The few fields of a message that tell where in a log it belongs, found without an index of it.
#pragma once

#include <string_view>

namespace fixdrill::imports {

/// Views into the message; empty = not there.
struct LogHeader {
  std::string_view begin_string;  ///< BeginString(8)
  std::string_view msg_type;      ///< MsgType(35)
  std::string_view sender;        ///< SenderCompID(49)
  std::string_view target;        ///< TargetCompID(56)
  std::string_view seq_num;       ///< MsgSeqNum(34)
  std::string_view sending_time;  ///< SendingTime(52)
  std::string_view poss_dup;      ///< PossDupFlag(43)
};

/// Reads as far as the header goes: fields behind the first that is none of it are the body's.
LogHeader read_header(std::string_view message);

/// Of a Logon(A): DefaultApplVerID(1137), which names the application version under FIXT.1.1.
std::string_view default_appl_ver_id(std::string_view logon);

}  // namespace fixdrill::imports
