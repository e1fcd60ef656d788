#include "run/plan.h"

#include <algorithm>
#include <utility>

namespace fixdrill::run {

std::size_t Plan::cases() const {
  std::size_t count = 0;
  for (const FilePlan& file : files) count += file.cases.size();
  return count;
}

namespace {

std::string text_of(const syntax::Value& cell) {
  return cell.literal() ? cell.literal_text() : std::string(cell.span.text());
}

/// A row names itself by its first cell.
std::string name_of_row(const Case& one) { return text_of(one.table->rows[one.row - 1].cells[0]); }

// `${case}` where case is a column; null: something else.
const syntax::Value* cell_of(const syntax::Value::Piece& piece, const Case& one) {
  const auto* path = one.table ? std::get_if<syntax::PathExpr>(&piece.expr->node) : nullptr;
  if (!path || path->path.parts.size() != 1) return nullptr;
  const auto& columns = one.table->columns;
  const auto column = std::find_if(columns.begin(), columns.end(), [&](const syntax::Name& name) {
    return name.text == path->path.parts[0].name.text;
  });
  if (column == columns.end()) return nullptr;
  return &one.table->rows[one.row - 1].cells[static_cast<std::size_t>(column - columns.begin())];
}

std::string title_of(const Case& one) {
  const syntax::Value& written = one.scenario->title;
  std::string title;
  for (const syntax::Value::Piece& piece : written.pieces) {
    const syntax::Value* cell = piece.expr ? cell_of(piece, one) : nullptr;
    title += !piece.expr ? piece.text : cell ? text_of(*cell) : std::string(piece.span.text());
  }
  return one.table && written.literal() ? title + " (" + name_of_row(one) + ")" : title;
}

std::string id_of(const Case& one) {
  const std::string id = one.scenario->annotation("id");
  return one.table && !id.empty() ? id + "/" + name_of_row(one) : id;
}

void add_case(FilePlan& plan, Case one) {
  one.id = id_of(one);
  one.title = title_of(one);
  plan.cases.push_back(std::move(one));
}

void add_cases(FilePlan& plan, const syntax::Scenario& scenario) {
  if (!scenario.table) return add_case(plan, {.scenario = &scenario});
  const syntax::Table* table = plan.file->table(scenario.table->text);
  for (std::size_t row = 1; table && row <= table->rows.size(); ++row)
    add_case(plan, {.scenario = &scenario, .table = table, .row = row});
}

}  // namespace

bool has_id(const Case& one, std::string_view id) {
  return one.id == id || one.scenario->annotation("id") == id;
}

Plan plan(const std::vector<syntax::File>& files) {
  Plan all;
  for (const syntax::File& file : files) {
    FilePlan one{&file, {}};
    for (const syntax::Scenario& scenario : file.scenarios) add_cases(one, scenario);
    if (!one.cases.empty()) all.files.push_back(std::move(one));
  }
  return all;
}

Plan case_by_case(const Plan& plan) {
  Plan single;
  for (const FilePlan& file : plan.files) {
    for (const Case& one : file.cases) single.files.push_back({file.file, {one}});
  }
  return single;
}

Plan repeated(const Plan& plan, std::size_t times) {
  Plan all;
  all.files.reserve(plan.files.size() * times);
  for (std::size_t attempt = 1; attempt <= times; ++attempt) {
    for (const FilePlan& file : plan.files) {
      all.files.push_back(file);
      for (Case& one : all.files.back().cases) one.attempt = attempt;
    }
  }
  return all;
}

std::set<std::string> declared_sessions(const Plan& plan) {
  std::set<std::string> names;
  for (const FilePlan& planned : plan.files) {
    for (const syntax::Session& session : planned.file->sessions) names.insert(session.name.text);
  }
  return names;
}

}  // namespace fixdrill::run
