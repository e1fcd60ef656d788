#include "diff/labels.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "fix/text.h"
#include "fix/value.h"

namespace fixdrill::diff {

namespace {

constexpr std::size_t kShown = 120;  // bytes of a value
constexpr int kUserDefined = 5000;

std::string cut(std::string_view text) {
  if (text.size() <= kShown) return fix::pipe_text(text);
  return fmt::format("{}… ({} bytes)", fix::pipe_text(text.substr(0, kShown)), text.size());
}

std::string name_of(const fix::Dictionary& dictionary, int tag) {
  const fix::FieldDef* field = dictionary.field(tag);
  return field ? field->name : fmt::format("tag {}", tag);
}

// The members that the last tag of a path stands among; null: not known.
const fix::MemberSet* level(const fix::Dictionary& dictionary, const std::string& msg_type,
                            const std::vector<int>& path) {
  if (path.size() == 1 && fix::is_header_tag(path.front())) return &dictionary.header();
  if (path.size() == 1 && fix::is_trailer_tag(path.front())) return &dictionary.trailer();
  const fix::MessageDef* message = dictionary.message(msg_type);
  if (!message) return nullptr;
  const fix::MemberSet* members = &message->members;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    const fix::GroupDef* group = members->group(path[i]);
    if (!group) return nullptr;
    members = &group->members;
  }
  return members;
}

std::string state_label(const fix::Dictionary& dictionary, const std::string& state) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(state, '|')) {
    const auto equals = part.find('=');
    const auto tag = parse_size(part.substr(0, equals));
    if (!tag || equals == std::string_view::npos) {
      parts.push_back(cut(part));
      continue;
    }
    const int number = static_cast<int>(*tag);
    parts.push_back(fmt::format("{}={}", name_of(dictionary, number),
                                cut(dictionary.value_label(number, part.substr(equals + 1)))));
  }
  return join(parts, " ");
}

}  // namespace

std::string path_label(const fix::Dictionary& dictionary, const std::vector<int>& path) {
  std::string label;
  for (std::size_t i = 0; i + 1 < path.size(); ++i)
    label += fmt::format("{}.", name_of(dictionary, path[i]));
  if (!path.empty()) label += dictionary.field_label(path.back());
  return printable(label);
}

std::string value_label(const fix::Dictionary& dictionary, const Delta& delta,
                        const std::string& value) {
  switch (delta.kind) {
    case Kind::message_missing:
    case Kind::message_extra:
    case Kind::message_moved:
    case Kind::flow_missing:
    case Kind::flow_extra:
    case Kind::entry_removed:
    case Kind::entry_added:
      return state_label(dictionary, value);
    case Kind::field_removed:
    case Kind::field_added:
    case Kind::value_changed:
      return delta.path.empty() ? cut(value)
                                : cut(dictionary.value_label(delta.path.back(), value));
    default:
      return cut(value);
  }
}

std::string remark(const fix::Dictionary& dictionary, const Subject& subject, const Delta& delta) {
  const bool in = subject.direction == record::Direction::in;
  if (delta.kind == Kind::field_removed && is_required(dictionary, subject.msg_type, delta.path))
    return "required by our dictionary";
  if (delta.kind != Kind::field_added || delta.path.empty() || !in) return "";
  const fix::MemberSet* members = level(dictionary, subject.msg_type, delta.path);
  if (!dictionary.field(delta.path.back()) && delta.path.back() >= kUserDefined)
    return "user-defined, not in our dictionary: engines that validate user-defined fields reject "
           "it";
  if (!dictionary.field(delta.path.back()) || (members && !members->has(delta.path.back())))
    return "not in our dictionary for this message: engines that validate reject it";
  return "";
}

bool is_required(const fix::Dictionary& dictionary, const std::string& msg_type,
                 const std::vector<int>& path) {
  if (path.empty()) return false;
  const fix::MemberSet* members = level(dictionary, msg_type, path);
  return members && members->required.count(path.back()) != 0;
}

std::string state_of(const fix::Message& message) {
  // What tells answers of one type apart: states, then reasons.
  constexpr int kTags[] = {20, 150, 39, 434, 297, 303, 373, 371, 372, 380, 87, 263, 281, 325, 326};
  std::vector<std::string> parts;
  for (const int tag : kTags) {
    if (const auto value = message.find(tag)) parts.push_back(fmt::format("{}={}", tag, *value));
  }
  return join(parts, "|");
}

std::string about(const fix::Message& message, std::int64_t wall_ns) {
  constexpr std::pair<int, const char*> kTags[] = {
      {11, "ClOrdID"},  {37, "OrderID"}, {117, "QuoteID"},  {131, "QuoteReqID"},
      {262, "MDReqID"}, {55, "Symbol"},  {48, "SecurityID"}};
  constexpr std::size_t kParts = 3;
  std::vector<std::string> parts;
  if (wall_ns > 0) parts.push_back(fix::iso_time(wall_ns).substr(11, 12));
  for (const auto& [tag, name] : kTags) {
    if (parts.size() == kParts + (wall_ns > 0 ? 1 : 0)) break;
    if (const auto value = message.find(tag))
      parts.push_back(fmt::format("{}={}", name, cut(*value)));
  }
  return join(parts, " ");
}

}  // namespace fixdrill::diff
