// Acceptance files (.def): the parser takes anything; what it takes becomes a scenario that parses,
// is laid out stably and, with a step a line, has a number for each of its lines.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "import/def_scenario.h"
#include "syntax/formatter.h"
#include "syntax/parser.h"

namespace {

using namespace fixdrill;

fix::DictionaryPtr fix44() {
  static const auto loaded = fix::Dictionary::load({FIXDRILL_SOURCE_DIR "/fixspecs/FIX44.xml"});
  return loaded.ok() ? *loaded : nullptr;
}

void must(bool holds) {
  if (!holds) std::abort();
}

void check_scenario(const imports::DefScenario& made) {
  const auto source = std::make_shared<const SourceFile>("f.def", made.text);
  const syntax::Parsed parsed = syntax::parse_alone(source);
  must(!has_errors(parsed.diagnostics));
  const std::string once = syntax::format(parsed.file);
  const syntax::Parsed again =
      syntax::parse_alone(std::make_shared<const SourceFile>("f.def", once));
  must(!has_errors(again.diagnostics) && syntax::format(again.file) == once);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto source = std::make_shared<const SourceFile>("f.def", text);
  const imports::DefParsed parsed =
      imports::parse_def(source, [](const std::string& path) { return Result<std::string>(path); });
  (void)render(parsed.diagnostics);
  if (has_errors(parsed.diagnostics)) return 0;
  for (const bool one_line : {false, true}) {
    const auto compare = one_line ? imports::Compare::text : imports::Compare::meaning;
    const auto made = imports::to_scenario(
        parsed.file,
        {[](const imports::Identity&) { return Result<fix::DictionaryPtr>(fix44()); },
         [](const imports::Identity& identity) { return imports::session_name(identity.sender); },
         compare, std::nullopt, one_line});
    if (!made) continue;
    must(made->lines.size() ==
         static_cast<std::size_t>(std::count(made->text.begin(), made->text.end(), '\n')));
    check_scenario(*made);
  }
  return 0;
}
