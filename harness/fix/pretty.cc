#include <fmt/format.h>

#include "base/text.h"
#include "fix/group.h"
#include "fix/text.h"

namespace fixdrill::fix {

namespace {

constexpr std::size_t kShownBytes = 400;  // of one value
constexpr std::size_t kStep = 2;

// A long value is cut before a character, with its size.
std::string shown(std::string_view value) {
  if (value.size() <= kShownBytes) return printable(value);
  std::size_t end = kShownBytes;
  while (end > kShownBytes - 4 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) --end;
  return fmt::format("{}… ({} bytes)", printable(value.substr(0, end)), value.size());
}

class PrettyPrinter {
 public:
  PrettyPrinter(const Message& message, const Dictionary& dictionary, const PrettyOptions& options)
      : message_(message), dictionary_(dictionary), options_(options) {}

  std::string print(std::size_t indent) {
    line(indent, title());
    level(group_tree(message_, dictionary_), indent + kStep);
    return std::move(out_);
  }

 private:
  std::string title() const {
    std::string text = fmt::format("{}({})", shown(dictionary_.message_label(message_.msg_type())),
                                   shown(message_.msg_type()));
    if (options_.header) return text;
    text += fmt::format("  {}  MsgSeqNum(34) = {}  {} -> {}  {}", shown(message_.value(8)),
                        shown(message_.value(34)), shown(message_.value(49)),
                        shown(message_.value(56)), shown(message_.value(52)));
    if (message_.poss_dup()) text += "  PossDupFlag(43) = Y";
    return text;
  }

  bool is_folded(int tag) const {
    return !options_.header && (is_header_tag(tag) || is_trailer_tag(tag));
  }

  void level(const FieldTree& tree, std::size_t indent) {
    for (const FieldTree::Node& node : tree.nodes) {
      if (!is_folded(message_[node.index].tag)) print_node(node, indent);
    }
  }

  void print_node(const FieldTree::Node& node, std::size_t indent) {
    const FieldView field = message_[node.index];
    if (field.tag == 0) return line(indent, "malformed: " + shown(field.value));
    std::string text = fmt::format("{} = {}", dictionary_.field_label(field.tag), value(field));
    if (node.group == nullptr) return line(indent, text);
    if (node.group->entries.size() != node.group->declared)
      text += fmt::format("  ({} present)", node.group->entries.size());
    line(indent, text);
    print_entries(*node.group, indent + kStep);
  }

  // `[1] ` stands before the first field of an entry, the others below it.
  void print_entries(const GroupNode& group, std::size_t indent) {
    for (std::size_t i = 0; i < group.entries.size(); ++i) {
      const std::string number = fmt::format("[{}] ", i + 1);
      const std::size_t begin = out_.size();
      level(group.entries[i], indent + number.size());
      if (out_.size() > begin) out_.replace(begin + indent, number.size(), number);
    }
  }

  std::string value(const FieldView& field) const {
    if (field.value.size() > kShownBytes) return shown(field.value);
    return shown(dictionary_.value_label(field.tag, field.value));
  }

  void line(std::size_t indent, std::string_view text) {
    out_.append(indent, ' ');
    out_ += text;
    out_ += '\n';
  }

  const Message& message_;
  const Dictionary& dictionary_;
  const PrettyOptions& options_;
  std::string out_;
};

}  // namespace

std::string pipe_text(std::string_view bytes) { return printable(bytes); }

std::string pretty(const Message& message, const Dictionary& dictionary, std::size_t indent,
                   const PrettyOptions& options) {
  return PrettyPrinter(message, dictionary, options).print(indent);
}

}  // namespace fixdrill::fix
