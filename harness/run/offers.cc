#include "run/offers.h"

#include <algorithm>
#include <fmt/format.h>

#include "eval/rewrite.h"
#include "eval/run_bound.h"

namespace fixdrill::run {

namespace {

using record::Offer;

// Neither what is masked by its tag nor a text with a secret in it.
bool is_secret(const eval::Difference& difference, const fix::Message& message,
               const record::Masker& masker) {
  bool masked = false;
  masker.mask(fmt::format("35={}\x01{}={}\x01", message.msg_type(), difference.tag,
                          difference.value.value_or("")),
              masked);
  return masked;
}

std::string refusal_of(const FailedStep& step, const eval::Difference& difference,
                       const fix::Message& message) {
  if (!difference.literal || !difference.value) return "";
  if (is_secret(difference, message, step.masker)) return "it is secret";
  const auto bound =
      eval::bound_to_run(difference.tag, *difference.value, message, step.dictionary);
  return bound.value_or("");
}

Offer offer_of(const FailedStep& step, const eval::Difference& difference,
               const fix::Message& message) {
  Offer offer;
  offer.location = location_text(difference.span);
  offer.field = difference.field;
  offer.refusal = refusal_of(step, difference, message);
  if (!offer.refusal.empty()) return offer;
  auto text = eval::rewritten(difference, step.dictionary);
  if (!text) {
    offer.refusal = text.error().text;
    return offer;
  }
  const Span& span = difference.literal->span;
  offer.file = span.file->path();
  offer.begin = span.begin;
  offer.end = span.end;
  offer.text = std::move(*text);
  return offer;
}

// Where nobody knows which expectation, or which part of it, the message was meant for.
std::string guess(const FailedStep& step, const eval::Match& match) {
  if (!step.as_written.empty()) return step.as_written;
  if (!step.also_open.empty()) return "several expectations were open, so it would be a guess";
  const auto& optionals = step.channel.optionals();
  const auto same_type = [&](const Open& open) {
    return open.pattern.msg_type() == step.open.pattern.msg_type();
  };
  if (std::any_of(optionals.begin(), optionals.end(), same_type))
    return "an optional expectation of this type was open too, so it would be a guess";
  const auto wrong = std::count_if(match.fields.begin(), match.fields.end(),
                                   [](const record::FieldRow& row) { return !row.ok; });
  if (static_cast<std::size_t>(wrong) != match.differences.size())
    return "not only values of listed fields differ";
  return "";
}

}  // namespace

std::vector<Offer> offers(const FailedStep& step, const eval::Match& match,
                          const fix::Message& message) {
  if (std::string why = guess(step, match); !why.empty()) {
    Offer none;
    none.location = location_text(step.open.span);
    none.refusal = std::move(why);
    return {none};
  }
  std::vector<Offer> all;
  for (const eval::Difference& difference : match.differences)
    all.push_back(offer_of(step, difference, message));
  return all;
}

}  // namespace fixdrill::run
