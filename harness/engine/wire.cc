#include "engine/wire.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <vector>

namespace fixdrill {
namespace engine {
namespace {

template <std::size_t size>
bool contains(const int (&sorted)[size], int tag) {
  return std::binary_search(std::begin(sorted), std::end(sorted), tag);
}

// Header fields that a session rule of QuickFIX reads, or copies into a Reject(3).
bool is_envelope_field(int tag) {
  static constexpr int kTags[] = {34,  35,  43,  49,  50,  52,  56,  57,  97,  115,
                                  116, 122, 128, 129, 142, 143, 144, 145, 1128};
  return contains(kTags, tag);
}

const char* name_of_number(int tag) {
  switch (tag) {
    case 7:
      return "BeginSeqNo(7)";
    case 16:
      return "EndSeqNo(16)";
    case 34:
      return "MsgSeqNum(34)";
    case 36:
      return "NewSeqNo(36)";
    case 45:
      return "RefSeqNum(45)";
    case 108:
      return "HeartBtInt(108)";
    case 789:
      return "NextExpectedMsgSeqNum(789)";
    default:
      return nullptr;
  }
}

// Digits -> number, saturating above kMaxSeqNum; -1 = not digits only.
std::int64_t number_in(const std::string& bytes, std::size_t begin, std::size_t end) {
  if (begin >= end) return -1;
  std::int64_t number = 0;
  for (std::size_t i = begin; i < end; ++i) {
    if (bytes[i] < '0' || bytes[i] > '9') return -1;
    number = std::min(number * 10 + (bytes[i] - '0'), kMaxSeqNum + 1);
  }
  return number;
}

void check_size(const std::string& bytes, const Span& field, std::string& too_big) {
  const char* name = name_of_number(field.tag);
  if (!name || !too_big.empty()) return;
  const bool negative = bytes[field.value] == '-';
  if (number_in(bytes, field.value + negative, field.end - 1) <= kMaxSeqNum) return;
  too_big = std::string(name) + " " + field.text(bytes) + " is beyond " +
            std::to_string(kMaxSeqNum) + ", the largest number the engine can count";
}

// Collects what the engine is given, field by field.
class EnvelopeBuilder {
 public:
  explicit EnvelopeBuilder(const std::string& bytes) : bytes_(bytes) { seen_.reserve(16); }

  /// False = nothing behind this field matters any more.
  bool add(const Span& field) {
    if (in_header_ && !is_header_field(field.tag)) in_header_ = false;
    if (in_header_) return add_header(field);
    if (admin()) return add_admin_body(field);
    // Required fields still missing: a venue's own field may stand between header fields.
    if (missing_ && is_session_field(field.tag) && !has_seen(field.tag)) add_header(field);
    return missing_ != 0;
  }
  Inbound take(const std::string& begin_string) {
    in_.envelope = seal(begin_string, content_);
    return std::move(in_);
  }

 private:
  bool admin() const { return is_admin(in_.msg_type); }

  static bool is_session_field(int tag) {
    return tag == 34 || tag == 43 || tag == 49 || tag == 52 || tag == 56 || tag == 122;
  }
  bool add_header(const Span& field) {
    if (!is_envelope_field(field.tag)) return true;
    if (field.tag == 35) in_.msg_type = field.text(bytes_);
    if (field.tag == 34) in_.seq = number_in(bytes_, field.value, field.end - 1);
    const bool required = is_session_field(field.tag) && field.tag != 43 && field.tag != 122;
    if (first_time(field.tag) && required) --missing_;
    copy(field);
    return true;
  }
  bool add_admin_body(const Span& field) {
    if (field.tag == 10) return false;
    const bool data = data_tag_ != 0 && field.tag == data_tag_;
    data_tag_ = data_field_of(field.tag);
    if (!data && data_tag_ == 0 && first_time(field.tag)) copy(field);
    return true;
  }
  bool has_seen(int tag) const { return std::binary_search(seen_.begin(), seen_.end(), tag); }
  bool first_time(int tag) {
    const auto at = std::lower_bound(seen_.begin(), seen_.end(), tag);
    if (at != seen_.end() && *at == tag) return false;
    seen_.insert(at, tag);
    return true;
  }
  void copy(const Span& field) {
    check_size(bytes_, field, in_.too_big);
    content_.append(bytes_, field.begin, field.end - field.begin);
  }

