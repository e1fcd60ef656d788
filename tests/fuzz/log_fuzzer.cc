// Logs: anything is read to its end, the same however it comes in; what an export writes reads back
// as the same pieces.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "import/export_line.h"
#include "import/log_reader.h"
#include "import/log_survey.h"

namespace {

using namespace fixdrill;

void must(bool holds) {
  if (!holds) std::abort();
}

/// `step` bytes at a time.
class SlicedReader final : public imports::ByteReader {
 public:
  SlicedReader(std::string_view text, std::size_t step) : text_(text), step_(step) {}
  Result<std::size_t> read(char* into, std::size_t size) override {
    const std::size_t count = text_.copy(into, std::min(size, step_));
    text_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view text_;
  std::size_t step_;
};

struct Piece {
  record::MessageKind kind;
  std::string raw;
  std::string line;

  friend bool operator==(const Piece&, const Piece&) = default;
};

struct Read {
  std::vector<Piece> pieces;
  std::string exported;
};

Read read(std::string_view text, std::size_t step, bool exported) {
  imports::LogRules rules;
  rules.side.aliases = exported;
  imports::LogReader reader(
      "f.log", rules,
      std::make_unique<imports::TextWindow>(std::make_unique<SlicedReader>(text, step)));
  Read all;
  imports::SessionWords words;
  for (auto next = reader.next(); *next; next = reader.next()) {
    const record::MessageView& view = **next;
    all.pieces.push_back({view.kind, std::string(view.raw), std::string(view.line)});
    const auto session = words.of(view.session_id, reader.session(view.session_id));
    all.exported += imports::export_line(view, session);
  }
  must(reader.report().bytes == text.size());
  must(reader.report().explained <= text.size());
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  (void)imports::survey(text, {}, 1);
  const Read whole = read(text, text.size() + 1, false);
  for (const std::size_t step : {1u, 7u}) must(read(text, step, false).pieces == whole.pieces);
  const Read back = read(whole.exported, whole.exported.size() + 1, true);
  must(back.pieces.size() == whole.pieces.size());
  for (std::size_t i = 0; i < whole.pieces.size(); ++i)
    must(back.pieces[i].kind == whole.pieces[i].kind && back.pieces[i].raw == whole.pieces[i].raw);
  return 0;
}
