#include "import/text_window.h"

#include <algorithm>
#include <cstring>

namespace fixdrill::imports {

namespace {

constexpr std::size_t kBlock = 256u << 10;

}  // namespace

Result<bool> TextWindow::more() {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    sought_ -= std::min(sought_, begin_);
    sought_from_ -= std::min(sought_from_, begin_);
    begin_ = 0;
  }
  // Doubles when what is there was not enough, so that each byte is moved once on average.
  if (buffer_.size() - end_ < kBlock) buffer_.resize(std::max(kBlock, end_) * 2);
  const auto got = reader_->read(buffer_.data() + end_, buffer_.size() - end_);
  if (!got) return got.error();
  end_ += *got;
  return *got > 0;
}

std::size_t TextWindow::line_end(std::size_t from) {
  const std::size_t at = begin_ + from;
  const bool known = at >= sought_from_ && at <= sought_;
  const std::size_t start = known ? sought_ : at;
  if (!known) sought_from_ = at;
  const void* found =
      start < end_ ? std::memchr(buffer_.data() + start, '\n', end_ - start) : nullptr;
  sought_ = found ? static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data())
                  : std::max(start, end_);
  return found ? sought_ - begin_ : std::string_view::npos;
}

}  // namespace fixdrill::imports
