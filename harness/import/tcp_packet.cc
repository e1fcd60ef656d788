#include "import/tcp_packet.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <fmt/format.h>
#include <pcap/dlt.h>

namespace fixdrill::imports {

namespace {

constexpr unsigned kIpv4 = 0x0800;
constexpr unsigned kIpv6 = 0x86dd;
constexpr unsigned kTcp = 6;

/// Bytes in network order; what is behind the end reads as 0 and is told by good().
class PacketReader {
 public:
  explicit PacketReader(std::string_view bytes) : bytes_(bytes) {}

  unsigned number(std::size_t at, std::size_t size) {
    if (at + size > bytes_.size()) good_ = false;
    unsigned value = 0;
    for (std::size_t i = at; good_ && i < at + size; ++i)
      value = value << 8 | static_cast<unsigned char>(bytes_[i]);
    return value;
  }
  std::string text(std::size_t at, std::size_t size) {
    if (at + size > bytes_.size()) good_ = false;
    return good_ ? std::string(bytes_.substr(at, size)) : "";
  }
  void skip(std::size_t size) {
    if (size > bytes_.size()) good_ = false;
    bytes_.remove_prefix(std::min(size, bytes_.size()));
  }
  void keep(std::size_t size) { bytes_ = bytes_.substr(0, size); }
  std::string_view rest() const { return bytes_; }
  bool good() const { return good_; }

 private:
  std::string_view bytes_;
  bool good_ = true;
};

unsigned by_version(PacketReader& packet) { return packet.number(0, 1) >> 4 == 6 ? kIpv6 : kIpv4; }

// Behind the link's header; what protocol follows.
unsigned skip_link(PacketReader& packet, int link_type) {
  unsigned protocol = 0;
  if (link_type == DLT_EN10MB) {
    protocol = packet.number(12, 2);
    packet.skip(14);
  } else if (link_type == DLT_LINUX_SLL) {
    protocol = packet.number(14, 2);
    packet.skip(16);
  } else if (link_type == DLT_LINUX_SLL2) {
    protocol = packet.number(0, 2);
    packet.skip(20);
  } else {
    if (link_type == DLT_NULL || link_type == DLT_LOOP) packet.skip(4);
    return by_version(packet);
  }
  while (protocol == 0x8100 || protocol == 0x88a8) {  // VLAN tags: 802.1Q, 802.1ad
    protocol = packet.number(2, 2);
    packet.skip(4);
  }
  return protocol;
}

// Behind the header of IPv4 (RFC 791) with only its payload left; the protocol in it, 0: a
// fragment.
unsigned skip_ipv4(PacketReader& packet, TcpSegment& segment) {
  const unsigned header = (packet.number(0, 1) & 0x0f) * 4;
  const unsigned total = packet.number(2, 2);
  const bool fragment = (packet.number(6, 2) & 0x3fff) != 0;
  const unsigned protocol = packet.number(9, 1);
  segment.from.address = packet.text(12, 4);
  segment.to.address = packet.text(16, 4);
  if (total >= header) packet.keep(total);  // 0 where the network card cuts segments itself
  packet.skip(header);
  return fragment || header < 20 ? 0 : protocol;
}

// The same for IPv6 (RFC 8200) with its extension headers.
unsigned skip_ipv6(PacketReader& packet, TcpSegment& segment) {
  constexpr std::array<unsigned, 3> kExtensions = {0, 43, 60};  // hop by hop, routing, destination
  const unsigned length = packet.number(4, 2);
  unsigned protocol = packet.number(6, 1);
  segment.from.address = packet.text(8, 16);
  segment.to.address = packet.text(24, 16);
  packet.skip(40);
  if (length > 0) packet.keep(length);
  while (packet.good() &&
         std::find(kExtensions.begin(), kExtensions.end(), protocol) != kExtensions.end()) {
    protocol = packet.number(0, 1);
    packet.skip((packet.number(1, 1) + 1) * 8);
  }
  return protocol;
}

}  // namespace

std::string TcpEnd::text() const {
  std::array<char, INET6_ADDRSTRLEN> shown{};
  const bool v6 = address.size() == 16;
  inet_ntop(v6 ? AF_INET6 : AF_INET, address.data(), shown.data(), shown.size());
  return v6 ? fmt::format("[{}]:{}", shown.data(), port) : fmt::format("{}:{}", shown.data(), port);
}

bool is_known_link(int link_type) {
  constexpr std::array<int, 8> kKnown = {DLT_EN10MB, DLT_LINUX_SLL, DLT_LINUX_SLL2, DLT_RAW,
                                         DLT_NULL,   DLT_LOOP,      DLT_IPV4,       DLT_IPV6};
  return std::find(kKnown.begin(), kKnown.end(), link_type) != kKnown.end();
}

std::optional<TcpSegment> read_segment(std::string_view bytes, int link_type) {
  PacketReader packet(bytes);
  TcpSegment segment;
  const unsigned network = skip_link(packet, link_type);
  unsigned protocol = 0;
  if (network == kIpv4) protocol = skip_ipv4(packet, segment);
  if (network == kIpv6) protocol = skip_ipv6(packet, segment);
  if (!packet.good() || protocol != kTcp) return std::nullopt;
  segment.from.port = static_cast<std::uint16_t>(packet.number(0, 2));
  segment.to.port = static_cast<std::uint16_t>(packet.number(2, 2));
  segment.seq = packet.number(4, 4);
  segment.ack = packet.number(8, 4);
  const unsigned flags = packet.number(13, 1);
  segment.syn = (flags & 0x02) != 0;
  segment.has_ack = (flags & 0x10) != 0;
  packet.skip(static_cast<std::size_t>(packet.number(12, 1) >> 4) * 4);
  if (!packet.good()) return std::nullopt;
  segment.payload = packet.rest();
  return segment;
}

}  // namespace fixdrill::imports
