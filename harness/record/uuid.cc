#include "record/uuid.h"

#include <fmt/format.h>
#include <openssl/rand.h>

#include "record/sha256.h"

namespace fixdrill::record {

namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

// Of 32 or more hexadecimal digits the first 32, with version and variant put in.
std::string laid_out(std::string digits, char version) {
  digits[12] = version;
  digits[16] = kDigits[8 + kDigits.find(digits[16]) % 4];
  const std::string_view all = digits;
  return fmt::format("{}-{}-{}-{}-{}", all.substr(0, 8), all.substr(8, 4), all.substr(12, 4),
                     all.substr(16, 4), all.substr(20, 12));
}

// The length before every value keeps "ab", "c" and "a", "bc" apart.
void add_value(Sha256& hash, std::string_view value) {
  hash.add(fmt::format("{}:", value.size()));
  hash.add(value);
}

}  // namespace

std::string random_uuid() {
  unsigned char bytes[16];
  RAND_bytes(bytes, sizeof bytes);
  std::string digits;
  for (const unsigned char byte : bytes) digits += fmt::format("{:02x}", byte);
  return laid_out(std::move(digits), '4');
}

std::string uuid_of(const RunRow& run, Time start) {
  Sha256 hash;
  add_value(hash, std::to_string(run.seed));
  add_value(hash, std::to_string(start.wall_ns));
  for (const std::string* text : {&run.suite, &run.target, &run.target_release, &run.change_ref})
    add_value(hash, *text);
  for (const auto& [key, value] : run.environment) {
    add_value(hash, key);
    add_value(hash, value);
  }
  return laid_out(hash.finish(), '8');
}

}  // namespace fixdrill::record
