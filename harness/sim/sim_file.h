// The simulator's file (TOML): where it listens, how it behaves, what it quotes.
//
//   [sim]
//   port = 9876
//   [[sim.quote]]
//   symbol = "MSFT"
//   bid = 10.10
//   offer = 10.20
//   size = 1000000
#pragma once

#include "base/result.h"
#include "base/source.h"
#include "sim/simulator.h"

namespace fixdrill::sim {

/// Errors carry path:line:col and a caret, all of them at once. Without a quote in the file the
/// built-in ones are there.
Result<Config> read_sim_file(const SourcePtr& source);

}  // namespace fixdrill::sim
