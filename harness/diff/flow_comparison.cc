#include "diff/flow_comparison.h"

#include <algorithm>
#include <fmt/format.h>

#include "diff/labels.h"

namespace fixdrill::diff {

namespace {

constexpr std::size_t kNamed = 8;  // messages of a flow that stands alone

Subject subject_of(const Entry& entry, const fix::Message& message) {
  return {entry.direction, std::string(message.msg_type())};
}

// A message that only one side has.
void sight(Sighting* seen, const Entry& entry, bool of_a) {
  if (!seen) return;
  (of_a ? seen->a : seen->b) = entry.id;
  (of_a ? seen->about_a : seen->about_b) =
      about(fix::Message{std::string(entry.raw)}, entry.wall_ns);
}

}  // namespace

const fix::Dictionary& FlowComparison::dictionary(const Entry& entry, bool of_a) const {
  return *(of_a ? parts_.dictionaries.first : parts_.dictionaries.second)[entry.session];
}

void FlowComparison::compare(const FlowPair& pair) {
  if (pair.equal) {
    ++made_.equal_pairs;
    return count_ignored(pair);
  }
  Relation relation;
  const std::uint64_t before = made_.differing_messages;
  std::vector<Aligned> aligned =
      align(parts_.sides, parts_.sides.a.flows[pair.a], parts_.sides.b.flows[pair.b]);
  // In the order of time: an id is minted before it is referred to.
  std::stable_sort(aligned.begin(), aligned.end(), [](const Aligned& x, const Aligned& y) {
    return (x.a != kNone ? x.a : x.b) < (y.a != kNone ? y.a : y.b);
  });
  for (const Aligned& one : aligned) {
    if (one.b == kNone) {
      only(left(one.a), true);
    } else if (one.a == kNone) {
      only(right(one.b), false);
    } else {
      both(one, relation);
    }
  }
  if (made_.differing_messages == before) ++made_.equal_pairs;
}

void FlowComparison::both(const Aligned& one, Relation& relation) {
  const Entry& a = left(one.a);
  const Entry& b = right(one.b);
  const fix::Message message_a{std::string(a.raw)};
  const fix::Message message_b{std::string(b.raw)};
  const Subject subject = subject_of(a, message_a);
  const fix::Dictionary& names = dictionary(a, true);
  FieldComparison fields(parts_.rules, relation, made_.suppressed);
  const std::vector<Delta> deltas =
      fields.compare({message_a, names}, {message_b, dictionary(b, false)});
  const auto add = [&](const Delta& delta) {
    Sighting* const seen = made_.findings.add(subject, delta, names, {a.id, b.id, "", ""});
    if (!seen) return;
    seen->about_a = about(message_a, a.wall_ns);
    seen->about_b = about(message_b, b.wall_ns);
  };
  for (const Delta& delta : deltas) add(delta);
  if (one.moved) add({Kind::message_moved, {}, state_of(message_a), ""});
  if (one.moved || !deltas.empty()) ++made_.differing_messages;
}

void FlowComparison::only(const Entry& entry, bool of_a) {
  ++made_.differing_messages;
  const fix::Message message{std::string(entry.raw)};
  Delta delta{of_a ? Kind::message_missing : Kind::message_extra, {}, "", ""};
  (of_a ? delta.before : delta.after) = state_of(message);
  sight(made_.findings.add(subject_of(entry, message), delta, dictionary(entry, of_a), {}), entry,
        of_a);
}

void FlowComparison::alone(std::uint32_t flow, bool of_a) {
  const Side& side = of_a ? parts_.sides.a : parts_.sides.b;
  const auto members = side.members(side.flows[flow]);
  std::string path;
  // An answer is missed, whoever spoke first.
  const Entry* told = &side.entries[members.front()];
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Entry& entry = side.entries[members[i]];
    if (entry.direction == record::Direction::in && told->direction == record::Direction::out)
      told = &entry;
    if (i > kNamed) continue;
    if (i == kNamed) {
      path += "|…";
      continue;
    }
    const fix::Message message{std::string(entry.raw)};
    path += fmt::format("{}35={}", path.empty() ? "" : "|", message.msg_type());
    if (const auto state = message.find(150)) path += fmt::format("|150={}", *state);
  }
  const Entry& first = side.entries[members.front()];
  const fix::Message message{std::string(first.raw)};
  Subject subject = subject_of(first, message);
  Delta delta{of_a ? Kind::flow_missing : Kind::flow_extra, {}, "", ""};
  (of_a ? delta.before : delta.after) = std::move(path);
  Subject judged = subject;
  judged.direction = told->direction;
  const fix::Dictionary& names = dictionary(first, of_a);
  sight(made_.findings.add(severity(judged, delta, names), subject, delta, names, {}), first, of_a);
}

// Equal flows have the same messages in the same order, each direction for itself.
void FlowComparison::count_ignored(const FlowPair& pair) {
  if (parts_.sides.a.values.count(Treatment::ignore) == 0 &&
      parts_.sides.b.values.count(Treatment::ignore) == 0)
    return;
  Relation relation;
  FieldComparison fields(parts_.rules, relation, made_.suppressed);
  for (const Aligned& one :
       align(parts_.sides, parts_.sides.a.flows[pair.a], parts_.sides.b.flows[pair.b])) {
    if (one.a == kNone || one.b == kNone || left(one.a).ignored == right(one.b).ignored) continue;
    const fix::Message a{std::string(left(one.a).raw)};
    const fix::Message b{std::string(right(one.b).raw)};
    fields.compare({a, dictionary(left(one.a), true)}, {b, dictionary(right(one.b), false)});
  }
}

}  // namespace fixdrill::diff
