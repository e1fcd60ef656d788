#include "draft/kind.h"

#include <fmt/format.h>
#include <set>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "fix/message.h"
#include "import/def_text.h"

namespace fixdrill::draft {

namespace {

std::string value_name(const fix::Dictionary* dictionary, int tag, std::string_view value) {
  const fix::FieldDef* field = dictionary ? dictionary->field(tag) : nullptr;
  const fix::EnumValue* known = field ? field->value_by_code(value) : nullptr;
  return known ? fix::camel_name(known->name) : std::string(value);
}

std::string what_it_says(const fix::Message& message, const fix::Dictionary* dictionary) {
  if (message.msg_type() == "8") {
    const int tag = message.has(150) ? 150 : 39;
    return value_name(dictionary, tag, message.value(tag));
  }
  const std::string name = imports::message_name(message.msg_type(), dictionary);
  return name.empty() ? fmt::format("35={}", message.msg_type()) : name;
}

}  // namespace

std::string title_of(const Conversation& conversation, const Flow& flow) {
  const Spoken& first = conversation.messages[flow.front()];
  const fix::Dictionary* dictionary = conversation.sessions[first.session].dictionary.get();
  const fix::Message opening(first.bytes);
  std::string title = what_it_says(opening, dictionary);
  if (opening.msg_type() == "D")
    title = fmt::format("{} {}", value_name(dictionary, 40, opening.value(40)),
                        to_lower(value_name(dictionary, 54, opening.value(54))));
  if (opening.has(55)) title += fmt::format(" {}", opening.value(55));
  std::vector<std::string> told;
  for (const std::size_t member : flow) {
    const Spoken& one = conversation.messages[member];
    const fix::Message message(one.bytes);
    const std::string says =
        what_it_says(message, conversation.sessions[one.session].dictionary.get());
    if (member != flow.front() && (told.empty() || told.back() != says)) told.push_back(says);
  }
  constexpr std::size_t kMost = 6;
  if (told.size() > kMost) {
    told.resize(kMost);
    told.emplace_back("…");
  }
  title = imports::plain_line(title);
  return told.empty() ? title : fmt::format("{}: {}", title, join(told, ", "));
}

std::string kind_of(const Conversation& conversation, const Flow& flow) {
  std::vector<std::string> parts;
  std::string last;  // whose message that was
  for (const std::size_t member : flow) {
    const Spoken& one = conversation.messages[member];
    const fix::Message message(one.bytes);
    const std::string whose(message.value(message.has(37) ? 37 : 11));
    std::string part = fmt::format("{}{}{}", one.session, one.sent ? '>' : '<', message.msg_type());
    for (const int tag : {20, 150, 39, 40, 59, 18, 102, 103, 434, 373, 380})
      part += fmt::format(" {}", message.value(tag));
    std::set<int> tags;
    for (std::size_t n = 0; n < message.size(); ++n) tags.insert(message[n].tag);
    for (const int tag : tags) part += fmt::format(".{}", tag);
    if (parts.empty() || parts.back() != part || whose != last) parts.push_back(std::move(part));
    last = whose;
  }
  return join(parts, "\n");
}

}  // namespace fixdrill::draft
