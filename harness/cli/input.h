// What a reading command reads: recordings, captures, logs and standard input, told apart by what
// they hold, as one stream of messages.
#pragma once

#include <boost/program_options.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "flow/moment.h"
#include "record/message_source.h"

namespace fixdrill::cli {

/// `--from --to --tz --session --us --format --dictionary`.
struct InputOptions {
  std::optional<flow::Moment> from;
  std::optional<flow::Moment> to;
  flow::ZoneOffset zone;  ///< empty: UTC
  std::string session;    ///< "" = all
  std::string us;         ///< CompID; "" = found out
  std::string format;     ///< of a log; "" = found out
  std::string
      dictionary;       ///< as in a profile, parted by commas: FIX44,acme.csv; "" = by the version
  bool follow = false;  ///< a log that grows: its end may be half a line
};

void add_input_options(boost::program_options::options_description& options);
/// Input error: no time, no zone.
Result<InputOptions> input_options(const boost::program_options::variables_map& values);

/// What the paths of a reading command stand for: `-`, standard input, when there are none and it
/// is no terminal. Input error: nothing to read, no recording with such a label.
Result<std::vector<std::string>> input_paths(const boost::program_options::variables_map& values,
                                             const std::string& command);

/// Several are merged by time. Input error: no such file, nothing that holds messages.
Result<std::unique_ptr<record::MessageSource>> open_input(const std::vector<std::string>& paths,
                                                          const InputOptions& options);

/// The dictionary of the options; else the one that the recording holds for its session (of those
/// of `paths` that are recordings); else the standard one of the session's version. Input error:
/// not found, or not readable.
Result<record::DictionaryOf> dictionary_of(const InputOptions& options,
                                           const std::vector<std::string>& paths = {});

}  // namespace fixdrill::cli
