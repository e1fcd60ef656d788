#include "diff/fields.h"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>

#include "base/text.h"
#include "fix/value.h"

namespace fixdrill::diff {

namespace {

using fix::FieldTree;
using fix::FieldView;

std::vector<int> with(const std::vector<int>& path, int tag) {
  std::vector<int> longer = path;
  longer.push_back(tag);
  return longer;
}

// Which of the places are not part of the longest row that rises: what moved.
std::vector<std::size_t> outside_rise(const std::vector<std::size_t>& places) {
  std::vector<std::size_t> length(places.size(), 1);
  std::vector<std::size_t> before(places.size(), places.size());
  std::size_t best = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (places[j] < places[i] && length[j] + 1 > length[i]) {
        length[i] = length[j] + 1;
        before[i] = j;
      }
    }
    if (length[i] > length[best]) best = i;
  }
  std::vector<bool> kept(places.size());
  for (std::size_t i = best; i < places.size(); i = before[i]) kept[i] = true;
  std::vector<std::size_t> outside;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (!kept[i]) outside.push_back(i);
  }
  return outside;
}

bool rises(const std::vector<std::size_t>& places) {
  return std::is_sorted(places.begin(), places.end());
}

constexpr std::size_t kMostMoved = 500;  // fields or entries whose moves are looked at one by one

fix::Decimal magnitude(fix::Decimal value) {
  return value < fix::Decimal(0) ? fix::Decimal(-value.units(), value.scale()) : value;
}

bool within(const std::string& before, const std::string& after, const Rule& rule) {
  const auto a = fix::Decimal::parse(before);
  const auto b = fix::Decimal::parse(after);
  if (!a || !b) return false;
  const auto apart = fix::Decimal::subtract(*a, *b);
  if (!apart) return false;
  if (!rule.percent) return magnitude(*apart) <= rule.tolerance;
  const auto part = fix::Decimal::multiply(std::max(magnitude(*a), magnitude(*b)), rule.tolerance);
  const auto hundredfold = fix::Decimal::multiply(magnitude(*apart), fix::Decimal(100));
  return part && hundredfold && *hundredfold <= *part;
}

}  // namespace

std::vector<Delta> FieldComparison::compare(const Parsed& a, const Parsed& b) {
  deltas_.clear();
  const FieldTree left = fix::group_tree(a.message, a.dictionary);
  const FieldTree right = fix::group_tree(b.message, b.dictionary);
  const Context context_a = context_of(a.message);
  const Context context_b = context_of(b.message);
  level({a.message, context_a, left.nodes}, {b.message, context_b, right.nodes}, {});
  return std::move(deltas_);
}

void FieldComparison::level(const Level& a, const Level& b, const std::vector<int>& path) {
  const std::vector<Match> matches = match_fields(a, b, path);
  std::vector<std::size_t> places;
  for (const Match& match : matches) {
    value(a, b, match, path);
    places.push_back(match.b);
  }
  if (rises(places) || places.size() > kMostMoved) return;
  std::string moved;
  for (const std::size_t i : outside_rise(places))
    moved +=
        fmt::format("{}{}", moved.empty() ? "" : ",", a.message[a.nodes[matches[i].a].index].tag);
  put({Kind::order_changed, path, moved, ""});
}

// The k-th of a tag is the k-th of it on the other side; those alone are differences.
std::vector<FieldComparison::Match> FieldComparison::match_fields(const Level& a, const Level& b,
                                                                  const std::vector<int>& path) {
  std::vector<bool> taken(b.nodes.size());
  std::vector<Match> matches;
  std::size_t from = 0;  // mostly both stand in one order
  for (std::size_t i = 0; i < a.nodes.size(); ++i) {
    const FieldView field = a.message[a.nodes[i].index];
    std::size_t found = b.nodes.size();
    for (std::size_t step = 0; step < b.nodes.size() && found == b.nodes.size(); ++step) {
      const std::size_t j = (from + step) % b.nodes.size();
      if (!taken[j] && b.message[b.nodes[j].index].tag == field.tag) found = j;
    }
    if (found != b.nodes.size()) {
      taken[found] = true;
      from = found + 1;
      matches.push_back({i, found});
    } else if (treatment(a, field) == Treatment::ignore) {
      ++suppressed_[{Treatment::ignore, field.tag}];
    } else {
      put({Kind::field_removed, with(path, field.tag), "", ""});
    }
  }
  for (std::size_t j = 0; j < b.nodes.size(); ++j) {
    if (taken[j]) continue;
    const FieldView field = b.message[b.nodes[j].index];
    if (treatment(b, field) == Treatment::ignore) {
      ++suppressed_[{Treatment::ignore, field.tag}];
    } else {
      put({Kind::field_added, with(path, field.tag), "", ""});
    }
  }
  return matches;
}

