// Logs and captures into one recording: what was recorded elsewhere is then shown, searched and
// compared like our own.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "import/log_source.h"
#include "import/sightings.h"
#include "record/mask.h"
#include "record/recorder.h"

namespace fixdrill::imports {

struct ImportJob {
  std::vector<std::string> paths;  ///< logs and captures; "-" only alone
  LogOptions options;
  record::Masker masker;
};

/// What became of one file.
struct ImportedSource {
  std::string path;
  SourceReport report;
  std::optional<ClockOffset> clock;  ///< against the first; empty: it is the first, or not known
  std::optional<Error> error;        ///< why it was not read to its end
};

struct ImportResult {
  std::vector<ImportedSource> sources;
  std::uint64_t messages = 0;      ///< of the recording
  std::uint64_t seen_by_more = 0;  ///< of those, ones that more than one source showed
  std::size_t sessions = 0;
};

/// Writes every message and every line that is none to `recorder`, in order of time, the clocks of
/// further sources put right; the caller seals it. A message that several sources show is one, with
/// a sighting for each further one. Times count as the first source's. Input errors: a file that
/// cannot be opened. One that breaks off is told in its `error`: what came before stands.
Result<ImportResult> import_files(const ImportJob& job, record::Recorder& recorder);

}  // namespace fixdrill::imports
