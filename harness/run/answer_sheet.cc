#include "run/answer_sheet.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/csv.h"
#include "base/text.h"
#include "fix/value.h"

namespace fixdrill::run {

namespace {

const std::vector<std::string> kColumns = {"scenario", "step", "answer", "who", "when"};
constexpr std::size_t kNeeded = 4;
constexpr const char* kFirstLine =
    "the first line names the columns: scenario,step,answer,who in any order";

using Cells = std::vector<CsvCell>;

Error fault(const Span& span, std::string message) {
  return to_error({Severity::error, span, std::move(message)});
}

bool is_skipped(const Cells& cells) {
  const bool empty = std::all_of(cells.begin(), cells.end(),
                                 [](const CsvCell& cell) { return cell.text.empty(); });
  return empty || cells[0].span.text().starts_with('#');
}

/// Where each of kColumns stands; missing ones past the end.
Result<std::vector<std::size_t>> columns_of(const Cells& cells) {
  std::vector<std::size_t> at(kColumns.size(), cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string name = to_lower(cells[i].text);
    const auto known = std::find(kColumns.begin(), kColumns.end(), name);
    if (known == kColumns.end()) {
      const auto near = did_you_mean(name, kColumns);
      return fault(cells[i].span,
                   fmt::format("no column '{}'{}; {}", printable(cells[i].text),
                               near ? fmt::format("; did you mean {}?", *near) : "", kFirstLine));
    }
    at[static_cast<std::size_t>(known - kColumns.begin())] = i;
  }
  for (std::size_t i = 0; i < kNeeded; ++i) {
    if (at[i] == cells.size())
      return fault(cells[0].span,
                   fmt::format("there is no column '{}'; {}", kColumns[i], kFirstLine));
  }
  return at;
}

Result<AnswerSheet::Row> row_of(Cells& cells, const std::vector<std::size_t>& at) {
  const Span end = cells.back().span;
  if (cells.size() > kColumns.size())
    return fault(cells[kColumns.size()].span, "more cells than columns");
  cells.resize(kColumns.size(), {"", {end.file, end.end, end.end}});
  const auto text = [&](std::size_t column) { return cells[at[column]].text; };
  AnswerSheet::Row row{text(0), text(1), text(2), text(3), cells[at[2]].span};
  if (row.step.empty())
    return fault(cells[at[1]].span, "which step? write the text that it shows, or its number");
  if (row.who.empty())
    return fault(cells[at[3]].span, "who answers? every answer is recorded with a name");
  return row;
}

}  // namespace

Result<std::unique_ptr<AnswerSheet>> AnswerSheet::read(const SourcePtr& source) {
  std::unique_ptr<AnswerSheet> sheet(new AnswerSheet(source));
  std::vector<std::size_t> columns;
  for (CsvReader reader(*source); !reader.at_end();) {
    auto cells = reader.line();
    if (!cells) return cells.error();
    if (is_skipped(*cells)) continue;
    if (columns.empty()) {
      auto found = columns_of(*cells);
      if (!found) return found.error();
      columns = std::move(*found);
      continue;
    }
    auto row = row_of(*cells, columns);
    if (!row) return row.error();
    sheet->rows_.push_back(std::move(*row));
  }
  if (columns.empty()) return fault({source.get(), 0, 0}, std::string("no answers: ") + kFirstLine);
  return sheet;
}

const AnswerSheet::Row* AnswerSheet::take(const Prompt& prompt) {
  const std::string number = fmt::format("{}", prompt.number);
  const std::lock_guard lock(mutex_);
  std::vector<Row*> by_text;
  for (Row& row : rows_) {
    const bool here =
        row.scenario.empty() || row.scenario == prompt.id || row.scenario == prompt.title;
    if (!here) continue;
    if (row.step == number && row.step != prompt.text) {
      row.used = true;
      return &row;
    }
    if (row.step == trim(prompt.text)) by_text.push_back(&row);
  }
  // What is said of this scenario goes before what is said of all.
  std::stable_partition(by_text.begin(), by_text.end(),
                        [](const Row* row) { return !row->scenario.empty(); });
  if (prompt.before >= by_text.size()) return nullptr;
  by_text[prompt.before]->used = true;
  return by_text[prompt.before];
}

std::vector<Diagnostic> AnswerSheet::unused() const {
  std::vector<Diagnostic> found;
  for (const Row& row : rows_) {
    if (row.used) continue;
    const std::string where =
        row.scenario.empty() ? "" : fmt::format(" of scenario {}", printable(row.scenario));
    found.push_back({Severity::warning, row.span,
                     fmt::format("this answer was not asked for: no prompt{} came to '{}'", where,
                                 printable(row.step))});
  }
  return found;
}

std::string answers_csv(const record::RunResult& result) {
  std::string out = "scenario,step,answer,who,when\n";
  for (const record::ScenarioResult& scenario : result.scenarios) {
    for (const record::StepResult& step : scenario.steps) {
      if (!step.answer || step.answer->source == "log") continue;
      const record::Answer& answer = *step.answer;
      const std::string name = scenario.case_id.empty() ? scenario.title : scenario.case_id;
      out += join({csv_cell(name), csv_cell(answer.question), csv_cell(answer.text),
                   csv_cell(answer.who), fix::iso_time(std::max<std::int64_t>(answer.at_ns, 0), 0)},
                  ",") +
             '\n';
    }
  }
  return out;
}

}  // namespace fixdrill::run
