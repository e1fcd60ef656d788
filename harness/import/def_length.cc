#include "import/def_length.h"

#include <string>

namespace fixdrill::imports {

namespace {

// With its separator.
std::size_t size_of(const DefField& field) {
  const std::size_t tag = field.tag == 0 ? 0 : std::to_string(field.tag).size() + 1;
  return tag + field.value.size() + 1;
}

}  // namespace

bool ends_in_checksum(const DefFields& fields) {
  return fields.size() > 1 && fields.back().tag == 10;
}

std::size_t right_length(const DefFields& fields) {
  const std::size_t end = fields.size() - (ends_in_checksum(fields) ? 1 : 0);
  std::size_t size = 0;
  for (std::size_t i = 1; i < end; ++i) {
    if (i > 1 || fields[i].tag != 9) size += size_of(fields[i]);
  }
  return size;
}

std::size_t filled_in_length(const DefFields& fields) {
  return right_length(fields) - (ends_in_checksum(fields) ? 1 : 0);
}

}  // namespace fixdrill::imports
