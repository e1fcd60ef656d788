// Dictionary overlays as CSV: one field a line, `tag,name,type,values,messages,required`.
//
// `values` is `1=BUY;2=SELL`; `messages` names messages or MsgTypes, `header` or `trailer`,
// separated by `;`; `required` is Y or N. All but the tag may be empty: an empty name keeps the
// name that the tag has. Lines that begin with `#` and the line of column names are skipped; a cell
// with a comma stands in double quotes.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/source.h"
#include "fix/dictionary.h"

namespace fixdrill::fix {

struct OverlayRow {
  FieldDef field;  ///< `kind` is not set
  std::vector<std::string> messages;
  bool required = false;
  Span tag_span, messages_span;
};

/// The rows point into `file`, which must outlive them.
Result<std::vector<OverlayRow>> read_overlay(const SourceFile& file);

}  // namespace fixdrill::fix
