// What of a message is compared, and how: the noise rules, the default ones and a venue's own.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "base/source.h"
#include "fix/dictionary.h"
#include "fix/value.h"

namespace fixdrill::diff {

/// How the values of a field are compared.
enum class Treatment {
  exact,        ///< as they stand; the rule of every field that no other rule names
  wire,         ///< BodyLength, CheckSum: follow from the rest
  counter,      ///< sequence numbers: each run has its own
  clock,        ///< never equal; precision is compared
  date,         ///< days from the message's own SendingTime(52), weekends aside
  id,           ///< by what it refers to; length and alphabet are compared
  secret,       ///< there or not
  environment,  ///< who talks from where: each environment has its own
  text,         ///< wording without its numbers and ids
  tolerance,    ///< equal when near enough
  ignore        ///< not at all; differences are counted
};

const char* treatment_name(Treatment treatment);

/// One line of a rules file.
struct Rule {
  Treatment treatment = Treatment::exact;
  std::vector<int> tags;
  std::vector<std::string> msg_types;  ///< empty: in all
  fix::Decimal tolerance;              ///< of `tolerance`
  bool percent = false;                ///< it is one of the greater value
  std::string reason;                  ///< what stands behind the `#`
  std::size_t line = 0;                ///< of its file; 0: a default rule
};

/// A line `map FIELD[, FIELD..] A = B`: what side A calls A is what side B calls B, as when an
/// instrument was rolled or listed again.
struct Renaming {
  std::vector<int> tags;
  std::string a;
  std::string b;
  std::string reason;
  std::string place;  ///< "venue.rules:4"
};

/// Immutable while a comparison runs; later rules stand above earlier ones, those for a message
/// type above those for all.
class Rules {
 public:
  Rules();  ///< the default rules

  /// Adds the rules of a file, a line each:
  /// `TREATMENT [LIMIT[%]] FIELD[, FIELD..] [in MSGTYPE[, ..]] [# reason]`. Fields and message
  /// types by name or number; or a Renaming, its values in `"` where they hold blanks or signs. An
  /// input error with path:line:col names the first mistake.
  Status read(const SourceFile& file, const fix::Dictionary& names);

  const Rule& rule(int tag, std::string_view msg_type) const;
  Treatment treatment(int tag, std::string_view msg_type) const {
    return rule(tag, msg_type).treatment;
  }
  /// A value that looks like a UTCTimestamp in a field that no rule names is a clock's.
  Treatment treatment(int tag, std::string_view msg_type, std::string_view value) const;

  const std::vector<Rule>& all() const { return rules_; }
  const std::vector<Renaming>& renamings() const { return renamings_; }

 private:
  static constexpr std::size_t kDirect = 4096;

  struct Scoped {
    int tag = 0;
    std::string msg_type;
    std::size_t rule = 0;
  };

  void add(Rule rule);
  /// The one that names the same value of one of its fields; null: none does.
  const Renaming* renamed(const Renaming& renaming) const;
  std::size_t index(int tag) const;

  std::vector<Rule> rules_;            ///< the first is "exact" of every field
  std::vector<std::uint16_t> by_tag_;  ///< of tags below kDirect: index into rules_
  std::unordered_map<int, std::uint16_t> by_high_tag_;
  std::vector<Scoped> scoped_;
  std::vector<Renaming> renamings_;
};

/// A rules file that says what the default rules say: `fixdrill diff --print-rules`.
std::string rules_text(const Rules& rules, const fix::Dictionary& names);

/// `YYYYMMDD-HH:MM:SS…`
bool looks_like_timestamp(std::string_view value);

}  // namespace fixdrill::diff
