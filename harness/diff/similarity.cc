#include "diff/similarity.h"

#include <algorithm>

#include "diff/pairing.h"

namespace fixdrill::diff {

namespace {

constexpr std::size_t kCompared = 64;  // messages of a flow: the rest follows from the first

const Rules& default_rules() {
  static const Rules kRules;
  return kRules;
}

double weight(int tag) {
  switch (tag) {
    // clang-format off
    case 150: case 39: case 20: case 434: case 279: case 269:
      return 4;
    case 14: case 151: case 32: case 31: case 38: case 44: case 6: case 54: case 55: case 48:
    case 40: case 103: case 102: case 373: case 371: case 380: case 270: case 271:
      return 2;
    // clang-format on
    case 58:
      return 0.2;
    default:
      return 1;
  }
}

// Shared elements of two sorted lists, over the elements of the longer.
double shared(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  std::size_t common = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i < *j) {
      ++i;
    } else if (*j < *i) {
      ++j;
    } else {
      ++common, ++i, ++j;
    }
  }
  return static_cast<double>(common) / static_cast<double>(std::max(a.size(), b.size()));
}

void list(const Side& side, std::uint32_t flow, std::uint64_t Entry::*content,
          std::vector<std::uint64_t>& out) {
  out.clear();
  for (const std::uint32_t n : side.members(side.flows[flow])) {
    if (out.size() == kCompared) break;
    out.push_back(side.entries[n].*content);
  }
  std::sort(out.begin(), out.end());
}

}  // namespace

Features features(const Entry& entry) {
  const fix::Message message{std::string(entry.raw)};
  const Context context = context_of(message);
  Features made;
  std::string scratch;
  for (std::size_t i = 0; i < message.size(); ++i) {
    const fix::FieldView field = message[i];
    if (fix::is_header_tag(field.tag) || field.tag == 10) continue;
    const Treatment treatment = default_rules().treatment(field.tag, context.msg_type, field.value);
    const std::string_view value = canonical(treatment, field.value, context, scratch);
    if (!value.empty()) made.emplace_back(field.tag, hash_text(value));
  }
  std::sort(made.begin(), made.end());
  return made;
}

double difference(const Features& a, const Features& b) {
  double all = 0;
  double apart = 0;
  auto i = a.begin();
  auto j = b.begin();
  while (i != a.end() || j != b.end()) {
    const bool left = j == b.end() || (i != a.end() && i->first < j->first);
    const bool right = i == a.end() || (j != b.end() && j->first < i->first);
    const double w = weight(right ? j->first : i->first);
    all += w;
    if (left || right || i->second != j->second) apart += w;
    if (!right) ++i;
    if (!left) ++j;
  }
  return all == 0 ? 0 : apart / all;
}

Similarity::Similarity(const Two& sides) : a_(sides.a), b_(sides.b) {}

const Features& Similarity::head(const Side& side, std::uint32_t flow,
                                 std::unordered_map<std::uint32_t, Features>& known) {
  const auto [at, added] = known.try_emplace(flow);
  if (added) at->second = features(side.entries[side.members(side.flows[flow]).front()]);
  return at->second;
}

double Similarity::of(std::uint32_t a, std::uint32_t b) {
  list(a_, a, &Entry::content, content_a_);
  list(b_, b, &Entry::content, content_b_);
  const double equal = shared(content_a_, content_b_);
  const double heads = 1 - difference(head(a_, a, heads_a_), head(b_, b, heads_b_));
  const auto types = [](const Side& side, std::uint32_t flow, std::vector<std::uint64_t>& out) {
    out.clear();
    for (const std::uint32_t n : side.members(side.flows[flow])) {
      if (out.size() == kCompared) break;
      out.push_back(side.entries[n].type);
    }
    std::sort(out.begin(), out.end());
  };
  types(a_, a, content_a_);
  types(b_, b, content_b_);
  return 0.4 * equal + 0.4 * heads + 0.2 * shared(content_a_, content_b_);
}

}  // namespace fixdrill::diff
