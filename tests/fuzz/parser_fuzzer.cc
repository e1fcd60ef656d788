// Scenario files: the parser takes anything, the formatter keeps every token and settles at once.
// What stands behind the first NUL byte is the file that an `include` or a table brings.
#include <algorithm>
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

Parsed parsed(const std::string& text, const std::string& other) {
  const auto source = std::make_shared<const SourceFile>("f.drill", text);
  return fixdrill::syntax::parse(source, [&](const std::string& path, const SourceFile&) {
    return fixdrill::Result<fixdrill::SourcePtr>(std::make_shared<const SourceFile>(path, other));
  });
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
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::size_t nul = std::min(all.find('\0'), all.size());
  const std::string other(all.substr(std::min(nul + 1, all.size())));
  const Parsed first = parsed(std::string(all.substr(0, nul)), other);
  (void)fixdrill::render(first.diagnostics);
  if (!first.diagnostics.empty()) return 0;
  const std::string once = fixdrill::syntax::format(first.file);
  const Parsed second = parsed(once, other);
  if (!second.diagnostics.empty() || !same_tokens(first.file, second.file)) std::abort();
  if (fixdrill::syntax::format(second.file) != once) std::abort();
  return 0;
}
