#include "fix/fault.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "fix/message.h"

namespace fixdrill::fix {

namespace {

constexpr int kBodyLength = 9;
constexpr int kCheckSum = 10;
constexpr int kMsgType = 35;

/// `tag=value` with its SOH.
struct Part {
  int tag = 0;
  std::string text;
};
using Parts = std::vector<Part>;

Part part(int tag, const std::string& value) {
  return {tag, std::to_string(tag) + "=" + value + kSoh};
}

Parts cut(const Message& message) {
  Parts parts;
  for (std::size_t i = 0; i < message.size(); ++i) {
    const std::size_t begin = message[i].offset;
    const std::size_t end = i + 1 < message.size() ? message[i + 1].offset : message.bytes().size();
    parts.push_back({message[i].tag, message.bytes().substr(begin, end - begin)});
  }
  return parts;
}

auto find(Parts& parts, int tag) {
  return std::find_if(parts.begin(), parts.end(), [tag](const Part& p) { return p.tag == tag; });
}

std::size_t size_between(Parts::const_iterator from, Parts::const_iterator to) {
  std::size_t size = 0;
  for (; from != to; ++from) size += from->text.size();
  return size;
}

void erase(Parts& parts, int tag) {
  std::erase_if(parts, [tag](const Part& p) { return p.tag == tag; });
}

/// Takes one message apart, spoils it and makes the rest of it valid again.
class Spoiler {
 public:
  Spoiler(const Message& message, const Fault& fault, const GivenByHand& given,
          const Dictionary* dictionary)
      : message_(message),
        fault_(fault),
        given_(given),
        dictionary_(dictionary),
        parts_(cut(message)) {}

  Result<std::string> spoil() {
    using Kind = Fault::Kind;
    Status done;
    switch (fault_.kind) {
      case Kind::none:
        return message_.bytes();
      case Kind::truncated:
        return truncated();
      case Kind::bad_checksum:
      case Kind::short_checksum:
      case Kind::long_checksum:
        break;
      case Kind::no_checksum:
        erase(parts_, kCheckSum);
        break;
      case Kind::no_length:
        erase(parts_, kBodyLength);
        break;
      case Kind::bad_length:
        done = bad_length();
        break;
      case Kind::duplicate:
        done = duplicate();
        break;
      case Kind::order:
        done = order();
        break;
      case Kind::swapped:
        done = swapped();
        break;
      case Kind::garbled:
        done = garbled();
        break;
    }
    if (!done) return done.error();
    make_valid();
    std::string out = text();
    if (out == message_.bytes()) return input_error("this changes nothing of the message");
    return out;
  }

 private:
  Result<std::string> truncated() const {
    const auto size = static_cast<std::int64_t>(message_.bytes().size());
    const std::int64_t kept = fault_.number < 0 ? size + fault_.number : fault_.number;
    if (kept < 1 || kept >= size)
      return input_error(
          fmt::format("cannot keep {} bytes of it: the message is {} bytes long", kept, size));
    return message_.bytes().substr(0, static_cast<std::size_t>(kept));
  }

  Status bad_length() {
    const auto length = find(parts_, kBodyLength);
    if (length == parts_.end()) return missing(kBodyLength);
    const auto right = static_cast<std::int64_t>(parse_size(message_.value(9)).value_or(0));
    const std::int64_t wrong = fault_.relative ? right + fault_.number : fault_.number;
    if (wrong < 0)
      return input_error(fmt::format("BodyLength(9) would be {}: it is {}", wrong, right));
    *length = part(kBodyLength, std::to_string(wrong));
    return {};
  }

  Status duplicate() {
    const auto at = find(parts_, fault_.tags.at(0));
    if (at == parts_.end()) return missing(fault_.tags.at(0));
    const Part copy = *at;
    parts_.insert(at + 1, copy);
    return {};
  }

  Status order() {
    auto to = parts_.begin();
    for (const int tag : fault_.tags) {
      const auto at = std::find_if(to, parts_.end(), [tag](const Part& p) { return p.tag == tag; });
      if (at == parts_.end()) return missing(tag);
      std::rotate(to, at, at + 1);
      ++to;
    }
    return {};
  }

  Status swapped() {
    const auto first = find(parts_, fault_.tags.at(0));
    const auto second = find(parts_, fault_.tags.at(1));
    if (first == parts_.end()) return missing(fault_.tags[0]);
    if (second == parts_.end()) return missing(fault_.tags[1]);
    std::swap(*first, *second);
    return {};
  }

  Status garbled() {
    const auto at = find(parts_, kMsgType);
    if (at == parts_.end()) return missing(kMsgType);
    at->text[at->text.find('=')] = '?';
    return {};
  }

  Status missing(int tag) const {
    const std::string label =
        dictionary_ ? dictionary_->field_label(tag) : fmt::format("tag {}", tag);
    return input_error(fmt::format("the message has no {}", label));
  }

  void make_valid() {
    if (!given_.length && fault_.kind != Fault::Kind::bad_length) count_length();
    if (!given_.checksum) sum_up();
  }

  // A second BodyLength(9) is a part of what the first one counts.
  void count_length() {
    for (int turn = 0; turn < 3; ++turn) {
      const auto length = find(parts_, kBodyLength);
      if (length == parts_.end()) return;
      const auto end =
          std::find_if(length, parts_.end(), [](const Part& p) { return p.tag == kCheckSum; });
      // Of a CheckSum(10) that is not the last field the rest of the body is counted too.
      std::size_t behind = 0;
      for (auto each = end; each != parts_.end(); ++each) {
        if (each->tag != kCheckSum) behind += each->text.size();
      }
      const std::size_t size = size_between(length + 1, end) + behind;
      const Part right = part(kBodyLength, std::to_string(size));
      for (Part& each : parts_) {
        if (each.tag == kBodyLength) each = right;
      }
    }
  }

  void sum_up() {
    const auto at = find(parts_, kCheckSum);
    if (at == parts_.end()) return;
    unsigned sum = fault_.kind == Fault::Kind::bad_checksum ? 1 : 0;
    for (auto each = parts_.begin(); each != at; ++each) {
      for (const char c : each->text) sum += static_cast<unsigned char>(c);
    }
    std::string digits = fmt::format("{:03}", sum % 256);
    if (fault_.kind == Fault::Kind::short_checksum) digits.erase(0, 1);
    if (fault_.kind == Fault::Kind::long_checksum) digits.insert(0, 1, '0');
    const Part right = part(kCheckSum, digits);
    for (Part& each : parts_) {
      if (each.tag == kCheckSum) each = right;
    }
  }

  std::string text() const {
    std::string out;
    for (const Part& each : parts_) out += each.text;
    return out;
  }

  const Message& message_;
  const Fault& fault_;
  const GivenByHand& given_;
  const Dictionary* dictionary_;
  Parts parts_;
};

}  // namespace

Result<std::string> spoil(const std::string& bytes, const Fault& fault, const GivenByHand& given,
                          const Dictionary* dictionary) {
  const Message message(bytes);
  return Spoiler(message, fault, given, dictionary).spoil();
}

}  // namespace fixdrill::fix
