#include "net/words.h"

#include <cerrno>
#include <netdb.h>
#include <system_error>

namespace fixdrill::net {

std::string socket_words(int error_number) {
  switch (error_number) {
    case ECONNREFUSED:
      return "connection refused";
    case ECONNRESET:
    case EPIPE:
      return "connection reset by the peer";
    case ETIMEDOUT:
      return "no answer (timed out)";
    case EHOSTUNREACH:
      return "no route to the host";
    case ENETUNREACH:
      return "the network is unreachable";
    default:
      return std::generic_category().message(error_number);
  }
}

std::string lookup_words(int code) {
  switch (code) {
    case EAI_NONAME:
    case EAI_NODATA:
      return "no such host";
    case EAI_AGAIN:
      return "no such host (the name server did not answer)";
    default:
      return std::string("no such host (") + gai_strerror(code) + ")";
  }
}

Error listen_error(const Endpoint& at, int error_number) {
  switch (error_number) {
    case EADDRINUSE:
      return environment_error(at.text() +
                               " is already in use by another program; stop that program or choose "
                               "another port (0 lets the system choose)");
    case EADDRNOTAVAIL:
      return environment_error("cannot listen on " + at.text() + ": " + at.host +
                               " is not an address of this machine");
    case EACCES:
      return environment_error("cannot listen on " + at.text() +
                               ": ports below 1024 need a privilege; choose a higher port");
    default:
      return environment_error("cannot listen on " + at.text() + ": " + socket_words(error_number));
  }
}

Error listen_lookup_error(const Endpoint& at, const std::string& words) {
  return environment_error("cannot listen on " + at.text() + ": " + words);
}

}  // namespace fixdrill::net
