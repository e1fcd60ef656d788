// The packets of a capture file (pcap or pcapng), one after another.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "import/byte_reader.h"

namespace fixdrill::imports {

struct CapturedPacket {
  std::int64_t wall_ns = 0;
  std::string_view bytes;  ///< what was captured of it; until the next packet
  bool cut = false;        ///< it was longer on the wire
};

/// Used from one thread.
class CaptureFile {
 public:
  virtual ~CaptureFile() = default;

  virtual int link_type() const = 0;  ///< DLT_ of libpcap
  /// False: the end. Input error: the file is damaged from here on.
  virtual Result<bool> next(CapturedPacket& packet) = 0;
};

/// `begin`: the first four bytes of a file.
bool is_capture(std::string_view begin);

/// `name` is for errors. Input errors: damaged, or packets of a kind that is not known.
Result<std::unique_ptr<CaptureFile>> open_capture(std::unique_ptr<ByteReader> reader,
                                                  const std::string& name);

}  // namespace fixdrill::imports
