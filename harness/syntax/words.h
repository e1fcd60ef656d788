// The words of the language: what this version accepts, and what it refuses by name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fixdrill::syntax {

/// Words that begin an item of a file, or a step.
const std::vector<std::string>& item_words();
const std::vector<std::string>& step_words();
/// Words that follow a message.
const std::vector<std::string>& modifier_words();

/// Belongs to the language, but not to this version of it.
bool is_unsupported_item(std::string_view word);
bool is_unsupported_step(std::string_view word);
bool is_unsupported_modifier(std::string_view word);

/// "'table' is not supported yet".
std::string unsupported_message(std::string_view word);

/// "; did you mean 'send'?", or "" when nothing is near.
std::string suggestion(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace fixdrill::syntax
