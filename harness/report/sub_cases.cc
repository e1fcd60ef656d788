// The list of the standard session cases, cases.csv.
#include <array>
#include <fmt/format.h>
#include <set>

#include "base/csv.h"
#include "base/text.h"
#include "report/coverage.h"

namespace fixdrill::report {

namespace {

constexpr std::array kColumns = {"id", "mandatory", "who", "wire", "condition", "expected"};

Error wrong(const Span& span, std::string text) {
  return input_error(render({Severity::error, span, std::move(text)}));
}

Status check_width(const std::vector<CsvCell>& cells) {
  if (cells.size() == kColumns.size()) return {};
  return wrong(cells.front().span,
               fmt::format("this line has {} cells; it must have {}: {}", cells.size(),
                           kColumns.size(), join({kColumns.begin(), kColumns.end()}, ",")));
}

Status check_head(const std::vector<CsvCell>& cells) {
  if (Status fine = check_width(cells); !fine) return fine;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].text != kColumns[i])
      return wrong(cells[i].span, fmt::format("this column must be '{}'", kColumns[i]));
  }
  return {};
}

Result<Who> read_who(const CsvCell& cell) {
  if (cell.text == "I") return Who::initiator;
  if (cell.text == "A") return Who::acceptor;
  if (cell.text == "B") return Who::both;
  return wrong(cell.span, "who is I (initiator under test), A (acceptor) or B (both)");
}

Result<SubCase> read_sub_case(const std::vector<CsvCell>& cells) {
  if (Status fine = check_width(cells); !fine) return fine.error();
  SubCase one{.id = cells[0].text,
              .wire = cells[3].text,
              .condition = cells[4].text,
              .expected = cells[5].text};
  if (one.id.empty()) return wrong(cells[0].span, "a sub-case needs an id");
  if (cells[1].text != "M" && cells[1].text != "O")
    return wrong(cells[1].span, "mandatory is M or O");
  one.mandatory = cells[1].text == "M";
  const auto who = read_who(cells[2]);
  if (!who) return who.error();
  one.who = *who;
  return one;
}

}  // namespace

Result<std::vector<SubCase>> read_sub_cases(const SourceFile& file) {
  CsvReader reader(file);
  std::vector<SubCase> all;
  std::set<std::string> ids;
  for (bool head = true; !reader.at_end(); head = false) {
    const auto cells = reader.line();
    if (!cells) return cells.error();
    if (cells->size() == 1 && cells->front().text.empty()) continue;
    if (head) {
      if (Status fine = check_head(*cells); !fine) return fine.error();
      continue;
    }
    auto one = read_sub_case(*cells);
    if (!one) return one.error();
    if (!ids.insert(one->id).second)
      return wrong(cells->front().span, fmt::format("{} is there twice", one->id));
    all.push_back(std::move(*one));
  }
  return all;
}

}  // namespace fixdrill::report
