#include "fix/message.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "fix/data_fields.h"

namespace fixdrill::fix {

namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101u;
constexpr std::uint64_t kHighs = 0x8080808080808080u;

// First SOH in [p, end), else end. Eight bytes a step: values are short, so a call of memchr costs
// more than it finds.
const char* find_soh(const char* p, const char* end) {
  if constexpr (std::endian::native == std::endian::little) {
    while (end - p >= 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, p, sizeof word);
      word ^= kOnes;  // SOH is 01: it becomes the zero byte
      const std::uint64_t zeros = (word - kOnes) & ~word & kHighs;
      if (zeros != 0) return p + std::countr_zero(zeros) / 8;
      p += 8;
    }
  }
  while (p != end && *p != kSoh) ++p;
  return p;
}

// Counters of one byte, which the compiler adds 16 or more at a time; 255 bytes cannot overflow
// one.
std::size_t count_soh(const char* p, const char* end) {
  std::size_t total = 0;
  while (p != end) {
    const char* const stop = end - p > 255 ? p + 255 : end;
    std::uint8_t count = 0;
    for (; p != stop; ++p) count = static_cast<std::uint8_t>(count + (*p == kSoh ? 1 : 0));
    total += count;
  }
  return total;
}

struct Tag {
  std::uint32_t number = 0;     ///< 0: malformed
  const char* value = nullptr;  ///< behind the `=`
};

Tag read_tag(const char* p, const char* end) {
  const char* const stop =
      end - p > static_cast<std::ptrdiff_t>(limits::kTagDigits) ? p + limits::kTagDigits : end;
  std::uint32_t number = 0;
  while (p != stop && static_cast<unsigned char>(*p - '0') < 10) {
    number = number * 10 + static_cast<std::uint32_t>(*p - '0');
    ++p;
  }
  if (p == end || *p != '=') return {};
  return {number, p + 1};
}

}  // namespace

Message::Message(std::string bytes) : bytes_(std::move(bytes)) {
  const std::size_t size =
      std::min<std::size_t>(bytes_.size(), std::numeric_limits<std::uint32_t>::max());
  const char* const base = bytes_.data();
  const char* const end = base + size;
  // Every field but the last ends in SOH, so this is enough and the index is allocated once.
  const std::size_t separators = count_soh(base, end);
  fields_.resize(std::min(separators, limits::kFieldsPerMessage) + 1);

  const auto at = [base](const char* p) { return static_cast<std::uint32_t>(p - base); };
  Slot* slot = fields_.data();
  Slot* const last = slot + limits::kFieldsPerMessage;
  std::string_view length;  // of the data field to come
  std::uint32_t data_tag = 0;
  const char* p = base;
  for (; p != end && slot != last; ++slot) {
    const Tag tag = read_tag(p, end);
    const char* const value = tag.number == 0 ? p : tag.value;
    const char* value_end = nullptr;
    if (tag.number == data_tag && data_tag != 0 &&
        data_fits({value, static_cast<std::size_t>(end - value)}, length)) {
      value_end = value + *parse_size(length);
    } else {
      value_end = find_soh(value, end);
    }
    *slot = {tag.number, at(p), at(value), at(value_end)};
    if (const int follows = data_tag_of_length(static_cast<int>(tag.number)); follows != 0) {
      data_tag = static_cast<std::uint32_t>(follows);
      length = {value, static_cast<std::size_t>(value_end - value)};
    }
    p = value_end == end ? end : value_end + 1;
  }
  // More fields than the limit: what is left stays one malformed part.
  if (p != end) *slot++ = {0, at(p), at(p), at(end)};
  fields_.resize(static_cast<std::size_t>(slot - fields_.data()));
}

FieldView Message::operator[](std::size_t index) const {
  const Slot& slot = fields_[index];
  return {static_cast<int>(slot.tag),
          std::string_view(bytes_).substr(slot.value, slot.end - slot.value), slot.begin};
}

std::optional<std::size_t> Message::index_of(int tag, std::size_t nth) const {
  if (tag <= 0) return std::nullopt;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (fields_[i].tag == static_cast<std::uint32_t>(tag) && nth-- == 0) return i;
  }
  return std::nullopt;
}

std::optional<std::string_view> Message::find(int tag) const {
  const auto index = index_of(tag);
  if (!index) return std::nullopt;
  return (*this)[*index].value;
}

std::optional<std::int64_t> Message::seq_num() const {
  const std::string_view text = value(34);
  const auto number = parse_size(text);
  if (!number || text.size() > limits::kMsgSeqNumDigits) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

bool Message::is_admin() const { return is_admin_type(msg_type()); }

bool is_admin_type(std::string_view msg_type) {
  return msg_type.size() == 1 && (msg_type[0] == 'A' || (msg_type[0] >= '0' && msg_type[0] <= '5'));
}

bool is_header_tag(int tag) {
  switch (tag) {
    case 8:
    case 9:
    case 35:
    case 49:
    case 56:
    case 34:
    case 52:  // clang-format off
    case 43: case 97: case 122: case 50: case 57: case 142: case 143:
    case 115: case 116: case 144: case 128: case 129: case 145:
    case 90: case 91: case 212: case 213: case 347: case 369: case 370:
    case 627: case 628: case 629: case 630: case 1128: case 1129: case 1156:
      return true;  // clang-format on
    default:
      return false;
  }
}

bool is_trailer_tag(int tag) { return tag == 10 || tag == 89 || tag == 93; }

}  // namespace fixdrill::fix
