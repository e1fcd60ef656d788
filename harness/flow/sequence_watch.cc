#include "flow/sequence_watch.h"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <string_view>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "flow/resent.h"

namespace fixdrill::flow {

namespace {

constexpr std::size_t kHeldBytes = std::size_t{256} << 20;

// What a copy must repeat; blind to the order of fields.
std::uint64_t hash_of(const fix::Message& message) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < message.size(); ++i) {
    const fix::FieldView field = message[i];
    if (may_differ_in_copy(field.tag)) continue;
    sum += std::hash<std::string_view>()(field.value) * 31 +
           static_cast<std::uint64_t>(field.tag) * 0x9e3779b97f4a7c15ULL;
  }
  return sum;
}

bool is_gap_fill(const fix::Message& message) {
  return message.msg_type() == "4" && message.value(123) == "Y";
}

}  // namespace

std::int64_t sequence_number(const fix::Message& message, int tag) {
  const std::string_view text = message.value(tag);
  if (text.size() > limits::kMsgSeqNumDigits) return 0;
  return static_cast<std::int64_t>(parse_size(text).value_or(0));
}

void SequenceWatch::take(const record::MessageView& view, const fix::Message& message) {
  ++stream_.messages;
  const Seen seen = {view, message, message.seq_num().value_or(0)};
  if (seen.seq == 0) return note(seen, true, "no MsgSeqNum(34)");
  if (due_ == 0) {
    stream_.first = seen.seq;
    due_ = seen.seq;
  }
  if (begins_anew(seen)) begin_anew(seen);
  if (message.poss_dup()) ++stream_.again;
  if (message.msg_type() == "4") {
    if (is_gap_fill(message)) {
      gap_fill(seen);
    } else {
      sequence_reset(seen);
    }
  } else if (message.poss_dup() && seen.seq < due_) {
    sent_again(seen);
  } else {
    sent(seen);
  }
  stream_.last = due_ - 1;
}

void SequenceWatch::asked(const record::MessageView& view, const fix::Message& message,
                          Gap::Range range) {
  if (due_ == 0) return;
  const Seen seen = {view, message, 0};
  if (range.first >= due_) {
    return note(
        seen, true,
        fmt::format("ResendRequest(2) from {}; the last number was {}", range.first, due_ - 1));
  }
  const std::int64_t to = range.second == 0 ? due_ - 1 : std::min(range.second, due_ - 1);
  bool known = false;
  for (std::size_t i = epoch_; i < stream_.gaps.size(); ++i) {
    Gap& gap = stream_.gaps[i];
    const bool same = gap.kind == GapKind::asked && gap.from == range.first;
    const bool missed = gap.kind == GapKind::jump && gap.from <= to && gap.to >= range.first;
    if (!(same || missed) || gap.missing().empty()) continue;
    gap.requests.push_back(view.id);
    gap.asked_to = std::max(gap.asked_to, to);
    if (same) gap.to = std::max(gap.to, to);
    known = true;
  }
  if (known || to < range.first) return;
  Gap gap = new_gap(seen, GapKind::asked, {range.first, to});
  gap.requests = {view.id};
  stream_.gaps.push_back(std::move(gap));
}

void SequenceWatch::note(const Seen& seen, bool fault, std::string text) {
  stream_.notes.push_back({seen.view.id, seen.view.time, fault, std::move(text)});
}

bool SequenceWatch::begins_anew(const Seen& seen) const {
  if (due_ == seen.seq || seen.message.poss_dup()) return false;
  if (may_restart_ && seen.seq == 1) return true;
  return seen.message.msg_type() == "A" && (seen.message.value(141) == "Y" || seen.seq == 1);
}

void SequenceWatch::begin_anew(const Seen& seen) {
  const bool flag = seen.message.value(141) == "Y";
  note(seen, false,
       fmt::format("numbers begin anew with {}{}; {} was due", seen.seq,
                   flag ? " (Logon with ResetSeqNumFlag(141))" : "", due_));
  lose(seen.view.id);
  forget();
  due_ = seen.seq;
  may_restart_ = false;
}

void SequenceWatch::sequence_reset(const Seen& seen) {
  const std::int64_t next = sequence_number(seen.message, 36);
  const bool falls = next < due_;
  note(seen, falls,
       fmt::format("SequenceReset(4) to {}; {} was due{}", next, due_,
                   falls ? ", and numbers may only grow" : ""));
  lose(seen.view.id);
  if (falls) forget();
  if (next > 0) due_ = next;
}

void SequenceWatch::gap_fill(const Seen& seen) {
  const std::int64_t next = sequence_number(seen.message, 36);
  if (next <= seen.seq) {
    return note(seen, true, fmt::format("GapFill {} to NewSeqNo(36) {}", seen.seq, next));
  }
  if (seen.seq > due_) jump_to(seen);
  for (std::size_t i = epoch_; i < stream_.gaps.size(); ++i)
    fill(stream_.gaps[i], {seen.seq, next - 1}, seen.view.id);
  if (next <= due_) return;
  const std::int64_t first = std::max(seen.seq, due_);
  note(seen, false,
       fmt::format("GapFill of {} to {}, which nobody had asked for", first, next - 1));
  due_ = next;
}

