#include "report/diagnostics.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace fixdrill::report {

using Json = nlohmann::ordered_json;

namespace {

constexpr int kVersion = 1;

const char* severity_name(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return "error";
}

Json number_or_null(std::size_t number) { return number == 0 ? Json() : Json(number); }

Json finding_json(const Finding& finding) {
  return {{"severity", severity_name(finding.severity)},
          {"path", finding.path.empty() ? Json() : Json(printable(finding.path))},
          {"line", number_or_null(finding.begin.line)},
          {"column", number_or_null(finding.begin.column)},
          {"end_line", number_or_null(finding.end.line)},
          {"end_column", number_or_null(finding.end.column)},
          {"message", printable_lines(finding.message)}};
}

}  // namespace

Finding::Finding(const Diagnostic& diagnostic)
    : severity(diagnostic.severity), message(diagnostic.message) {
  const Span& span = diagnostic.span;
  if (span.empty()) return;
  path = span.file->path();
  begin = span.file->position(span.begin);
  end = span.file->position(span.end);
}

std::size_t Findings::count(Severity severity) const {
  return static_cast<std::size_t>(std::count_if(
      all.begin(), all.end(), [&](const Finding& one) { return one.severity == severity; }));
}

std::string check_json(const Findings& findings) {
  Json files = Json::array();
  for (const std::string& path : findings.files) files.push_back(printable(path));
  Json diagnostics = Json::array();
  for (const Finding& one : findings.all) diagnostics.push_back(finding_json(one));
  const Json document = {{"format", "fixdrill-check"},
                         {"version", kVersion},
                         {"totals",
                          {{"files", findings.files.size()},
                           {"errors", findings.count(Severity::error)},
                           {"warnings", findings.count(Severity::warning)}}},
                         {"files", std::move(files)},
                         {"diagnostics", std::move(diagnostics)}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace fixdrill::report
