// QuickFIX 1.15.1 always binds its acceptors to every address of the host and has no setting for
// one. The program's own bind() comes before the C library's, so it decides instead: 127.0.0.1.
#include "loopback_bind.h"

#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

int bound_port = 0;

}  // namespace

namespace counterparty {

int last_bound_port() { return bound_port; }

}  // namespace counterparty

extern "C" int bind(int fd, const struct sockaddr* address, socklen_t length) noexcept {
  if (address->sa_family != AF_INET) {
    return static_cast<int>(syscall(SYS_bind, fd, address, length));
  }
  sockaddr_in local{};
  std::memcpy(&local, address, sizeof local);
  local.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int outcome = static_cast<int>(syscall(SYS_bind, fd, &local, sizeof local));
  socklen_t size = sizeof local;
  if (outcome == 0 && getsockname(fd, reinterpret_cast<sockaddr*>(&local), &size) == 0) {
    bound_port = ntohs(local.sin_port);
  }
  return outcome;
}
