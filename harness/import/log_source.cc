#include "import/log_source.h"

#include <charconv>
#include <filesystem>
#include <fmt/format.h>

#include "base/text.h"
#include "import/capture_source.h"
#include "import/log_reader.h"
#include "import/log_survey.h"
#include "import/text_window.h"
#include "import/unpack.h"

namespace fixdrill::imports {

namespace {

constexpr std::size_t kMagicBytes = 4;
constexpr std::int64_t kMinute = 60'000'000'000;

Error bad_format(std::string_view word) {
  return input_error(
      fmt::format("--format: '{}' is none of time=N, zone=+HH:MM, in=WORD, out=WORD, us=COMPID; "
                  "blanks stand between them",
                  printable(word)));
}

std::optional<std::int64_t> zone_minutes(std::string_view text) {
  if (text.size() < 3 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const auto hours = parse_size(text.substr(1, 2));
  std::string_view rest = text.substr(3);
  if (rest.starts_with(':')) rest.remove_prefix(1);
  const auto minutes = rest.empty() ? std::optional<std::size_t>(0) : parse_size(rest);
  if (!hours || !minutes || *hours > 14 || *minutes > 59 || (rest.size() != 2 && !rest.empty()))
    return std::nullopt;
  const auto total = static_cast<std::int64_t>(*hours * 60 + *minutes);
  return text[0] == '-' ? -total : total;
}

// UTF-16 by its mark or by `8` with a zero beside it: what an editor or a shell of Windows made.
bool is_utf16(std::string_view text) {
  using namespace std::string_view_literals;
  return text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff") ||
         text.find("8\0=\0F\0I\0X"sv) != std::string_view::npos;
}

}  // namespace

Result<std::int64_t> parse_zone(std::string_view text) {
  if (text == "Z" || text == "UTC" || text == "utc") return 0;
  if (const auto minutes = zone_minutes(text)) return *minutes * kMinute;
  return input_error(
      fmt::format("zone '{}' is not known: write what the log's clock is ahead of UTC, as +01:00",
                  printable(text)));
}

Status apply_format(std::string_view text, LogOptions& options) {
  for (const std::string_view word : split(text, ' ')) {
    if (word.empty()) continue;
    const std::size_t equals = word.find('=');
    if (equals == std::string_view::npos || equals + 1 == word.size()) return bad_format(word);
    const std::string_view name = word.substr(0, equals);
    const std::string_view value = word.substr(equals + 1);
    if (name == "time") {
      const auto which = parse_size(value);
      if (!which || *which > 9) return bad_format(word);
      options.time = *which;
    } else if (name == "zone") {
      const auto zone = parse_zone(value);
      if (!zone) return zone.error();
      options.zone_ns = *zone;
    } else if (name == "in") {
      options.words.in = value;
    } else if (name == "out") {
      options.words.out = value;
    } else if (name == "us") {
      options.us.emplace_back(value);
    } else {
      return bad_format(word);
    }
  }
  return {};
}

Result<std::unique_ptr<ForeignSource>> open_foreign(const std::string& path,
                                                    const LogOptions& options) {
  auto file = open_bytes(path);
  if (!file) return file.error();
  auto reader = unpacked(std::move(*file), path);
  if (!reader) return reader.error();
  // An error here is told by the reader when what came before it was given.
  const auto magic = peek(*reader, kMagicBytes);
  const bool own_words = !options.words.in.empty() || !options.words.out.empty();
  SideRules side{options.us, std::filesystem::path(path).filename().string(), own_words,
                 options.words};
  if (magic && is_capture(*magic)) {
    auto capture = open_capture(std::move(*reader), path);
    if (!capture) return capture.error();
    return std::unique_ptr<ForeignSource>(
        std::make_unique<CaptureSource>(path, std::move(side), std::move(*capture)));
  }
  auto window = std::make_unique<TextWindow>(std::move(*reader));
  (void)window->more();
  if (is_utf16(window->rest()))
    return input_error(fmt::format(
        "{} is UTF-16 text; turn it into plain text first: iconv -f UTF-16 -t UTF-8", path));
  const LogSurvey found = survey(window->rest(), options.words, options.time);
  LogRules rules;
  side.trust_words = side.trust_words || found.words;
  side.aliases = found.kind == kExportKind;
  // The times of an export are UTC, whatever the messages say.
  const std::int64_t zone_ns = side.aliases ? 0 : found.zone_ns;
  rules.clock = {options.time, options.zone_ns.value_or(zone_ns),
                 !options.zone_ns && !side.aliases};
  rules.side = std::move(side);
  rules.kind = found.kind;
  rules.follow = options.follow;
  rules.live = options.follow || path == "-";
  return std::unique_ptr<ForeignSource>(
      std::make_unique<LogReader>(path, std::move(rules), std::move(window)));
}

Result<std::unique_ptr<record::MessageSource>> open_log(const std::string& path,
                                                        const LogOptions& options) {
  auto log = open_foreign(path, options);
  if (!log) return log.error();
  return std::unique_ptr<record::MessageSource>(std::move(*log));
}

}  // namespace fixdrill::imports
