#include "diff/session_comparison.h"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <set>

#include "base/text.h"
#include "diff/labels.h"

namespace fixdrill::diff {

using record::Direction;

namespace {

constexpr std::uint64_t kEnoughIds = 5;  // fewer may lack a letter by chance
constexpr std::size_t kLengthGap = 4;    // counters grow a digit or two between runs
constexpr std::uint64_t kLateInThousand = 10;

std::string session_name(const record::SessionRow& row) {
  return fmt::format("{} {} -> {}", row.alias, row.sender, row.target);
}

Severity of_count(const std::string& what, std::uint64_t before, std::uint64_t after) {
  const bool worse = what.rfind("Logon refused", 0) == 0 || what.rfind("garbled", 0) == 0;
  if (worse && after > before) return Severity::breaking;
  if (what == "Logon in" && after < before) return Severity::breaking;
  return Severity::suspect;
}

class Sessions {
 public:
  Sessions(const SessionParts& parts, Findings& findings, Suppressed& suppressed)
      : parts_(parts), findings_(findings), suppressed_(suppressed) {}

  void run() {
    for (const auto& [i, j] : parts_.sessions.pairs) {
      logon(i, j, Direction::out);
      logon(i, j, Direction::in);
      counts(i, j);
    }
    lonely(parts_.sides.a, parts_.sessions.a, Kind::session_missing);
    lonely(parts_.sides.b, parts_.sessions.b, Kind::session_extra);
  }

 private:
  void logon(std::uint32_t i, std::uint32_t j, Direction direction) {
    const Traffic& left = parts_.sides.a.traffic[i];
    const Traffic& right = parts_.sides.b.traffic[j];
    if (left.logon(direction).empty() || right.logon(direction).empty()) return;
    const fix::Message a(left.logon(direction));
    const fix::Message b(right.logon(direction));
    const fix::Dictionary& names = *parts_.dictionaries.first[i];
    Relation relation;
    FieldComparison fields(parts_.rules, relation, suppressed_);
    for (const Delta& delta : fields.compare({a, names}, {b, *parts_.dictionaries.second[j]}))
      findings_.add({direction, "A"}, delta, names,
                    {left.logon_id(direction), right.logon_id(direction), "", ""});
  }

  void counts(std::uint32_t i, std::uint32_t j) {
    const auto& left = parts_.sides.a.traffic[i].counts();
    const auto& right = parts_.sides.b.traffic[j].counts();
    std::set<std::string> names;
    for (const auto& [what, count] : left) names.insert(what);
    for (const auto& [what, count] : right) names.insert(what);
    const auto of = [](const auto& counts, const std::string& what) {
      const auto at = counts.find(what);
      return at == counts.end() ? std::uint64_t{0} : at->second;
    };
    for (const std::string& what : names) {
      const std::uint64_t before = of(left, what);
      const std::uint64_t after = of(right, what);
      if (before == after) continue;
      if (beats_with_time(what)) {
        suppressed_[{Treatment::counter, 35}] += before > after ? before - after : after - before;
        continue;
      }
      const Direction direction =
          what.size() > 3 && what.substr(what.size() - 3) == " in" ? Direction::in : Direction::out;
      findings_.add(of_count(what, before, after), {direction, ""},
                    {Kind::session_count,
                     {},
                     fmt::format("{} {} on {}", before, what, parts_.sides.a.sessions[i].alias),
                     fmt::format("{}", after)},
                    *parts_.dictionaries.first[i], {});
    }
  }

  void lonely(const Side& side, const std::vector<std::uint32_t>& numbers, Kind kind) {
    std::vector<std::uint64_t> messages(side.sessions.size());
    std::vector<std::int64_t> first(side.sessions.size());
    for (const Entry& entry : side.entries) {
      if (messages[entry.session]++ == 0) first[entry.session] = entry.id;
    }
    const bool a = kind == Kind::session_missing;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (numbers[i] != kNone || messages[i] == 0) continue;
      Delta delta{kind, {}, "", ""};
      (a ? delta.before : delta.after) = fmt::format("{}: {} messages compared with nothing",
                                                     session_name(side.sessions[i]), messages[i]);
      findings_.add({Direction::in, ""}, delta, fix::Dictionary(),
                    a ? Sighting{first[i], 0, "", ""} : Sighting{0, first[i], "", ""});
    }
  }

