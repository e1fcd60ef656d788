// Packed logs read as if they were not: gzip, zstd, xz, bzip2.
#pragma once

#include <memory>
#include <string>

#include "import/byte_reader.h"

namespace fixdrill::imports {

/// What `reader` gives, unpacked when it begins as a packed file does. A packed file that is cut
/// gives what could be unpacked, then an input error. `name` is for errors.
Result<std::unique_ptr<ByteReader>> unpacked(std::unique_ptr<ByteReader> reader,
                                             const std::string& name);

}  // namespace fixdrill::imports
