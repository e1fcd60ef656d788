#include "fix/data_fields.h"

#include "base/text.h"

namespace fixdrill::fix {

bool data_fits(std::string_view rest, std::string_view length) {
  const auto size = parse_size(length);
  if (!size || *size == 0 || *size > rest.size()) return false;
  return *size == rest.size() || rest[*size] == kSoh;
}

}  // namespace fixdrill::fix
