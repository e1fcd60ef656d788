#include "draft/together.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/text.h"
#include "eval/value.h"
#include "fix/message.h"

namespace fixdrill::draft {

namespace {

using namespace std::chrono_literals;

// Reports of one trade come one after another, to both sides.
constexpr Duration kSameTrade = 250ms;
constexpr Duration kMassCancel = 5s;       ///< what it ends is told not later
constexpr std::size_t kMostTogether = 10;  ///< orders of a mass cancel in one scenario
// An answer comes sooner; later, something else has happened.
constexpr Duration kRested = 2s;

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// Of logs the monotonic time is not known.
Duration between(const Spoken& a, const Spoken& b) {
  return Duration(b.time.wall_ns - a.time.wall_ns);
}

struct Report {
  std::size_t message = 0;
  std::size_t flow = 0;
  fix::Message fields;
};

bool is_trade(const fix::Message& report) {
  const std::string_view type = report.value(150);
  const bool said = type == "F" || type == "1" || type == "2";
  const bool old = type.empty() && (report.value(39) == "1" || report.value(39) == "2");
  return (said || old) && !report.value(32).empty();
}

bool is_cancel(const fix::Message& report) {
  const std::string_view type = report.value(150);
  return type == "4" || (type.empty() && report.value(39) == "4");
}

// IOC and FOK orders, and what is left of a market order, end by themselves.
bool ends_by_itself(const fix::Message& report) {
  const std::string_view in_force = report.value(59);
  return in_force == "3" || in_force == "4" || report.value(40) == "1";
}

// A cancel that was asked for names the order as OrigClOrdID(41).
bool is_unasked(const fix::Message& report) {
  return report.value(41).empty() || report.value(41) == report.value(11);
}

class Bundle {
 public:
  explicit Bundle(Conversation& conversation)
      : conversation_(conversation),
        messages_(conversation.messages),
        parents_(conversation.flows.size()) {
    std::iota(parents_.begin(), parents_.end(), std::size_t{0});
    for (std::size_t i = 0; i < conversation.flows.size(); ++i) sort_out(i);
    const auto by_message = [](const Report& a, const Report& b) { return a.message < b.message; };
    std::sort(fills_.begin(), fills_.end(), by_message);
    std::sort(cancels_.begin(), cancels_.end(), by_message);
  }

  void put_together() {
    link_both_ends();
    link_trades_by_id();
    link_trades();
    for (const Report& request : mass_cancels_) link_mass_cancel(request);
    for (const Report& copy : copies_) link_copy(copy);
    note_the_unexplained();
    merge();
  }

 private:
  void sort_out(std::size_t flow) {
    for (const std::size_t member : conversation_.flows[flow]) {
      Report one{member, flow, fix::Message(messages_[member].bytes)};
      const std::string_view type = one.fields.msg_type();
      if (type == "q") mass_cancels_.push_back(one);
      if (type != "8") continue;
      if (one.fields.value(797) == "Y") {
        copies_.push_back(one);
      } else if (is_trade(one.fields)) {
        fills_.push_back(one);
      } else if (is_cancel(one.fields) && is_unasked(one.fields) && !ends_by_itself(one.fields)) {
        cancels_.push_back(one);
      }
      if (one.fields.value(797) != "Y") reports_[exec_key(one.fields)] = flow;
    }
  }

  // Where both ends of a connection were recorded, what one sent is what the other one got.
  void link_both_ends() {
    std::map<std::string_view, std::size_t> sent;
    for (const bool sends : {true, false}) {
      for (std::size_t flow = 0; flow < conversation_.flows.size(); ++flow) {
        for (const std::size_t member : conversation_.flows[flow]) {
          const Spoken& one = messages_[member];
          if (one.sent != sends) continue;
          if (sends) sent.emplace(one.bytes, flow);
          const auto other = sent.find(one.bytes);
          if (!sends && other != sent.end()) unite(other->second, flow);
        }
      }
    }
  }

