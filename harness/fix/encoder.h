// Makes messages: a body in the order given, header and trailer around it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fixdrill::fix {

struct Field {
  int tag = 0;
  std::string value;

  friend bool operator==(const Field&, const Field&) = default;
};

/// What a scenario wants to send. Fields of the header among `fields` replace what the driver would
/// fill in.
struct OutMessage {
  std::string msg_type;
  std::vector<Field> fields;      ///< in wire order; groups flat
  std::vector<int> without = {};  ///< of the header and trailer: not filled in
};

/// What the driver fills in unless the message says otherwise.
struct Header {
  std::string begin_string;
  std::string sender;
  std::string target;
  std::int64_t seq_num = 0;
  std::string sending_time;
  std::vector<Field> more;  ///< profile headers: after 56, before the message's own header fields
};

/// The whole message: 8, 9, 35, 49, 56, 34, 52, other header fields, the body, 10. BodyLength and
/// CheckSum are computed unless `message.fields` gives 9 or 10.
std::string encode(const OutMessage& message, const Header& header);

/// `8=…` and `9=…` before the fields and `10=…` behind them, both computed.
std::string seal(std::string_view begin_string, std::string_view from_35_on);

}  // namespace fixdrill::fix
