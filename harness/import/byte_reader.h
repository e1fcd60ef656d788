// Bytes of a file or of standard input, in the order in which they stand there.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/result.h"

namespace fixdrill::imports {

/// Used from one thread.
class ByteReader {
 public:
  virtual ~ByteReader() = default;

  /// Up to `size` bytes; 0 = there are no more now (a file may grow).
  virtual Result<std::size_t> read(char* into, std::size_t size) = 0;
};

/// "-" = standard input. Input error: no such file, a folder, not readable.
Result<std::unique_ptr<ByteReader>> open_bytes(const std::string& path);

/// The first bytes, fewer when there are no more; `reader` gives them again.
Result<std::string> peek(std::unique_ptr<ByteReader>& reader, std::size_t bytes);

}  // namespace fixdrill::imports
