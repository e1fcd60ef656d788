#include "fix/encoder.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

#include "base/text.h"
#include "fix/framer.h"
#include "fix/message.h"

namespace fixdrill::fix {

namespace {

void append(std::string& out, int tag, std::string_view value) {
  char digits[16];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), tag).ptr;
  out.append(digits, end);
  out += '=';
  out += value;
  out += kSoh;
}

const Field* find(const std::vector<Field>& fields, int tag) {
  const auto at = std::find_if(fields.begin(), fields.end(),
                               [tag](const Field& field) { return field.tag == tag; });
  return at == fields.end() ? nullptr : &*at;
}

bool leaves_out(const OutMessage& message, int tag) {
  return std::find(message.without.begin(), message.without.end(), tag) != message.without.end();
}

// The message's own fields with this tag, as often as it gives them, else what the driver says,
// unless the message is to go without.
void append_own_or(std::string& out, const OutMessage& message, const Field& otherwise) {
  bool own = false;
  for (const Field& field : message.fields) {
    if (field.tag != otherwise.tag) continue;
    append(out, field.tag, field.value);
    own = true;
  }
  if (!own && !leaves_out(message, otherwise.tag)) append(out, otherwise.tag, otherwise.value);
}

bool is_filled_in(int tag) {
  constexpr std::array kFilledIn = {8, 9, 35, 49, 56, 34, 52, 10};
  return std::find(kFilledIn.begin(), kFilledIn.end(), tag) != kFilledIn.end();
}

enum class Place { header, body, trailer };

Place place_of(int tag) {
  if (is_header_tag(tag)) return Place::header;
  return is_trailer_tag(tag) ? Place::trailer : Place::body;
}

void append_all(std::string& out, const OutMessage& message, Place place) {
  for (const Field& field : message.fields) {
    if (place_of(field.tag) == place && !is_filled_in(field.tag))
      append(out, field.tag, field.value);
  }
}

std::string from_msg_type_on(const OutMessage& message, const Header& header) {
  std::string out;
  append_own_or(out, message, {35, message.msg_type});
  append_own_or(out, message, {49, header.sender});
  append_own_or(out, message, {56, header.target});
  append_own_or(out, message, {34, std::to_string(header.seq_num)});
  append_own_or(out, message, {52, header.sending_time});
  for (const Field& field : header.more) {
    const bool own = find(message.fields, field.tag) != nullptr;
    if (!own && !leaves_out(message, field.tag)) append(out, field.tag, field.value);
  }
  append_all(out, message, Place::header);
  append_all(out, message, Place::body);
  append_all(out, message, Place::trailer);
  return out;
}

}  // namespace

std::string encode(const OutMessage& message, const Header& header) {
  const std::string inner = from_msg_type_on(message, header);
  std::string out;
  out.reserve(inner.size() + 40);
  append_own_or(out, message, {8, header.begin_string});
  append_own_or(out, message, {9, std::to_string(inner.size())});
  out += inner;
  append_own_or(out, message, {10, fmt::format("{:03}", checksum(out))});
  return out;
}

std::string seal(std::string_view begin_string, std::string_view from_35_on) {
  std::string out;
  out.reserve(from_35_on.size() + begin_string.size() + 24);
  append(out, 8, begin_string);
  append(out, 9, std::to_string(from_35_on.size()));
  out += from_35_on;
  append(out, 10, fmt::format("{:03}", checksum(out)));
  return out;
}

}  // namespace fixdrill::fix
