// What a run tells while it goes on. Reports implement it; calls come one at a time.
#pragma once

#include <string>

#include "record/result.h"

namespace fixdrill::run {

class Progress {
 public:
  virtual ~Progress() = default;
  /// Something a user should know now: the port we listen on, a `log` step, a warning.
  virtual void note(const std::string& text) = 0;
  virtual void scenario_started(const std::string& title) = 0;
  /// In input order, however many lanes there are.
  virtual void scenario_finished(const record::ScenarioResult& result) = 0;
};

}  // namespace fixdrill::run
