// SIGINT and SIGTERM: the first asks the run to end well, the second ends the program at once.
#pragma once

#include <thread>

#include "run/stop.h"

namespace fixdrill::cli {

/// Blocks both signals for this thread and those it starts, and waits for them in a thread of its
/// own. Make it before any other thread. SIGPIPE and SIGXFSZ are ignored: writes report them as
/// errors.
class Signals {
 public:
  explicit Signals(run::Stop& stop);
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

 private:
  std::thread waiter_;
};

}  // namespace fixdrill::cli
