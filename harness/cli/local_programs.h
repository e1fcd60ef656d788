// Programs of this machine for `exec`: no shell, a process group and a session of signals of their
// own, standard input empty.
#pragma once

#include <set>
#include <string>

#include "run/programs.h"

namespace fixdrill::cli {

class LocalPrograms final : public run::Programs {
 public:
  struct Options {
    std::string folder;            ///< where they run
    std::set<std::string> hidden;  ///< environment variables they do not get
    bool at_once = false;  ///< start() returns when they have ended, for runs on virtual time
  };
  explicit LocalPrograms(Options options) : options_(std::move(options)) {}

  Result<std::unique_ptr<run::Program>> start(const std::vector<std::string>& argv,
                                              std::function<void()> wake) override;

 private:
  const Options options_;
};

}  // namespace fixdrill::cli
