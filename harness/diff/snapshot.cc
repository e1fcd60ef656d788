#include "diff/snapshot.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <ostream>
#include <tuple>

#include "base/text.h"
#include "fix/group.h"

namespace fixdrill::diff {

using record::Direction;

namespace {

constexpr const char* kHead =
    "# fixdrill export --canonical, version 1\n"
    "# ids by their first use in the flow; without times, counters and who talks from where\n";

/// The text of one flow.
class FlowText {
 public:
  FlowText(const Side& side, const Rules& rules, const fix::Dictionary& names)
      : side_(side), rules_(rules), names_(names) {}

  std::string of(const Flow& flow) {
    for (const Direction direction : {Direction::out, Direction::in}) {
      for (const std::uint32_t n : side_.members(flow)) {
        if (side_.entries[n].direction == direction) message(side_.entries[n]);
      }
    }
    return std::move(text_);
  }

 private:
  template <class... Parts>
  void line(fmt::format_string<Parts...> form, Parts&&... parts) {
    fmt::format_to(std::back_inserter(text_), form, std::forward<Parts>(parts)...);
    text_ += '\n';
  }

  void message(const Entry& entry) {
    const fix::Message message{std::string(entry.raw)};
    const Context context = context_of(message);
    line("  {} {}({})", entry.direction == Direction::out ? "sent" : "received",
         printable(names_.message_label(message.msg_type())), printable(message.msg_type()));
    there_.clear();
    level(message, context, fix::group_tree(message, names_), "    ");
    if (!there_.empty()) line("    there: {}", join(there_, ", "));
  }

  // `margin` of the first line; those below stand as far in.
  void level(const fix::Message& message, const Context& context, const fix::FieldTree& tree,
             std::string margin) {
    for (const fix::FieldTree::Node& node : tree.nodes) {
      const fix::FieldView field = message[node.index];
      const Treatment how = rules_.treatment(field.tag, context.msg_type, field.value);
      if (field.tag == 35 || how == Treatment::ignore) continue;
      const std::string name = printable(names_.field_label(field.tag));
      if (how == Treatment::wire || how == Treatment::counter || how == Treatment::environment) {
        there_.push_back(name);
        continue;
      }
      line("{}{} = {}", margin, name, value(message, context, field, how));
      std::fill(margin.begin(), margin.end(), ' ');
      if (!node.group) continue;
      for (const fix::FieldTree& entry : node.group->entries)
        level(message, context, entry, margin + "  - ");
    }
  }

  std::string value(const fix::Message& message, const Context& context,
                    const fix::FieldView& field, Treatment how) {
    if (how == Treatment::id && id_key(message, field) != 0) return id(message, field);
    if (how == Treatment::secret || how == Treatment::tolerance)
      return fmt::format("({})", treatment_name(how));
    std::string scratch;
    const std::string_view kept =
        how == Treatment::id ? field.value : canonical(how, field.value, context, scratch);
    if (how == Treatment::clock && kept.empty()) {
      const std::size_t point = field.value.rfind('.');
      return fmt::format("time, {} digits",
                         point == std::string_view::npos ? 0 : field.value.size() - point - 1);
    }
    return printable(how == Treatment::exact ? names_.value_label(field.tag, kept)
                                             : std::string(kept));
  }

  std::string id(const fix::Message& message, const fix::FieldView& field) {
    const int space = space_of(message, field);
    const fix::FieldDef* const known = names_.field(space);
    return fmt::format("{} {}", known ? known->name : fmt::format("tag {}", space),
                       aliases_[space].of(id_key(message, field)).first + 1);
  }

  const Side& side_;
  const Rules& rules_;
  const fix::Dictionary& names_;
  std::map<int, Aliases> aliases_;  ///< by space
  std::vector<std::string> there_;  ///< fields that are only there or not
  std::string text_;
};

/// By what stands in it, so that interleaving plays no part.
struct Block {
  std::string session;
  std::string origin;
  std::string text;

  bool operator<(const Block& other) const {
    return std::tie(session, origin, text) < std::tie(other.session, other.origin, other.text);
  }
};

Block block_of(const Side& side, const Flow& flow, const Rules& rules,
               const record::DictionaryOf& dictionary_of) {
  static const fix::Dictionary kNoNames;
  const record::SessionRow& row = side.sessions[flow.session];
  const fix::DictionaryPtr names = dictionary_of ? dictionary_of(row) : nullptr;
  return {printable(row.alias), flow.origin == kNone ? "" : printable(side.origins[flow.origin]),
          FlowText(side, rules, names ? *names : kNoNames).of(flow)};
}

// Heartbeats and TestRequests come with time.
std::string session_text(const record::SessionRow& row, const Traffic& traffic) {
  std::string text =
      fmt::format("session {} {}\n", printable(row.alias), printable(row.begin_string));
  for (const auto& [what, count] : traffic.counts()) {
    if (!beats_with_time(what)) text += fmt::format("  {} {}\n", count, what);
  }
  return text;
}

}  // namespace

Status put_snapshot(Input input, const Rules& rules, std::ostream& out) {
  const auto side = load(Which::a, input.source, rules, input.origins);
  if (!side) return side.error();
  if (side->messages == 0)
    return input_error(fmt::format("{} holds no FIX message", printable(side->name)));
  out << kHead;
  std::vector<std::string> sessions;
  for (std::size_t i = 0; i < side->sessions.size(); ++i)
    sessions.push_back(session_text(side->sessions[i], side->traffic[i]));
  std::sort(sessions.begin(), sessions.end());
  for (const std::string& text : sessions) out << '\n' << text;
  std::vector<Block> blocks;
  for (const Flow& flow : side->flows)
    blocks.push_back(block_of(*side, flow, rules, input.dictionary));
  std::sort(blocks.begin(), blocks.end());
  for (const Block& block : blocks)
    out << fmt::format("\nflow {}{}{}\n{}", block.session, block.origin.empty() ? "" : ": ",
                       block.origin, block.text);
  return {};
}

}  // namespace fixdrill::diff
