#include "report/sql_rows.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "report/line.h"

namespace fixdrill::report {

using record::SqlBytes;
using record::SqlValue;

namespace {

constexpr std::size_t kRowsForWidths = 1000;
constexpr std::int64_t kLargestInJson = std::int64_t{1} << 53;

/// As SQLite's shell shows it; NULL is nothing.
std::string text_of(const SqlValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *number);
  if (const auto* real = std::get_if<double>(&value)) return fmt::format("{}", *real);
  if (const auto* text = std::get_if<std::string_view>(&value)) return std::string(*text);
  if (const auto* blob = std::get_if<SqlBytes>(&value)) return std::string(blob->bytes);
  return "";
}

bool is_number(const SqlValue& value) {
  return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
}

class Table final : public RowPrinter {
 public:
  explicit Table(std::ostream& out) : out_(out) {}

  void columns(const std::vector<std::string>& names) override {
    std::vector<Cell> head;
    for (const std::string& name : names) head.push_back({printable(name), false});
    widths_.assign(names.size(), 0);
    held_.push_back(std::move(head));
  }

  bool row(const std::vector<SqlValue>& values) override {
    std::vector<Cell> cells;
    for (const SqlValue& value : values)
      cells.push_back({printable(text_of(value)), is_number(value)});
    if (!flowing_) {
      held_.push_back(std::move(cells));
      if (held_.size() > kRowsForWidths) flow();
    } else {
      put(cells);
    }
    return out_.good();
  }

  void finish() override { flow(); }

 private:
  struct Cell {
    std::string text;
    bool right = false;
  };

  void flow() {
    flowing_ = true;
    for (const auto& cells : held_) {
      for (std::size_t i = 0; i < cells.size(); ++i)
        widths_[i] = std::max(widths_[i], characters(cells[i].text));
    }
    for (const auto& cells : held_) put(cells);
    held_.clear();
  }

  // Nothing stands behind the last column, so that long messages wrap and nothing else.
  void put(const std::vector<Cell>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::size_t width = characters(cells[i].text);
      const std::string fill(widths_[i] - std::min(width, widths_[i]), ' ');
      if (i > 0) line += "  ";
      line += cells[i].right ? fill + cells[i].text : cells[i].text + fill;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out_ << line << '\n';
  }

  std::ostream& out_;
  bool flowing_ = false;
  std::vector<std::size_t> widths_;
  std::vector<std::vector<Cell>> held_;
};

class Csv final : public RowPrinter {
 public:
  explicit Csv(std::ostream& out) : out_(out) {}

  void columns(const std::vector<std::string>& names) override { put(names); }

  bool row(const std::vector<SqlValue>& values) override {
    std::vector<std::string> texts;
    for (const SqlValue& value : values) texts.push_back(text_of(value));
    put(texts);
    return out_.good();
  }

  void finish() override {}

 private:
  static std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) out.append(c == '"' ? 2 : 1, c);
    return out + '"';
  }

  void put(const std::vector<std::string>& texts) {
    for (std::size_t i = 0; i < texts.size(); ++i) out_ << (i > 0 ? "," : "") << quoted(texts[i]);
    out_ << '\n';
  }

  std::ostream& out_;
};

class Json final : public RowPrinter {
 public:
  explicit Json(std::ostream& out) : out_(out) {}

  void columns(const std::vector<std::string>& names) override {
    names_ = names;
    out_ << '[';
  }

  bool row(const std::vector<SqlValue>& values) override {
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (std::size_t i = 0; i < values.size(); ++i) object[printable(names_[i])] = value(values[i]);
    out_ << (first_ ? "\n" : ",\n") << object.dump();
    first_ = false;
    return out_.good();
  }

  void finish() override {
    if (!names_.empty()) out_ << "\n]\n";
  }

 private:
  static nlohmann::ordered_json value(const SqlValue& value) {
    if (std::holds_alternative<std::monostate>(value)) return nullptr;
    if (const auto* real = std::get_if<double>(&value)) return *real;
    const auto* number = std::get_if<std::int64_t>(&value);
    const bool exact = number && *number <= kLargestInJson && *number >= -kLargestInJson;
    if (exact) return *number;
    return printable_lines(text_of(value));
  }

  std::ostream& out_;
  std::vector<std::string> names_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<RowPrinter> row_printer(RowFormat format, std::ostream& out) {
  switch (format) {
    case RowFormat::table:
      return std::make_unique<Table>(out);
    case RowFormat::csv:
      return std::make_unique<Csv>(out);
    case RowFormat::json:
      return std::make_unique<Json>(out);
  }
  return nullptr;
}

}  // namespace fixdrill::report
