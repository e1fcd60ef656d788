#include "record/libraries.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <sqlite3.h>

namespace fixdrill::record {

std::vector<std::pair<std::string, std::string>> library_versions() {
  return {{"sqlite", fmt::format("{} {}", sqlite3_libversion(), sqlite3_sourceid())},
          {"openssl", OpenSSL_version(OPENSSL_VERSION)}};
}

}  // namespace fixdrill::record
