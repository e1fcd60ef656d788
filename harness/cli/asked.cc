#include "cli/asked.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <iostream>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "cli/options.h"
#include "record/reader.h"
#include "report/reason.h"
#include "run/suite.h"

namespace fixdrill::cli {

namespace fs = std::filesystem;
namespace po = boost::program_options;
using Texts = std::vector<std::string>;
using Values = po::variables_map;

namespace {

/// A path of the command line; `line` 0: all of it.
struct Place {
  std::string path;
  std::size_t line = 0;
};

// "a.drill:16", and "a.drill:16:7" as it stands in our own messages.
std::optional<Place> parse_line(const std::string& text) {
  std::error_code error;
  if (fs::exists(text, error)) return std::nullopt;
  Place place{text, 0};
  for (int parts = 0; parts < 2; ++parts) {
    const std::size_t colon = place.path.rfind(':');
    if (colon == std::string::npos || colon == 0) break;
    const auto number = parse_size(std::string_view(place.path).substr(colon + 1));
    if (!number) break;
    place = {place.path.substr(0, colon), *number};
  }
  return place.path == text ? std::nullopt : std::optional(place);
}

std::string plain(const std::string& path) {
  std::error_code error;
  return fs::weakly_canonical(path, error).string();
}

// A line narrows only a file that is not asked for as a whole too.
Status add_line(const Place& place, std::size_t whole_files, Asked& asked) {
  std::error_code error;
  if (fs::is_directory(place.path, error))
    return input_error(fmt::format("{} is a folder; a line needs a file", place.path));
  if (!fs::exists(place.path, error))
    return input_error(fmt::format("no such file: {}", place.path));
  const auto known =
      std::find_if(asked.files.begin(), asked.files.end(),
                   [&](const std::string& file) { return plain(file) == plain(place.path); });
  const auto at = static_cast<std::size_t>(known - asked.files.begin());
  if (at < whole_files) return {};
  if (known == asked.files.end()) asked.files.push_back(place.path);
  asked.selection.lines[asked.files[at]].push_back(place.line);
  return {};
}

Status find_files(Asked& asked) {
  Texts whole;
  std::vector<Place> lines;
  for (const std::string& path : asked.paths) {
    if (auto place = parse_line(path))
      lines.push_back(std::move(*place));
    else
      whole.push_back(path);
  }
  auto files = run::find_scenarios(whole);
  if (!files) return files.error();
  asked.files = std::move(*files);
  const std::size_t whole_files = asked.files.size();
  for (const Place& place : lines) {
    if (Status added = add_line(place, whole_files, asked); !added) return added;
  }
  return {};
}

// Every given list in one; an entry is never empty.
Result<Texts> list_option(const Values& values, const char* name) {
  Texts all;
  for (const std::string& given : value_or<Texts>(values, name, {})) {
    for (const std::string_view part : split(given, ',')) {
      if (trim(part).empty() || trim(part) == "-")
        return input_error(fmt::format("--{} '{}': a name is missing; part them with commas", name,
                                       printable(given)));
      all.emplace_back(trim(part));
    }
  }
  return all;
}

Result<std::string> newest_recording(const std::string& folder) {
  std::error_code error;
  std::optional<std::pair<fs::file_time_type, fs::path>> newest;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() != ".db") continue;
    newest = std::max(newest, std::optional(std::pair(entry.last_write_time(error), entry.path())));
  }
  if (newest) return newest->second.string();
  return input_error(fmt::format(
      "--last-failed: no recording in {}; run something first, or name one: --last-failed=FILE",
      folder));
}

Result<run::Earlier> last_failed(const std::string& named, const std::string& folder) {
  const auto path = named == kNoValue ? newest_recording(folder) : Result<std::string>(named);
  if (!path) return path.error();
  auto recording = record::read_recording(*path);
  if (!recording) return recording.error();
  run::Earlier earlier{*path, std::move(recording->result.scenarios)};
  std::erase_if(earlier.failed, [](const record::ScenarioResult& result) {
    return !report::is_failing(result.outcome);
  });
  recording->result.scenarios = earlier.failed;
  if (const std::string note = report::run_note(recording->result); !note.empty())
    std::cerr << fmt::format("note: {}: {}\n", printable(*path), note);
  return earlier;
}

