#include "record/mask.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace fixdrill::record {

namespace {

constexpr std::size_t kShortValue = 4;  ///< shorter ones are masked only as a whole field value

constexpr std::string_view kAbsent = "(absent)";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_delimiter(char c) { return c == kSoh || c == '|'; }

/// RawData(96) is secret on a Logon, and so is Text(58) where the profile names it: some venues
/// sign there.
bool only_on_logon(int tag) { return tag == 96 || tag == 58; }

bool always_secret(int tag) {
  return tag == 554 || tag == 925 || tag == 1402 || tag == 1404 || tag == 89;
}

/// The length field that stands right before a data field; 0 = none.
int length_tag(int tag) {
  switch (tag) {
    case 96:
      return 95;
    case 89:
      return 93;
    case 1402:
      return 1401;
    case 1404:
      return 1403;
    default:
      return 0;
  }
}

struct Number {
  int value = 0;
  std::size_t begin = 0;  ///< of its first digit
};

/// The number whose last digit stands before `end`; more than nine digits count as none.
Number number_before(std::string_view bytes, std::size_t end) {
  Number number{0, end};
  for (int scale = 1; number.begin > 0 && is_digit(bytes[number.begin - 1]); scale *= 10) {
    if (end - number.begin == 9) return {0, end};
    number.value += scale * (bytes[--number.begin] - '0');
  }
  return number;
}

bool is_logon(std::string_view bytes) {
  for (std::size_t at = bytes.find("35=A"); at != bytes.npos; at = bytes.find("35=A", at + 1)) {
    const bool starts = at == 0 || !is_digit(bytes[at - 1]);
    if (starts && at + 4 < bytes.size() && is_delimiter(bytes[at + 4])) return true;
  }
  return false;
}

/// What the length field right before says; a data field may hold delimiters.
std::size_t declared_length(std::string_view bytes, std::size_t field, int tag) {
  if (length_tag(tag) == 0 || field < 2 || !is_delimiter(bytes[field - 1])) return 0;
  const Number length = number_before(bytes, field - 1);
  if (length.begin == 0 || bytes[length.begin - 1] != '=') return 0;
  const bool matches = number_before(bytes, length.begin - 1).value == length_tag(tag);
  return matches ? static_cast<std::size_t>(length.value) : 0;
}

/// End of the value that begins at `value`. A field inside another field's text (a peer that
/// quotes what it got) or between bars ends at a bar too.
std::size_t value_end(std::string_view bytes, std::size_t field, std::size_t value, int tag) {
  const bool own_field = field == 0 || bytes[field - 1] == kSoh;
  std::size_t end = value;
  while (end < bytes.size() && bytes[end] != kSoh && (own_field || bytes[end] != '|')) ++end;
  const std::size_t length = declared_length(bytes, field, tag);
  return std::max(end, value + std::min(length, bytes.size() - value));
}

void cover(std::string& out, std::size_t begin, std::size_t end, bool& masked) {
  if (begin == end) return;
  std::fill(out.begin() + static_cast<std::ptrdiff_t>(begin),
            out.begin() + static_cast<std::ptrdiff_t>(end), '*');
  masked = true;
}

bool is_whole_value(std::string_view bytes, std::size_t at, std::size_t length) {
  const bool begins = at > 0 && bytes[at - 1] == '=';
  return begins && (at + length == bytes.size() || is_delimiter(bytes[at + length]));
}

}  // namespace

Masker::Masker(std::set<int> more_tags, std::vector<std::string> secret_values)
    : tags_(std::move(more_tags)), values_(std::move(secret_values)) {
  std::erase(values_, std::string());
}

bool Masker::is_secret(int tag, std::string_view bytes) const {
  if (always_secret(tag)) return true;
  if (tag != 96 && tags_.find(tag) == tags_.end()) return false;
  return !only_on_logon(tag) || is_logon(bytes);
}

void Masker::mask_tags(std::string_view bytes, std::string& out, bool& masked) const {
  for (std::size_t equals = bytes.find('='); equals != bytes.npos;
       equals = bytes.find('=', equals + 1)) {
    const Number tag = number_before(bytes, equals);
    if (tag.value == 0 || !is_secret(tag.value, bytes)) continue;
    cover(out, equals + 1, value_end(bytes, tag.begin, equals + 1, tag.value), masked);
  }
}

void Masker::mask_values(std::string_view bytes, std::string& out, bool& masked) const {
  for (const std::string& value : values_) {
    for (std::size_t at = bytes.find(value); at != bytes.npos; at = bytes.find(value, at + 1)) {
      if (value.size() < kShortValue && !is_whole_value(bytes, at, value.size())) continue;
      cover(out, at, at + value.size(), masked);
    }
  }
}

std::string Masker::mask(std::string_view bytes, bool& masked) const {
  std::string out(bytes);
  masked = false;
  mask_tags(bytes, out, masked);
  mask_values(bytes, out, masked);
  return out;
}

std::string Masker::mask(std::string_view text) const {
  bool masked = false;
  return mask(text, masked);
}

// In a table of fields the tag stands in the label: "Password(554)".
void Masker::mask_field(FieldRow& row) const {
  const std::size_t end = row.field.rfind(')');
  const int tag = end == row.field.npos ? 0 : number_before(row.field, end).value;
  const bool secret =
      always_secret(tag) || tag == 96 || (!only_on_logon(tag) && tags_.find(tag) != tags_.end());
  for (std::string* text : {&row.expected, &row.received})
    *text = secret && *text != kAbsent ? std::string(text->size(), '*') : mask(*text);
}

void Masker::mask(ScenarioResult& result) const {
  for (std::string& warning : result.warnings) warning = mask(warning);
  for (StepResult& step : result.steps) {
    step.text = mask(step.text);
    if (step.answer) {
      step.answer->question = mask(step.answer->question);
      step.answer->text = mask(step.answer->text);
    }
    for (Verdict& verdict : step.verdicts) {
      verdict.message = mask(verdict.message);
      verdict.source = mask(verdict.source);
      for (FieldRow& row : verdict.fields) mask_field(row);
      for (std::string& detail : verdict.details) detail = mask(detail);
      for (MessageRef& message : verdict.messages) message.note = mask(message.note);
    }
  }
}

}  // namespace fixdrill::record
