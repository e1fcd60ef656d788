#include "conformance/peer.h"

#include <stdexcept>

namespace fixdrill::conformance {

namespace {

constexpr Duration kTick = std::chrono::milliseconds(100);

}  // namespace

Peer::Peer(net::Loop& loop, const Settings& settings, const Fault& fault)
    : loop_(loop), session_(settings, fault) {
  if (settings.acceptor) {
    auto listener = loop.listen({"127.0.0.1", settings.port}, *this);
    if (!listener) throw std::runtime_error(listener.error().text);
    listener_ = std::move(*listener);
  }
  dial_at_ = loop.now();
  look_again();
}

Line& Peer::new_line() {
  lines_.push_back(std::make_unique<Line>(*this));
  return *lines_.back();
}

net::ByteSink* Peer::on_accept(net::ConnectionPtr connection, const net::Endpoint&) {
  Line& line = new_line();
  line.take(std::move(connection));
  return &line;
}

void Peer::dial() {
  Line& line = new_line();
  line.take(loop_.connect({"127.0.0.1", session_.settings().port}, line));
}

void Peer::on_open(Line& line) {
  if (!session_.settings().acceptor) session_.calls(line, loop_.now());
}

void Peer::on_piece(Line& line, std::string bytes) { session_.hears(line, bytes, loop_.now()); }

void Peer::on_gone(Line& line) {
  session_.lost(line, loop_.now());
  dial_at_ = loop_.now() + session_.settings().redial;
}

void Peer::look_again() {
  clock_ = loop_.at(loop_.now() + kTick, [this] { tick(); });
}

void Peer::tick() {
  std::erase_if(lines_, [](const std::unique_ptr<Line>& line) { return line->gone(); });
  if (!session_.settings().acceptor && lines_.empty() && loop_.now() >= dial_at_) dial();
  session_.tick(loop_.now());
  look_again();
}

}  // namespace fixdrill::conformance