void FieldComparison::value(const Level& a, const Level& b, Match at,
                            const std::vector<int>& path) {
  const FieldTree::Node& left = a.nodes[at.a];
  const FieldTree::Node& right = b.nodes[at.b];
  if (left.group && right.group) return group(a, b, at, path);
  const FieldView x = a.message[left.index];
  const FieldView y = b.message[right.index];
  // A date that stands still while the days go by is fixed, not relative.
  if (x.value == y.value && treatment(a, x) != Treatment::id) return;
  const Rule& rule = rules_.rule(x.tag, a.context.msg_type);
  Treatment how = treatment(a, x);
  if (how == Treatment::clock && treatment(b, y) != Treatment::clock) how = Treatment::exact;
  std::string scratch_x;
  std::string scratch_y;
  Delta delta{Kind::value_changed, with(path, x.tag), "", ""};
  if (how == Treatment::id) return id(a, b, at, std::move(delta));
  if (how == Treatment::ignore) {
    ++suppressed_[{how, x.tag}];
    return;
  }
  delta.before = canonical(how, x.value, a.context, scratch_x);
  delta.after = canonical(how, y.value, b.context, scratch_y);
  if (delta.before == delta.after || (how == Treatment::date && as_far(a, x, b, y))) return;
  if (how == Treatment::text) delta.kind = Kind::wording_changed;
  exact(std::move(delta), rule);
}

// In days of the calendar: of a date that no weekend moves.
bool FieldComparison::as_far(const Level& a, const FieldView& x, const Level& b,
                             const FieldView& y) {
  const auto left = day_number(x.value);
  const auto right = day_number(y.value);
  return left && right && a.context.day && b.context.day &&
         *left - *a.context.day == *right - *b.context.day;
}

void FieldComparison::exact(Delta delta, const Rule& rule) {
  if (rule.treatment == Treatment::tolerance) return near_enough(std::move(delta), rule);
  const auto a = fix::Decimal::parse(delta.before);
  const auto b = fix::Decimal::parse(delta.after);
  if (a && b && *a == *b) delta.kind = Kind::value_written;
  put(std::move(delta));
}

void FieldComparison::near_enough(Delta delta, const Rule& rule) {
  if (within(delta.before, delta.after, rule)) {
    ++suppressed_[{Treatment::tolerance, delta.path.back()}];
  } else {
    put(std::move(delta));
  }
}

void FieldComparison::id(const Level& a, const Level& b, Match at, Delta delta) {
  const FieldView x = a.message[a.nodes[at.a].index];
  const FieldView y = b.message[b.nodes[at.b].index];
  const std::uint64_t left = id_key(a.message, x);
  const std::uint64_t right = id_key(b.message, y);
  if (left == 0 && right == 0 && x.value == y.value) return;
  if (left != 0 && right != 0) {
    if (relation_.same(left, right)) return;
    delta.kind = Kind::refers_elsewhere;
    // Which ids they are is run data; that one was met before and the other was not is none.
    delta.before = relation_.other(left) != 0 ? "an id met before" : "a new id";
    delta.after = relation_.knows_b(right) ? "an id met before" : "a new id";
    if (delta.before == delta.after) delta.after = "another id met before";
    return put(std::move(delta));
  }
  delta.before = left == 0 ? std::string(x.value) : "an id";
  delta.after = right == 0 ? std::string(y.value) : "an id";
  put(std::move(delta));
}

