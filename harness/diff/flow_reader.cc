#include "diff/flow_reader.h"

#include <algorithm>
#include <fmt/format.h>

namespace fixdrill::diff {

using record::Direction;

namespace {

unsigned alphabet(std::string_view text) {
  unsigned bits = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      bits |= 1;
    } else if (c >= 'A' && c <= 'Z') {
      bits |= 2;
    } else if (c >= 'a' && c <= 'z') {
      bits |= 4;
    } else {
      bits |= 8;
    }
  }
  return bits;
}

}  // namespace

FlowReader::FlowReader(Side& side, const Rules& rules) : side_(side), rules_(rules), reuse_(side) {}

void FlowReader::read(Flow& flow) {
  aliases_.clear();
  reuse_.flow();
  waiting_.clear();
  head_ = {};
  chains_ = {};
  for (const std::uint32_t n : side_.members(flow)) message(n);
  const Entry& first = side_.entries[side_.members(flow).front()];
  const Ways& way = chains_;
  flow.likeness[0] = mix(way.full[0], way.full[1]);
  flow.likeness[1] = mix(way.skeleton[0], way.content[1]);
  flow.likeness[2] = way.content[1] != 0 ? way.content[1] : flow.likeness[1];
  std::uint64_t head = 0;
  for (const std::uint64_t value : head_) head = mix(head, value);
  flow.likeness[3] = head;
  flow.likeness[4] = first.type;
}

void FlowReader::message(std::uint32_t n) {
  const Entry& entry = side_.entries[n];
  const fix::Message message{std::string(entry.raw)};
  const std::string_view type = message.msg_type();
  const bool out = entry.direction == Direction::out;
  const std::size_t way = out ? 1 : 0;
  std::uint64_t full = entry.content;
  std::uint64_t skeleton = entry.type;
  reuse_.message(n, message);
  for (std::size_t i = 0; i < message.size(); ++i) {
    const fix::FieldView field = message[i];
    if (field.tag == 150 || field.tag == 39) skeleton = mix(skeleton, hash_text(field.value));
    note_head(field);
    if (rules_.treatment(field.tag, type) != Treatment::id) continue;
    const std::uint64_t key = id_key(message, field);
    if (key == 0) continue;
    const auto [alias, added] = aliases_.of(key);
    full = mix(full, alias);
    reuse_.id(field.tag, {key, alias, added});
    if (added) note_id(field, entry.direction);
  }
  chains_.full[way] = mix(chains_.full[way], full);
  chains_.skeleton[way] = mix(chains_.skeleton[way], skeleton);
  chains_.content[way] = mix(chains_.content[way], entry.content);
  time(entry, message);
}

void FlowReader::note_head(const fix::FieldView& field) {
  constexpr int kTags[] = {55, 48, 54, 38};
  static_assert(std::size(kTags) == std::tuple_size_v<decltype(head_)>);
  for (std::size_t i = 0; i < head_.size(); ++i) {
    if (field.tag == kTags[i] && head_[i] == 0) head_[i] = hash_text(field.value) | 1U;
  }
}

// Only the side that minted an id decides how it is written.
void FlowReader::note_id(const fix::FieldView& field, Direction direction) {
  Format& format = side_.ids[{field.tag, direction}];
  ++format.values;
  format.shortest = std::min(format.shortest, field.value.size());
  format.longest = std::max(format.longest, field.value.size());
  format.alphabet |= alphabet(field.value);
}

void FlowReader::time(const Entry& entry, const fix::Message& message) {
  const std::string_view order = message.value(11);
  const std::uint64_t about = order.empty() ? 0 : hash_text(order) | 1U;
  if (entry.direction == Direction::out) {
    if (waiting_.size() < kMostWaiting) waiting_.push_back({&entry, about});
    return;
  }
  const auto asked = std::find_if(waiting_.begin(), waiting_.end(), [&](const Waiting& waiting) {
    return waiting.about == 0 || about == 0 || waiting.about == about;
  });
  if (asked == waiting_.end()) return;
  const Entry& request = *asked->entry;
  waiting_.erase(asked);
  const bool mono = request.mono_ns != 0 && entry.mono_ns != 0;
  if (!mono && (request.wall_ns == 0 || entry.wall_ns == 0)) return;
  const std::int64_t took =
      mono ? entry.mono_ns - request.mono_ns : entry.wall_ns - request.wall_ns;
  const std::uint64_t key = mix(mix(request.type, entry.type), hash_text(message.value(150)));
  auto& samples = samples_[key];
  if (!samples) {
    const fix::Message sent{std::string(request.raw)};
    samples = &side_.latencies[fmt::format("{}>{}>{}", sent.msg_type(), message.msg_type(),
                                           message.value(150))];
  }
  samples->push_back(took);
}

}  // namespace fixdrill::diff
