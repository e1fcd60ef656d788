#include "eval/pasted_groups.h"

#include <fmt/format.h>
#include <utility>

namespace fixdrill::eval {

GroupStep entry_step(int count_tag, std::size_t position, const fix::Dictionary* dictionary) {
  return {count_tag, position, 0, nullptr,
          fmt::format("{}[{}]", field_label(count_tag, dictionary), position)};
}

PastedGroups::PastedGroups(const syntax::Message& message, const std::string& msg_type,
                           const fix::Dictionary& dictionary)
    : dictionary_(dictionary), steps_(message.fields.size()) {
  std::string bytes = fmt::format("35={}\x01", msg_type);
  for (const syntax::Field& field : message.fields) {
    const auto* test = std::get_if<syntax::Comparison>(&field.test);
    const std::string text = test && test->value.literal() ? test->value.literal_text() : "*";
    bytes += fmt::format("{}={}\x01", field.place.parts.front().ref.tag, text);
  }
  const fix::Message flat(std::move(bytes));
  // A value with SOH in it has shifted the fields: then they stay as they stand.
  if (flat.size() == steps_.size() + 1) place(fix::group_tree(flat, dictionary), {});
}

void PastedGroups::place(const fix::FieldTree& tree, const GroupSteps& steps) {
  for (const fix::FieldTree::Node& node : tree.nodes) {
    if (node.index > 0) steps_[node.index - 1] = steps;
    if (!node.group) continue;
    for (std::size_t i = 0; i < node.group->entries.size(); ++i) {
      GroupSteps inner = steps;
      inner.push_back(entry_step(node.group->count_tag, i + 1, &dictionary_));
      place(node.group->entries[i], inner);
    }
  }
}

}  // namespace fixdrill::eval
