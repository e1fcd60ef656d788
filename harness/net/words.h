// What the system says about sockets, in words for people.
#pragma once

#include <string>

#include "base/result.h"
#include "net/loop.h"

namespace fixdrill::net {

/// Why a connection failed or broke; `error_number` as in errno.
std::string socket_words(int error_number);

/// Why a name was not found; `code` as getaddrinfo returns it.
std::string lookup_words(int code);

/// Why we cannot listen there; `error_number` as in errno.
Error listen_error(const Endpoint& at, int error_number);

/// We cannot listen there: the name is unknown.
Error listen_lookup_error(const Endpoint& at, const std::string& words);

}  // namespace fixdrill::net
