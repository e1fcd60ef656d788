#include "cli/filter_words.h"

#include <string>

#include "cli/input_dictionary.h"
#include "eval/regex.h"

namespace fixdrill::cli {

namespace {

Result<flow::TextTest> compiled(std::string_view pattern, bool ignore_case) {
  syntax::Regex literal;
  literal.pattern = std::string(pattern);
  literal.ignore_case = ignore_case;
  if (const std::string why = eval::why_no_regex(literal); !why.empty()) return input_error(why);
  const eval::World world;
  const eval::Bindings none(world);
  const auto regex = eval::CompiledRegex::make(literal, {}, {none, nullptr, {}, {}, {}});
  if (!regex) return regex.error();
  return flow::TextTest([regex = *regex](std::string_view text) { return regex.found_in(text); });
}

}  // namespace

flow::FilterWords filter_words(const InputOptions& options, const std::vector<std::string>& paths) {
  const auto dictionaries = [options, paths] {
    std::vector<fix::DictionaryPtr> found;
    const auto dictionary = dictionary_of(options);
    if (!dictionary) return found;
    for (const char* version : {"FIX.4.4", "FIXT.1.1", "FIX.4.2"}) {
      record::SessionRow row;
      row.begin_string = version;
      if (fix::DictionaryPtr known = (*dictionary)(row)) found.push_back(std::move(known));
    }
    if (!options.dictionary.empty()) return found;
    for (fix::DictionaryPtr& known : recorded_dictionaries(paths))
      found.push_back(std::move(known));
    return found;
  };
  return {compiled, dictionaries};
}

}  // namespace fixdrill::cli
