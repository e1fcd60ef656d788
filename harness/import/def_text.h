// Fields and values of an acceptance file in the words of the scenario language.
#pragma once

#include <string>
#include <string_view>

#include "fix/dictionary.h"
#include "import/def_file.h"

namespace fixdrill::imports {

/// OrdType for 40 where the dictionary (may be null) has the name; else the number.
std::string field_name(int tag, const fix::Dictionary* dictionary);

/// NewOrderSingle for D; a code that a scenario can write, such as U7; else "".
std::string message_name(std::string_view msg_type, const fix::Dictionary* dictionary);

/// Behind `Field = ` in a block: Buy, 100, "two words", ${now(0)}.
std::string block_value(const DefField& field, const fix::Dictionary* dictionary);

/// The same of a text as it stands in a message.
std::string literal_value(int tag, const std::string& text, const fix::Dictionary* dictionary);

/// Behind `TAG=` in a line that is pasted or sent raw. A time is `time`.
std::string line_value(const DefValue& value, std::string_view time = "${now(0)}");

/// In quotes, as an expression takes it.
std::string quoted(std::string_view text);

/// `49=TW44`, also of what is no field.
std::string line_field(const DefField& field, std::string_view time = "${now(0)}");

/// For a comment or a title: printable, in one line.
std::string plain_line(std::string_view text);

}  // namespace fixdrill::imports