  static std::string exec_key(const fix::Message& report) {
    return fmt::format("{} {}", report.value(37), report.value(17));
  }

  // What the venue calls a trade on both sides of it; "" = nothing.
  static std::string trade_id(const fix::Message& report) {
    for (const int tag : {880, 1003}) {
      if (report.has(tag))
        return fmt::format("{} {} {} {}", tag, report.value(tag), report.value(55),
                           report.value(52).substr(0, 8));
    }
    return {};
  }

  void link_trades_by_id() {
    std::map<std::string, const Report*> known;
    for (const Report& fill : fills_) {
      const std::string id = trade_id(fill.fields);
      if (id.empty()) continue;
      const auto [first, fresh] = known.emplace(id, &fill);
      if (fresh || first->second->flow == fill.flow) continue;
      explained_.insert({first->second->message, fill.message});
      unite(first->second->flow, fill.flow);
    }
  }

  // 0: they cannot be, 1: they may be, 2: the venue says that they are.
  static int one_trade(const Report& a, const Report& b) {
    const fix::Message &one = a.fields, &other = b.fields;
    const auto what = [](const fix::Message& m) {
      return std::tuple(m.value(55), m.value(31), m.value(32));
    };
    const bool buys = one.value(54) == "1", buys_too = other.value(54) == "1";
    if (a.flow == b.flow || buys == buys_too || what(one) != what(other)) return 0;
    if (!trade_id(one).empty() && !trade_id(other).empty()) return 0;
    return !one.value(17).empty() && one.value(17) == other.value(17) ? 2 : 1;
  }

  /// The fill that goes with another one, and how many more might.
  struct Partner {
    std::size_t fill = kNone;
    int certainty = 0;
    std::size_t others = 0;
  };

  Partner partner_of(std::size_t i) const {
    Partner best;
    for (std::size_t j = i + 1; j < fills_.size(); ++j) {
      if (between(messages_[fills_[i].message], messages_[fills_[j].message]) > kSameTrade) break;
      const int fits = explained_.contains(fills_[j].message) ? 0 : one_trade(fills_[i], fills_[j]);
      if (fits == 1 && best.certainty == 1 && fills_[j].flow != fills_[best.fill].flow)
        ++best.others;
      if (fits > best.certainty) best = {j, fits, 0};
    }
    return best;
  }

  void link_trades() {
    for (std::size_t i = 0; i < fills_.size(); ++i) {
      const std::size_t message = fills_[i].message;
      if (explained_.contains(message)) continue;
      const Partner partner = partner_of(i);
      if (partner.certainty == 0) continue;
      explained_.insert({message, fills_[partner.fill].message});
      unite(fills_[i].flow, fills_[partner.fill].flow);
      if (partner.others > 0)
        note(message, fmt::format("taken to be one trade with the first of {} orders that fit",
                                  partner.others + 1));
    }
  }

  // Orders that were there when the request was sent, and are of what it names.
  bool is_canceled_by(const Report& cancel, const Report& request) const {
    const Spoken &asked = messages_[request.message], &told = messages_[cancel.message];
    const bool there = conversation_.flows[cancel.flow].front() < request.message;
    for (const int tag : {55, 54}) {
      if (request.fields.has(tag) && request.fields.value(tag) != cancel.fields.value(tag))
        return false;
    }
    return there && asked.session == told.session && asked.sent != told.sent;
  }

  void link_mass_cancel(const Report& request) {
    std::size_t count = 0;
    std::vector<std::size_t> flows;
    auto cancel = std::lower_bound(
        cancels_.begin(), cancels_.end(), request.message,
        [](const Report& one, std::size_t message) { return one.message < message; });
    for (; cancel != cancels_.end(); ++cancel) {
      if (between(messages_[request.message], messages_[cancel->message]) > kMassCancel) break;
      if (!is_canceled_by(*cancel, request) || !explained_.insert(cancel->message).second) continue;
      ++count;
      if (cancel->flow != request.flow) flows.push_back(cancel->flow);
    }
    if (flows.empty()) return;
    note_doubt(request, count);
    if (flows.size() <= kMostTogether) {
      for (const std::size_t flow : flows) unite(flow, request.flow);
      return;
    }
    note(request.message, fmt::format("canceled {} orders; each is drafted alone", count));
    for (const std::size_t flow : flows) copied_.emplace_back(request.flow, flow);
  }

