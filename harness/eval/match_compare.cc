#include <fmt/format.h>
#include <utility>

#include "eval/arithmetic.h"
#include "eval/expression.h"
#include "eval/matchers.h"
#include "eval/names.h"
#include "eval/operand.h"

namespace fixdrill::eval {

namespace {

using syntax::Compare;

const char* op_text(Compare op) {
  switch (op) {
    case Compare::eq:
      return "=";
    case Compare::ne:
      return "!=";
    case Compare::lt:
      return "<";
    case Compare::le:
      return "<=";
    case Compare::gt:
      return ">";
    case Compare::ge:
      return ">=";
  }
  return "";
}

bool in_order(Compare op, std::strong_ordering order) {
  switch (op) {
    case Compare::eq:
      return order == 0;
    case Compare::ne:
      return order != 0;
    case Compare::lt:
      return order < 0;
    case Compare::le:
      return order <= 0;
    case Compare::gt:
      return order > 0;
    case Compare::ge:
      return order >= 0;
  }
  return false;
}

// = and !=: equal by type, by bytes where a value is not of its type or the letters are meant.
class EqualityMatcher : public Matcher {
 public:
  EqualityMatcher(Compare op, Operand operand, const fix::FieldDef* field)
      : op_(op), operand_(std::move(operand)), field_(field) {}

  bool accepts(std::string_view value, Time received) const override {
    if (operand_.constant()) return equal(value, operand_.text()) == (op_ == Compare::eq);
    const auto expected = operand_.at(received);
    return expected && equal(value, *expected) == (op_ == Compare::eq);
  }
  std::string describe() const override {
    return op_ == Compare::eq ? operand_.shown() : "!= " + operand_.shown();
  }
  std::string notation() const override { return op_text(op_) + operand_.notation(); }

 private:
  bool equal(std::string_view value, std::string_view expected) const {
    if (value == expected) return true;
    if (operand_.quoted()) return false;
    const auto order = compare_typed(field_, value, expected);
    return order && *order == 0;
  }

  Compare op_;
  Operand operand_;
  const fix::FieldDef* field_;
};

// Fields of text that hold numbers are ordered as numbers.
std::optional<std::strong_ordering> order_of(const fix::FieldDef* field, std::string_view a,
                                             std::string_view b) {
  const bool text = !field || field->kind == fix::ValueClass::text;
  const auto x = text ? fix::Decimal::parse(a) : std::nullopt;
  const auto y = text ? fix::Decimal::parse(b) : std::nullopt;
  if (x && y) return *x <=> *y;
  return compare_typed(field, a, b);
}

class OrderMatcher : public Matcher {
 public:
  OrderMatcher(Compare op, Operand operand, const fix::FieldDef* field)
      : op_(op), operand_(std::move(operand)), field_(field) {}

  bool accepts(std::string_view value, Time received) const override {
    const auto bound = operand_.at(received);
    const auto order = bound ? order_of(field_, value, *bound) : std::nullopt;
    return order && in_order(op_, *order);
  }
  std::string describe() const override {
    return fmt::format("{} {}", op_text(op_), operand_.shown());
  }
  std::string notation() const override { return op_text(op_) + operand_.notation(); }

 private:
  Compare op_;
  Operand operand_;
  const fix::FieldDef* field_;
};

class ToleranceMatcher : public Matcher {
 public:
  ToleranceMatcher(Operand centre, fix::Decimal width)
      : centre_(std::move(centre)), width_(width), shown_(width.text()) {}

  bool accepts(std::string_view value, Time received) const override {
    const auto centre = centre_.at(received);
    const auto middle = centre ? fix::Decimal::parse(*centre) : std::nullopt;
    const auto got = fix::Decimal::parse(value);
    if (!middle || !got) return false;
    const auto low = fix::Decimal::subtract(*middle, width_);
    const auto high = fix::Decimal::add(*middle, width_);
    return low && high && *low <= *got && *got <= *high;
  }
  std::string describe() const override { return fmt::format("{} +- {}", centre_.shown(), shown_); }
  std::string notation() const override {
    return fmt::format("={} +- {}", centre_.notation(), shown_);
  }

 private:
  Operand centre_;
  fix::Decimal width_;
  std::string shown_;
};

class TimeToleranceMatcher : public Matcher {
 public:
  TimeToleranceMatcher(Operand centre, Duration width)
      : centre_(std::move(centre)), width_(width), shown_(duration_text(width)) {}

