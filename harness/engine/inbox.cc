#include "engine/inbox.h"

#include <utility>

namespace fixdrill {
namespace engine {
namespace {

constexpr char kTooHigh[] = "MsgSeqNum too high";

bool starts_with(const std::string& text, const std::string& start) {
  return text.compare(0, start.size(), start) == 0;
}

}  // namespace

void Inbox::begin(const std::string& bytes, std::int64_t seq) {
  bytes_ = bytes;
  seq_ = seq;
  open_ = true;
  first_reason_.clear();
}

void Inbox::passed(std::int64_t seq, bool admin) {
  if (open_ && seq == seq_) {
    open_ = false;
    listener_.accepted(bytes_, admin);
    return;
  }
  const auto found = held_.find(seq);
  if (found == held_.end()) return;
  listener_.accepted(take(found), admin);
}

void Inbox::note(const std::string& text) {
  if (text == "Disconnecting") return;
  if (first_reason_.empty()) first_reason_ = text;
  last_reason_ = text;
}

void Inbox::finish(std::int64_t expected) {
  if (open_) {
    open_ = false;
    if (first_reason_.empty()) {
      listener_.discarded(bytes_);
    } else if (starts_with(first_reason_, kTooHigh)) {
      hold();
    } else {
      listener_.refused(bytes_, first_reason_);
    }
  }
  refuse_before(expected, "skipped by a SequenceReset(4)");
}

void Inbox::hold() {
  std::string& place = held_[seq_];
  if (!place.empty()) listener_.discarded(place);
  held_bytes_ += bytes_.size() - place.size();
  place = bytes_;
  listener_.held(bytes_);
}

std::string Inbox::take(std::map<std::int64_t, std::string>::iterator at) {
  std::string bytes = std::move(at->second);
  held_.erase(at);
  held_bytes_ -= bytes.size();
  return bytes;
}

void Inbox::abandon(const std::string& reason) {
  refuse_before(kMaxSeqNum + 1, reason);
  if (!open_) std::string().swap(bytes_);  // an assignment would keep its megabytes
}

void Inbox::refuse_before(std::int64_t number, const std::string& reason) {
  while (!held_.empty() && held_.begin()->first < number) {
    listener_.refused(take(held_.begin()), reason);
  }
}

}  // namespace engine
}  // namespace fixdrill