  const std::string& bytes_;
  Inbound in_;
  std::string content_;
  std::vector<int> seen_;  // in order: a message may have thousands
  int missing_ = 4;        // of 34, 49, 52, 56
  bool in_header_ = true;
  int data_tag_ = 0;
};

}  // namespace

int data_field_of(int tag) {
  switch (tag) {
    case 90:
      return 91;
    case 93:
      return 89;
    case 95:
      return 96;
    case 212:
      return 213;
    case 348:
      return 349;
    case 350:
      return 351;
    case 352:
      return 353;
    case 354:
      return 355;
    case 356:
      return 357;
    case 358:
      return 359;
    case 360:
      return 361;
    case 362:
      return 363;
    case 364:
      return 365;
    case 445:
      return 446;
    case 618:
      return 619;
    case 621:
      return 622;
    case 1401:
      return 1402;
    case 1403:
      return 1404;
    default:
      return 0;
  }
}

bool Scanner::next(Span& field) {
  if (at_ >= bytes_.size()) return false;
  std::size_t i = at_;
  int tag = 0;
  while (i < bytes_.size() && bytes_[i] >= '0' && bytes_[i] <= '9' && tag < 100000000) {
    tag = tag * 10 + (bytes_[i++] - '0');
  }
  const bool numeric = i > at_ && i < bytes_.size() && bytes_[i] == '=';
  field.tag = numeric ? tag : 0;
  field.begin = at_;
  field.value = numeric ? i + 1 : at_;
  std::size_t end = std::string::npos;
  if (data_tag_ != 0 && data_tag_ == field.tag) {
    const std::size_t past = field.value + data_size_;
    if (past < bytes_.size() && bytes_[past] == kSoh) end = past;
  }
  if (end == std::string::npos) end = bytes_.find(kSoh, field.value);
  if (end == std::string::npos) return false;
  field.end = at_ = end + 1;
  data_tag_ = data_field_of(field.tag);
  if (data_tag_ != 0) {
    const std::int64_t size = number_in(bytes_, field.value, end);
    if (size < 0) data_tag_ = 0;
    data_size_ = size < 0 ? 0 : static_cast<std::size_t>(size);
  }
  return true;
}

bool is_admin(const std::string& msg_type) {
  return msg_type.size() == 1 && msg_type[0] != '\0' && std::strchr("A012345", msg_type[0]);
}

bool is_engine_field(int tag) {
  static constexpr int kTags[] = {34, 35, 43, 49, 50, 52, 56, 57, 122, 142, 143};
  return contains(kTags, tag);
}

bool is_header_field(int tag) {
  static constexpr int kTags[] = {8,   9,    34,   35,   43,   49,   50,   52,   56,  57,
                                  90,  91,   97,   115,  116,  122,  128,  129,  142, 143,
                                  144, 145,  212,  213,  347,  369,  370,  627,  628, 629,
                                  630, 1128, 1129, 1156, 1351, 1352, 1353, 1354, 1355};
  return contains(kTags, tag);
}

void append_field(std::string& bytes, int tag, const std::string& value) {
  bytes += std::to_string(tag);
  bytes += '=';
  bytes += value;
  bytes += kSoh;
}

std::string seal(const std::string& begin_string, const std::string& content) {
  std::string bytes;
  bytes.reserve(content.size() + 32);
  append_field(bytes, 8, begin_string);
  append_field(bytes, 9, std::to_string(content.size()));
  bytes += content;
  unsigned sum = 0;
  for (const char byte : bytes) sum += static_cast<unsigned char>(byte);
  char trailer[8];
  std::snprintf(trailer, sizeof trailer, "10=%03u", sum % 256);
  bytes += trailer;
  bytes += kSoh;
  return bytes;
}

std::string content_of(const std::string& bytes) {
  constexpr std::size_t kTrailerSize = 7;  // "10=nnn" and SOH
  Scanner scanner(bytes);
  Span field;
  if (!scanner.next(field) || !scanner.next(field)) return std::string();
  if (bytes.size() < field.end + kTrailerSize) return std::string();
  return bytes.substr(field.end, bytes.size() - kTrailerSize - field.end);
}

std::size_t engine_header_end(const std::string& content) {
  Scanner scanner(content);
  Span field;
  std::size_t end = 0;
  while (scanner.next(field) && is_engine_field(field.tag)) end = field.end;
  return end;
}

Inbound read_inbound(const std::string& begin_string, const std::string& bytes) {
  Scanner scanner(bytes);
  Span field;
  EnvelopeBuilder builder(bytes);
  std::string received_begin = begin_string;
  if (scanner.next(field) && field.tag == 8) received_begin = field.text(bytes);
  while (scanner.next(field) && builder.add(field)) {
  }
  return builder.take(received_begin);
}

}  // namespace engine
}  // namespace fixdrill
