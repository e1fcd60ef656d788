#include "run/shape.h"

#include <fmt/format.h>

#include "base/text.h"
#include "eval/expression.h"
#include "eval/names.h"

namespace fixdrill::run {

namespace {

using FixKind = fix::Fault::Kind;

FixKind kind_of(syntax::Fault::Kind kind) {
  using Kind = syntax::Fault::Kind;
  switch (kind) {
    case Kind::bad_checksum:
      return FixKind::bad_checksum;
    case Kind::short_checksum:
      return FixKind::short_checksum;
    case Kind::long_checksum:
      return FixKind::long_checksum;
    case Kind::bad_length:
      return FixKind::bad_length;
    case Kind::no_checksum:
      return FixKind::no_checksum;
    case Kind::no_length:
      return FixKind::no_length;
    case Kind::duplicate:
      return FixKind::duplicate;
    case Kind::order:
      return FixKind::order;
    case Kind::swapped:
      return FixKind::swapped;
    case Kind::garbled:
      return FixKind::garbled;
    case Kind::truncated:
      return FixKind::truncated;
  }
  return FixKind::none;
}

/// A number with a sign is relative; one that an expression makes never is.
struct Number {
  std::int64_t value = 0;
  bool relative = false;
};

class ShapeMaker {
 public:
  explicit ShapeMaker(const eval::Environment& environment) : environment_(environment) {}

  Result<session::Shape> make(const syntax::Shape& shape) {
    for (const syntax::Shape::Part& part : shape.parts) {
      const Status added = std::visit([this](const auto& what) { return add(what); }, part.what);
      if (!added) return added.error();
    }
    return std::move(out_);
  }

 private:
  Status add(const syntax::Fault& fault) {
    out_.fault.kind = kind_of(fault.kind);
    if (fault.number) {
      const auto number = whole_number(*fault.number);
      if (!number) return number.error();
      out_.fault.number = number->value;
      out_.fault.relative = number->relative;
    }
    for (const syntax::FieldRef& ref : fault.fields) {
      const auto field = eval::resolve_field(ref, environment_.dictionary);
      if (!field) return field.error();
      out_.fault.tags.push_back(field->tag);
    }
    return {};
  }

  Status add(const syntax::SeqNum& seq_num) {
    const auto number = whole_number(seq_num.number);
    if (!number) return number.error();
    out_.seq_num = session::Shape::Number{number->value, number->relative};
    return {};
  }

  Status add(const syntax::Split& split) {
    for (const syntax::Value& offset : split.offsets) {
      const auto number = whole_number(offset);
      if (!number) return number.error();
      const auto last = out_.split.empty() ? 0 : static_cast<std::int64_t>(out_.split.back());
      if (number->value <= last)
        return eval::fail(offset.span, fmt::format("the places of a split ascend from 1; {} comes "
                                                   "after {}",
                                                   number->value, last));
      out_.split.push_back(static_cast<std::size_t>(number->value));
    }
    if (!split.every) return {};
    const auto every = eval::duration(*split.every, environment_);
    if (!every) return every.error();
    out_.every = *every;
    return {};
  }

  Status add(const syntax::Joined&) {
    out_.joined = true;
    return {};
  }

  Result<Number> whole_number(const syntax::Value& value) const {
    const auto text = eval::fill(value, environment_);
    if (!text) return text.error();
    const bool sign = text->starts_with('+') || text->starts_with('-');
    const auto size = parse_size(std::string_view(*text).substr(sign ? 1 : 0));
    constexpr std::size_t kLargest = 1'000'000'000'000;
    if (!size || *size > kLargest)
      return eval::fail(value.span, fmt::format("a whole number is needed, not '{}'", *text));
    const auto number = static_cast<std::int64_t>(*size);
    return Number{text->starts_with('-') ? -number : number, sign && value.literal()};
  }

  const eval::Environment& environment_;
  session::Shape out_;
};

}  // namespace

Result<session::Shape> shape_of(const syntax::Shape& shape, const eval::Environment& environment) {
  return ShapeMaker(environment).make(shape);
}

}  // namespace fixdrill::run
