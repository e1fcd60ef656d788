// One captured packet as the TCP segment in it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fixdrill::imports {

/// An address, 4 or 16 bytes, and a port.
struct TcpEnd {
  std::string address;
  std::uint16_t port = 0;

  std::string text() const;  ///< "10.0.0.1:5001", "[::1]:5001"
  friend auto operator<=>(const TcpEnd&, const TcpEnd&) = default;
};

struct TcpSegment {
  TcpEnd from;
  TcpEnd to;
  std::uint32_t seq = 0;
  std::uint32_t ack = 0;
  bool syn = false;
  bool has_ack = false;
  std::string_view payload;  ///< what was captured of it
};

/// `packet` begins with the header of `link_type` (DLT_ of libpcap: Ethernet with VLAN tags, Linux
/// cooked 1 and 2, raw IP, loopback). Empty: no TCP, a fragment, or cut within its headers.
std::optional<TcpSegment> read_segment(std::string_view packet, int link_type);

/// read_segment() knows it.
bool is_known_link(int link_type);

}  // namespace fixdrill::imports
