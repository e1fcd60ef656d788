#include "profile/hosts.h"

#include <arpa/inet.h>

#include "base/text.h"

namespace fixdrill::profile {

std::optional<Target> split_target(std::string_view text) {
  auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  auto host = text.substr(0, colon);
  auto port = parse_size(text.substr(colon + 1));
  bool bracketed = host.front() == '[' && host.back() == ']';
  if (!bracketed && host.find(':') != std::string_view::npos) return std::nullopt;
  if (!port || *port == 0 || *port > 65535) return std::nullopt;
  if (host.find_first_of("/ *") != std::string_view::npos) return std::nullopt;
  return Target{plain_host(host), static_cast<std::uint16_t>(*port)};
}

std::string plain_host(std::string_view host) {
  if (host.size() > 1 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  auto plain = to_lower(host);
  while (!plain.empty() && plain.back() == '.') plain.pop_back();
  constexpr std::string_view kMapped = "::ffff:";
  if (plain.rfind(kMapped, 0) == 0 && plain.find('.') != std::string::npos) {
    plain.erase(0, kMapped.size());
  }
  return plain;
}

bool is_loopback(std::string_view host) {
  auto plain = plain_host(host);
  in_addr v4{};
  if (inet_pton(AF_INET, plain.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  in6_addr v6{};
  if (inet_pton(AF_INET6, plain.c_str(), &v6) == 1) return IN6_IS_ADDR_LOOPBACK(&v6);
  return plain == "localhost";
}

bool host_matches(std::string_view pattern, std::string_view host) {
  auto wanted = plain_host(pattern);
  auto given = plain_host(host);
  if (wanted.rfind("*.", 0) != 0) return wanted == given;
  auto domain = wanted.substr(2);
  if (given == domain) return true;
  auto tail = "." + domain;
  return given.size() > tail.size() &&
         given.compare(given.size() - tail.size(), tail.size(), tail) == 0;
}

}  // namespace fixdrill::profile
