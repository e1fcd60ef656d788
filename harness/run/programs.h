// How a run starts programs of this machine for `exec`.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace fixdrill::run {

struct ProgramEnd {
  int status = 0;  ///< exit status; of a signal 128 + its number, as a shell says it
  int signal = 0;  ///< that ended it; 0 = it left by itself
  std::string out;
  std::string err;
  bool cut = false;  ///< it wrote more than limits::kExecOutput to one of them
};

/// A program at work. Destroying it kills it with all it started, unless it has ended.
class Program {
 public:
  virtual ~Program() = default;
  /// Empty: it has not ended.
  virtual std::optional<ProgramEnd> end() const = 0;
};

class Programs {
 public:
  virtual ~Programs() = default;
  /// `argv`: the program, then its arguments. `wake` is called from any thread when it has ended,
  /// before end() tells it. Environment error: it cannot be started, and why.
  virtual Result<std::unique_ptr<Program>> start(const std::vector<std::string>& argv,
                                                 std::function<void()> wake) = 0;
};

}  // namespace fixdrill::run
