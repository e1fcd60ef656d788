// One direction of a captured TCP connection as FIX pieces: told from other protocols by its first
// bytes, cut into messages, with what a gap tore.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fix/framer.h"
#include "import/tcp_stream.h"

namespace fixdrill::imports {

class FixStream {
 public:
  enum class Content { unknown, fix, tls, other };

  TcpStream tcp;

  Content content() const { return content_; }
  std::uint64_t bytes() const { return bytes_; }  ///< given by TCP so far

  /// Takes what TCP has next in order; false: nothing.
  bool pull();
  /// The next whole piece; a view of it holds until the next pull().
  std::optional<fix::Frame> next();
  /// What is no piece yet, once: a gap or the end tears it. Empty: nothing.
  std::string tear();

 private:
  void tell_content();

  Content content_ = Content::unknown;
  std::string head_;  ///< while the content is not known
  std::uint64_t bytes_ = 0;
  fix::Framer framer_;
};

}  // namespace fixdrill::imports
