#include "net/lookup.h"

#include <memory>
#include <netdb.h>
#include <thread>
#include <utility>

#include "net/words.h"

namespace fixdrill::net {

namespace {

std::string numeric_host(const addrinfo& info) {
  char host[NI_MAXHOST] = "";
  getnameinfo(info.ai_addr, info.ai_addrlen, host, sizeof host, nullptr, 0, NI_NUMERICHOST);
  return host;
}

}  // namespace

LookupAnswer look_up(const Endpoint& endpoint) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  int code = getaddrinfo(endpoint.host.c_str(), nullptr, &hints, &found);
  if (code != 0) return {{}, lookup_words(code)};
  std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> list(found, &freeaddrinfo);
  LookupAnswer answer;
  for (const addrinfo* info = found; info; info = info->ai_next) {
    answer.addresses.push_back({numeric_host(*info), endpoint.port});
  }
  return answer;
}

void look_up_aside(const Endpoint& endpoint, std::function<void(LookupAnswer)> done) {
  std::thread([endpoint, done = std::move(done)] { done(look_up(endpoint)); }).detach();
}

}  // namespace fixdrill::net
