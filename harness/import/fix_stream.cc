#include "import/fix_stream.h"

#include "base/limits.h"
#include "import/log_frame.h"

namespace fixdrill::imports {

bool FixStream::pull() {
  const std::string got = tcp.next();
  bytes_ += got.size();
  if (content_ == Content::fix) framer_.feed(got);
  if (content_ == Content::unknown) {
    head_ += got;
    tell_content();
  }
  return !got.empty();
}

void FixStream::tell_content() {
  constexpr char kTlsHandshake = 0x16;  // RFC 8446, 5.1
  if (head_.find(kMessageStart) != std::string::npos) {
    content_ = Content::fix;
    framer_.feed(head_);
  } else if (head_.size() >= 3 && head_[0] == kTlsHandshake && head_[1] == 3) {
    content_ = Content::tls;
  } else if (head_.size() > limits::kJunkBytes) {
    content_ = Content::other;
  } else {
    return;
  }
  head_.clear();
}

std::optional<fix::Frame> FixStream::next() { return framer_.next(); }

std::string FixStream::tear() {
  std::string rest(framer_.rest());
  framer_ = fix::Framer();
  return rest;
}

}  // namespace fixdrill::imports