// Quoted where a shell needs it, so that it can be typed again.
std::string as_typed(const std::string& text) {
  const bool quoted = text.empty() || text.find_first_of(" \t'\"$*|&;<>()") != std::string::npos;
  return quoted ? fmt::format("'{}'", text) : text;
}

std::string options_as_typed(const Values& values) {
  Texts all;
  for (const auto& [name, option] :
       {std::pair("tags", "--tags "), {"id", "--id "}, {"-k", "-k "}}) {
    for (const std::string& given : value_or<Texts>(values, name, {}))
      all.push_back(option + as_typed(given));
  }
  const auto recording = value_or<std::string>(values, "last-failed", "");
  if (!recording.empty())
    all.push_back("--last-failed" + (recording == kNoValue ? "" : "=" + as_typed(recording)));
  return join(all, " ");
}

}  // namespace

void add_selection_options(po::options_description& options) {
  auto add = options.add_options();
  add("tags,t", po::value<Texts>()->value_name("LIST"),
      "only scenarios with one of these tags and none with a minus: smoke,orders,-slow; may be "
      "repeated");
  add("id", po::value<Texts>()->value_name("LIST"),
      "only scenarios with these ids, as in OE-001,OE-002; may be repeated");
  add(",k", po::value<Texts>()->value_name("TEXT"),
      "only scenarios with TEXT in title or id, in letters of any case");
  add("last-failed", po::value<std::string>()->value_name("[=FILE]"),
      "only scenarios that did not pass in the recording FILE; without it, in the newest one of "
      "the folder into which 'run' records: runs/, or that of --db");
}

std::string Asked::text() const {
  return join(paths, " ") + (selection.asked.empty() ? "" : " " + selection.asked);
}

Result<Asked> asked(const Values& values, const std::string& recordings) {
  return asked_in(value_or<Texts>(values, "paths", {"."}), values, recordings);
}

Result<Asked> asked_in(std::vector<std::string> paths, const Values& values,
                       const std::string& recordings) {
  Asked asked;
  asked.paths = std::move(paths);
  if (Status found = find_files(asked); !found) return found.error();
  auto tags = list_option(values, "tags");
  if (!tags) return tags.error();
  for (const std::string& tag : *tags) {
    if (tag.front() == '-')
      asked.selection.excluded_tags.push_back(tag.substr(1));
    else
      asked.selection.tags.push_back(tag);
  }
  auto ids = list_option(values, "id");
  if (!ids) return ids.error();
  asked.selection.ids = std::move(*ids);
  asked.selection.texts = value_or<Texts>(values, "-k", {});
  asked.selection.asked = options_as_typed(values);
  if (!values.count("last-failed")) return asked;
  auto earlier = last_failed(values["last-failed"].as<std::string>(), recordings);
  if (!earlier) return earlier.error();
  asked.selection.earlier = std::move(*earlier);
  return asked;
}

Result<run::Plan> selected(const std::vector<syntax::File>& files, const Asked& asked) {
  const run::Plan all = run::plan(files);
  if (all.files.empty())
    return nothing_error("nothing selected: no scenario in " + printable(join(asked.paths, " ")));
  if (asked.selection.earlier) {
    for (const std::string& gone : run::not_found(all, *asked.selection.earlier)) {
      std::cerr << fmt::format("note: {} did not pass in {} and is no longer in its file\n",
                               printable(gone), printable(asked.selection.earlier->recording));
    }
  }
  return run::select(all, asked.selection);
}

Result<run::Plan> plan_of_run(const Values& values, const std::vector<syntax::File>& files,
                              const Asked& asked) {
  const auto given = number_option(values, "repeat", 1, {1, limits::kRepeats});
  if (!given) return given.error();
  auto plan = selected(files, asked);
  if (!plan) return plan;
  const std::size_t most = std::max<std::size_t>(1, limits::kRepeatedCases / plan->cases());
  if (*given > 1 && *given > most) {
    return input_error(
        fmt::format("--repeat {}: of {} scenarios at most {}, so that a run has no more than {}",
                    *given, plan->cases(), most, limits::kRepeatedCases));
  }
  const bool unbounded = values.count("until-fail") != 0 && values.count("repeat") == 0;
  return run::repeated(*plan, unbounded ? std::min(most, limits::kUntilFail) : *given);
}

}  // namespace fixdrill::cli
