// A message while it is made: fields in order, groups as lists of entries.
#pragma once

#include <string>
#include <vector>

#include "eval/bindings.h"
#include "eval/locate.h"
#include "fix/encoder.h"
#include "fix/message.h"

namespace fixdrill::eval {

struct OutField;
using Outline = std::vector<OutField>;

struct OutField {
  int tag = 0;
  std::string value;
  bool copied = false;  ///< from `like`: the first field written with this tag replaces it
  bool group = false;   ///< `value`, where it is empty, is then made from the entries
  std::vector<Outline> entries;
};

/// The body fields of `like` (groups cut by its own dictionary) that messages of this type know in
/// the dictionary given; all of them when it does not know the type.
Outline copy_body(const NamedMessage& like, const std::string& msg_type,
                  const fix::Dictionary* dictionary);

/// Puts a field in the place of a copied one with its tag, else behind the others. A number for a
/// group that is there, or the other way round, is what its count field says.
void put(Outline& outline, OutField field);
/// Removes all fields with this tag.
void drop(Outline& outline, int tag);
bool has(const Outline& outline, int tag);

/// The entry that a step leads to; null = there is none.
Outline* entry_of(Outline& outline, const GroupStep& step);

/// In wire order, counts before their entries.
std::vector<fix::Field> flatten(Outline outline);

}  // namespace fixdrill::eval
