// What a check found, as a document.
#include "report/diagnostics.h"

#include <gtest/gtest.h>

namespace fixdrill::report {
namespace {

TEST(Diagnostics, PlacesAreThoseOfTheTextForm) {
  const SourceFile file("a.drill", "log \"Größe\" sned\nx\n");
  const std::size_t at = file.text().find("sned");
  const Finding found({Severity::error, {&file, at, at + 4}, "unknown"});
  EXPECT_EQ(found.path, "a.drill");
  EXPECT_EQ(location_text({&file, at, at + 4}), "a.drill:1:13");
  EXPECT_EQ(found.begin.line, 1u);
  EXPECT_EQ(found.begin.column, 13u);
  EXPECT_EQ(found.end.line, 1u);
  EXPECT_EQ(found.end.column, 17u);
}

TEST(Diagnostics, Document) {
  const SourceFile file("a.drill", "one\ntwo\n");
  Findings findings;
  findings.files = {"a.drill", "b.drill"};
  findings.all.emplace_back(Diagnostic{Severity::warning, {&file, 1, 6}, "over two \x1b lines"});
  findings.all.emplace_back(Diagnostic{Severity::note, {}, "of no place"});
  EXPECT_EQ(check_json(findings), R"({
  "format": "fixdrill-check",
  "version": 1,
  "totals": {
    "files": 2,
    "errors": 0,
    "warnings": 1
  },
  "files": [
    "a.drill",
    "b.drill"
  ],
  "diagnostics": [
    {
      "severity": "warning",
      "path": "a.drill",
      "line": 1,
      "column": 2,
      "end_line": 2,
      "end_column": 3,
      "message": "over two \\x1b lines"
    },
    {
      "severity": "note",
      "path": null,
      "line": null,
      "column": null,
      "end_line": null,
      "end_column": null,
      "message": "of no place"
    }
  ]
}
)");
}

}  // namespace
}  // namespace fixdrill::report
