// Which scenarios a command line asks for: paths, FILE:LINE and the options that select.
#pragma once

#include <boost/program_options.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "run/selection.h"

namespace fixdrill::cli {

/// Adds --tags, --id, -k and --last-failed.
void add_selection_options(boost::program_options::options_description& options);

struct Asked {
  std::vector<std::string> paths;  ///< as typed, FILE:LINE too; "." when none was
  std::vector<std::string> files;  ///< to read
  run::Selection selection;

  /// Paths and options as one line, as typed.
  std::string text() const;
};

/// --last-failed without a file reads the newest recording of `recordings`, a folder. Input error:
/// no such path, an empty tag or id, no recording there.
Result<Asked> asked(const boost::program_options::variables_map& values,
                    const std::string& recordings);
/// The same of these paths, whatever is typed.
Result<Asked> asked_in(std::vector<std::string> paths,
                       const boost::program_options::variables_map& values,
                       const std::string& recordings);

/// The plan of the files with what is asked for left in it. Notes to stderr which scenarios
/// failed last time and are no longer there. Error `nothing`: nothing is left.
Result<run::Plan> selected(const std::vector<syntax::File>& files, const Asked& asked);

/// The same as often as --repeat and --until-fail say. Input error: that is too often.
Result<run::Plan> plan_of_run(const boost::program_options::variables_map& values,
                              const std::vector<syntax::File>& files, const Asked& asked);

}  // namespace fixdrill::cli
