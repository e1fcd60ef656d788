// Results as a runner would write them.
#pragma once

#include <string>

#include "record/result.h"

namespace fixdrill::report {

inline record::ScenarioResult scenario(record::Outcome outcome, const std::string& id,
                                       const std::string& title) {
  record::ScenarioResult result;
  result.outcome = outcome;
  result.case_id = id;
  result.title = title;
  result.path = "scenarios/orders/limit.drill";
  result.line = 7;
  result.elapsed_ns = 610'000'000;
  return result;
}

/// A Replace: two of six fields differ.
inline record::Verdict replace_differs() {
  record::Verdict verdict;
  verdict.rule = "expect";
  verdict.outcome = record::Outcome::fail;
  verdict.location = "scenarios/orders/replace.drill:16:7";
  verdict.message = "ExecutionReport on OE differs in 2 of 6 fields";
  verdict.source =
      "16 |       OrderQty = 150 | Price = 10.05 | LeavesQty = ${150 - o.ack.CumQty}\n"
      "   |       ^^^^^^^^^^^^^^                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^";
  verdict.fields = {{true, "ExecType(150)", "5 Replaced", "5 Replaced"},
                    {false, "OrderQty(38)", "150", "100"},
                    {true, "Price(44)", "10.05", "10.05"},
                    {false, "LeavesQty(151)", "150  (150 - 0)", "100"},
                    {true, "OrigClOrdID(41)", "A", "A"},
                    {true, "ClOrdID(11)", "B", "B"}};
  verdict.not_checked = 12;
  verdict.details = {"also open here: line 21, arm 2 of 'either' (OrderCancelReject)",
                     "received #7, 38 ms after #6: 8=FIX.4.4|9=231|35=8|10=087|",
                     "sent     #6                : 8=FIX.4.4|9=187|35=G|10=114|"};
  return verdict;
}

inline record::StepResult step_with(const record::Verdict& verdict) {
  record::StepResult step;
  step.outcome = verdict.outcome;
  step.verdicts = {verdict};
  return step;
}

}  // namespace fixdrill::report
