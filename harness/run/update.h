// `run --update`: the scenario files as they would be had they expected what came.
//
// Only literal `=` values change, each by its bytes. All or nothing for one message: a message of
// which one field cannot be rewritten stays as it is, and the reason is told.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/source.h"
#include "record/result.h"
#include "run/plan.h"

namespace fixdrill::run {

struct FileUpdate {
  SourcePtr source;
  std::string text;  ///< the whole file, changed
  std::size_t values = 0;
};

struct Update {
  std::vector<FileUpdate> files;  ///< in the order of the plan
  std::vector<std::string> kept;  ///< "a.drill:12:5: OrderID(37): it is an id, …", each once
};

/// What the failures of the result offer. A value stays when it stands in an included file or a
/// proc, when its step passed elsewhere in this run, or when it would be another one each time.
Update update_of(const Plan& plan, const record::RunResult& result);

}  // namespace fixdrill::run
