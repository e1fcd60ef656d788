// A capture as a ForeignSource: TCP connections put together, those that carry FIX cut into
// messages.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "import/capture_file.h"
#include "import/fix_stream.h"
#include "import/foreign_source.h"
#include "import/log_sessions.h"
#include "import/tcp_packet.h"

namespace fixdrill::imports {

/// A message has the time of the packet that ends it, and that packet's number. Bytes between
/// messages are views of kind junk or garbled, what a gap tears of kind partial. Connections are
/// those of TCP; ones without FIX are told in the report only.
class CaptureSource final : public ForeignSource {
 public:
  CaptureSource(std::string name, SideRules rules, std::unique_ptr<CaptureFile> file);

  const std::string& name() const override { return name_; }
  const record::SessionRow* session(std::int64_t id) const override {
    return sessions_.session(id);
  }
  Result<const record::MessageView*> next() override;

  SourceReport report() const override;
  std::string_view prefix() const override { return {}; }
  bool by_sending_time() const override { return false; }
  Endpoints endpoints(std::int64_t connection_id) const override;
  bool is_capture() const override { return true; }

 private:
  struct Connection {
    std::int64_t id = 0;
    TcpEnd ends[2];        ///< the lesser first
    FixStream streams[2];  ///< by the end that sends
    std::int64_t session_id = 0;
    bool first_is_us = false;
  };
  struct Piece {
    record::MessageView view;
    std::string raw;
  };
  using Ends = std::pair<TcpEnd, TcpEnd>;

  void take(const TcpSegment& segment);
  Connection& connection_of(const TcpSegment& segment, std::size_t side);
  void drain(Connection& connection, std::size_t side);
  void jump_gap(Connection& connection, std::size_t side);
  void end(Connection& connection);
  void end_all();
  void add(Connection& connection, std::size_t side, record::MessageView view, std::string raw);
  void warn(std::string text);

  std::string name_;
  std::unique_ptr<CaptureFile> file_;
  LogSessions sessions_;
  std::deque<Connection> connections_;  ///< by id - 1
  std::map<Ends, std::size_t> open_;    ///< index in connections_
  std::deque<Piece> ready_;
  Piece now_;
  std::optional<Error> failed_;
  bool ended_ = false;
  std::int64_t packet_ = 0;
  std::int64_t wall_ns_ = 0;
  std::int64_t id_ = 0;
  std::uint64_t cut_packets_ = 0;
  SourceReport report_;
  std::vector<std::string> warnings_;
  std::size_t more_warnings_ = 0;
};

}  // namespace fixdrill::imports
