#include "diff/compare.h"

#include <algorithm>
#include <fmt/format.h>
#include <future>
#include <iterator>
#include <optional>
#include <set>

#include "base/text.h"
#include "diff/flow_comparison.h"
#include "diff/session_comparison.h"
#include "diff/unseen.h"

namespace fixdrill::diff {

namespace {

Dictionaries dictionaries_of(const Side& side, const record::DictionaryOf& dictionary_of) {
  static const fix::DictionaryPtr kNone = std::make_shared<const fix::Dictionary>();
  Dictionaries made;
  for (const record::SessionRow& row : side.sessions) {
    fix::DictionaryPtr dictionary = dictionary_of ? dictionary_of(row) : nullptr;
    made.push_back(dictionary ? std::move(dictionary) : kNone);
  }
  return made;
}

SideSummary summary_of(const Side& side) {
  return {side.name, side.messages, side.flows.size(), side.first_ns, side.last_ns};
}

/// The parts of a comparison, one after another.
class Whole {
 public:
  Whole(const Side& a, const Side& b, Input& input_a, Input& input_b, const Rules& rules)
      : sides_{a, b},
        rules_(rules),
        dictionaries_{dictionaries_of(a, input_a.dictionary),
                      dictionaries_of(b, input_b.dictionary)},
        sessions_(pair_sessions(sides_)),
        flows_(pair_flows(sides_, sessions_)) {}

  Comparison run(const Options& options) {
    made_.a = summary_of(sides_.a);
    made_.b = summary_of(sides_.b);
    made_.pairs = flows_.pairs.size();
    made_.by_origin = flows_.by_origin;
    compare_pairs(options.threads);
    tell_lonely_flows();
    const SessionParts parts{sides_, sessions_, dictionaries_, rules_};
    compare_sessions(parts, findings_, made_.suppressed);
    compare_formats(sides_, *dictionary(), findings_);
    note_unseen_values(sides_, *dictionary(), findings_);
    made_.findings = findings_.take();
    made_.latencies = compare_latencies(sides_.a.latencies, sides_.b.latencies, options.latency);
    add_latency_findings(made_.latencies, *dictionary(), made_.findings);
    tell_the_rest();
    return std::move(made_);
  }

 private:
  const fix::DictionaryPtr& dictionary() const { return dictionaries_.first.front(); }

  void compare_pairs(unsigned threads) {
    const std::size_t parts = flows_.pairs.size() < 1'000 ? 1 : std::max(1U, threads);
    std::vector<std::future<FlowComparison::Made>> work;
    for (std::size_t part = 0; part < parts; ++part) {
      const std::size_t begin = flows_.pairs.size() * part / parts;
      const std::size_t end = flows_.pairs.size() * (part + 1) / parts;
      work.push_back(std::async(std::launch::async, [this, begin, end] {
        FlowComparison comparison({sides_, dictionaries_, rules_});
        for (std::size_t i = begin; i < end; ++i) comparison.compare(flows_.pairs[i]);
        return comparison.take();
      }));
    }
    for (auto& one : work) {
      FlowComparison::Made made = one.get();
      findings_.merge(std::move(made.findings));
      made_.equal_pairs += made.equal_pairs;
      made_.differing_messages += made.differing_messages;
      for (const auto& [rule, count] : made.suppressed) made_.suppressed[rule] += count;
    }
  }

  void tell_lonely_flows() {
    FlowComparison comparison({sides_, dictionaries_, rules_});
    for (const std::uint32_t flow : flows_.only_a) comparison.alone(flow, true);
    for (const std::uint32_t flow : flows_.only_b) comparison.alone(flow, false);
    findings_.merge(comparison.take().findings);
  }

  void tell_the_rest() {
    made_.messages_by_type = sides_.a.messages_by_type;
    for (const auto& [i, j] : sessions_.pairs) {
      const record::SessionRow& row = sides_.a.sessions[i];
      made_.sessions.push_back(fmt::format("{}  {} {} -> {}", printable(row.alias),
                                           printable(row.begin_string), printable(row.sender),
                                           printable(row.target)));
    }
    tell_unreadable("A", sides_.a);
    tell_unreadable("B", sides_.b);
    for (const auto& [treatment, count] : sides_.a.values) {
      if (treatment != Treatment::exact)
        made_.by_relation.emplace_back(treatment_name(treatment), count);
    }
    tell_renamings();
    for (const LatencyChange& change : made_.latencies) {
      if (change.shift == Shift::unknown) {
        made_.not_compared.emplace_back(
            "some latencies: too few samples, or times too coarse, on a side");
        break;
      }
    }
  }

  void tell_renamings() {
    std::uint64_t used = 0;
    for (std::size_t i = 0; i < sides_.a.renamed.size(); ++i) {
      used += sides_.a.renamed[i];
      if (sides_.a.renamed[i] != 0) continue;
      const Renaming& unused = rules_.renamings()[i];
      std::vector<std::string> fields;
      for (const int tag : unused.tags) fields.push_back(dictionary()->field_label(tag));
      made_.unused_maps.push_back(
          fmt::format("{}: side A has no {} {}", unused.place, join(fields, " or "), unused.a));
    }
    if (used != 0) made_.by_relation.emplace_back("mapped", used);
  }

  void tell_unreadable(const char* which, const Side& side) {
    if (side.unreadable == 0) return;
    made_.not_compared.push_back(fmt::format(
        "{} {} of {} that {} no whole message", side.unreadable,
        side.unreadable == 1 ? "piece" : "pieces", which, side.unreadable == 1 ? "is" : "are"));
  }

  Two sides_;
  const Rules& rules_;
  std::pair<Dictionaries, Dictionaries> dictionaries_;
  SessionPairs sessions_;
  Pairing flows_;
  Findings findings_;
  Comparison made_;
};

}  // namespace

Result<Comparison> compare(Input a, Input b, const Rules& rules, const Options& options) {
  auto other =
      std::async(std::launch::async, [&] { return load(Which::b, b.source, rules, b.origins); });
  const auto side_a = load(Which::a, a.source, rules, a.origins);
  const auto side_b = other.get();
  for (const auto* side : {&side_a, &side_b}) {
    if (!*side) return side->error();
    if ((*side)->messages == 0)
      return input_error(fmt::format("{} holds no FIX message: there is nothing to compare",
                                     printable((*side)->name)));
  }
  return Whole(*side_a, *side_b, a, b, rules).run(options);
}

}  // namespace fixdrill::diff