void FieldComparison::group(const Level& a, const Level& b, Match at,
                            const std::vector<int>& path) {
  const auto& left = a.nodes[at.a].group->entries;
  const auto& right = b.nodes[at.b].group->entries;
  const int count_tag = a.message[a.nodes[at.a].index].tag;
  if (treatment(a, a.message[a.nodes[at.a].index]) == Treatment::ignore) return;
  const std::vector<int> inner = with(path, count_tag);
  std::vector<Match> matches = match_entries(a, b, left, right, count_tag);
  std::sort(matches.begin(), matches.end(), [](Match x, Match y) { return x.a < y.a; });
  std::vector<bool> used_a(left.size());
  std::vector<bool> used_b(right.size());
  std::vector<std::size_t> places;
  for (const Match& match : matches) {
    used_a[match.a] = used_b[match.b] = true;
    places.push_back(match.b);
    level({a.message, a.context, left[match.a].nodes}, {b.message, b.context, right[match.b].nodes},
          inner);
  }
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (!used_a[i]) entry_alone(Kind::entry_removed, a, left[i], inner);
  }
  for (std::size_t j = 0; j < right.size(); ++j) {
    if (!used_b[j]) entry_alone(Kind::entry_added, b, right[j], inner);
  }
  if (!rises(places)) put({Kind::entries_moved, inner, "", ""});
}

// Named by its key fields.
void FieldComparison::entry_alone(Kind kind, const Level& side, const FieldTree& entry,
                                  std::vector<int> path) {
  const auto& keys = group_keys(path.back());
  std::string name;
  std::string scratch;
  for (const FieldTree::Node& node : entry.nodes) {
    const FieldView field = side.message[node.index];
    const bool key = keys.empty() ? name.empty()
                                  : std::find(keys.front().begin(), keys.front().end(),
                                              field.tag) != keys.front().end();
    if (!key || treatment(side, field) == Treatment::id) continue;
    name += fmt::format("{}{}={}", name.empty() ? "" : "|", field.tag,
                        canonical(treatment(side, field), field.value, side.context, scratch));
  }
  Delta delta{kind, std::move(path), "", ""};
  (kind == Kind::entry_removed ? delta.before : delta.after) = std::move(name);
  put(std::move(delta));
}

std::uint64_t FieldComparison::entry_hash(const Level& side, const FieldTree& entry,
                                          const std::vector<int>* keys, bool is_a) {
  std::uint64_t hash = 1;
  std::string scratch;
  bool any = keys == nullptr;
  for (const FieldTree::Node& node : entry.nodes) {
    const FieldView field = side.message[node.index];
    if (keys && std::find(keys->begin(), keys->end(), field.tag) == keys->end()) continue;
    const Treatment how = treatment(side, field);
    std::uint64_t value = hash_text(canonical(how, field.value, side.context, scratch));
    if (how == Treatment::id && keys) {
      // A key that is an id tells entries apart once it is known which id is which.
      const std::uint64_t key = id_key(side.message, field);
      value = is_a ? relation_.other(key) : relation_.knows_b(key) ? key : 0;
      if (value == 0) return 0;
    }
    any = true;
    hash = mix(mix(hash, static_cast<std::uint64_t>(field.tag)), value);
    if (!node.group || keys) continue;
    for (const FieldTree& inner : node.group->entries)
      hash = mix(hash, entry_hash({side.message, side.context, inner.nodes}, inner, nullptr, is_a));
  }
  return any ? hash : 0;
}

std::vector<FieldComparison::Match> FieldComparison::match_entries(
    const Level& a, const Level& b, const std::vector<FieldTree>& left,
    const std::vector<FieldTree>& right, int count_tag) {
  std::vector<Match> matches;
  std::vector<bool> used_a(left.size());
  std::vector<bool> used_b(right.size());
  const auto take = [&](auto hash_a, auto hash_b) {
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> by_hash;
    for (std::size_t j = right.size(); j-- != 0;) {
      if (!used_b[j]) by_hash[hash_b(j)].push_back(j);
    }
    by_hash.erase(0);
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (used_a[i]) continue;
      const auto at = by_hash.find(hash_a(i));
      if (at == by_hash.end() || at->second.empty()) continue;
      const std::size_t j = at->second.back();
      at->second.pop_back();
      used_a[i] = used_b[j] = true;
      matches.push_back({i, j});
    }
  };
  const auto by_keys = [&](const std::vector<int>* keys) {
    take([&](std::size_t i) { return entry_hash(a, left[i], keys, true); },
         [&](std::size_t j) { return entry_hash(b, right[j], keys, false); });
  };
  by_keys(nullptr);
  for (const auto& keys : group_keys(count_tag)) by_keys(&keys);
  // Entries that nothing tells apart have their place only.
  if (group_keys(count_tag).empty())
    take([](std::size_t) { return 1; }, [](std::size_t) { return 1; });
  return matches;
}

}  // namespace fixdrill::diff
