// Messages as people write and read them.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "fix/dictionary.h"
#include "fix/encoder.h"
#include "fix/message.h"

namespace fixdrill::fix {

/// One line: `8=FIX.4.4|9=…|`, control bytes and terminal escapes made visible.
std::string pipe_text(std::string_view bytes);

/// A message pasted from a log. A log prefix before `8=` is dropped; the delimiter is the one of
/// `|` SOH `^A` `\x01` `<SOH>` `;` that most fields follow, but not inside `${…}`; blanks round
/// delimiters are trimmed; nothing in a value is reinterpreted. A data field is as long as its
/// length field says when a delimiter stands there. The message ends at the line's end, or behind a
/// delimiter that no `TAG=` follows.
struct Pasted {
  std::vector<Field> fields;  ///< tag 0 never
  std::vector<std::pair<std::size_t, std::size_t>>
      spans;            ///< [begin, end) of each field in the text given
  std::size_t end = 0;  ///< of the message in the text: a tail may follow a closing delimiter
  bool closed = false;  ///< a delimiter stands behind the last field
  bool whole = false;   ///< has both 8= and 10=
};
/// An error when no field is there or a tag is no tag.
Result<Pasted> read_pasted(std::string_view text);

struct PrettyOptions {
  bool header = false;  ///< show header and trailer fields too
};
/// A line for the message with its header folded in, then one field a line, `Side(54) = 1 Buy`,
/// groups indented. Every line has `indent` blanks before it and a line end behind it. Long values
/// are cut, with their size.
std::string pretty(const Message& message, const Dictionary& dictionary, std::size_t indent,
                   const PrettyOptions& options = {});

}  // namespace fixdrill::fix