  // The report says how many: TotalAffectedOrders(533).
  void note_doubt(const Report& request, std::size_t count) {
    std::string told;
    for (const std::size_t member : conversation_.flows[request.flow]) {
      const fix::Message message(messages_[member].bytes);
      if (message.msg_type() == "r") told = printable(message.value(533));
    }
    if (told == std::to_string(count)) return;
    note(request.message,
         fmt::format("taken to have canceled {} order{}, by time; the report says {}", count,
                     count == 1 ? "" : "s", told.empty() ? "no number" : told));
  }

  void link_copy(const Report& copy) {
    const auto original = reports_.find(exec_key(copy.fields));
    if (original != reports_.end()) unite(original->second, copy.flow);
  }

  void note_the_unexplained() {
    for (const Report& cancel : cancels_) {
      if (is_open_question(cancel))
        note(cancel.message, "nobody asked for this cancel: what made it is not in the recording");
    }
    for (const Report& fill : fills_) {
      const Duration rested = since_asked(fill);
      if (rested <= kRested || !is_open_question(fill)) continue;
      const auto seconds = std::chrono::round<std::chrono::seconds>(rested);
      note(fill.message, fmt::format("after {}: who traded with it is not in the recording",
                                     eval::duration_text(seconds)));
    }
  }

  bool is_open_question(const Report& report) const {
    return !messages_[report.message].sent && !explained_.contains(report.message);
  }

  // Since the other side last spoke of it.
  Duration since_asked(const Report& report) const {
    const Spoken* last = nullptr;
    for (const std::size_t member : conversation_.flows[report.flow]) {
      if (member >= report.message) break;
      if (messages_[member].sent != messages_[report.message].sent) last = &messages_[member];
    }
    return last ? between(*last, messages_[report.message]) : Duration(0);
  }

  void note(std::size_t message, std::string text) {
    conversation_.notes.emplace(message, std::move(text));
  }

  std::size_t root(std::size_t one) {
    while (parents_[one] != one) one = parents_[one] = parents_[parents_[one]];
    return one;
  }

  void unite(std::size_t a, std::size_t b) {
    a = root(a);
    b = root(b);
    parents_[std::max(a, b)] = std::min(a, b);
  }

  void merge() {
    std::vector<Flow>& flows = conversation_.flows;
    std::vector<Flow> merged(flows.size());
    const auto add = [&](std::size_t from, std::size_t to) {
      Flow& into = merged[root(to)];
      into.insert(into.end(), flows[from].begin(), flows[from].end());
    };
    for (std::size_t i = 0; i < flows.size(); ++i) add(i, i);
    for (const auto& [from, to] : copied_) add(from, to);
    for (Flow& flow : merged) {
      std::sort(flow.begin(), flow.end());
      flow.erase(std::unique(flow.begin(), flow.end()), flow.end());
    }
    std::erase_if(merged, [](const Flow& flow) { return flow.empty(); });
    flows = std::move(merged);
  }

  Conversation& conversation_;
  const std::vector<Spoken>& messages_;
  std::vector<std::size_t> parents_;  ///< of the flows; a root is the first of its set
  std::vector<Report> fills_, cancels_, mass_cancels_, copies_;
  std::map<std::string, std::size_t> reports_;               ///< flow by OrderID and ExecID
  std::set<std::size_t> explained_;                          ///< messages whose cause is known
  std::vector<std::pair<std::size_t, std::size_t>> copied_;  ///< from, to
};

}  // namespace

void put_together(Conversation& conversation) { Bundle(conversation).put_together(); }

}  // namespace fixdrill::draft
