// Messages as people write and read them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "fix/dictionary.h"
#include "fix/encoder.h"
#include "fix/message.h"

namespace fixdrill::fix {

/// One line: `8=FIX.4.4|9=…|`, control bytes and terminal escapes made visible.
std::string pipe_text(std::string_view bytes);

/// A message pasted from a log: a log prefix before `8=` dropped, the delimiter found from the text
/// (`|` SOH `^A` `\x01`
/// `<SOH>` `;`), blanks round delimiters trimmed, nothing in a value reinterpreted.
struct Pasted {
  std::vector<Field> fields;  ///< tag 0 never
  std::vector<std::pair<std::size_t, std::size_t>>
      spans;            ///< [begin, end) of each field in the text given
  std::size_t end = 0;  ///< of the message in the text: a tail may follow a closing delimiter
  bool closed = false;  ///< a delimiter stands behind the last field
  bool whole = false;   ///< has both 8= and 10=
};
Result<Pasted> read_pasted(std::string_view text);

struct PrettyOptions {
  bool header = false;  ///< show header and trailer fields too
};
/// Names, numbers, meanings of values, groups indented; one field a line, each with `indent` blanks
/// before.
std::string pretty(const Message& message, const Dictionary& dictionary, std::size_t indent,
                   const PrettyOptions& options = {});

}  // namespace fixdrill::fix
