#include "report/coverage.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <ostream>

#include "base/text.h"
#include "report/line.h"
#include "report/reason.h"

namespace fixdrill::report {

using record::Outcome;
using record::ScenarioResult;

namespace {

/// From the worst on.
constexpr std::array kWorstFirst = {Outcome::fail,       Outcome::xpass, Outcome::error,
                                    Outcome::unresolved, Outcome::xfail, Outcome::pass,
                                    Outcome::skip};

Coverage state_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return Coverage::pass;
    case Outcome::fail:
      return Coverage::fail;
    case Outcome::error:
      return Coverage::error;
    case Outcome::skip:
      return Coverage::not_applicable;
    case Outcome::xfail:
      return Coverage::xfail;
    case Outcome::xpass:
      return Coverage::xpass;
    case Outcome::unresolved:
      return Coverage::manual;
  }
  return Coverage::error;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// The row of a table stands for its sub-case: 2.o/early.
std::string sub_case_of(const ScenarioResult& result) {
  return result.case_id.substr(0, result.case_id.find('/'));
}

bool is_asked_for(const Tested& tested, const std::string& id) {
  return tested.ids.empty() ||
         std::any_of(tested.ids.begin(), tested.ids.end(), [&](const std::string& asked) {
           return asked.substr(0, asked.find('/')) == id;
         });
}

void judge_by_results(CoverageRow& row) {
  for (const Outcome outcome : kWorstFirst) {
    const auto worst = std::find_if(row.results.begin(), row.results.end(),
                                    [&](const auto* result) { return result->outcome == outcome; });
    if (worst == row.results.end()) continue;
    row.state = state_of(outcome);
    if (outcome != Outcome::pass) row.reason = first_line(reason(**worst));
    return;
  }
}

void judge_without_results(CoverageRow& row, const Tested& tested) {
  const Who who = row.sub_case.who;
  if (who != Who::both && who != tested.role) {
    row.state = Coverage::not_applicable;
    row.reason =
        who == Who::initiator ? "about an initiator under test" : "about an acceptor under test";
  } else if (!row.asked_for) {
    row.reason = "not asked for";
  } else if (!tested.ended_early.empty()) {
    row.reason = tested.ended_early;
  } else {
    row.reason = "the pack has no scenario for it";
  }
}

const char* role_name(Who role) { return role == Who::initiator ? "initiator" : "acceptor"; }

int colour_of(Coverage state) {
  switch (state) {
    case Coverage::pass:
      return 32;
    case Coverage::fail:
    case Coverage::xpass:
    case Coverage::error:
      return 31;
    case Coverage::xfail:
    case Coverage::manual:
    case Coverage::not_run:
      return 33;
    case Coverage::not_applicable:
      return 0;
  }
  return 0;
}

constexpr std::size_t kColumns = 7;
constexpr std::size_t kStateColumn = 4;
constexpr std::size_t kWidestCondition = 44;
using Line = std::array<std::string, kColumns>;

Line line_of(const CoverageRow& row, const Tested& tested) {
  return {printable(row.sub_case.id),
          row.sub_case.mandatory ? "M" : "O",
          role_name(tested.role),
          printable(tested.version),
          coverage_name(row.state),
          clipped(printable(row.sub_case.condition), kWidestCondition),
          row.reason};
}

std::string laid_out(const Line& line, const std::array<std::size_t, kColumns>& widths,
                     int colour) {
  std::string text;
  for (std::size_t i = 0; i < kColumns; ++i) {
    std::string cell = i + 1 < kColumns ? padded(line[i], widths[i]) : line[i];
    if (i == kStateColumn && colour != 0) cell = fmt::format("\x1b[{}m{}\x1b[0m", colour, cell);
    text += cell + (i + 1 < kColumns ? "  " : "");
  }
  text.resize(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace

const char* coverage_name(Coverage state) {
  switch (state) {
    case Coverage::pass:
      return "PASS";
    case Coverage::xfail:
      return "XFAIL";
    case Coverage::fail:
      return "FAIL";
    case Coverage::xpass:
      return "XPASS";
    case Coverage::error:
      return "ERROR";
    case Coverage::manual:
      return "MANUAL";
    case Coverage::not_applicable:
      return "NOT APPLICABLE";
    case Coverage::not_run:
      return "NOT RUN";
  }
  return "";
}

CoverageTable coverage_of(const std::vector<SubCase>& sub_cases, const record::RunResult& run,
                          const Tested& tested) {
  CoverageTable table{tested, {}};
  std::map<std::string, std::size_t> places;
  for (const SubCase& one : sub_cases) {
    places[one.id] = table.rows.size();
    table.rows.push_back({.sub_case = one});
  }
  for (const ScenarioResult& result : run.scenarios) {
    const std::string id = sub_case_of(result);
    const auto [place, unknown] = places.emplace(id, table.rows.size());
    if (unknown) table.rows.push_back({.sub_case = {.id = id, .condition = result.title}});
    table.rows[place->second].results.push_back(&result);
  }
  for (CoverageRow& row : table.rows) {
    row.asked_for = is_asked_for(tested, row.sub_case.id);
    if (row.results.empty())
      judge_without_results(row, tested);
    else
      judge_by_results(row);
  }
  return table;
}

void put_coverage(std::ostream& out, const CoverageTable& table, bool colour) {
  std::vector<Line> lines = {{"ID", "M/O", "SUT", "VERSION", "STATE", "CONDITION", "REASON"}};
  for (const CoverageRow& row : table.rows) lines.push_back(line_of(row, table.tested));
  std::array<std::size_t, kColumns> widths{};
  for (const Line& line : lines) {
    for (std::size_t i = 0; i < kColumns; ++i) widths[i] = std::max(widths[i], characters(line[i]));
  }
  put_line(out, laid_out(lines.front(), widths, 0));
  for (std::size_t i = 1; i < lines.size(); ++i)
    put_line(out, laid_out(lines[i], widths, colour ? colour_of(table.rows[i - 1].state) : 0));
}

std::string coverage_summary(const CoverageTable& table) {
  struct Count {
    Coverage state;
    const char* name;
    bool always;
  };
  constexpr Count kCounts[] = {
      {Coverage::pass, "passed", true},    {Coverage::xfail, "xfail", false},
      {Coverage::fail, "failed", true},    {Coverage::xpass, "xpass", false},
      {Coverage::error, "error", false},   {Coverage::not_applicable, "not applicable", false},
      {Coverage::manual, "manual", false}, {Coverage::not_run, "not run", false}};
  std::vector<std::string> parts;
  for (const Count& count : kCounts) {
    const auto number =
        std::count_if(table.rows.begin(), table.rows.end(),
                      [&](const CoverageRow& row) { return row.state == count.state; });
    if (count.always || number > 0) parts.push_back(fmt::format("{} {}", number, count.name));
  }
  return fmt::format("{} sub-case{}: {}", table.rows.size(), table.rows.size() == 1 ? "" : "s",
                     join(parts, ", "));
}

int coverage_exit_code(const CoverageTable& table, int exit_code_of_run) {
  if (exit_code_of_run != 0 && exit_code_of_run != 4) return exit_code_of_run;
  const bool incomplete =
      std::any_of(table.rows.begin(), table.rows.end(), [](const CoverageRow& row) {
        const bool open = row.state == Coverage::manual || row.state == Coverage::not_run;
        return row.sub_case.mandatory && row.asked_for && open;
      });
  return incomplete ? 4 : 0;
}

}  // namespace fixdrill::report
