// A filter over messages as people type it: `35=8 and 39 in (2,4) and
// NoPartyIDs[PartyRole=12].PartyID = X`.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "fix/dictionary.h"

namespace fixdrill::flow {

struct FilterNode;

/// A compiled regular expression: found anywhere in the text.
using TextTest = std::function<bool(std::string_view)>;

/// What the words of an expression are looked up in.
struct FilterWords {
  /// Compiles `/pattern/` or, ignoring case, `/pattern/i`. The error says what is wrong with it.
  std::function<Result<TextTest>(std::string_view pattern, bool ignore_case)> regex;
  /// The dictionaries that a name may come from; asked only when the text holds a name.
  std::function<std::vector<fix::DictionaryPtr>()> dictionaries;
};

/// Used from one thread: it remembers what its names mean in each dictionary it has met.
///
/// A field is found wherever it stands in the message; it matches when one of its occurrences does.
/// `!=` and `!~` ask that the field is there and that no occurrence matches. `Group[condition]` and
/// `Group[2]` stand for entries of the group. Prices and quantities compare as numbers, other
/// values as text; `<` and its like compare numbers when both sides are some.
class MessageFilter {
 public:
  /// Input error: `expression:1:COL: error: …` with the text and a caret; a name that no dictionary
  /// knows, with the nearest one that it does.
  static Result<MessageFilter> parse(std::string_view text, const FilterWords& words);

  /// `raw` with SOH. Without a dictionary names match nothing, and a group is cut at the repeats of
  /// its first field.
  bool matches(std::string_view raw, const fix::DictionaryPtr& dictionary);

 private:
  using Bound = std::shared_ptr<const FilterNode>;

  explicit MessageFilter(FilterNode tree);
  const FilterNode& bound_to(const fix::DictionaryPtr& dictionary);

  Bound tree_;
  std::vector<std::pair<fix::DictionaryPtr, Bound>> bound_;
};

}  // namespace fixdrill::flow
