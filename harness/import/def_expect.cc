#include "import/def_expect.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.h"
#include "fix/message.h"
#include "import/def_length.h"
#include "import/def_text.h"

namespace fixdrill::imports {

namespace {

constexpr long kLongestHeartbeat = 86'400;

// The original runner looks at their form only.
bool is_moment(int tag) { return tag == 42 || tag == 52 || tag == 60 || tag == 122; }

bool is_always_there(int tag) {
  constexpr std::array kAlways = {8, 9, 35, 34, 49, 52, 56};
  return std::find(kAlways.begin(), kAlways.end(), tag) != kAlways.end();
}

bool is_optional_header(int tag) { return fix::is_header_tag(tag) && !is_always_there(tag); }

// What they say is told by their other fields; how it is put into words is the peer's.
bool is_free_text(const std::string& msg_type) {
  return msg_type == "3" || msg_type == "j" || msg_type == "5";
}

// It comes when the peer's clock says so, not as an answer.
bool is_due_by_clock(const DefLine& line) {
  const std::string type = line.text(35);
  return type == "1" || (type == "0" && !line.field(112));
}

std::string limit(const DefLine& line, const ExpectContext& context) {
  if (!context.heartbeat || !is_due_by_clock(line)) return "";
  return fmt::format(" within {}s", 2 * *context.heartbeat + 2);
}

// Nothing in the value of MsgType(35) is worked out.
std::string text_field(const DefField& field) {
  if (field.tag == 35) return "35=" + field.value.text();
  if (field.tag == 10 || is_moment(field.tag)) return fmt::format("{}=*", field.tag);
  return line_field(field);
}

StepText verbatim(const DefLine& line, const ExpectContext& context) {
  const DefFields& fields = line.fields;
  const bool sealed = fields.front().tag == 8;
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    parts.push_back(text_field(fields[i]));
    if (i == 0 && sealed && fields.size() > 1 && fields[1].tag != 9)
      parts.push_back(fmt::format("9={}", filled_in_length(fields)));
  }
  if (sealed && !ends_in_checksum(fields)) parts.emplace_back("10=*");
  return {fmt::format("expect verbatim{} {}|", limit(line, context), join(parts, "|")), {}};
}

/// By name, or, where entries of groups repeat tags, pasted.
class ByMeaning {
 public:
  ByMeaning(const DefLine& line, const ExpectContext& context)
      : line_(line), context_(context), type_(line.text(35)), free_text_(is_free_text(type_)) {}

  StepText step() const {
    const std::string name = message_name(type_, context_.dictionary);
    const std::string modifiers = limit(line_, context_) + (free_text_ ? "" : " exact");
    if (name.empty() || repeated()) return pasted(modifiers);
    return {fmt::format("expect {}{}", name, modifiers), {header(), body()}};
  }

 private:
  bool repeated() const {
    std::set<int> seen;
    return std::any_of(line_.fields.begin(), line_.fields.end(),
                       [&](const DefField& field) { return !seen.insert(field.tag).second; });
  }

  bool is_looked_at(int tag) const {
    return tag != 9 && tag != 10 && tag != 35 && !(tag == 58 && free_text_);
  }

  StepText pasted(const std::string& modifiers) const {
    std::vector<std::string> parts = {text_field(*line_.field(35))};
    for (const DefField& field : line_.fields) {
      if (is_looked_at(field.tag)) parts.push_back(text_field(field));
    }
    return {fmt::format("expect{} {}|", modifiers, join(parts, "|")), {}};
  }

  std::vector<std::string> header() const {
    std::vector<std::string> items;
    for (const DefField& field : line_.fields) {
      if (fix::is_header_tag(field.tag) && is_looked_at(field.tag)) items.push_back(item(field));
    }
    for (const int tag : *context_.optional_header) {
      if (!line_.field(tag))
        items.push_back(fmt::format("!{}", field_name(tag, context_.dictionary)));
    }
    return items;
  }

  std::vector<std::string> body() const {
    std::vector<std::string> items;
    for (const DefField& field : line_.fields) {
      if (!fix::is_header_tag(field.tag) && is_looked_at(field.tag)) items.push_back(item(field));
    }
    return items;
  }

  std::string item(const DefField& field) const {
    const std::string name = field_name(field.tag, context_.dictionary);
    if (is_moment(field.tag) && field.value.size() > 0) return name + " is timestamp";
    return fmt::format("{} = {}", name, block_value(field, context_.dictionary));
  }

  const DefLine& line_;
  const ExpectContext& context_;
  const std::string type_;
  const bool free_text_;
};

}  // namespace

std::set<int> optional_header(const DefFile& file) {
  std::set<int> tags;
  for (const DefLine& line : file.lines) {
    for (const DefField& field : line.fields) {
      if (is_optional_header(field.tag)) tags.insert(field.tag);
    }
  }
  return tags;
}

StepText expect_step(const DefLine& line, const ExpectContext& given) {
  ExpectContext context = given;
  if (context.heartbeat && (*context.heartbeat < 1 || *context.heartbeat > kLongestHeartbeat))
    context.heartbeat.reset();
  return context.compare == Compare::text ? verbatim(line, context)
                                          : ByMeaning(line, context).step();
}

}  // namespace fixdrill::imports
