// Which messages of several sources are the same one, and how far the sources' clocks lie apart.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "record/message_source.h"

namespace fixdrill::imports {

/// A message by its bytes: sender, target, MsgSeqNum, SendingTime and body are in them.
struct MessageKey {
  std::size_t hash = 0;
  std::size_t size = 0;

  friend bool operator==(const MessageKey&, const MessageKey&) = default;
};

MessageKey key_of(std::string_view raw);

/// Links the n-th copy of a message in one source with the n-th in another.
class Sightings {
 public:
  explicit Sightings(std::size_t sources) : seen_(sources) {}

  /// The message that `source` shows now: its id where another source showed it before, else 0 and
  /// `id` is remembered for it.
  std::int64_t find_or_add(std::size_t source, const MessageKey& key, std::int64_t id);

 private:
  struct KeyHash {
    std::size_t operator()(const MessageKey& key) const { return key.hash; }
  };
  std::unordered_map<MessageKey, std::vector<std::int64_t>, KeyHash> ids_;
  std::vector<std::unordered_map<MessageKey, std::size_t, KeyHash>> seen_;  ///< copies, by source
};

struct ClockOffset {
  std::int64_t offset_ns = 0;  ///< the source's clock minus the first source's
  std::int64_t spread_ns = 0;  ///< half of the differences lie within so much
  std::size_t messages = 0;    ///< that both show
};

/// Differences of the times at which two sources show the same messages, by direction: what the way
/// takes is added one way and taken off on the other, so that the mean of both medians is without
/// it.
class ClockDifferences {
 public:
  void add(record::Direction direction, std::int64_t difference_ns);
  /// Empty: no message was seen by both with times of their own.
  std::optional<ClockOffset> offset();

 private:
  std::vector<std::int64_t> differences_[2];
};

}  // namespace fixdrill::imports
