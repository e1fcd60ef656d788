#include "import/capture_source.h"

#include <fmt/format.h>

#include "fix/value.h"
#include "import/log_header.h"

namespace fixdrill::imports {

using record::Direction;
using record::MessageKind;
using record::MessageView;

namespace {

constexpr std::size_t kWaitingBytes = 4u << 20;  ///< behind a gap, before it is given up
constexpr std::size_t kWarnings = 10;

MessageKind kind_of(fix::Frame::Kind kind) {
  if (kind == fix::Frame::Kind::message) return MessageKind::fix;
  return kind == fix::Frame::Kind::junk ? MessageKind::junk : MessageKind::garbled;
}

}  // namespace

CaptureSource::CaptureSource(std::string name, SideRules rules, std::unique_ptr<CaptureFile> file)
    : name_(std::move(name)), file_(std::move(file)), sessions_(std::move(rules)) {}

Result<const MessageView*> CaptureSource::next() {
  while (ready_.empty()) {
    if (ended_ && failed_) return *failed_;
    if (ended_) return nullptr;
    CapturedPacket packet;
    const auto got = file_->next(packet);
    if (!got) failed_ = got.error();
    if (!got || !*got) {
      end_all();
      continue;
    }
    ++packet_;
    wall_ns_ = packet.wall_ns;
    if (packet.cut) ++cut_packets_;
    if (const auto segment = read_segment(packet.bytes, file_->link_type())) take(*segment);
  }
  now_ = std::move(ready_.front());
  ready_.pop_front();
  now_.view.raw = now_.raw;
  now_.view.id = ++id_;
  return &now_.view;
}

void CaptureSource::take(const TcpSegment& segment) {
  const std::size_t side = segment.to < segment.from ? 1 : 0;
  Connection& connection = connection_of(segment, side);
  FixStream& stream = connection.streams[side];
  if (segment.syn)
    stream.tcp.begin(segment.seq);
  else
    stream.tcp.add(segment.seq, segment.payload, {packet_, wall_ns_});
  drain(connection, side);
  const std::size_t other = 1 - side;
  const bool lost = segment.has_ack && connection.streams[other].tcp.missed(segment.ack);
  if (lost) jump_gap(connection, other);
  if (stream.tcp.waiting() > kWaitingBytes) jump_gap(connection, side);
}

// A SYN on a stream that has begun is a new connection between the same ends; the answer to it (SYN
// with ACK) belongs to it.
CaptureSource::Connection& CaptureSource::connection_of(const TcpSegment& segment,
                                                        std::size_t side) {
  const Ends ends = side == 0 ? Ends{segment.from, segment.to} : Ends{segment.to, segment.from};
  const auto found = open_.find(ends);
  if (found != open_.end()) {
    Connection& connection = connections_[found->second];
    const bool again = segment.syn && !segment.has_ack && connection.streams[side].bytes() > 0;
    if (!again) return connection;
    end(connection);
  }
  Connection connection;
  connection.id = static_cast<std::int64_t>(connections_.size()) + 1;
  connection.ends[0] = ends.first;
  connection.ends[1] = ends.second;
  connections_.push_back(std::move(connection));
  open_[ends] = connections_.size() - 1;
  return connections_.back();
}

void CaptureSource::drain(Connection& connection, std::size_t side) {
  FixStream& stream = connection.streams[side];
  while (stream.pull()) {
    while (const auto frame = stream.next()) {
      MessageView view;
      view.kind = kind_of(frame->kind);
      view.sum_ok = frame->sum_ok;
      add(connection, side, view, std::string(frame->bytes));
    }
  }
}

void CaptureSource::jump_gap(Connection& connection, std::size_t side) {
  FixStream& stream = connection.streams[side];
  while (stream.tcp.waiting() > 0) {
    MessageView view;
    view.kind = MessageKind::partial;
    std::string torn = stream.tear();
    if (!torn.empty()) add(connection, side, view, std::move(torn));
    const std::uint64_t missing = stream.tcp.skip_gap();
    if (missing > 0 && stream.content() == FixStream::Content::fix)
      warn(fmt::format("{} bytes from {} to {} are not in the capture, at packet {} ({})", missing,
                       connection.ends[side].text(), connection.ends[1 - side].text(), packet_,
                       fix::iso_time(wall_ns_)));
    drain(connection, side);
  }
}

void CaptureSource::end(Connection& connection) {
  for (const std::size_t side : {0u, 1u}) {
    jump_gap(connection, side);
    MessageView view;
    view.kind = MessageKind::partial;
    std::string torn = connection.streams[side].tear();
    if (!torn.empty()) add(connection, side, view, std::move(torn));
  }
}

void CaptureSource::end_all() {
  for (Connection& connection : connections_) end(connection);
  ended_ = true;
}

void CaptureSource::add(Connection& connection, std::size_t side, MessageView view,
                        std::string raw) {
  if (view.kind == MessageKind::fix) {
    const LogPlace place = sessions_.place(read_header(raw), raw, {});
    connection.session_id = place.session_id;
    connection.first_is_us = (place.direction == Direction::out) == (side == 0);
    ++report_.messages;
    report_.explained += raw.size();
    ++report_.delimiters["\x01"];
  } else {
    ++(view.kind == MessageKind::partial ? report_.partial : report_.junk);
  }
  const bool ours = connection.first_is_us == (side == 0);
  view.direction = ours ? Direction::out : Direction::in;
  view.session_id = connection.session_id;
  view.connection_id = connection.id;
  const Arrival& arrived = connection.streams[side].tcp.arrived();
  view.time.wall_ns = arrived.wall_ns;
  view.number = arrived.packet;
  ready_.push_back({view, std::move(raw)});
}

void CaptureSource::warn(std::string text) {
  if (warnings_.size() < kWarnings)
    warnings_.push_back(std::move(text));
  else
    ++more_warnings_;
}

Endpoints CaptureSource::endpoints(std::int64_t connection_id) const {
  const auto index = static_cast<std::size_t>(connection_id - 1);
  if (connection_id < 1 || index >= connections_.size()) return {};
  const Connection& connection = connections_[index];
  const std::size_t us = connection.first_is_us ? 0 : 1;
  return {connection.ends[us].text(), connection.ends[1 - us].text()};
}

SourceReport CaptureSource::report() const {
  SourceReport report = report_;
  report.kind = "capture";
  report.warnings = warnings_;
  if (more_warnings_ > 0)
    report.warnings.push_back(fmt::format("and {} more gaps", more_warnings_));
  if (cut_packets_ > 0)
    report.warnings.push_back(
        fmt::format("{} packets were cut when captured: capture with -s 0", cut_packets_));
  for (const Connection& connection : connections_) {
    for (const std::size_t side : {0u, 1u}) {
      const FixStream& stream = connection.streams[side];
      report.bytes += stream.bytes();
      if (stream.content() == FixStream::Content::tls && report.warnings.size() < kWarnings)
        report.warnings.push_back(fmt::format("{} -> {} is TLS: its messages cannot be read",
                                              connection.ends[side].text(),
                                              connection.ends[1 - side].text()));
    }
  }
  std::string format;
  for (const std::string& us : sessions_.ours())
    format += fmt::format("{}us={}", format.empty() ? "" : " ", us);
  report.format = format;
  return report;
}

}  // namespace fixdrill::imports
