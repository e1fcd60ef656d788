#include "fix/data_fields.h"

#include "base/text.h"

namespace fixdrill::fix {

int length_tag_of_data(int tag) {
  for (const DataFieldPair& pair : kDataFields) {
    if (pair.data == tag) return pair.length;
  }
  return 0;
}

bool data_fits(std::string_view rest, std::string_view length) {
  const auto size = parse_size(length);
  if (!size || *size == 0 || *size > rest.size()) return false;
  return *size == rest.size() || rest[*size] == kSoh;
}

}  // namespace fixdrill::fix
