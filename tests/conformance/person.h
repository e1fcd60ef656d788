// Who sits at the peer and does what a scenario asks for.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "conformance/peer.h"
#include "run/prompter.h"

namespace fixdrill::conformance {

/// Answers at once, on the lane's thread. A question that nobody wrote an answer for is answered
/// with its default, or by nobody.
class Person final : public run::Prompter {
 public:
  void looks_after(Peer& peer) { peer_ = &peer; }

  std::string absent() const override { return ""; }
  std::string who() const override { return "the test"; }
  std::unique_ptr<run::Asking> ask(const run::Question& question,
                                   std::function<void()> wake) override;
  void say(const std::string&) override {}

 private:
  bool does(const std::string& text);

  Peer* peer_ = nullptr;
};

}  // namespace fixdrill::conformance
