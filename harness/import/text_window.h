// The part of a text that is being looked at: what was read and not yet taken.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "import/byte_reader.h"

namespace fixdrill::imports {

/// Views of rest() hold until the next more().
class TextWindow {
 public:
  explicit TextWindow(std::unique_ptr<ByteReader> reader) : reader_(std::move(reader)) {}

  std::string_view rest() const { return {buffer_.data() + begin_, end_ - begin_}; }
  void take(std::size_t bytes) { begin_ += bytes; }
  /// Reads on; false: there is no more, for now.
  Result<bool> more();

  /// Index in rest() of the first line end at or behind `from`; npos: none there. What was found
  /// once is not sought again: a text without line ends costs no more than one with them.
  std::size_t line_end(std::size_t from);

 private:
  std::unique_ptr<ByteReader> reader_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  ///< of rest() in buffer_
  std::size_t end_ = 0;
  std::size_t sought_from_ = 0;  ///< in buffer_: no line end from here
  std::size_t sought_ = 0;       ///< up to here
};

}  // namespace fixdrill::imports
