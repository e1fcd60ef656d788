#include "eval/verbatim.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/text.h"
#include "eval/arithmetic.h"
#include "eval/names.h"

namespace fixdrill::eval {

namespace {

// A field that the dictionary gives no type may hold anything.
bool of_its_type(const fix::FieldDef* def, std::string_view value) {
  return compare_typed(def, value, value).has_value();
}

}  // namespace

Result<Verbatim> Verbatim::make(const syntax::Message& message, const Environment& environment) {
  Verbatim made;
  made.dictionary_ = environment.dictionary;
  made.span_ = *message.verbatim;
  const auto add = [&](const Span& span, int tag, const syntax::Value* value) -> Status {
    Part part{span, tag, environment.dictionary ? environment.dictionary->field(tag) : nullptr, {}};
    if (value) {
      Result<Operand> operand = Operand::make(*value, {environment, part.def, tag, true});
      if (!operand) return operand.error();
      part.value = std::move(*operand);
    }
    made.parts_.push_back(std::move(part));
    return {};
  };
  for (const syntax::Field& field : message.fields) {
    const auto* test = std::get_if<syntax::Comparison>(&field.test);
    const Status added =
        add(field.span, field.place.parts.front().ref.tag, test ? &test->value : nullptr);
    if (!added) return added.error();
  }
  // The parser keeps MsgType(35) apart; where it stood its letters tell.
  const syntax::Value type{
      message.type.span, true, {{message.type.span, message.type.text, nullptr}}};
  if (const Status added = add(message.type.span, 35, &type); !added) return added.error();
  const auto last = made.parts_.end() - 1;
  const auto place = std::find_if(made.parts_.begin(), last, [&](const Part& part) {
    return part.span.begin > message.type.span.begin;
  });
  std::rotate(place, last, made.parts_.end());
  return made;
}

bool Verbatim::fits(const Part& part, const fix::FieldView& field, Time received) {
  if (part.tag != field.tag) return false;
  if (!part.value) return of_its_type(part.def, field.value);
  return part.value->at(received) == field.value;
}

bool Verbatim::accepts(const fix::Message& message, Time received) const {
  if (message.size() != parts_.size()) return false;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    if (!fits(parts_[i], message[i], received)) return false;
  }
  return true;
}

std::string Verbatim::received(const fix::FieldView& field, int expected_tag) const {
  const std::string value = printable(dictionary_ ? dictionary_->value_label(field.tag, field.value)
                                                  : std::string(field.value));
  if (field.tag == expected_tag) return value;
  return fmt::format("{} = {}", field.tag == 0 ? "(no tag)" : field_label(field.tag, dictionary_),
                     value);
}

void Verbatim::report(const fix::Message& message, Time received_at, Match& into) const {
  for (std::size_t i = 0; i < std::max(parts_.size(), message.size()); ++i) {
    if (i >= parts_.size()) {
      into.fields.push_back(
          {false, fmt::format("place {}", i + 1), "no further field", received(message[i], 0)});
      into.wrong.push_back(span_);
      continue;
    }
    const Part& part = parts_[i];
    const bool there = i < message.size();
    const bool ok = there && fits(part, message[i], received_at);
    if (ok) ++into.equal;
    if (!ok) into.wrong.push_back(part.span);
    into.fields.push_back({ok, field_label(part.tag, dictionary_),
                           part.value ? part.value->shown() : "*",
                           there ? received(message[i], part.tag) : "(absent)"});
  }
}

std::string Verbatim::describe() const {
  std::vector<std::string> texts;
  for (const Part& part : parts_)
    texts.push_back(fmt::format("{}={}", part.tag, part.value ? part.value->notation() : "*"));
  return join(texts, " ");
}

}  // namespace fixdrill::eval
