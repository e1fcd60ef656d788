#include "fix/framer.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <utility>

#include "base/limits.h"
#include "base/text.h"

namespace fixdrill::fix {

namespace {

constexpr std::string_view kStart = "8=FIX";
constexpr std::size_t kTrailerBytes = 7;       // 10=nnn and SOH
constexpr std::size_t kLooseTrailerBytes = 9;  // a spoilt CheckSum(10) still ends a garbled piece

enum class Match { no, partial, yes };

Match match(std::string_view text, std::string_view pattern) {
  if (text.size() < pattern.size()) return pattern.starts_with(text) ? Match::partial : Match::no;
  return text.starts_with(pattern) ? Match::yes : Match::no;
}

// SOH, `10=`, a short value, SOH. `end` becomes the place behind it.
Match match_loose_trailer(std::string_view text, std::size_t& end) {
  constexpr std::string_view kOpening =
      "\x01"
      "10=";
  if (const Match opening = match(text, kOpening); opening != Match::yes) return opening;
  const std::size_t soh = text.substr(0, kOpening.size() + kLooseTrailerBytes).find(kSoh, 1);
  if (soh != std::string_view::npos) {
    end = soh + 1;
    return Match::yes;
  }
  return text.size() < kOpening.size() + kLooseTrailerBytes ? Match::partial : Match::no;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t leading_digits(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  return count;
}

// The trailer as it must be, as far as it is there. Empty = nothing wrong so far.
std::string_view trailer_fault(std::string_view trailer) {
  if (match(trailer, "10=") == Match::no) return "does not stand where BodyLength(9) says";
  for (std::size_t i = 3; i < trailer.size() && i < kTrailerBytes; ++i) {
    if (i + 1 == kTrailerBytes ? trailer[i] != kSoh : !is_digit(trailer[i]))
      return "is not three digits";
  }
  return {};
}

std::string sum_text(std::string_view bytes) { return fmt::format("{:03}", checksum(bytes)); }

bool ends_in_good_sum(std::string_view piece) {
  if (piece.size() < kTrailerBytes + 1) return false;
  const std::string_view trailer = piece.substr(piece.size() - kTrailerBytes);
  const std::string_view covered = piece.substr(0, piece.size() - kTrailerBytes);
  return covered.back() == kSoh && trailer_fault(trailer).empty() &&
         trailer.substr(3, 3) == sum_text(covered);
}

}  // namespace

unsigned checksum(std::string_view bytes) {
  // Bytes as they are, modulo 256 by themselves: the compiler adds 16 or more at a time.
  std::uint8_t sum = 0;
  for (const char c : bytes) sum = static_cast<std::uint8_t>(sum + static_cast<std::uint8_t>(c));
  return sum;
}

void Framer::feed(std::string_view bytes) {
  if (head_ == buffer_.size()) {
    buffer_.clear();
    head_ = 0;
  } else if (head_ > buffer_.size() / 2) {  // each byte is moved once at most on average
    buffer_.erase(0, head_);
    head_ = 0;
  }
  buffer_ += bytes;
}

std::string_view Framer::rest() const { return std::string_view(buffer_).substr(head_); }

std::optional<Frame> Framer::next() {
  for (;;) {
    switch (step()) {
      case Step::more:
        return std::nullopt;
      case Step::piece:
        return std::exchange(piece_, {});
      case Step::again:
        break;
    }
  }
}

Framer::Step Framer::step() {
  switch (stage_) {
    case Stage::start:
      return start();
    case Stage::junk:
      return junk();
    case Stage::head:
      return head();
    case Stage::body:
      return body();
    case Stage::resync:
      return resync();
  }
  return Step::more;
}

Framer::Step Framer::start() {
  const Match begins = match(rest(), "8=");
  if (begins == Match::partial) return Step::more;
  stage_ = begins == Match::yes ? Stage::head : Stage::junk;
  return Step::again;
}

Framer::Step Framer::junk() {
  const std::string_view bytes = rest();
  for (;;) {
    const std::size_t at = bytes.find(kStart[0], scanned_);
    scanned_ = at == std::string_view::npos ? bytes.size() : at;
    if (scanned_ > limits::kJunkBytes) {
      reason_ = fmt::format("no 8=FIX within {} bytes", limits::kJunkBytes);
      return cut(Frame::Kind::garbled, limits::kJunkBytes + 1);
    }
    switch (match(bytes.substr(scanned_), kStart)) {
      case Match::yes:
        return cut(Frame::Kind::junk, scanned_);
      case Match::partial:
        return Step::more;
      case Match::no:
        ++scanned_;
    }
  }
}

Framer::Step Framer::head() {
  const std::string_view bytes = rest();
  const std::size_t soh = bytes.substr(0, limits::kJunkBytes).find(kSoh, scanned_);
  if (soh == std::string_view::npos) {
    scanned_ = bytes.size();
    if (bytes.size() < limits::kJunkBytes) return Step::more;
    return fail(fmt::format("BeginString(8) does not end within {} bytes", limits::kJunkBytes));
  }
  scanned_ = soh;
  const std::string_view length = bytes.substr(soh + 1);
  const Match tag = match(length, "9=");
  if (tag == Match::partial) return Step::more;
  if (tag == Match::no) return fail("BodyLength(9) does not follow BeginString(8)");
  const std::size_t digits = leading_digits(length.substr(2, limits::kBodyLengthDigits + 1));
  if (digits > limits::kBodyLengthDigits)
    return fail(fmt::format("BodyLength(9) has more than {} digits", limits::kBodyLengthDigits));
  if (2 + digits == length.size()) return Step::more;
  if (digits == 0 || length[2 + digits] != kSoh) return fail("BodyLength(9) is not a number");
  size_ = soh + 1 + 2 + digits + 1 + *parse_size(length.substr(2, digits)) + kTrailerBytes;
  if (size_ > limits::kMessageBytes) {
    const std::size_t size = std::exchange(size_, 0);
    return fail(fmt::format("the message would be {} bytes long, the limit is {}", size,
                            limits::kMessageBytes));
  }
  stage_ = Stage::body;
  return Step::again;
}

Framer::Step Framer::body() {
  const std::string_view bytes = rest();
  const std::size_t body_end = size_ - kTrailerBytes;
  if (bytes.size() < body_end) return Step::more;
  const std::string_view covered = bytes.substr(0, body_end);
  if (covered.back() != kSoh) return fail("CheckSum(10) does not stand where BodyLength(9) says");
  const std::string_view trailer = bytes.substr(body_end, kTrailerBytes);
  const std::string_view fault = trailer_fault(trailer);
  if (!fault.empty()) return fail(fmt::format("CheckSum(10) {}", fault));
  if (trailer.size() < kTrailerBytes) return Step::more;
  const unsigned given = static_cast<unsigned>(*parse_size(trailer.substr(3, 3)));
  if (const unsigned sum = sum_to(body_end); sum != given)
    return fail(fmt::format("CheckSum(10) is {:03}, the bytes sum to {:03}", given, sum));
  return cut(Frame::Kind::message, size_);
}

/// Of the first `count` bytes of rest(). Bytes that were summed in vain may be summed again from
/// every `8=FIX` among them: for those running sums answer, or each start could cost megabytes.
unsigned Framer::sum_to(std::size_t count) {
  const std::size_t end = consumed_ + count;
  const bool again = consumed_ < summed_;
  summed_ = std::max(summed_, end);
  if (again) return running_sum(end);
  if (!sums_.empty()) std::vector<std::uint8_t>().swap(sums_);
  return checksum(rest().substr(0, count));
}

unsigned Framer::running_sum(std::size_t end) {
  // Before the present piece nothing is asked for any more; each sum is moved once at most.
  const std::size_t old = consumed_ - std::min(sums_from_, consumed_);
  if (old >= sums_.size()) {
    sums_.assign(1, 0);
    sums_from_ = consumed_;
  } else if (old > limits::kMessageBytes) {
    sums_.erase(sums_.begin(), sums_.begin() + static_cast<std::ptrdiff_t>(old));
    sums_from_ = consumed_;
  }
  const std::string_view bytes = rest();
  for (std::size_t at = sums_from_ + sums_.size() - 1; at < end; ++at) {
    const auto byte = static_cast<std::uint8_t>(bytes[at - consumed_]);
    sums_.push_back(static_cast<std::uint8_t>(sums_.back() + byte));
  }
  return static_cast<std::uint8_t>(sums_[end - sums_from_] - sums_[consumed_ - sums_from_]);
}

Framer::Step Framer::resync() {
  const std::string_view bytes = rest();
  const std::size_t limit = size_ + limits::kJunkBytes;
  const bool by_length = resync_ == Resync::at_length && size_ > 0;
  if (by_length) scanned_ = std::max(scanned_, size_ - kTrailerBytes - 1);
  for (;;) {
    const std::size_t at = bytes.find_first_of(by_length ? "\x01" : "8\x01", scanned_);
    scanned_ = at == std::string_view::npos ? bytes.size() : at;
    if (scanned_ > limit) return cut(Frame::Kind::garbled, limit + 1);
    if (scanned_ == bytes.size()) return Step::more;
    const std::string_view here = bytes.substr(scanned_);
    std::size_t end = 0;
    const bool start = here[0] == kStart[0];
    switch (start ? match(here, kStart) : match_loose_trailer(here, end)) {
      case Match::yes:
        return cut(Frame::Kind::garbled, scanned_ + end);
      case Match::partial:
        return Step::more;
      case Match::no:
        ++scanned_;
    }
  }
}

Framer::Step Framer::fail(std::string reason) {
  reason_ = std::move(reason);
  stage_ = Stage::resync;
  scanned_ = 1;
  return Step::again;
}

Framer::Step Framer::cut(Frame::Kind kind, std::size_t size) {
  piece_.kind = kind;
  piece_.bytes = rest().substr(0, size);
  piece_.offset = consumed_;
  piece_.sum_ok = kind != Frame::Kind::garbled || ends_in_good_sum(piece_.bytes);
  piece_.reason = std::exchange(reason_, {});
  head_ += size;
  consumed_ += size;
  stage_ = Stage::start;
  scanned_ = 0;
  size_ = 0;
  return Step::piece;
}

}  // namespace fixdrill::fix
