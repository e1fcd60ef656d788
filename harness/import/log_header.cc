#include "import/log_header.h"

#include "base/text.h"
#include "fix/message.h"

namespace fixdrill::imports {

namespace {

std::string_view* field_of(LogHeader& header, int tag) {
  switch (tag) {
    case 8:
      return &header.begin_string;
    case 34:
      return &header.seq_num;
    case 35:
      return &header.msg_type;
    case 43:
      return &header.poss_dup;
    case 49:
      return &header.sender;
    case 52:
      return &header.sending_time;
    case 56:
      return &header.target;
    default:
      return nullptr;
  }
}

}  // namespace

LogHeader read_header(std::string_view message) {
  LogHeader header;
  for (std::size_t at = 0; at < message.size();) {
    int tag = 0;
    while (at < message.size() && message[at] >= '0' && message[at] <= '9' && tag < 100'000)
      tag = tag * 10 + (message[at++] - '0');
    if (at == message.size() || message[at] != '=') break;
    std::size_t end = message.find(kSoh, ++at);
    if (end == std::string_view::npos) end = message.size();
    if (std::string_view* field = field_of(header, tag))
      *field = message.substr(at, end - at);
    else if (tag != 9 && !fix::is_header_tag(tag))
      break;
    at = end + 1;
  }
  return header;
}

std::string_view default_appl_ver_id(std::string_view logon) {
  constexpr std::string_view kField = "\x01" "1137=";
  const std::size_t found = logon.find(kField);
  if (found == std::string_view::npos) return {};
  const std::string_view value = logon.substr(found + kField.size());
  return value.substr(0, value.find(kSoh));
}

}  // namespace fixdrill::imports
