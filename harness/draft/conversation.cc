#include "draft/conversation.h"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <set>
#include <tuple>

#include "fix/message.h"
#include "flow/chains.h"

namespace fixdrill::draft {

namespace {

using namespace std::chrono_literals;

// Reports of one trade come one after another, to both sides.
constexpr Duration kSameTrade = 250ms;

// Names a message again that came with other fields of its header: a copy.
using Number = std::tuple<std::size_t, bool, std::string>;

class Reader {
 public:
  Reader(record::MessageSource& source, const record::DictionaryOf& dictionaries)
      : source_(source), dictionaries_(dictionaries) {
    out_.source = source.name();
  }

  Result<Conversation> read() {
    for (;;) {
      const auto view = source_.next();
      if (!view) return view.error();
      if (!*view) break;
      const record::SessionRow* row = source_.session((*view)->session_id);
      if ((*view)->kind != record::MessageKind::fix || !row) {
        ++out_.unreadable;
      } else {
        add(**view, *row);
      }
    }
    if (out_.messages.empty())
      return input_error(fmt::format(
          "{} holds no application message, so there is nothing to draft from", out_.source));
    return std::move(out_);
  }

 private:
  void add(const record::MessageView& view, const record::SessionRow& row) {
    const fix::Message message{std::string(view.raw)};
    const std::size_t session = session_of(view.session_id, row);
    const bool sent = view.direction == record::Direction::out;
    const bool again =
        message.poss_dup() && !seen_.insert({session, sent, std::string(message.value(34))}).second;
    const std::size_t number =
        chains_.add(static_cast<std::int64_t>(session), view.direction, message);
    const bool spoken = chains_.flow_of(number) != flow::Chains::kNone && !again;
    if (!message.poss_dup()) seen_.insert({session, sent, std::string(message.value(34))});
    places_.push_back(spoken ? out_.messages.size() : flow::Chains::kNone);
    if (!spoken) {
      ++out_.session_messages;
      return;
    }
    out_.messages.push_back({session, sent, view.time, std::string(view.raw)});
  }

  // Sessions of several connections or lanes with the same counterparties are one.
  std::size_t session_of(std::int64_t id, const record::SessionRow& row) {
    const auto known = by_id_.find(id);
    if (known != by_id_.end()) return known->second;
    const auto same =
        std::find_if(out_.sessions.begin(), out_.sessions.end(), [&](const Party& party) {
          return party.row.alias == row.alias && party.row.sender == row.sender &&
                 party.row.target == row.target && party.row.begin_string == row.begin_string;
        });
    const auto index = static_cast<std::size_t>(same - out_.sessions.begin());
    if (same == out_.sessions.end()) out_.sessions.push_back({row, dictionaries_(row)});
    return by_id_[id] = index;
  }

 public:
  /// Of the messages kept; the numbers of the chains count all.
  std::vector<Flow> flows() const {
    std::vector<Flow> flows;
    for (const auto& members : chains_.flows()) {
      Flow flow;
      for (const std::size_t number : members) {
        if (places_[number] != flow::Chains::kNone) flow.push_back(places_[number]);
      }
      if (!flow.empty()) flows.push_back(std::move(flow));
    }
    return flows;
  }

 private:
  record::MessageSource& source_;
  const record::DictionaryOf& dictionaries_;
  Conversation out_;
  flow::Chains chains_;
  std::map<std::int64_t, std::size_t> by_id_;
  std::vector<std::size_t> places_;  ///< by number in the chains
  std::set<Number> seen_;
};

struct Fill {
  std::size_t flow = 0;
  Time time;
  std::string what;  ///< symbol, price, quantity
  std::string side;
};

std::optional<Fill> fill_in(const Spoken& one, std::size_t flow) {
  const fix::Message message(one.bytes);
  const std::string_view type = message.value(150);
  const bool trade = type == "F" || type == "1" || type == "2" ||
                     (type.empty() && (message.value(39) == "1" || message.value(39) == "2"));
  if (message.msg_type() != "8" || !trade || message.value(32).empty()) return std::nullopt;
  return Fill{flow, one.time,
              fmt::format("{} {} {}", message.value(55), message.value(31), message.value(32)),
              std::string(message.value(54))};
}

// Two fills of one trade: the other side, the same price and quantity, at the same moment.
bool one_trade(const Fill& a, const Fill& b) {
  const bool buys = a.side == "1", buys_too = b.side == "1";
  return a.flow != b.flow && a.what == b.what && buys != buys_too && b.time - a.time <= kSameTrade;
}

std::size_t root(std::vector<std::size_t>& parents, std::size_t one) {
  while (parents[one] != one) one = parents[one] = parents[parents[one]];
  return one;
}

std::vector<Flow> with_trades(const std::vector<Spoken>& messages, std::vector<Flow> flows) {
  std::vector<Fill> fills;
  for (std::size_t i = 0; i < flows.size(); ++i) {
    for (const std::size_t member : flows[i]) {
      if (auto fill = fill_in(messages[member], i)) fills.push_back(std::move(*fill));
    }
  }
  std::stable_sort(fills.begin(), fills.end(),
                   [](const Fill& a, const Fill& b) { return a.time < b.time; });
  std::vector<std::size_t> parents(flows.size());
  std::iota(parents.begin(), parents.end(), std::size_t{0});
  for (std::size_t i = 0; i < fills.size(); ++i) {
    for (std::size_t j = i + 1; j < fills.size() && fills[j].time - fills[i].time <= kSameTrade;
         ++j) {
      if (!one_trade(fills[i], fills[j])) continue;
      const std::size_t a = root(parents, fills[i].flow), b = root(parents, fills[j].flow);
      parents[std::max(a, b)] = std::min(a, b);
      break;
    }
  }
  for (std::size_t i = flows.size(); i-- > 0;) {
    Flow& into = flows[root(parents, i)];
    if (&into == &flows[i]) continue;
    into.insert(into.end(), flows[i].begin(), flows[i].end());
    flows[i].clear();
    std::sort(into.begin(), into.end());
  }
  std::erase_if(flows, [](const Flow& flow) { return flow.empty(); });
  return flows;
}

}  // namespace

Result<Conversation> read_conversation(record::MessageSource& source,
                                       const record::DictionaryOf& dictionaries) {
  Reader reader(source, dictionaries);
  auto conversation = reader.read();
  if (!conversation) return conversation;
  conversation->flows = with_trades(conversation->messages, reader.flows());
  return conversation;
}

}  // namespace fixdrill::draft
