// One connection, cut into what may be messages.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "fix/framer.h"
#include "net/loop.h"

namespace fixdrill::conformance {

/// Hears what happens on a line.
class LineOwner {
 public:
  virtual ~LineOwner() = default;
  virtual void on_open(class Line& line) = 0;
  /// What looks like a message, garbled or not.
  virtual void on_piece(Line& line, std::string bytes) = 0;
  virtual void on_gone(Line& line) = 0;
};

class Line final : public net::ByteSink {
 public:
  explicit Line(LineOwner& owner) : owner_(owner) {}

  void take(net::ConnectionPtr connection) { connection_ = std::move(connection); }
  void write(std::string_view bytes) {
    if (connection_ && !gone_) connection_->write(bytes);
  }
  void hang_up() {
    if (connection_ && !gone_) connection_->close();
  }
  bool gone() const { return gone_; }

  void on_connected(const net::Endpoint&, const net::Endpoint&, Time) override {
    owner_.on_open(*this);
  }
  void on_bytes(std::string_view bytes, Time) override {
    framer_.feed(bytes);
    while (const auto frame = framer_.next()) hear(*frame);
  }
  void on_closed(net::CloseReason, const std::string&, Time) override {
    gone_ = true;
    owner_.on_gone(*this);
  }

 private:
  // Bytes before `8=` belong to what is garbled behind them, and to nothing else.
  void hear(const fix::Frame& frame) {
    const std::string before = std::exchange(junk_, "");
    if (frame.kind == fix::Frame::Kind::junk) {
      junk_ = before + std::string(frame.bytes);
    } else if (frame.kind == fix::Frame::Kind::garbled) {
      owner_.on_piece(*this, before + std::string(frame.bytes));
    } else {
      owner_.on_piece(*this, std::string(frame.bytes));
    }
  }

  LineOwner& owner_;
  net::ConnectionPtr connection_;
  fix::Framer framer_;
  std::string junk_;
  bool gone_ = false;
};

}  // namespace fixdrill::conformance
