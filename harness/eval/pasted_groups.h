// Flat groups of a pasted message, cut by the dictionary.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "eval/locate.h"
#include "fix/group.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

using GroupSteps = std::vector<GroupStep>;

/// The step into an entry by its position, from 1.
GroupStep entry_step(int count_tag, std::size_t position, const fix::Dictionary* dictionary);

/// The entries that the fields of a pasted message stand in.
class PastedGroups {
 public:
  PastedGroups(const syntax::Message& message, const std::string& msg_type,
               const fix::Dictionary& dictionary);

  /// Of the message's field with this index; none: at the top.
  const GroupSteps& of(std::size_t field) const { return steps_[field]; }

 private:
  void place(const fix::FieldTree& tree, const GroupSteps& steps);

  const fix::Dictionary& dictionary_;
  std::vector<GroupSteps> steps_;
};

}  // namespace fixdrill::eval
