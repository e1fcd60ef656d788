#include "import/tcp_stream.h"

#include <algorithm>

namespace fixdrill::imports {

void TcpStream::add(std::uint32_t seq, std::string_view payload, const Arrival& arrival) {
  if (payload.empty()) return;
  if (!next_) next_ = seq;
  // Sequence numbers wrap (RFC 9293, 3.4): what matters is the distance.
  const auto distance = static_cast<std::int32_t>(seq - *next_);
  if (distance < 0) {
    const auto old = static_cast<std::size_t>(-static_cast<std::int64_t>(distance));
    if (old >= payload.size()) return;
    payload.remove_prefix(old);
  }
  const std::uint64_t place = given_ + static_cast<std::uint64_t>(std::max(distance, 0));
  Part& part = parts_[place];
  if (part.bytes.size() >= payload.size()) return;
  waiting_ += payload.size() - part.bytes.size();
  part.bytes.append(payload.substr(part.bytes.size()));
  part.arrival = arrival;
}

std::string TcpStream::next() {
  while (!parts_.empty() && parts_.begin()->first <= given_) {
    const auto first = parts_.extract(parts_.begin());
    std::string bytes = std::move(first.mapped().bytes);
    waiting_ -= bytes.size();
    const std::uint64_t old = given_ - first.key();
    if (old >= bytes.size()) continue;
    bytes.erase(0, old);
    if (first.mapped().arrival.packet > arrived_.packet) arrived_ = first.mapped().arrival;
    given_ += bytes.size();
    *next_ += static_cast<std::uint32_t>(bytes.size());
    return bytes;
  }
  return {};
}

bool TcpStream::missed(std::uint32_t ack) const {
  return next_ && !parts_.empty() && static_cast<std::int32_t>(ack - *next_) > 0;
}

std::uint64_t TcpStream::skip_gap() {
  if (parts_.empty() || parts_.begin()->first <= given_) return 0;
  const std::uint64_t gap = parts_.begin()->first - given_;
  given_ += gap;
  *next_ += static_cast<std::uint32_t>(gap);
  return gap;
}

}  // namespace fixdrill::imports
