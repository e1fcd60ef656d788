// `with`: what is wrong with a message that is sent, or with the way it leaves.
#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "syntax/grammar.h"
#include "syntax/shape.h"
#include "syntax/words.h"

namespace fixdrill::syntax {

namespace {

const std::vector<std::string> kShapes = {"bad",       "no",        "short",   "long",
                                          "duplicate", "order",     "swapped", "garbled",
                                          "seqnum",    "truncated", "split",   "joined"};
constexpr std::string_view kKnown =
    "bad checksum, short checksum, long checksum, no checksum, bad length, no length, seqnum, "
    "duplicate, order, swapped, garbled, truncated, split, joined";

}  // namespace

// Behind `with`.
bool Grammar::shapes(Message& message) {
  c_.skip_blanks();
  const std::size_t begin = c_.pos();
  auto shape = std::make_shared<Shape>();
  do {
    c_.skip_blanks();
    const std::size_t at = c_.pos();
    if (!shape_part(*shape)) return false;
    const std::size_t length = trim(c_.text(at, c_.pos())).size();
    shape->parts.back().span = c_.span(at, at + length);
  } while (c_.take(",", Glue::before));
  shape->span = c_.span(begin, shape->parts.back().span.end);
  message.shape = std::move(shape);
  return true;
}

bool Grammar::shape_part(Shape& shape) {
  const std::string word(c_.peek_word());
  if (word == "bad" || word == "no") return bad_or_no(shape, word == "bad");
  if (std::find(kShapes.begin(), kShapes.end(), word) == kShapes.end()) {
    if (word.empty()) {
      c_.expected("what is to be wrong, as in 'with bad checksum'");
    } else {
      c_.error(c_.found_span(), fmt::format("'with' knows {}, not '{}'{}", kKnown, printable(word),
                                            suggestion(word, kShapes)));
    }
    return false;
  }
  c_.take_token(word.size());
  if (word == "short" || word == "long") {
    Fault fault;
    fault.kind = word == "short" ? Fault::Kind::short_checksum : Fault::Kind::long_checksum;
    if (!c_.take_word("checksum")) return c_.expected("'checksum'"), false;
    shape.parts.push_back({{}, std::move(fault)});
    return true;
  }
  if (word == "split") return split(shape);
  if (word == "joined") {
    shape.parts.push_back({{}, Joined{}});
    return true;
  }
  if (word == "seqnum") {
    auto number = number_or_expression();
    if (number) shape.parts.push_back({{}, SeqNum{std::move(*number)}});
    return number.has_value();
  }
  return fault(shape, word);
}

bool Grammar::bad_or_no(Shape& shape, bool bad) {
  const std::string_view first = bad ? "bad" : "no";
  c_.take_token(first.size());
  const std::string word(c_.peek_word());
  if (word != "checksum" && word != "length") {
    c_.error(c_.found_span(), fmt::format("'{}' takes 'checksum' or 'length'{}", first,
                                          suggestion(word, {"checksum", "length"})));
    return false;
  }
  c_.take_token(word.size());
  using Kind = Fault::Kind;
  Fault fault;
  if (word == "checksum") {
    fault.kind = bad ? Kind::bad_checksum : Kind::no_checksum;
  } else {
    fault.kind = bad ? Kind::bad_length : Kind::no_length;
  }
  if (fault.kind == Kind::bad_length && at_number()) {
    fault.number = number_or_expression();
    if (!fault.number) return false;
  }
  shape.parts.push_back({{}, std::move(fault)});
  return true;
}

// The other faults; their word is taken.
bool Grammar::fault(Shape& shape, std::string_view word) {
  Fault fault;
  if (word == "garbled") {
    fault.kind = Fault::Kind::garbled;
  } else if (word == "truncated") {
    fault.kind = Fault::Kind::truncated;
    fault.number = number_or_expression();
    if (!fault.number) return false;
  } else if (word == "duplicate") {
    fault.kind = Fault::Kind::duplicate;
    auto ref = field_ref();
    if (!ref) return false;
    fault.fields.push_back(std::move(*ref));
  } else if (word == "swapped") {
    fault.kind = Fault::Kind::swapped;
    for (int i = 0; i < 2; ++i) {
      auto ref = field_ref();
      if (!ref) return false;
      fault.fields.push_back(std::move(*ref));
    }
  } else {
    fault.kind = Fault::Kind::order;
    do {
      c_.skip_blanks();
      const std::size_t begin = c_.pos();
      const auto number = tag();
      if (!number) return false;
      fault.fields.push_back({c_.span_from(begin), "", *number});
      c_.skip_blanks();
    } while (is_digit(c_.peek()));
  }
  shape.parts.push_back({{}, std::move(fault)});
  return true;
}

bool Grammar::split(Shape& shape) {
  Split split;
  do {
    auto offset = number_or_expression();
    if (!offset) return false;
    split.offsets.push_back(std::move(*offset));
  } while (at_number());
  if (c_.take_word("every")) {
    split.every = duration();
    if (!split.every) return false;
  }
  shape.parts.push_back({{}, std::move(split)});
  return true;
}

bool Grammar::at_number() {
  c_.skip_blanks();
  const char c = c_.peek();
  return is_digit(c) || c_.looking_at("${") || ((c == '+' || c == '-') && is_digit(c_.peek(1)));
}

}  // namespace fixdrill::syntax
