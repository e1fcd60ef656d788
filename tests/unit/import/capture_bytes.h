// A capture file as a test writes it: Ethernet, IPv4, TCP between a client and a server.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fixdrill::test {

/// Packet n has the time 2026-11-28T10:00:00Z and n microseconds.
class Capture {
 public:
  static constexpr unsigned kSyn = 0x02;
  static constexpr unsigned kData = 0x18;  ///< PSH and ACK

  Capture() {
    little(0xa1b2c3d4, 4).little(2, 2).little(4, 2).little(0, 4).little(0, 4);
    little(65'535, 4).little(1, 4);
  }

  Capture& client(std::string_view payload, unsigned flags = kData) {
    return say(true, client_, payload, flags);
  }
  Capture& server(std::string_view payload, unsigned flags = kData) {
    return say(false, server_, payload, flags == kSyn ? 0x12 : flags);
  }
  /// The client's bytes at a place of its stream.
  Capture& client_at(std::uint32_t place, std::string_view payload) {
    packet(true, kClientStart + place, payload, 0x08);
    return *this;
  }
  Capture& restart(std::uint32_t seq) {
    client_ = server_ = seq;
    return *this;
  }

  const std::string& bytes() const { return bytes_; }

 private:
  static constexpr std::uint32_t kClientStart = 1'000;

  Capture& say(bool client, std::uint32_t& seq, std::string_view payload, unsigned flags) {
    packet(client, seq, payload, flags);
    seq += static_cast<std::uint32_t>(payload.size()) + ((flags & kSyn) != 0 ? 1 : 0);
    return *this;
  }

  void packet(bool client, std::uint32_t seq, std::string_view payload, unsigned flags) {
    const auto size = static_cast<std::uint32_t>(14 + 20 + 20 + payload.size());
    little(1'795'860'000, 4).little(++count_, 4).little(size, 4).little(size, 4);
    bytes_.append(12, '\0');
    big(0x0800, 2).big(0x4500, 2).big(size - 14, 2).big(0, 4).big(0x4006, 2).big(0, 2);
    big(client ? 0x0a000002 : 0x0a000001, 4).big(client ? 0x0a000001 : 0x0a000002, 4);
    big(client ? 40'000 : 5'001, 2).big(client ? 5'001 : 40'000, 2);
    big(seq, 4).big(client ? server_ : client_, 4).big(0x5000 | flags, 2).big(0xffff, 2).big(0, 4);
    bytes_.append(payload);
  }

  Capture& little(std::uint32_t value, int size) {
    for (int i = 0; i < size; ++i) bytes_ += static_cast<char>(value >> (8 * i));
    return *this;
  }
  Capture& big(std::uint32_t value, int size) {
    for (int i = size; i-- > 0;) bytes_ += static_cast<char>(value >> (8 * i));
    return *this;
  }

  std::string bytes_;
  std::uint32_t count_ = 0;
  std::uint32_t client_ = kClientStart;
  std::uint32_t server_ = 2'000;
};

}  // namespace fixdrill::test
