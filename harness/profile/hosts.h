// Names and addresses of targets, compared as the network does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fixdrill::profile {

struct Target {
  std::string host;  ///< as same_host compares it
  std::uint16_t port = 0;
};

/// "host:port" or "[::1]:port" with a port from 1; nothing else.
std::optional<Target> split_target(std::string_view text);

/// Lower case, without brackets, final dot and the IPv4-in-IPv6 prefix.
std::string plain_host(std::string_view host);

/// This machine and no other: localhost, 127.0.0.0/8, ::1.
bool is_loopback(std::string_view host);

/// `pattern` is a host or "*.example.com", which also stands for example.com itself.
bool host_matches(std::string_view pattern, std::string_view host);

}  // namespace fixdrill::profile
