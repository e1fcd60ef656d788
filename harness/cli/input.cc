#include "cli/input.h"

#include <fmt/format.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/options.h"
#include "cli/recordings.h"
#include "cli/zone.h"
#include "flow/chosen_source.h"
#include "flow/merged_source.h"
#include "import/log_source.h"
#include "record/message_reader.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

using SourcePtr = std::unique_ptr<record::MessageSource>;

namespace {

Result<std::optional<flow::Moment>> moment_option(const po::variables_map& values,
                                                  const char* name) {
  const auto text = value_or<std::string>(values, name, "");
  if (text.empty()) return std::optional<flow::Moment>();
  const auto moment = flow::parse_moment(text);
  if (moment) return moment;
  return input_error(
      fmt::format("--{} {}: write a time, 11:58 or 11:58:00.123, or one of a certain day, "
                  "2026-11-28T11:58",
                  name, text));
}

Result<SourcePtr> open_one(const std::string& path, const InputOptions& options) {
  if (path != "-" && record::is_recording(path)) return record::open_messages(path);
  imports::LogOptions log;
  if (!options.us.empty()) log.us = {options.us};
  log.follow = options.follow;
  if (Status format = imports::apply_format(options.format, log); !format) return format.error();
  return imports::open_log(path, log);
}

}  // namespace

void add_input_options(po::options_description& options) {
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  options.add_options()("from", text("T"), "from this time on: 11:58, 2026-11-28T11:58:00.123")(
      "to", text("T"), "up to this time, as precisely as it is written")(
      "tz", text("ZONE"),
      "zone of --from, --to and the times shown: America/New_York, +02:00; else UTC")(
      "session", text("NAME"), "messages of this session only: its alias, or SENDER->TARGET")(
      "us", text("COMPID"), "of logs: the party that wrote them, which tells in from out")(
      "format", text("FORMAT"), "of logs: how they are written, when that is not found out")(
      "dictionary", text("NAMES"), "in place of the standard one: FIX44,acme.csv");
}

Result<InputOptions> input_options(const po::variables_map& values) {
  InputOptions options;
  const auto from = moment_option(values, "from");
  if (!from) return from.error();
  const auto to = moment_option(values, "to");
  if (!to) return to.error();
  const auto zone = zone_offset(value_or<std::string>(values, "tz", "UTC"));
  if (!zone) return zone.error();
  options.from = *from;
  options.to = *to;
  options.zone = *zone;
  options.session = value_or<std::string>(values, "session", "");
  options.us = value_or<std::string>(values, "us", "");
  options.format = value_or<std::string>(values, "format", "");
  options.dictionary = value_or<std::string>(values, "dictionary", "");
  return options;
}

Result<std::vector<std::string>> input_paths(const po::variables_map& values,
                                             const std::string& command) {
  auto paths = value_or<std::vector<std::string>>(values, "paths", {});
  if (!paths.empty()) return labelled_paths(std::move(paths));
  if (isatty(STDIN_FILENO) == 0) return std::vector<std::string>{"-"};
  return input_error(fmt::format(
      "{0} reads recordings, logs, captures or standard input; name one: 'fixdrill {0} --help' "
      "shows how",
      command));
}

Result<SourcePtr> open_input(const std::vector<std::string>& paths, const InputOptions& options) {
  flow::MergedSource::Sources sources;
  for (const std::string& path : paths) {
    Result<SourcePtr> source = open_one(path, options);
    if (!source) return source.error();
    sources.push_back(std::move(*source));
  }
  SourcePtr input = sources.size() == 1 ? std::move(sources.front())
                                        : std::make_unique<flow::MergedSource>(std::move(sources));
  if (!options.session.empty())
    input =
        std::make_unique<flow::SessionSource>(std::move(input), options.session, options.follow);
  if (options.from || options.to) {
    flow::TimeWindow window(options.from, options.to, options.zone);
    const auto inside = [window](const record::MessageView& view) mutable {
      return window.holds(view);
    };
    input = std::make_unique<flow::ChosenSource>(std::move(input), inside);
  }
  return input;
}

}  // namespace fixdrill::cli
