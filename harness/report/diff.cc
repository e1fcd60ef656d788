#include "report/diff.h"

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>
#include <vector>

#include "base/text.h"

namespace fixdrill::report {

namespace {

constexpr std::size_t kContext = 3;

struct Lines {
  std::vector<std::string_view> all;
  bool ended = true;  ///< the last one has its line end
};

Lines lines_of(std::string_view text) {
  Lines lines{split(text, '\n'), text.empty() || text.ends_with('\n')};
  if (lines.ended) lines.all.pop_back();
  return lines;
}

// A terminal must not obey what a file holds; a carriage return before the line end is kept for
// `patch`.
std::string shown(std::string_view line) {
  const bool carriage = line.ends_with('\r');
  if (carriage) line.remove_suffix(1);
  return printable(line) + (carriage ? "\r" : "");
}

class Differ {
 public:
  Differ(Lines before, Lines after) : before_(std::move(before)), after_(std::move(after)) {}

  std::string hunks() {
    const std::size_t count = std::min(before_.all.size(), after_.all.size());
    for (std::size_t i = 0; i < count; ++i) {
      if (before_.all[i] == after_.all[i]) continue;
      const std::size_t begin = i > kContext ? i - kContext : 0;
      std::size_t end = i + 1;
      for (; i < count && i <= end + 2 * kContext; ++i) {
        if (before_.all[i] != after_.all[i]) end = i + 1;
      }
      put_hunk(begin, std::min(end + kContext, count));
      i = end - 1;
    }
    return std::move(out_);
  }

 private:
  void put_hunk(std::size_t begin, std::size_t end) {
    const std::string range = fmt::format("{},{}", begin + 1, end - begin);
    out_ += fmt::format("@@ -{} +{} @@\n", range, range);
    for (std::size_t i = begin; i < end;) {
      if (before_.all[i] == after_.all[i]) {
        put(' ', before_, i++);
        continue;
      }
      std::size_t same = i;
      while (same < end && before_.all[same] != after_.all[same]) ++same;
      for (std::size_t at = i; at < same; ++at) put('-', before_, at);
      for (; i < same; ++i) put('+', after_, i);
    }
  }

  void put(char mark, const Lines& lines, std::size_t index) {
    out_.append(1, mark).append(shown(lines.all[index])).append(1, '\n');
    if (!lines.ended && index + 1 == lines.all.size()) out_ += "\\ No newline at end of file\n";
  }

  const Lines before_;
  const Lines after_;
  std::string out_;
};

}  // namespace

std::string unified_diff(const Revision& before, const Revision& after) {
  const std::string hunks = Differ(lines_of(before.text), lines_of(after.text)).hunks();
  if (hunks.empty()) return "";
  return fmt::format("--- {}\n+++ {}\n{}", before.name, after.name, hunks);
}

}  // namespace fixdrill::report
