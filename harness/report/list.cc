#include "report/list.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/text.h"
#include "report/columns.h"

namespace fixdrill::report {

using Json = nlohmann::ordered_json;

namespace {

constexpr int kVersion = 1;
using Row = std::vector<std::string>;

Row row_of(const Listed& one) {
  return {printable(one.id),
          printable(one.title),
          printable(join(one.tags, ",")),
          printable(join(one.sessions, ",")),
          fmt::format("{}:{}", printable(one.path), one.line),
          printable(join(one.requirements, "; "))};
}

Json texts(const std::vector<std::string>& all) {
  Json out = Json::array();
  for (const std::string& text : all) out.push_back(printable(text));
  return out;
}

Json listed_json(const Listed& one) {
  return {{"id", printable(one.id)},
          {"title", printable(one.title)},
          {"tags", texts(one.tags)},
          {"requirements", texts(one.requirements)},
          {"sessions", texts(one.sessions)},
          {"path", printable(one.path)},
          {"line", one.line}};
}

}  // namespace

void put_list(std::ostream& out, const std::vector<Listed>& listed) {
  std::vector<Row> rows = {{"ID", "TITLE", "TAGS", "SESSIONS", "PLACE", "REQUIREMENTS"}};
  for (const Listed& one : listed) rows.push_back(row_of(one));
  put_table(out, rows);
}

std::string list_json(const std::vector<Listed>& listed) {
  Json scenarios = Json::array();
  for (const Listed& one : listed) scenarios.push_back(listed_json(one));
  const Json document = {
      {"format", "fixdrill-list"}, {"version", kVersion}, {"scenarios", std::move(scenarios)}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace fixdrill::report
