// A hand-written FIX peer for tests: speaks pipe text and has a parser and a header of its own, so
// that one bug cannot hide itself.
#pragma once

#include <chrono>
#include <cstdio>
#include <ctime>
#include <deque>
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "net/loop.h"

namespace fixdrill::test {

class RawPeer final : public net::ByteSink, public net::AcceptSink {
 public:
  RawPeer(net::Loop& loop, std::string sender, std::string target)
      : loop_(loop), sender_(std::move(sender)), target_(std::move(target)) {}

  // ---- the connection
  std::uint16_t listens(std::uint16_t port = 0) {
    auto listener = loop_.listen({"127.0.0.1", port}, *this);
    EXPECT_TRUE(listener.ok()) << (listener.ok() ? "" : listener.error().text);
    if (!listener) return 0;
    listener_ = std::move(*listener);
    return listener_->port();
  }
  void stops_listening() { listener_.reset(); }
  void connects(std::uint16_t port) {
    begin();
    connection_ = loop_.connect({"127.0.0.1", port}, *this);
  }
  bool accepted() {
    return until([this] { return connected_; });
  }
  void closes() { connection_->close(); }
  void closes_half() { connection_->close_half(); }
  void resets() { connection_->reset(); }
  void disappears() { connection_->stop_reading(); }
  bool connected() const { return connected_; }
  bool sees_close() {
    return until([this] { return !connected_; });
  }

  // ---- messages
  /// `35=D|11=x|`: 8, 9, 34, 49, 52, 56 and 10 are filled in unless the text gives them.
  void sends(const std::string& text) { writes(message(text)); }
  void writes(const std::string& bytes) { connection_->write(bytes); }
  std::string message(const std::string& text) {
    const bool own_number = ("|" + text).find("|34=") != std::string::npos;
    const bool own_time = ("|" + text).find("|52=") != std::string::npos;
    const std::size_t type_end = text.find('|') + 1;
    std::string body = text.substr(0, type_end);
    if (("|" + text).find("|49=") == std::string::npos) body += "49=" + sender_ + "|";
    if (("|" + text).find("|56=") == std::string::npos) body += "56=" + target_ + "|";
    if (!own_number) body += "34=" + std::to_string(next_out++) + "|";
    if (!own_time) body += "52=" + time_text(loop_.now().wall_ns) + "|";
    return wrap(begin_string, soh(body + text.substr(type_end)));
  }
  static std::string wrap(const std::string& begin_string, const std::string& body) {
    std::string out = "8=" + begin_string + "\x01" + "9=" + std::to_string(body.size()) + "\x01";
    out += body;
    unsigned sum = 0;
    for (const char c : out) sum += static_cast<unsigned char>(c);
    char tail[16];
    std::snprintf(tail, sizeof tail, "10=%03u\x01", sum % 256);
    return out + tail;
  }

  /// The next message that arrived must hold these fields; what is in between is not looked at.
  /// Gives the whole message as pipe text, "" when none came.
  std::string expects(const std::string& fields) {
    if (!until([this] { return !inbox_.empty(); })) {
      ADD_FAILURE() << "no message; expected " << fields;
      return "";
    }
    std::string got = inbox_.front();
    inbox_.pop_front();
    std::string rest = fields;
    while (!rest.empty()) {
      const std::size_t bar = rest.find('|');
      const std::string field = rest.substr(0, bar);
      rest = bar == std::string::npos ? "" : rest.substr(bar + 1);
      EXPECT_NE(("|" + got).find("|" + field + "|"), std::string::npos)
          << "expected " << field << " in " << got;
    }
    return got;
  }
  /// No message comes within this time.
  void expects_nothing(Duration time = std::chrono::milliseconds(50)) {
    loop_.run_until([this] { return !inbox_.empty(); }, loop_.now() + time);
    EXPECT_TRUE(inbox_.empty()) << "unexpected " << (inbox_.empty() ? "" : inbox_.front());
  }
  /// The value of the first field with this tag in pipe text.
  static std::string value(const std::string& pipe_text, const std::string& tag) {
    const std::size_t at = ("|" + pipe_text).find("|" + tag + "=");
    if (at == std::string::npos) return "";
    const std::size_t begin = at + tag.size() + 1;
    return pipe_text.substr(begin, pipe_text.find('|', begin) - begin);
  }
  const std::string& received() const { return received_; }
  std::size_t waiting() const { return inbox_.size(); }

  int next_out = 1;
  std::string begin_string = "FIX.4.4";

  // ---- net
  ByteSink* on_accept(net::ConnectionPtr connection, const net::Endpoint&) override {
    begin();
    connection_ = std::move(connection);
    return this;
  }
  void on_connected(const net::Endpoint&, const net::Endpoint&, Time) override {
    connected_ = true;
  }
  void on_bytes(std::string_view bytes, Time) override {
    received_ += bytes;
    unread_ += bytes;
    while (cut()) {
    }
  }
  void on_closed(net::CloseReason, const std::string&, Time) override { connected_ = false; }

 private:
  void begin() {
    connected_ = false;
    received_.clear();
    unread_.clear();
  }
  bool until(const std::function<bool()>& done) {
    return loop_.run_until(done, loop_.now() + std::chrono::seconds(5));
  }
  /// A message ends behind SOH `10=nnn` SOH; enough for what the sessions under test send.
  bool cut() {
    const std::size_t at = unread_.find(
        "\x01"
        "10=");
    if (at == std::string::npos || unread_.size() < at + 8) return false;
    std::string text = unread_.substr(0, at + 8);
    unread_.erase(0, at + 8);
    for (char& c : text) {
      if (c == '\x01') c = '|';
    }
    inbox_.push_back(text);
    return true;
  }
  static std::string soh(std::string text) {
    for (char& c : text) {
      if (c == '|') c = '\x01';
    }
    return text;
  }
  static std::string time_text(std::int64_t wall_ns) {
    const std::time_t seconds = static_cast<std::time_t>(wall_ns / 1'000'000'000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char out[32];
    std::strftime(out, sizeof out, "%Y%m%d-%H:%M:%S", &parts);
    return out;
  }

  net::Loop& loop_;
  std::string sender_;
  std::string target_;
  std::unique_ptr<net::Listener> listener_;
  net::ConnectionPtr connection_;
  bool connected_ = false;
  std::string received_;
  std::string unread_;
  std::deque<std::string> inbox_;
};

}  // namespace fixdrill::test
