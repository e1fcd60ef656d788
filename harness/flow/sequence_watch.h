// Follows the sequence numbers of one direction of a session.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>

#include "fix/message.h"
#include "flow/gap.h"
#include "record/message_source.h"

namespace fixdrill::flow {

/// NewSeqNo(36), BeginSeqNo(7) and their like; 0: not there, no number, or too long to be one.
std::int64_t sequence_number(const fix::Message& message, int tag);

/// Memory: the latest 256 MiB of messages since the last reset, and a hash of each older one.
class SequenceWatch {
 public:
  SequenceWatch(std::int64_t session, record::Direction direction) {
    stream_.session_id = session;
    stream_.direction = direction;
  }

  /// The next message of this direction.
  void take(const record::MessageView& view, const fix::Message& message);

  /// The other side asks for [from, to], `to` 0 = all that was sent, in `message`.
  void asked(const record::MessageView& view, const fix::Message& message, Gap::Range range);

  /// The other side began anew: a 1 is no fault now.
  void may_restart() { may_restart_ = true; }

  std::int64_t due() const { return due_; }  ///< the next number; 0: none was seen yet
  const SequenceStream& stream() const { return stream_; }

 private:
  struct Sent {
    std::int64_t message = 0;
    std::uint64_t hash = 0;
    std::string msg_type;
    std::string bytes;  ///< empty: given up
  };
  struct Seen {
    const record::MessageView& view;
    const fix::Message& message;
    std::int64_t seq = 0;
  };

  void note(const Seen& seen, bool fault, std::string text);
  bool begins_anew(const Seen& seen) const;
  void begin_anew(const Seen& seen);
  void sequence_reset(const Seen& seen);
  void gap_fill(const Seen& seen);
  void sent_again(const Seen& seen);
  void sent(const Seen& seen);
  void jump_to(const Seen& seen);
  void too_low(const Seen& seen);

  Gap& spare_gap(const Seen& seen);
  Gap new_gap(const Seen& seen, GapKind kind, Gap::Range range) const;
  void fill(Gap& gap, Gap::Range range, std::int64_t message);
  Recovery compared(const Seen& seen) const;
  void remember(const Seen& seen);
  void lose(std::int64_t reset_by);
  void forget();

  SequenceStream stream_;
  std::int64_t due_ = 0;
  bool may_restart_ = false;
  std::size_t epoch_ = 0;  ///< first gap since the last reset
  std::map<std::int64_t, Sent> sent_;
  std::deque<std::int64_t> held_;  ///< numbers whose bytes are held, oldest first
  std::size_t held_bytes_ = 0;
};

}  // namespace fixdrill::flow
