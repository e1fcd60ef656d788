#include "import/import_text.h"

#include <fmt/format.h>

#include "base/text.h"

namespace fixdrill::imports {

namespace {

std::string counted(std::uint64_t count, std::string_view one) {
  return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

// Cut, not rounded: only all of it is 100 %.
std::string share(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "nothing";
  const std::uint64_t tenths = part * 1000 / whole;
  return fmt::format("{}.{} %", tenths / 10, tenths % 10);
}

std::string delimiter_text(const std::string& delimiter) {
  return delimiter == "\x01" ? "SOH" : fmt::format("'{}'", printable(delimiter));
}

std::string delimiters_line(const SourceReport& report) {
  std::string line;
  for (const auto& [delimiter, messages] : report.delimiters) {
    line += line.empty() ? "delimiter " : ", ";
    line += delimiter_text(delimiter);
    if (report.delimiters.size() > 1) line += fmt::format(" in {}", counted(messages, "message"));
  }
  const std::uint64_t whole = report.messages - report.partial;
  line += report.wrong_sums == 0
              ? "; BodyLength and CheckSum hold in every whole message"
              : fmt::format(
                    "; BodyLength or CheckSum does not hold in {} of {} messages: they were "
                    "edited, masked or mangled by the log",
                    report.wrong_sums, whole);
  return line;
}

std::string duration(std::int64_t ns) {
  const bool negative = ns < 0;
  return fmt::format("{}{:.3f} ms", negative ? "-" : "+",
                     static_cast<double>(negative ? -ns : ns) / 1e6);
}

std::string source_text(const ImportedSource& source, const std::string& first) {
  const SourceReport& report = source.report;
  std::string text =
      fmt::format("{}: {}, {}, {} of {} explained\n", printable(source.path), report.kind,
                  counted(report.messages, "message"), share(report.explained, report.bytes),
                  counted(report.bytes, "byte"));
  const auto line = [&text](const std::string& what) { text += fmt::format("  {}\n", what); };
  if (report.messages > 0 && report.kind != "capture") line(delimiters_line(report));
  if (report.partial > 0)
    line(fmt::format("{} without an end, kept as partial", counted(report.partial, "message")));
  if (report.junk > 0)
    line(fmt::format("{} without a message, kept as junk",
                     counted(report.junk, report.kind == "capture" ? "piece" : "line")));
  if (report.by_sending_time > 0)
    line(fmt::format("{} without a time of their own: SendingTime(52) is taken",
                     counted(report.by_sending_time, "message")));
  if (source.clock)
    line(fmt::format("clock {} against {}, within {}, by {} that both show",
                     duration(source.clock->offset_ns), printable(first),
                     duration(source.clock->spread_ns).substr(1),
                     counted(source.clock->messages, "message")));
  if (!report.format.empty()) line(fmt::format("read so again: --format '{}'", report.format));
  for (const std::string& warning : report.warnings) line(fmt::format("warning: {}", warning));
  return text;
}

}  // namespace

std::string import_text(const ImportResult& result) {
  std::string text;
  for (const ImportedSource& source : result.sources) {
    text += source_text(source, result.sources.front().path);
    const bool further = &source != &result.sources.front();
    if (further && !source.clock && source.report.messages > 0)
      text += fmt::format(
          "  warning: no message of it is in a source before it: its clock stays as "
          "it is\n");
  }
  return text;
}

std::string nothing_text(const ImportResult& result) {
  std::string paths;
  std::uint64_t bytes = 0;
  for (const ImportedSource& source : result.sources) {
    paths += fmt::format("{}{}", paths.empty() ? "" : ", ", printable(source.path));
    bytes += source.report.bytes;
  }
  std::string text = fmt::format(
      "no FIX message in {} ({}): a message begins with 8=FIX and a version, on one line", paths,
      counted(bytes, "byte"));
  for (const ImportedSource& source : result.sources)
    for (const std::string& warning : source.report.warnings)
      text += fmt::format("\n  {}: {}", printable(source.path), warning);
  return text;
}

}  // namespace fixdrill::imports
