#include "engine/compose.h"

#include <algorithm>

#include "engine/wire.h"

namespace fixdrill {
namespace engine {
namespace {

using Position = Fields::iterator;

Position find_tag(Fields& fields, int tag) {
  return std::find_if(fields.begin(), fields.end(),
                      [tag](const Field& field) { return field.first == tag; });
}

Fields fields_of(const std::string& content) {
  Fields fields;
  Scanner scanner(content);
  Span field;
  while (scanner.next(field)) fields.emplace_back(field.tag, field.text(content));
  return fields;
}

// Header fields in front, each part in its own order.
void sort_header_first(Fields& fields) {
  std::stable_partition(fields.begin(), fields.end(),
                        [](const Field& field) { return is_header_field(field.first); });
}

}  // namespace

std::string with_tail(const std::string& envelope, const std::string& tail) {
  const std::string content = content_of(envelope);
  return seal(value_of(envelope, 8), content.substr(0, engine_header_end(content)) + tail);
}

std::string tail_of(const std::string& sent) {
  const std::string content = content_of(sent);
  return content.substr(engine_header_end(content));
}

std::string stored_envelope(const std::string& sent) { return with_tail(sent, std::string()); }

std::string with_logon_fields(const std::string& envelope, const LogonFields& extra) {
  Fields fields = fields_of(content_of(envelope));
  for (const int tag : extra.remove) {
    const Position found = find_tag(fields, tag);
    if (found != fields.end() && !is_engine_field(tag)) fields.erase(found);
  }
  const std::size_t own = fields.size();
  for (const Field& field : extra.set) {
    const Position own_end = fields.begin() + static_cast<std::ptrdiff_t>(own);
    const Position found = find_tag(fields, field.first);
    if (found < own_end) {
      found->second = field.second;
    } else {
      fields.push_back(field);
    }
  }
  sort_header_first(fields);
  std::string content;
  for (const Field& field : fields) append_field(content, field.first, field.second);
  return seal(value_of(envelope, 8), content);
}

std::string value_of(const std::string& bytes, int tag) {
  Scanner scanner(bytes);
  Span field;
  while (scanner.next(field)) {
    if (field.tag == tag) return field.text(bytes);
  }
  return std::string();
}

std::int64_t seq_of(const std::string& bytes) {
  const std::string text = value_of(bytes, 34);
  if (text.empty() || text.size() > 10) return -1;
  if (text.find_first_not_of("0123456789") != std::string::npos) return -1;
  return std::stoll(text);
}

}  // namespace engine
}  // namespace fixdrill