  const SessionParts& parts_;
  Findings& findings_;
  Suppressed& suppressed_;
};

std::string alphabet_text(const Format& format) {
  std::vector<std::string> parts;
  if (format.alphabet & 1U) parts.emplace_back("digits");
  if (format.alphabet & 2U) parts.emplace_back("A-Z");
  if (format.alphabet & 4U) parts.emplace_back("a-z");
  if (format.alphabet & 8U) parts.emplace_back("signs");
  const std::string length = format.shortest == format.longest
                                 ? fmt::format("{}", format.longest)
                                 : fmt::format("{} to {}", format.shortest, format.longest);
  return fmt::format("{} characters of {}", length, join(parts, ", "));
}

bool other_format(const Format& a, const Format& b) {
  if (a.values == 0 || b.values == 0) return false;
  const bool apart = a.longest + kLengthGap <= b.shortest || b.longest + kLengthGap <= a.shortest;
  const bool enough = a.values >= kEnoughIds && b.values >= kEnoughIds;
  return apart || (enough && a.alphabet != b.alphabet);
}

// "16:00:00.004 ClOrdID=C7: its ExecID E1 is that of #4 too".
std::string about_reuse(const Side& side, const Format& format, int tag, const std::string& name) {
  const Entry& entry = side.entries[format.repeat];
  const fix::Message message{std::string(entry.raw)};
  const Entry& first = side.entries[format.first];
  const fix::Message other{std::string(first.raw)};
  std::string_view value = message.value(tag);
  for (std::size_t nth = 0; const auto at = message.index_of(tag, nth); ++nth) {
    for (std::size_t i = 0; i < other.size(); ++i) {
      if (other[i].value == message[*at].value) value = message[*at].value;
    }
  }
  return fmt::format("{}: its {} {} is that of #{} too", about(message, entry.wall_ns), name,
                     printable(value), first.id);
}

void compare_reuse(Two sides, int tag, Direction direction, const fix::Dictionary& names,
                   Findings& findings) {
  const Format& a = sides.a.ids.at({tag, direction});
  const Format& b = sides.b.ids.at({tag, direction});
  if ((a.repeat == kNone) == (b.repeat == kNone)) return;
  const auto text = [](const Format& format) {
    return format.repeat == kNone ? "each names one thing" : "some name two things";
  };
  Sighting* const seen =
      findings.add({direction, ""}, {Kind::id_reuse, {tag}, text(a), text(b)}, names, {});
  const std::string name = names.field(tag) ? names.field(tag)->name : fmt::format("tag {}", tag);
  if (a.repeat != kNone) {
    seen->a = sides.a.entries[a.repeat].id;
    seen->about_a = about_reuse(sides.a, a, tag, name);
  } else {
    seen->b = sides.b.entries[b.repeat].id;
    seen->about_b = about_reuse(sides.b, b, tag, name);
  }
}

unsigned usual_digits(const Format& format) {
  return std::max_element(format.digits.begin(), format.digits.end(),
                          [](const auto& x, const auto& y) { return x.second < y.second; })
      ->first;
}

bool often_late(const Format& format) {
  return format.late * 1'000 > format.values * kLateInThousand;
}

std::string late_text(const Format& format) {
  return often_late(format) ? "often behind SendingTime(52)" : "not behind SendingTime(52)";
}

template <class Formats, class Each>
void on_both(const Formats& a, const Formats& b, Each each) {
  for (const auto& [key, format] : a) {
    const auto other = b.find(key);
    if (other != b.end()) each(key.first, key.second, format, other->second);
  }
}

}  // namespace

void compare_sessions(const SessionParts& parts, Findings& findings, Suppressed& suppressed) {
  Sessions(parts, findings, suppressed).run();
}

void compare_formats(Two sides, const fix::Dictionary& names, Findings& findings) {
  on_both(sides.a.ids, sides.b.ids,
          [&](int tag, Direction direction, const Format& a, const Format& b) {
            compare_reuse(sides, tag, direction, names, findings);
            if (!other_format(a, b)) return;
            findings.add({direction, ""},
                         {Kind::id_format, {tag}, alphabet_text(a), alphabet_text(b)}, names, {});
          });
  on_both(sides.a.clocks, sides.b.clocks,
          [&](int tag, Direction direction, const Format& a, const Format& b) {
            if (usual_digits(a) != usual_digits(b))
              findings.add({direction, ""},
                           {Kind::clock_precision,
                            {tag},
                            fmt::format("{} digits behind the point", usual_digits(a)),
                            fmt::format("{} digits behind the point", usual_digits(b))},
                           names, {});
            if (often_late(a) != often_late(b))
              findings.add({direction, ""}, {Kind::clock_order, {tag}, late_text(a), late_text(b)},
                           names, {});
          });
}

std::string latency_label(const fix::Dictionary& names, const std::string& what) {
  const auto parts = split(what, '>');
  if (parts.size() != 3) return what;
  std::string label =
      fmt::format("{} -> {}", names.message_label(parts[0]), names.message_label(parts[1]));
  if (!parts[2].empty()) label += fmt::format(" {}", names.value_label(150, parts[2]));
  return printable(label);
}

void add_latency_findings(const std::vector<LatencyChange>& changes, const fix::Dictionary& names,
                          std::vector<Finding>& findings) {
  std::vector<Finding> made;
  for (const LatencyChange& change : changes) {
    if (change.shift != Shift::slower && change.shift != Shift::faster) continue;
    Finding finding;
    finding.severity = Severity::latency;
    finding.kind = change.shift == Shift::slower ? Kind::slower : Kind::faster;
    finding.message = latency_label(names, change.what);
    finding.count = 1;
    finding.fingerprint = fingerprint({Direction::in, change.what}, {finding.kind, {}, "", ""});
    const auto text = [](const Spread& spread) {
      return fmt::format("median {}, 99 % {}, of {}", elapsed_text(Duration(spread.median_ns)),
                         elapsed_text(Duration(spread.p99_ns)), spread.samples);
    };
    Variant variant;
    variant.before = text(change.a);
    variant.after = text(change.b);
    variant.count = 1;
    variant.fingerprint = finding.fingerprint;
    finding.variants.push_back(std::move(variant));
    made.push_back(std::move(finding));
  }
  findings.insert(findings.end(), made.begin(), made.end());
}

}  // namespace fixdrill::diff