  bool accepts(std::string_view value, Time received) const override {
    const auto centre = centre_.at(received);
    const auto middle = centre ? time_of(*centre) : std::nullopt;
    const auto got = time_of(value);
    if (!middle || !got) return false;
    const Duration apart(*got - *middle);
    return -width_ <= apart && apart <= width_;
  }
  std::string describe() const override { return fmt::format("{} +- {}", centre_.shown(), shown_); }
  std::string notation() const override {
    return fmt::format("={} +- {}", centre_.notation(), shown_);
  }

 private:
  Operand centre_;
  Duration width_;
  std::string shown_;
};

// A bound that is no value of the field's type would let nothing through: say so before the step.
std::optional<Error> bad_bound(const Operand& operand, const MatcherContext& context) {
  if (!context.field) return std::nullopt;
  const auto kind = context.field->kind;
  const bool ordered = kind == fix::ValueClass::decimal || kind == fix::ValueClass::integer ||
                       kind == fix::ValueClass::group_count || kind == fix::ValueClass::timestamp ||
                       kind == fix::ValueClass::time;
  if (!ordered || compare_typed(context.field, operand.text(), operand.text())) return std::nullopt;
  const bool time = kind == fix::ValueClass::timestamp || kind == fix::ValueClass::time;
  return fail(operand.span(), fmt::format("{} is compared with '{}', which is no {}",
                                          field_label(context.tag, context.environment.dictionary),
                                          operand.text(), time ? "time" : "number"));
}

}  // namespace

Result<MatcherPtr> match_comparison(const syntax::Comparison& test, const MatcherContext& context) {
  Result<Operand> operand = Operand::make(test.value, context);
  if (!operand) return operand.error();
  if (test.op == Compare::eq || test.op == Compare::ne)
    return MatcherPtr(
        std::make_unique<EqualityMatcher>(test.op, std::move(*operand), context.field));
  if (auto error = bad_bound(*operand, context)) return *error;
  return MatcherPtr(std::make_unique<OrderMatcher>(test.op, std::move(*operand), context.field));
}

Result<MatcherPtr> match_tolerance(const syntax::Tolerance& test, const MatcherContext& context) {
  Result<Operand> centre = Operand::make(test.value, context);
  if (!centre) return centre.error();
  const Result<Value> width = evaluate(*test.width, context.environment);
  if (!width) return width.error();
  const auto number = as_number(*width);
  const auto time = as_duration(*width);
  if (time && !number) {
    if (!time_of(centre->text()))
      return fail(test.value.span,
                  fmt::format("'{}' is no time; +- with a duration needs one", centre->text()));
    return MatcherPtr(std::make_unique<TimeToleranceMatcher>(std::move(*centre), *time));
  }
  if (!number)
    return fail(test.width->span,
                fmt::format("'{}' is neither a number nor a duration", to_text(*width)));
  if (!fix::Decimal::parse(centre->text()))
    return fail(test.value.span,
                fmt::format("'{}' is no number; +- {} needs one", centre->text(), number->text()));
  return MatcherPtr(std::make_unique<ToleranceMatcher>(std::move(*centre), *number));
}

Result<MatcherPtr> match_range(const syntax::InRange& test, const MatcherContext& context) {
  class RangeMatcher : public Matcher {
   public:
    RangeMatcher(Operand low, Operand high, const fix::FieldDef* field)
        : low_(std::move(low)), high_(std::move(high)), field_(field) {}

    bool accepts(std::string_view value, Time received) const override {
      const auto low = low_.at(received), high = high_.at(received);
      if (!low || !high) return false;
      const auto above = order_of(field_, value, *low), below = order_of(field_, value, *high);
      return above && below && *above >= 0 && *below <= 0;
    }
    std::string describe() const override {
      return fmt::format("{} .. {}", low_.shown(), high_.shown());
    }
    std::string notation() const override {
      return fmt::format(" in {} .. {}", low_.notation(), high_.notation());
    }

   private:
    Operand low_;
    Operand high_;
    const fix::FieldDef* field_;
  };
  Result<Operand> low = Operand::make(test.low, context);
  if (!low) return low.error();
  Result<Operand> high = Operand::make(test.high, context);
  if (!high) return high.error();
  if (auto error = bad_bound(*low, context)) return *error;
  if (auto error = bad_bound(*high, context)) return *error;
  return MatcherPtr(
      std::make_unique<RangeMatcher>(std::move(*low), std::move(*high), context.field));
}

}  // namespace fixdrill::eval
