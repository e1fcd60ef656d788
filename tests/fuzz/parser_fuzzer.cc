// Scenario files: the parser takes anything, the formatter keeps every token and settles at once.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "syntax/formatter.h"
#include "syntax/parser.h"

namespace {

using fixdrill::SourceFile;
using fixdrill::syntax::File;
using fixdrill::syntax::Parsed;

Parsed parsed(std::string text) {
  return fixdrill::syntax::parse(std::make_shared<const SourceFile>("f.drill", std::move(text)));
}

bool same_tokens(const File& a, const File& b) {
  if (a.tokens.size() != b.tokens.size()) return false;
  for (std::size_t i = 0; i < a.tokens.size(); ++i) {
    if (a.tokens[i].span.text() != b.tokens[i].span.text()) return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Parsed first = parsed(std::string(reinterpret_cast<const char*>(data), size));
  (void)fixdrill::render(first.diagnostics);
  if (!first.diagnostics.empty()) return 0;
  const std::string once = fixdrill::syntax::format(first.file);
  const Parsed second = parsed(once);
  if (!second.diagnostics.empty() || !same_tokens(first.file, second.file)) std::abort();
  if (fixdrill::syntax::format(second.file) != once) std::abort();
  return 0;
}
