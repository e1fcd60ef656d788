// Cuts a byte stream into FIX messages. Bounded, linear, never throws (reliability.md section 1).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace fixdrill::fix {

/// A piece of the stream; the pieces in order are the stream, byte for byte.
struct Frame {
  enum class Kind {
    message,  ///< 8, 9 and 10 stand where they must and hold
    garbled,  ///< starts with `8=`, but BodyLength or CheckSum is wrong: recorded, not delivered
    junk,     ///< bytes before a `8=`
  };
  Kind kind = Kind::message;
  std::string_view bytes;  ///< valid until the next feed()
  std::size_t offset = 0;  ///< in the stream
  bool sum_ok = true;      ///< CheckSum(10) as received
  std::string reason;      ///< why garbled, in words: "CheckSum(10) is 123, the bytes sum to 045"
};

class Framer {
 public:
  void feed(std::string_view bytes);
  /// The next whole piece; empty = more bytes are needed.
  std::optional<Frame> next();
  /// What has not become a piece yet: a partial message when the connection ends.
  std::string_view rest() const;
  std::size_t offset() const { return consumed_; }  ///< of rest() in the stream

 private:
  std::string buffer_;
  std::size_t head_ = 0;  ///< of rest() in buffer_
  std::size_t consumed_ = 0;
};

/// Sum of the bytes modulo 256.
unsigned checksum(std::string_view bytes);

/// Why a complete message must not reach an engine: a data field whose length is not positive,
/// exceeds the bytes left or is not followed by SOH; an integer too long for its field; too many
/// fields. Empty = it may.
std::optional<std::string> blocked_before_engine(std::string_view message);

}  // namespace fixdrill::fix
