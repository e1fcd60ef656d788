// A record::MessageSource in memory: a conversation as a test writes it.
#pragma once

#include <algorithm>
#include <deque>
#include <string>
#include <string_view>
#include <utility>

#include "record/message_source.h"

namespace fixdrill::test {

/// Session 1 is OE, `BRK1 -> EXCH` in FIX.4.4, the initiator's side.
class FakeSource final : public record::MessageSource {
 public:
  FakeSource() { sessions.push_back({"OE", "initiator", "FIX.4.4", "BRK1", "EXCH", "", "wire"}); }

  /// `text` is written with bars: "8=FIX.4.4|35=D|…". A millisecond after the last one.
  FakeSource& in(std::string text) { return add(record::Direction::in, std::move(text)); }
  FakeSource& out(std::string text) { return add(record::Direction::out, std::move(text)); }

  const std::string& name() const override { return name_; }
  const record::SessionRow* session(std::int64_t id) const override {
    const auto index = static_cast<std::size_t>(id - 1);
    return id > 0 && index < sessions.size() ? &sessions[index] : nullptr;
  }
  Result<const record::MessageView*> next() override {
    if (at_ == messages.size()) return nullptr;
    return &messages[at_++];
  }

  std::deque<record::SessionRow> sessions;
  std::deque<record::MessageView> messages;

 private:
  FakeSource& add(record::Direction direction, std::string text) {
    std::replace(text.begin(), text.end(), '|', '\x01');
    record::MessageView view;
    view.id = static_cast<std::int64_t>(messages.size()) + 1;
    view.session_id = 1;
    view.connection_id = 1;
    view.direction = direction;
    view.time = {kStart + view.id * 1'000'000, view.id * 1'000'000};
    view.raw = bytes_.emplace_back(std::move(text));
    messages.push_back(view);
    return *this;
  }

  static constexpr std::int64_t kStart = 1'764'000'000'000'000'000;  ///< 2025-11-24T16:00:00Z
  std::string name_ = "fake.log";
  std::deque<std::string> bytes_;
  std::size_t at_ = 0;
};

}  // namespace fixdrill::test
