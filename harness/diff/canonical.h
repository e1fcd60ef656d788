// What stays of a value when everything that each run has for itself is taken away.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "diff/rules.h"
#include "fix/message.h"

namespace fixdrill::diff {

std::uint64_t hash_text(std::string_view text);
/// Order counts: mix(a, b) is not mix(b, a).
std::uint64_t mix(std::uint64_t a, std::uint64_t b);

/// "Order 4711 of BRK1 rejected" -> "Order # of # rejected": each word that holds a digit is a `#`.
std::string text_template(std::string_view text);

/// Days since 1970-01-01 of the date that `text` begins with, YYYYMMDD; empty: it is none.
std::optional<std::int64_t> day_number(std::string_view text);
/// "+2d": working days from one date to another, or to the next working day.
std::string working_days(std::int64_t from, std::int64_t to);

/// One message while its values are looked at.
struct Context {
  std::string_view msg_type;
  std::optional<std::int64_t> day;  ///< of SendingTime(52)
};
Context context_of(const fix::Message& message);

/// The canonical form of a value. Ids and what is compared by presence only are "". `scratch` holds
/// it where it is not part of `value`.
std::string_view canonical(Treatment treatment, std::string_view value, const Context& context,
                           std::string& scratch);

/// The field whose values this one repeats: 41 -> 11; itself, when it repeats none.
int space_of(const fix::Message& message, const fix::FieldView& field);

/// An id by what it names, to find the same again: its space and its value. 0: the value names
/// nothing ("NONE").
std::uint64_t id_key(const fix::Message& message, const fix::FieldView& field);

/// Numbers ids in the order in which they first appear.
class Aliases {
 public:
  /// The number, from 0, and whether it is new.
  std::pair<std::uint32_t, bool> of(std::uint64_t key);
  void clear();

 private:
  static constexpr std::size_t kFew = 24;
  std::vector<std::uint64_t> few_;
  std::unordered_map<std::uint64_t, std::uint32_t> many_;
};

}  // namespace fixdrill::diff
