#include "draft/conversation.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <utility>

#include "draft/together.h"
#include "fix/message.h"
#include "flow/chains.h"
#include "import/def_text.h"

namespace fixdrill::draft {

namespace {

// The numbers that one side of a session has used since its last Logon.
using Numbers = std::set<std::int64_t>;

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
    if (out_.messages.empty()) return nothing();
    return std::move(out_);
  }

 private:
  Error nothing() const {
    if (out_.session_messages == 0)
      return input_error(
          fmt::format("{} holds no FIX message, so there is nothing to draft from", out_.source));
    return input_error(
        fmt::format("{} holds session messages only, {} of them, so there is nothing to draft from",
                    out_.source, out_.session_messages));
  }

  void add(const record::MessageView& view, const record::SessionRow& row) {
    const fix::Message message{std::string(view.raw)};
    const std::size_t session = session_of(view.session_id, row);
    const bool sent = view.direction == record::Direction::out;
    const Numbering place = numbering(numbers_[{session, sent}], message);
    const std::size_t number =
        chains_.add(static_cast<std::int64_t>(session), view.direction, message);
    const bool of_session =
        chains_.flow_of(number) == flow::Chains::kNone || place == Numbering::again;
    const bool nameless =
        imports::message_name(message.msg_type(), out_.sessions[session].dictionary.get()).empty();
    places_.push_back(of_session || nameless ? flow::Chains::kNone : out_.messages.size());
    if (of_session || nameless) {
      ++(of_session ? out_.session_messages : out_.unreadable);
      return;
    }
    out_.messages.push_back(
        {session, sent, place == Numbering::late, view.time, std::string(view.raw)});
  }

  /// Of a message among those before it: its turn, a copy of one that was seen, or of one that was
  /// not.
  enum class Numbering { next, again, late };

  static Numbering numbering(Numbers& used, const fix::Message& message) {
    const std::int64_t number = message.seq_num().value_or(0);
    if (message.msg_type() == "A" && number == 1) used.clear();
    const bool past = used.empty() || number < *used.rbegin();
    const bool known = !used.insert(number).second;
    if (!message.poss_dup()) return Numbering::next;
    return known ? Numbering::again : past ? Numbering::late : Numbering::next;
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
  std::vector<std::size_t> places_;                          ///< by number in the chains
  std::map<std::pair<std::size_t, bool>, Numbers> numbers_;  ///< by session and direction
};

}  // namespace

Result<Conversation> read_conversation(record::MessageSource& source,
                                       const record::DictionaryOf& dictionaries) {
  Reader reader(source, dictionaries);
  auto conversation = reader.read();
  if (!conversation) return conversation;
  conversation->flows = reader.flows();
  put_together(*conversation);
  return conversation;
}

}  // namespace fixdrill::draft
