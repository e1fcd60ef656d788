// The words of the language.
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

/// "; did you mean 'send'?", or "" when nothing is near.
std::string suggestion(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace fixdrill::syntax