void SequenceWatch::sent_again(const Seen& seen) {
  const Recovery recovery = compared(seen);
  bool waited_for = false;
  for (std::size_t i = epoch_; i < stream_.gaps.size(); ++i) {
    Gap& gap = stream_.gaps[i];
    if (seen.seq < gap.from || seen.seq > gap.to || gap.has(seen.seq)) continue;
    gap.recovered.emplace(seen.seq, recovery);
    waited_for = true;
  }
  if (!waited_for) {
    const auto [at, first] = spare_gap(seen).recovered.emplace(seen.seq, recovery);
    if (!first && recovery.wrong()) at->second = recovery;
  }
  if (!sent_.count(seen.seq)) remember(seen);
}

void SequenceWatch::sent(const Seen& seen) {
  if (seen.seq < due_) return too_low(seen);
  if (seen.seq > due_) jump_to(seen);
  remember(seen);
  due_ = seen.seq + 1;
  if (seen.message.msg_type() != "A") may_restart_ = false;
}

void SequenceWatch::jump_to(const Seen& seen) {
  stream_.gaps.push_back(new_gap(seen, GapKind::jump, {due_, seen.seq - 1}));
  due_ = seen.seq;
}

void SequenceWatch::too_low(const Seen& seen) {
  note(seen, true,
       fmt::format("MsgSeqNum(34) {} without PossDupFlag(43); {} was due", seen.seq, due_));
}

// One that asked for the number though it had come; else one of what nobody asked for.
Gap& SequenceWatch::spare_gap(const Seen& seen) {
  for (std::size_t i = stream_.gaps.size(); i-- > epoch_;) {
    Gap& gap = stream_.gaps[i];
    if (gap.from <= seen.seq && seen.seq <= gap.asked_to) return gap;
  }
  const bool goes_on = stream_.gaps.size() > epoch_ &&
                       stream_.gaps.back().kind == GapKind::unasked &&
                       stream_.gaps.back().to + 1 == seen.seq;
  if (!goes_on) stream_.gaps.push_back(new_gap(seen, GapKind::unasked, {seen.seq, seen.seq}));
  stream_.gaps.back().to = stream_.gaps.back().asked_to = seen.seq;
  return stream_.gaps.back();
}

Gap SequenceWatch::new_gap(const Seen& seen, GapKind kind, Gap::Range range) const {
  Gap gap;
  gap.kind = kind;
  gap.from = range.first;
  gap.to = gap.asked_to = range.second;
  gap.message = seen.view.id;
  gap.msg_type = seen.message.msg_type();
  gap.time = seen.view.time;
  return gap;
}

void SequenceWatch::fill(Gap& gap, Gap::Range range, std::int64_t message) {
  if (range.second < gap.from || range.first > gap.to) return;
  for (const auto& [from, to] : gap.missing()) {
    const std::int64_t first = std::max(from, range.first);
    const std::int64_t last = std::min(to, range.second);
    if (first > last) continue;
    Recovery recovery;
    recovery.to = last;
    recovery.message = message;
    recovery.filled = true;
    for (auto at = sent_.lower_bound(first); at != sent_.end() && at->first <= last; ++at)
      ++recovery.types[at->second.msg_type];
    gap.recovered.emplace(first, std::move(recovery));
  }
}

Recovery SequenceWatch::compared(const Seen& seen) const {
  Recovery recovery;
  recovery.to = seen.seq;
  recovery.message = seen.view.id;
  const std::string_view type = seen.message.msg_type();
  ++recovery.types[std::string(type)];
  recovery.session_message = seen.message.is_admin() && type != "3";
  const auto original = sent_.find(seen.seq);
  if (original == sent_.end()) return recovery;
  const Sent& before = original->second;
  recovery.original = before.message;
  if (!before.bytes.empty()) {
    recovery.differences = differences(fix::Message(before.bytes), seen.message);
  } else {
    recovery.differs_somewhere = before.hash != hash_of(seen.message);
  }
  return recovery;
}

void SequenceWatch::remember(const Seen& seen) {
  Sent sent = {seen.view.id, 0, std::string(seen.message.msg_type()), seen.message.bytes()};
  held_bytes_ += sent.bytes.size();
  held_.push_back(seen.seq);
  sent_.insert_or_assign(sent_.end(), seen.seq, std::move(sent));
  while (held_bytes_ > kHeldBytes && !held_.empty()) {
    const auto oldest = sent_.find(held_.front());
    held_.pop_front();
    if (oldest == sent_.end()) continue;
    held_bytes_ -= oldest->second.bytes.size();
    oldest->second.hash = hash_of(fix::Message(std::move(oldest->second.bytes)));
    oldest->second.bytes.clear();
    oldest->second.bytes.shrink_to_fit();
  }
}

// Numbers that have not come by now never will.
void SequenceWatch::lose(std::int64_t reset_by) {
  for (std::size_t i = epoch_; i < stream_.gaps.size(); ++i) {
    if (!stream_.gaps[i].missing().empty()) stream_.gaps[i].reset_by = reset_by;
  }
  epoch_ = stream_.gaps.size();
}

void SequenceWatch::forget() {
  sent_.clear();
  held_.clear();
  held_bytes_ = 0;
}

}  // namespace fixdrill::flow
