#include "draft/draft.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <map>
#include <set>
#include <vector>

#include "base/text.h"
#include "draft/conversation.h"
#include "draft/ending.h"
#include "draft/kind.h"
#include "draft/script.h"
#include "fix/message.h"
#include "flow/ids.h"
#include "import/def_text.h"
#include "syntax/formatter.h"
#include "syntax/parser.h"

namespace fixdrill::draft {

namespace {

/// Flows of one kind: the first is drafted.
struct Kind {
  const Flow* first = nullptr;
  std::size_t count = 0;
};

bool speaks_of(const fix::Message& message, const std::string& id) {
  for (std::size_t i = 0; i < message.size(); ++i) {
    if (message[i].value == id && flow::id_space(message[i].tag) != 0) return true;
  }
  return false;
}

bool holds(const Conversation& conversation, const Flow& flow, const std::string& id) {
  return std::any_of(flow.begin(), flow.end(), [&](std::size_t member) {
    return speaks_of(fix::Message(conversation.messages[member].bytes), id);
  });
}

// A report that opens a flow speaks of an order from before; where we send nothing there is nothing
// to script.
bool can_be_played(const Conversation& conversation, const Flow& flow) {
  const Spoken& first = conversation.messages[flow.front()];
  const fix::Message opening(first.bytes);
  const std::string_view type = opening.msg_type();
  const bool answer = type == "8" || type == "9" || type == "3" || type == "j";
  const bool ours = std::any_of(flow.begin(), flow.end(), [&](std::size_t member) {
    const Spoken& one = conversation.messages[member];
    return one.sent && !fix::is_admin_type(fix::Message(one.bytes).msg_type());
  });
  return ours && !(answer && first.sent == conversation.acceptor(first));
}

bool is_name(std::string_view text) {
  return !text.empty() && std::isalpha(static_cast<unsigned char>(text[0])) &&
         std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::isalnum(c) || c == '_'; });
}

// The alias where the language takes it as a name; one session of a log is OE, or EX where we are
// the exchange.
std::vector<std::string> session_names(const Conversation& conversation) {
  std::vector<std::string> names;
  for (const Party& party : conversation.sessions) {
    std::string name = party.row.alias;
    if (!is_name(name) && conversation.sessions.size() == 1)
      name = party.row.role == "acceptor" ? "EX" : "OE";
    for (char& c : name) {
      if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
    }
    if (!is_name(name)) name = fmt::format("S{}", name);
    while (std::find(names.begin(), names.end(), name) != names.end()) name += '2';
    names.push_back(std::move(name));
  }
  return names;
}

class Writer {
 public:
  Writer(const Conversation& conversation, const DraftOptions& options)
      : conversation_(conversation), options_(options), names_(session_names(conversation)) {}

  Result<Draft> write() {
    sort_out();
    if (kinds_.empty()) return nothing();
    Draft out;
    out.left_out = left_out_;
    out.scenarios = kinds_.size();
    for (const Kind& kind : kinds_) out.flows += kind.count;
    const syntax::Parsed parsed = syntax::parse(
        std::make_shared<SourceFile>(fmt::format("draft of {}", conversation_.source), text(out)));
    if (has_errors(parsed.diagnostics))
      return input_error(
          fmt::format("this conversation makes no scenario: {}", render(parsed.diagnostics)));
    out.text = syntax::format(parsed.file);
    return out;
  }

 private:
  void sort_out() {
    std::map<std::string, std::size_t> known;
    for (const Flow& flow : conversation_.flows) {
      if (!options_.order.empty() && !holds(conversation_, flow, options_.order)) continue;
      if (!can_be_played(conversation_, flow)) {
        ++left_out_;
        continue;
      }
      const auto [at, fresh] = known.emplace(kind_of(conversation_, flow), kinds_.size());
      if (fresh) kinds_.push_back({&flow, 0});
      ++kinds_[at->second].count;
      for (const std::size_t member : flow) used_.insert(conversation_.messages[member].session);
      fresh_.merge(sessions_with_open_orders(conversation_, flow));
      fresh_.merge(sessions_that_listen(conversation_, flow));
    }
  }

  Error nothing() const {
    if (!options_.order.empty() && left_out_ == 0)
      return input_error(
          fmt::format("no message of {} has the id {}", conversation_.source, options_.order));
    const bool one = left_out_ == 1;
    return input_error(
        fmt::format("nothing in {} can be drafted: {} order flow{} left out, because nothing was "
                    "sent in {} or {} began before; --us COMPID says whose side is drafted",
                    conversation_.source, left_out_, one ? " was" : "s were", one ? "it" : "them",
                    one ? "it" : "they"));
  }

  std::string text(const Draft& out) const {
    std::string text =
        fmt::format("drill 1\n\n# Drafted from {}: {} order flow{} of {} kind{}",
                    imports::plain_line(conversation_.source), out.flows, out.flows == 1 ? "" : "s",
                    out.scenarios, out.scenarios == 1 ? "" : "s");
    text += left_out_ == 0 ? "."
                           : fmt::format(
                                 "; {} left out that nothing was sent in or that "
                                 "began before.",
                                 left_out_);
    if (conversation_.unreadable > 0)
      text += fmt::format("\n# Left out too: {} without a MsgType that a step could name.",
                          conversation_.unreadable == 1
                              ? "1 piece"
                              : fmt::format("{} pieces", conversation_.unreadable));
    text +=
        "\n# Ids and times are expressions; fields that only echo a request, ExecIDs and "
        "texts with numbers are not checked.\n";
    if (!fresh_.empty())
      text +=
          "# A fresh session logs out behind each scenario: an order that one leaves open, or what "
          "others do,\n# would meet the next.\n";
    for (const std::size_t session : used_) text += declaration(session);
    std::size_t number = 0;
    for (const Kind& kind : kinds_) text += scenario(kind, ++number);
    return text;
  }

  std::string declaration(std::size_t index) const {
    const record::SessionRow& row = conversation_.sessions[index].row;
    return fmt::format("session {} {}{}   # {} {} -> {}\n", names_[index],
                       row.role == "acceptor" ? "acceptor" : "initiator",
                       fresh_.contains(index) ? " fresh" : "", row.begin_string,
                       imports::plain_line(row.sender), imports::plain_line(row.target));
  }

  std::string scenario(const Kind& kind, std::size_t number) const {
    std::string text = "\n";
    if (kind.count > 1) text += fmt::format("# {} order flows went like this one\n", kind.count);
    text += fmt::format("@id DRAFT-{:03}\nscenario {} {{\n", number,
                        imports::quoted(title_of(conversation_, *kind.first)));
    text += script_of(conversation_, *kind.first, {names_, used_.size() > 1});
    return text + "}\n";
  }

  const Conversation& conversation_;
  const DraftOptions& options_;
  std::vector<std::string> names_;
  std::vector<Kind> kinds_;
  Sessions used_;
  Sessions fresh_;  ///< of those
  std::size_t left_out_ = 0;
};

}  // namespace

Result<Draft> draft(record::MessageSource& source, const record::DictionaryOf& dictionaries,
                    const DraftOptions& options) {
  const auto conversation = read_conversation(source, dictionaries);
  if (!conversation) return conversation.error();
  return Writer(*conversation, options).write();
}

}  // namespace fixdrill::draft
