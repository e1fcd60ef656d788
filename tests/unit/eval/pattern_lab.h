// Expectations held against messages.
#pragma once

#include <string>

#include "drill_lab.h"
#include "eval/pattern.h"

namespace fixdrill::eval {

class PatternLab : public DrillLab {
 protected:
  Match match(const std::string& message, const std::string& received) {
    const Pattern made = pattern(message);
    Match match = made.match(wire(received), world_.now());
    EXPECT_EQ(match.matches, made.accepts(wire(received), world_.now()));
    return match;
  }

  /// Every row of the field table: "! field: expected / received".
  std::string table(const std::string& message, const std::string& received) {
    std::string text;
    for (const record::FieldRow& row : match(message, received).fields)
      text += std::string(row.ok ? "  " : "! ") + row.field + ": " + row.expected + " / " +
              row.received + "\n";
    return text;
  }
};

}  // namespace fixdrill::eval
