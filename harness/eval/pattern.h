// A message expectation, ready to be held against messages.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/source.h"
#include "eval/bindings.h"
#include "eval/difference.h"
#include "fix/dictionary.h"
#include "fix/message.h"
#include "record/result.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

/// How one message fared.
struct Match {
  bool type_fits = false;
  bool matches = false;
  std::size_t equal = 0;  ///< listed fields that hold
  std::size_t key_equal =
      0;  ///< of them key fields (ClOrdID, OrigClOrdID, OrderID, ExecID, MDReqID, QuoteReqID)
  std::vector<record::FieldRow> fields;  ///< every listed field, in written order, when asked for
  std::vector<Span> wrong;               ///< places in the file of those that do not hold
  std::vector<Difference> differences;   ///< of them those at a place of their own in the message
  std::size_t not_checked = 0;           ///< body fields of the message that no test names
  std::vector<std::pair<std::string, std::string>> captures;  ///< name, value: only when it matches
};

/// Pure once made.
class Pattern {
 public:
  Pattern();
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  /// Evaluates every expression once (now() at receipt). Errors carry their place.
  static Result<Pattern> make(const syntax::Message& message, const Environment& environment);

  /// Cheap: stops at the first field that does not hold.
  bool accepts(const fix::Message& message, Time received) const;
  /// The whole field table.
  Match match(const fix::Message& message, Time received) const;

  const std::string& msg_type() const;  ///< "8"
  std::string type_label() const;       ///< "ExecutionReport"
  /// One line in the script's own notation: "OrderID(37)=O-1001 ExecType(150)=F …".
  std::string describe() const;

 private:
  struct Parts;
  explicit Pattern(std::unique_ptr<const Parts> parts);
  std::unique_ptr<const Parts> parts_;
};

}  // namespace fixdrill::eval
