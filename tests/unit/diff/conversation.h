// Conversations as tests of the comparison write them, and what a comparison of two says.
#pragma once

#include <fmt/format.h>
#include <string>
#include <vector>

#include "diff/compare.h"
#include "support/fake_source.h"

namespace fixdrill::test {

/// The standard dictionary; loaded once.
fix::DictionaryPtr fix44();

/// A broker's day at an exchange: `run` makes every id of it differ from those of another run.
class Day {
 public:
  explicit Day(std::string run) : run_(std::move(run)) {}

  /// A limit order for MSFT, acknowledged; returns its number.
  int order(int quantity = 100);
  void fill(int order, int quantity = 100);
  void reject(int order, const std::string& text);
  void in(const std::string& body) { put(body, false); }
  void out(const std::string& body) { put(body, true); }

  std::string clord(int order) const { return fmt::format("{}-C{}", run_, order); }
  std::string report(int order, const std::string& state) const;

  /// Bodies with `35=` in front, in order; true = sent by us.
  std::vector<std::pair<bool, std::string>> lines;
  FakeSource source() const;

 private:
  void put(const std::string& body, bool out) { lines.emplace_back(out, body); }

  std::string run_;
  int orders_ = 0;
  mutable int executions_ = 0;
};

/// The findings, one a line: "BREAKING value changed ExecutionReport OrdStatus(39): 2 Filled -> 4
/// Canceled x1".
std::string findings(const Day& a, const Day& b, const diff::Rules& rules = {});
diff::Comparison comparison(const Day& a, const Day& b, const diff::Rules& rules = {});
std::string text_of(const std::vector<diff::Finding>& findings);

}  // namespace fixdrill::test
