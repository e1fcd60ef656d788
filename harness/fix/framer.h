// Cuts a byte stream into FIX messages. Bounded, linear however the bytes are sliced, never throws.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fixdrill::fix {

class Message;

/// A piece of the stream; the pieces in order are the stream, byte for byte. Where pieces end
/// depends on the bytes alone, never on how they were sliced.
struct Frame {
  enum class Kind {
    message,  ///< 8, 9 and 10 stand where they must and hold
    garbled,  ///< starts with `8=`, but BodyLength or CheckSum is wrong: recorded, not delivered.
              ///< Also more bytes without a `8=FIX` than limits.h allows
    junk,     ///< bytes before a `8=FIX`
  };
  Kind kind = Kind::message;
  std::string_view bytes;  ///< valid until the next feed()
  std::size_t offset = 0;  ///< in the stream
  bool sum_ok = true;      ///< of a garbled piece: it ends in a CheckSum(10) that holds
  std::string reason;      ///< why garbled, in words: "CheckSum(10) is 123, the bytes sum to 045"
};

/// Where a piece ends whose BodyLength or CheckSum is wrong.
enum class Resync {
  at_start,  ///< before the next `8=FIX` or behind the next `10=nnn` field, whichever comes first
  /// Behind the first `10=nnn` field from where BodyLength leads to: one that is too large takes
  /// the next message along, as it does in QuickFIX (Parser::readFixMessage, 1.15.1).
  at_length,
};

/// Holds what was fed until next() has given it away: never more than one message of the largest
/// size and what was fed behind it. Used from one thread.
class Framer {
 public:
  explicit Framer(Resync resync = Resync::at_start) : resync_(resync) {}

  void feed(std::string_view bytes);
  /// The next whole piece; empty = more bytes are needed.
  std::optional<Frame> next();
  /// What has not become a piece yet: a partial message when the connection ends.
  std::string_view rest() const;
  std::size_t offset() const { return consumed_; }  ///< of rest() in the stream

 private:
  enum class Stage { start, junk, head, body, resync };
  enum class Step { more, again, piece };  ///< needs bytes · look again · piece_ is ready

  Step step();
  Step start();
  Step junk();
  Step head();
  Step body();
  Step resync();
  Step fail(std::string reason);
  Step cut(Frame::Kind kind, std::size_t size);
  unsigned sum_to(std::size_t count);
  unsigned running_sum(std::size_t end);

  Resync resync_;
  std::string buffer_;
  std::size_t head_ = 0;  ///< of rest() in buffer_
  std::size_t consumed_ = 0;

  Stage stage_ = Stage::start;
  std::size_t scanned_ = 0;         ///< bytes of rest() that need not be looked at again
  std::size_t size_ = 0;            ///< of the message, 0: not known
  std::size_t summed_ = 0;          ///< up to here the stream was summed once
  std::vector<std::uint8_t> sums_;  ///< of the stream from sums_from_ up to each place, modulo 256
  std::size_t sums_from_ = 0;
  std::string reason_;
  Frame piece_;
};

/// Sum of the bytes modulo 256.
unsigned checksum(std::string_view bytes);

/// Why a complete message must not reach an engine: a data field whose length is not positive,
/// exceeds the bytes left or is not followed by SOH; an integer too long for its field; too many
/// fields. Empty = it may.
std::optional<std::string> blocked_before_engine(std::string_view message);
/// The same for a message whose index is there already.
std::optional<std::string> blocked_before_engine(const Message& message);

}  // namespace fixdrill::fix
