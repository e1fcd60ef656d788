// FIX messages as bytes, as far as the engine needs it: fields one after another, the header-only
// envelope that QuickFIX is given, BodyLength(9) and CheckSum(10).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "engine/engine.h"

namespace fixdrill {
namespace engine {

constexpr char kSoh = '\x01';

/// One field inside a message: `bytes[begin, end)` with its SOH, the value at `[value, end - 1)`.
struct Span {
  int tag = 0;  ///< 0 = not a number
  std::size_t begin = 0;
  std::size_t value = 0;
  std::size_t end = 0;

  std::string text(const std::string& bytes) const { return bytes.substr(value, end - 1 - value); }
};

/// Walks over the fields of a message; data fields (RawData(96) and others) are skipped over by the
/// length in the field before them, so an SOH inside them does not end them.
class Scanner {
 public:
  explicit Scanner(const std::string& bytes, std::size_t from = 0) : bytes_(bytes), at_(from) {}
  /// False at the end, and where no complete field follows.
  bool next(Span& field);

 private:
  const std::string& bytes_;
  std::size_t at_;
  int data_tag_ = 0;
  std::size_t data_size_ = 0;
};

/// Fields 35 = A and 0 to 5.
bool is_admin(const std::string& msg_type);
/// Fields that QuickFIX writes into every header itself, now or on a resend.
bool is_engine_field(int tag);
/// Header fields of FIX.4.0 to FIXT.1.1.
bool is_header_field(int tag);
/// The data field whose length the field `tag` gives, or 0.
int data_field_of(int tag);

void append_field(std::string& bytes, int tag, const std::string& value);

/// Content (35 to the last field before 10) -> complete message with 8, 9 and 10.
std::string seal(const std::string& begin_string, const std::string& content);
/// The part of a complete message between BodyLength(9) and CheckSum(10).
std::string content_of(const std::string& bytes);
/// Where in `content` the fields of the engine's own header end.
std::size_t engine_header_end(const std::string& content);

/// What a session rule reads of a message before the engine does.
struct Inbound {
  std::string envelope;  ///< what the engine is given
  std::string msg_type;
  std::int64_t seq = -1;  ///< MsgSeqNum(34), -1 = missing or not a number
  std::string too_big;    ///< set: why the engine must not be given it
};

/// The header-only envelope of an application message; a session message keeps its body, each tag
/// once and without data fields, for QuickFIX rejects repeated tags.
Inbound read_inbound(const std::string& begin_string, const std::string& bytes);

}  // namespace engine
}  // namespace fixdrill
