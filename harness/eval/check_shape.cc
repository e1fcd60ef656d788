// `with …` of a message: where it may stand, what goes together, what the message can have.
#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "eval/check_scope.h"
#include "eval/names.h"
#include "eval/walk.h"
#include "syntax/shape.h"

namespace fixdrill::eval {

namespace {

using Kind = syntax::Fault::Kind;

// Filled in on every message, whoever writes it.
bool always_there(int tag) { return tag == 35 || is_session_tag(tag); }

std::optional<std::int64_t> literal_number(const syntax::Value& value) {
  if (!value.literal()) return std::nullopt;
  const std::string text = value.literal_text();
  const bool sign = text.starts_with('+') || text.starts_with('-');
  const auto size = parse_size(std::string_view(text).substr(sign ? 1 : 0));
  if (!size) return std::nullopt;
  return text.starts_with('-') ? -static_cast<std::int64_t>(*size)
                               : static_cast<std::int64_t>(*size);
}

/// The parts of one shape.
class ShapeCheck {
 public:
  ShapeCheck(const syntax::Message& message, const fix::MessageDef* def, const Place& place)
      : message_(message), def_(def), place_(place) {}

  void check() {
    for (const syntax::Shape::Part& part : message_.shape->parts) {
      span_ = part.span;
      std::visit([this](const auto& what) { (*this)(what); }, part.what);
    }
  }

  void operator()(const syntax::Fault& fault) {
    if (fault_)
      error(span_, fmt::format("a message has one fault at a time, and '{}' is one already",
                               fault_->text()));
    fault_ = span_;
    if (fault.number) check_number(*fault.number);
    for (const syntax::FieldRef& ref : fault.fields) check_ref(ref);
    switch (fault.kind) {
      case Kind::bad_length:
        if (fault.number && literal_number(*fault.number) == 0 && has_sign(*fault.number))
          error(fault.number->span, "a length that is 0 off is right");
        return not_given(9, "BodyLength(9)");
      case Kind::no_length:
        return not_given(9, "BodyLength(9)");
      case Kind::bad_checksum:
      case Kind::short_checksum:
      case Kind::long_checksum:
      case Kind::no_checksum:
        return not_given(10, "CheckSum(10)");
      case Kind::truncated:
        if (literal_number(*fault.number) == 0)
          error(fault.number->span, "a message is truncated to 1 byte or more, or by as many: -1");
        return;
      case Kind::order:
        return check_order(fault.fields);
      case Kind::swapped:
        if (fault.fields[0].tag == fault.fields[1].tag &&
            fault.fields[0].name == fault.fields[1].name)
          error(fault.fields[1].span, "a field cannot change places with itself");
        return;
      case Kind::duplicate:
      case Kind::garbled:
        return;
    }
  }

  void operator()(const syntax::SeqNum& seq_num) {
    once(seq_num_);
    check_number(seq_num.number);
    not_given(34, "MsgSeqNum(34)");
  }

  void operator()(const syntax::Split& split) {
    once(split_);
    std::int64_t last = 0;
    for (const syntax::Value& offset : split.offsets) {
      check_number(offset);
      const auto at = literal_number(offset);
      if (!at) continue;
      if (*at <= last) {
        error(offset.span, last == 0 ? "a message is split behind byte 1 or later"
                                     : fmt::format("the places of a split ascend; {} comes after "
                                                   "{}",
                                                   *at, last));
      }
      last = std::max(last, *at);
    }
    check_duration(split.every, place_);
  }

  void operator()(const syntax::Joined&) { once(joined_); }

 private:
  void error(const Span& span, std::string message) const {
    place_.findings.error(span, std::move(message));
  }

  void once(bool& seen) const {
    if (seen) error(span_, fmt::format("'{}' is given twice", first_word()));
    seen = true;
  }

  std::string first_word() const {
    const std::string_view text = span_.text();
    return std::string(text.substr(0, text.find(' ')));
  }

  static bool has_sign(const syntax::Value& value) {
    const std::string text = value.literal_text();
    return text.starts_with('+') || text.starts_with('-');
  }

  void check_number(const syntax::Value& value) const {
    check_value(value, place_);
    if (value.literal() && !literal_number(value))
      error(value.span, fmt::format("a whole number is needed, not '{}'", value.literal_text()));
  }

  // What the message gives itself cannot be spoilt as well.
  void not_given(int tag, const char* label) const {
    if (!gives(tag)) return;
    error(span_, fmt::format("the message gives {} itself; leave one of the two out", label));
  }

  bool gives(int tag) const {
    return std::any_of(message_.fields.begin(), message_.fields.end(), [&](const auto& field) {
      const syntax::FieldRef& ref = field.place.parts.front().ref;
      const fix::FieldDef* def =
          place_.dictionary && !ref.name.empty() ? place_.dictionary->field(ref.name) : nullptr;
      return ref.tag == tag || (def && def->tag == tag);
    });
  }

  void check_ref(const syntax::FieldRef& ref) const {
    int tag = ref.tag;
    if (!ref.name.empty() && place_.dictionary) {
      const fix::FieldDef* field = place_.dictionary->field(ref.name);
      if (!field) return error(ref.span, unknown_field(ref.name, place_.dictionary));
      tag = field->tag;
    }
    if (tag == 0 || !def_ || always_there(tag) || gives(tag)) return;
    if (known_anywhere(tag)) return;
    error(ref.span, fmt::format("{} has no field {} in {}", def_->name,
                                field_label(tag, place_.dictionary), place_.dictionary->version()));
  }

  bool known_anywhere(int tag) const {
    return holds_anywhere(def_->members, tag) || holds_anywhere(place_.dictionary->header(), tag) ||
           holds_anywhere(place_.dictionary->trailer(), tag);
  }

  void check_order(const std::vector<syntax::FieldRef>& fields) const {
    constexpr int kRight[] = {8, 9, 35};
    bool right = fields.size() <= std::size(kRight);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      right = right && fields[i].tag == kRight[i];
      for (std::size_t earlier = 0; earlier < i; ++earlier) {
        if (fields[earlier].tag == fields[i].tag)
          return error(fields[i].span, "this tag is in the order already");
      }
    }
    if (right) error(span_, "this is the order that the fields have; nothing would be wrong");
  }

  const syntax::Message& message_;
  const fix::MessageDef* def_;
  const Place& place_;
  Span span_;  ///< of the part being looked at
  std::optional<Span> fault_;
  bool seq_num_ = false;
  bool split_ = false;
  bool joined_ = false;
};

}  // namespace

void check_shape(const syntax::Message& message, const ActionRule& rule, const fix::MessageDef* def,
                 const Place& place) {
  if (!message.shape) return;
  const Span& span = message.shape->span;
  if (!rule.with)
    return place.findings.error(span, fmt::format("'{}' does not take 'with'; only what a wire "
                                                  "session sends can be spoilt",
                                                  rule.action));
  if (place.session && !place.session->wire)
    return place.findings.error(span,
                                "'with' is for wire sessions; an engine session sends only valid "
                                "messages");
  ShapeCheck(message, def, place).check();
}

}  // namespace fixdrill::eval
