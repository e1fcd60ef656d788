// A FIX message as it stood on the wire: a view over its own bytes, in wire order. Duplicates,
// field order and malformed parts survive.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fixdrill::fix {

/// One `tag=value`. The value is split off at the first `=` only.
struct FieldView {
  int tag = 0;  ///< 0: malformed (no `=`, or the tag is no number); `value` is then the whole part
  std::string_view value;
  std::size_t offset = 0;  ///< of the tag's first byte in the message
};

/// Owns its bytes. Parsing never fails; a data field (95/96, 354/355 …) may hold SOH, its length
/// field says how many.
class Message {
 public:
  Message() = default;
  explicit Message(std::string bytes);

  const std::string& bytes() const { return bytes_; }
  std::size_t size() const { return fields_.size(); }
  bool empty() const { return fields_.empty(); }
  FieldView operator[](std::size_t index) const;

  /// Index of the nth (from 0) field with this tag.
  std::optional<std::size_t> index_of(int tag, std::size_t nth = 0) const;
  std::optional<std::string_view> find(int tag) const;  ///< the first field with this tag
  std::string_view value(int tag) const { return find(tag).value_or(std::string_view()); }
  bool has(int tag) const { return find(tag).has_value(); }

  std::string_view msg_type() const { return value(35); }
  std::optional<std::int64_t> seq_num() const;  ///< MsgSeqNum(34)
  bool poss_dup() const { return value(43) == "Y"; }
  bool is_admin() const;  ///< 35 = A, 0 to 5

 private:
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t begin = 0;
    std::uint32_t value = 0;
    std::uint32_t end = 0;
  };
  std::string bytes_;
  std::vector<Slot> fields_;
};

bool is_admin_type(std::string_view msg_type);

/// Tags of the standard header (8 9 35 34 49 52 56 43 97 122 50 57 115 128 142 …) and trailer (10
/// 89 93).
bool is_header_tag(int tag);
bool is_trailer_tag(int tag);

}  // namespace fixdrill::fix
