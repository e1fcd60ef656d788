// The part of an input that show and ladder print: some messages of it, by number or by scenario,
// and what its recording says of them.
#pragma once

#include <boost/program_options.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/input.h"
#include "record/reader.h"
#include "report/happenings.h"

namespace fixdrill::cli {

struct Part {
  std::unique_ptr<record::MessageSource> messages;
  /// Without its messages. Empty: a log, a capture, several inputs (their messages are numbered
  /// anew, so that no verdict would find its message).
  std::optional<record::Recording> recording;
  std::vector<const record::ScenarioResult*> scenarios;  ///< chosen; empty: all
  std::string session;                                   ///< chosen, by a name; "" = all
  bool cut = false;  ///< by number or time: what happened before and after it is no part of it

  std::vector<report::Happening> happenings(const report::HappeningOptions& options) const;
};

/// `--id 6..9 --scenario ID`
void add_part_options(boost::program_options::options_description& options);
/// Input error: no such scenario, no range, no recording.
Result<Part> open_part(const std::vector<std::string>& paths, const InputOptions& input,
                       const boost::program_options::variables_map& values);

/// The same messages for a second pass: standard input is kept in memory, files are opened again.
class TwoPasses {
 public:
  static Result<TwoPasses> open(const std::vector<std::string>& paths, const InputOptions& input,
                                const boost::program_options::variables_map& values);
  const Part& part() const { return part_; }
  record::MessageSource& messages() { return *part_.messages; }
  Status rewind();

 private:
  TwoPasses(Part part, std::function<Result<Part>()> again)
      : part_(std::move(part)), again_(std::move(again)) {}

  Part part_;
  std::function<Result<Part>()> again_;  ///< empty: part_.messages is a flow::KeptSource
};

}  // namespace fixdrill::cli
