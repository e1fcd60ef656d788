// Names of fields, messages and values, as people write them, to what the dictionary says.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/source.h"
#include "eval/bindings.h"
#include "fix/dictionary.h"
#include "syntax/tree.h"

namespace fixdrill::eval {

/// An input error with its place, line and caret.
Error fail(const Span& span, std::string message);

struct FieldName {
  int tag = 0;
  const fix::FieldDef* def = nullptr;  ///< null: a tag that the dictionary does not know
};

/// By tag (any), or by name, which the dictionary must know.
Result<FieldName> resolve_field(const syntax::FieldRef& ref, const fix::Dictionary* dictionary);

/// Same for a name or tag that stands alone, as in a path.
Result<FieldName> resolve_field(const syntax::Name& name, const fix::Dictionary* dictionary);

/// "no field 'Symbl' in FIX 4.4; did you mean Symbol?"
std::string unknown_field(std::string_view name, const fix::Dictionary* dictionary);

/// "ExecType(150)", "tag 9001".
std::string field_label(int tag, const fix::Dictionary* dictionary);

/// MsgType code of a message name, a code, or a name that stands for a message of the scenario.
Result<std::string> resolve_type(const syntax::Name& type, const Environment& environment);

/// Same of what a message is written with; `o.nos` gives the type of that message.
Result<std::string> resolve_type(const syntax::Message& message, const Environment& environment);

/// "no message 'Logn' in FIX 4.4; did you mean Logon?"
std::string unknown_message(std::string_view name, const fix::Dictionary* dictionary);

bool enumerated(const fix::FieldDef* field);

/// MultipleValueString and its kin: several codes with blanks between.
bool holds_several(const fix::FieldDef& field);

/// A code stays, a value name becomes its code; empty = the field has neither.
std::optional<std::string> enum_code(const fix::FieldDef& field, std::string_view text);

/// "ExecType(150) has no value 'Fill' in FIX 4.4; did you mean Trade (F)?"
std::string no_such_value(const fix::FieldDef& field, std::string_view text,
                          const fix::Dictionary* dictionary);

/// What stands in a message for a value that a person wrote: value names become codes, unless it is
/// quoted or, being literal, pasted. Neither code nor name, literally written: an error.
struct WrittenValue {
  const syntax::Value& value;
  const fix::FieldDef* field = nullptr;
  bool pasted = false;
};
Result<std::string> field_text(const WrittenValue& written, const Environment& environment);

/// 8 9 10 34 49 52 56: the session's, not the scenario's (rule 7).
bool is_session_tag(int tag);

}  // namespace fixdrill::eval
