// Who sits at the peer and does what a scenario asks for.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "conformance/peer.h"
#include "run/prompter.h"

namespace fixdrill::conformance {

/// Does it a moment later, on the lane's thread. What it does not understand nobody answers.
class Person final : public run::Prompter {
 public:
  void looks_after(Peer& peer) { peer_ = &peer; }

  std::string absent() const override { return ""; }
  std::string who() const override { return "the test"; }
  std::unique_ptr<run::Asking> ask(const run::Question& question,
                                   std::function<void()> wake) override;
  void say(const std::string&) override {}

 private:
  Peer* peer_ = nullptr;
};

}  // namespace fixdrill::conformance
