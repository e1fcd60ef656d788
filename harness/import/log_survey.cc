#include "import/log_survey.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "fix/value.h"
#include "import/export_line.h"
#include "import/log_header.h"
#include "import/log_reader.h"
#include "import/log_time.h"

namespace fixdrill::imports {

using record::Direction;
using record::MessageKind;
using record::MessageView;

namespace {

constexpr std::size_t kSampleMessages = 2'000;
constexpr std::size_t kClockMessages = 25;  ///< the clock may jump further on

class SampleReader final : public ByteReader {
 public:
  explicit SampleReader(std::string_view text) : text_(text) {}
  Result<std::size_t> read(char* into, std::size_t size) override {
    const std::size_t count = text_.copy(into, size);
    text_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view text_;
};

/// Which direction words stood on the lines of a sender's messages to a target.
struct Words {
  bool in = false;
  bool out = false;
};

using Pair = std::pair<std::string, std::string>;

// One word for one way, the other, or none, for the way back.
bool trustworthy(const std::map<Pair, Words>& pairs) {
  bool any = false;
  for (const auto& [pair, words] : pairs) {
    if (words.in && words.out) return false;
    const auto back = pairs.find({pair.second, pair.first});
    const bool same_back = back != pairs.end() && pair.first != pair.second &&
                           ((words.in && back->second.in) || (words.out && back->second.out));
    if (same_back) return false;
    any = any || words.in || words.out;
  }
  return any;
}

// The clock of one side may be wrong by hours; the log's is rarely: the least of the sides'
// medians.
std::int64_t zone_of(std::map<std::string, std::vector<std::int64_t>>& differences) {
  std::optional<std::int64_t> least;
  for (auto& [sender, found] : differences) {
    if (found.empty()) continue;
    const auto middle = found.begin() + static_cast<std::ptrdiff_t>(found.size() / 2);
    std::nth_element(found.begin(), middle, found.end());
    const std::int64_t zone = to_quarter_hours(*middle);
    if (!least || std::abs(zone) < std::abs(*least)) least = zone;
  }
  constexpr std::int64_t kFarthest = 14 * 3'600'000'000'000;
  return least && std::abs(*least) <= kFarthest ? *least : 0;
}

// `2026-…` -> `d-d-…`: digits as one d, so that lines of one layout look alike.
std::string shape_of(std::string_view prefix) {
  std::string shape;
  for (const char c : prefix) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit) shape += c;
    if (digit && !shape.ends_with('d')) shape += 'd';
  }
  return shape;
}

std::string kind_of(std::string_view prefix) {
  const std::string shape = shape_of(prefix);
  if (shape.empty()) return "FIX text without anything before the messages";
  if (shape.starts_with('<')) return "QuickFIX screen log";
  if (exported_head(prefix)) return kExportKind;
  const auto time = find_time(prefix);
  if (shape == "d-d:d:d.d : " || shape == "d-d:d:d : ")
    return time && time->end - time->begin > 24 ? "QuickFIX C++ file log"
                                                : "QuickFIX C++ or QuickFIX/n file log";
  if (shape == "d-d:d:d: " || shape == "d-d:d:d.d: ") return "QuickFIX/J file log";
  if (shape == "d/d/d d:d:d.d ") return "quickfixgo file log";
  if (time) return "lines with a time";
  return "lines without a time";
}

}  // namespace

LogSurvey survey(std::string_view sample, const DirectionWords& words, std::size_t which) {
  LogReader reader("", {}, std::make_unique<TextWindow>(std::make_unique<SampleReader>(sample)));
  LogSurvey found;
  found.kind = "text without a FIX message";
  std::map<Pair, Words> pairs;
  std::map<std::string, std::vector<std::int64_t>> differences;
  std::size_t messages = 0;
  while (messages < kSampleMessages) {
    const auto next = reader.next();
    if (!next || *next == nullptr) break;
    if ((*next)->kind != MessageKind::fix) continue;
    if (++messages == 1) found.kind = kind_of(reader.prefix());
    const LogHeader header = read_header((*next)->raw);
    Words& seen = pairs[{std::string(header.sender), std::string(header.target)}];
    if (const auto word = direction_in(reader.prefix(), words))
      (*word == Direction::in ? seen.in : seen.out) = true;
    const auto time = nth_time(reader.prefix(), which);
    const auto sent = fix::parse_utc_timestamp(header.sending_time);
    std::vector<std::int64_t>& found_so_far = differences[std::string(header.sender)];
    if (time && !time->zoned && sent && found_so_far.size() < kClockMessages)
      found_so_far.push_back(time->wall_ns - *sent);
  }
  found.words = trustworthy(pairs);
  found.zone_ns = zone_of(differences);
  return found;
}

}  // namespace fixdrill::imports
