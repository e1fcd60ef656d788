// One message where it stands in a log, whatever delimiter the log writes for SOH.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fixdrill::imports {

struct LogFrame {
  enum class State {
    none,  ///< no message begins here: `8=FIX` and no version, or no field behind it
    more,  ///< it may end behind the text
    whole,
    cut,  ///< its line ends before its CheckSum(10)
  };
  State state = State::none;
  std::size_t size = 0;        ///< bytes in the text, a last delimiter included
  std::string_view delimiter;  ///< the bytes between BeginString(8) and the field behind it
  bool length_ok = false;      ///< BodyLength(9) leads to CheckSum(10)
};

inline constexpr std::string_view kMessageStart = "8=FIX";

/// The message at the beginning of `text`, which starts with `8=FIX`. `last`: no text will come
/// behind this one. A message may hold line ends where its BodyLength(9) says so; else it ends with
/// its line or before the next `8=FIX`.
LogFrame frame_at(std::string_view text, bool last);

/// The message with SOH instead of `delimiter` into `out`. A delimiter that no field follows is
/// part of a value; a data field is as long as its length field says when a delimiter stands there.
void to_soh(std::string_view message, std::string_view delimiter, std::string& out);

/// CheckSum(10) of a message with SOH holds.
bool checksum_holds(std::string_view message);

}  // namespace fixdrill::imports
