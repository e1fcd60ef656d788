// One direction of a TCP connection put together from segments in any order.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace fixdrill::imports {

/// The packet that brought something.
struct Arrival {
  std::int64_t packet = 0;
  std::int64_t wall_ns = 0;
};

/// Bytes are given once, in order; retransmissions and overlaps are dropped, the first copy counts.
class TcpStream {
 public:
  /// SYN: the stream's first byte has number `seq` + 1. Without it the first segment seen begins
  /// the stream.
  void begin(std::uint32_t seq) { next_ = seq + 1; }
  bool begun() const { return next_.has_value(); }

  void add(std::uint32_t seq, std::string_view payload, const Arrival& arrival = {});
  /// The next bytes in order; empty: none yet.
  std::string next();

  /// The latest packet of all that was given: no byte of it could be read before that.
  const Arrival& arrived() const { return arrived_; }

  std::size_t waiting() const { return waiting_; }  ///< bytes behind a gap
  /// The other side has received up to `ack`, more than was captured.
  bool missed(std::uint32_t ack) const;
  /// Goes on behind the gap; how many bytes it had. 0: nothing waits behind one.
  std::uint64_t skip_gap();

 private:
  struct Part {
    std::string bytes;
    Arrival arrival;
  };

  std::optional<std::uint32_t> next_;    ///< number of the next byte
  std::uint64_t given_ = 0;              ///< bytes, gaps included
  std::map<std::uint64_t, Part> parts_;  ///< not yet given, by place in the stream
  Arrival arrived_;
  std::size_t waiting_ = 0;
};

}  // namespace fixdrill::imports
