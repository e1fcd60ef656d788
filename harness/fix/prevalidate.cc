#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <string>

#include "base/limits.h"
#include "base/text.h"
#include "fix/data_fields.h"
#include "fix/framer.h"
#include "fix/message.h"

namespace fixdrill::fix {

namespace {

// Integers that QuickFIX reads with fixed-width arithmetic: MsgSeqNum, BeginSeqNo, EndSeqNo,
// NewSeqNo, RefSeqNum, LastMsgSeqNumProcessed, NextExpectedMsgSeqNum, HeartBtInt.
constexpr int kEngineIntegers[] = {34, 7, 16, 36, 45, 369, 789, 108};

std::optional<std::string> integer_fault(const FieldView& field) {
  if (std::find(std::begin(kEngineIntegers), std::end(kEngineIntegers), field.tag) ==
      std::end(kEngineIntegers))
    return std::nullopt;
  std::string_view digits = field.value;
  if (digits.starts_with('-')) digits.remove_prefix(1);
  // What else stands there the engine rejects by itself, but only behind the digits.
  digits = digits.substr(0, digits.find_first_not_of("0123456789"));
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.size() <= limits::kMsgSeqNumDigits &&
      parse_size(digits).value_or(0) <= static_cast<std::size_t>(limits::kEngineMsgSeqNum))
    return std::nullopt;
  return fmt::format("tag {} is {}, the engine's limit is {}", field.tag,
                     printable(field.value.substr(0, 40)), limits::kEngineMsgSeqNum);
}

/// Checks the fields in order; remembers what length fields said.
class Prevalidator {
 public:
  explicit Prevalidator(std::string_view message) : message_(message) {}

  std::optional<std::string> check(const FieldView& field) {
    if (const int length_tag = length_tag_of_data(field.tag); length_tag != 0)
      return data_fault(field, length_tag);
    if (data_tag_of_length(field.tag) != 0) lengths_[field.tag] = field.value;
    return integer_fault(field);
  }

 private:
  std::optional<std::string> data_fault(const FieldView& field, int length_tag) const {
    const auto length = lengths_.find(length_tag);
    if (length == lengths_.end())
      return fmt::format("tag {} is a data field, but tag {} with its length does not precede it",
                         field.tag, length_tag);
    const auto begin = static_cast<std::size_t>(field.value.data() - message_.data());
    const std::string_view rest = message_.substr(begin);
    const auto size = parse_size(length->second);
    // A message ends in CheckSum(10), so SOH must follow even where data_fits lets it end.
    if (size && *size < rest.size() && data_fits(rest, length->second)) return std::nullopt;
    return fmt::format("tag {} says that tag {} is {} bytes long, {}", length_tag, field.tag,
                       printable(length->second.substr(0, 40)), why(rest, size));
  }

  static std::string why(std::string_view rest, std::optional<std::size_t> size) {
    if (!size || *size == 0) return "which is no length";
    if (*size >= rest.size()) return fmt::format("but {} are left", rest.size());
    return "but no SOH follows there";
  }

  std::string_view message_;
  std::map<int, std::string_view> lengths_;
};

}  // namespace

std::optional<std::string> blocked_before_engine(std::string_view bytes) {
  return blocked_before_engine(Message{std::string(bytes)});
}

std::optional<std::string> blocked_before_engine(const Message& message) {
  if (message.size() > limits::kFieldsPerMessage)
    return fmt::format("more than {} fields", limits::kFieldsPerMessage);
  Prevalidator prevalidator(message.bytes());
  for (std::size_t i = 0; i < message.size(); ++i) {
    if (auto fault = prevalidator.check(message[i])) return fault;
  }
  return std::nullopt;
}

}  // namespace fixdrill::fix
