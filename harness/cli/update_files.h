// What `run --update` leaves behind: changed scenarios beside the old ones, a diff, the next
// command.
#pragma once

#include <boost/program_options.hpp>
#include <iosfwd>

#include "base/result.h"
#include "cli/command.h"
#include "record/mask.h"
#include "run/update.h"

namespace fixdrill::cli {

/// Input error: --update where CI is set. Nobody looks at a diff there.
Status check_update(const boost::program_options::variables_map& values, const Terminal& terminal);

/// Writes `X.drill.new` for each changed file, with its mode, never the file itself, and tells
/// `out` the diff, what was kept and why, and how to take what was written. Environment error: a
/// file could not be written, or the scenario has changed since the run read it; the others are
/// written.
Status write_updates(const run::Update& update, const record::Masker& masker, std::ostream& out);

}  // namespace fixdrill::cli
