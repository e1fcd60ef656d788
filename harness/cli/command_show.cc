// fixdrill show: a conversation decoded, with what a run said of it.

#include <chrono>
#include <fmt/format.h>
#include <iostream>
#include <optional>
#include <set>
#include <thread>

#include "base/text.h"
#include "cli/input.h"
#include "cli/options.h"
#include "cli/part.h"
#include "cli/project.h"
#include "record/reader.h"
#include "report/show.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

constexpr auto kPoll = std::chrono::milliseconds(200);
constexpr int kRoundsToNews = 5;

po::options_description show_options() {
  po::options_description options("options");
  auto add = options.add_options();
  add("all", "heartbeats and test requests too, which are only counted otherwise");
  add("header", "the fields of header and trailer too");
  add("raw", "the bytes of every message too");
  add("follow,f", "go on as the recording or log grows, until Ctrl-C");
  add_part_options(options);
  add("color", po::value<std::string>()->value_name("WHEN"), "auto, always or never");
  add_input_options(options);
  return options;
}

Result<report::ShowOptions> show_values(const po::variables_map& values, const Terminal& terminal,
                                        const InputOptions& input) {
  const auto colour = colour_option(values, terminal);
  if (!colour) return colour.error();
  report::ShowOptions options;
  options.all = values.count("all") != 0;
  options.header = values.count("header") != 0;
  options.raw = values.count("raw") != 0;
  options.flush = terminal.stdout_is_terminal || values.count("follow") != 0;
  options.colour = *colour;
  options.zone = input.zone;
  options.zone_name = value_or<std::string>(values, "tz", "UTC");
  return options;
}

/// What a run says of scenarios that ended since the last look, while its recording grows.
class News {
 public:
  News(std::string path, const record::Recording& known, report::HappeningOptions options)
      : path_(std::move(path)), options_(std::move(options)) {
    for (const record::ScenarioResult& scenario : known.result.scenarios) seen_.insert(scenario.id);
  }

  Result<std::vector<report::Happening>> look() {
    auto recording = record::read_recording(path_, {.messages = false});
    if (!recording) return recording.error();
    std::erase_if(recording->result.scenarios, [this](const record::ScenarioResult& scenario) {
      return !seen_.insert(scenario.id).second;
    });
    recording->connections.clear();
    recording->events.clear();
    return report::happenings(*recording, options_);
  }

 private:
  std::string path_;
  report::HappeningOptions options_;
  std::set<std::int64_t> seen_;
};

// Not through signals: Ctrl-C ends a reading command as it ends any filter.
Status follow(report::Show& show, std::optional<News> news) {
  for (int round = 1;; ++round) {
    if (Status printed = show.print(); !printed) return printed;
    if (!std::cout) return {};
    if (news && round % kRoundsToNews == 0) {
      auto happenings = news->look();
      if (!happenings) return happenings.error();
      show.add_happenings(std::move(*happenings));
      show.put_happenings();
    }
    std::this_thread::sleep_for(kPoll);
  }
}

}  // namespace

int command_show(const Command& self, const std::vector<std::string>& arguments,
                 const Terminal& terminal) {
  const Parsed parsed = parse_options(self, arguments, show_options());
  if (parsed.leave) return *parsed.leave;
  const auto paths = input_paths(parsed.values, "show");
  if (!paths) return fail(paths.error());
  auto input = input_options(parsed.values);
  if (!input) return fail(input.error());
  input->follow = parsed.values.count("follow") != 0;
  auto options = show_values(parsed.values, terminal, *input);
  if (!options) return fail(options.error());
  const auto dictionary = dictionary_of(*input, *paths);
  if (!dictionary) return fail(dictionary.error());
  const auto part = open_part(*paths, *input, parsed.values);
  if (!part) return fail(part.error());
  options->part = part->cut;
  std::ios::sync_with_stdio(false);
  report::Show show(*part->messages, *dictionary, *options, std::cout);
  std::optional<News> news;
  if (part->recording) {
    show.head(*part->recording);
    show.add_happenings(part->happenings({options->colour, input->zone}));
    if (part->scenarios.empty()) {
      news.emplace(paths->front(), *part->recording,
                   report::HappeningOptions{options->colour, input->zone});
    }
  }
  const Status printed = input->follow ? follow(show, std::move(news)) : show.print();
  show.finish();
  std::cout.flush();
  if (!printed) return fail(printed.error());
  return std::cout ? 0 : fail(environment_error("cannot write the output"));
}

}  // namespace fixdrill::cli
