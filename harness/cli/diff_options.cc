#include "cli/diff_options.h"

#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

#include "cli/options.h"
#include "cli/project.h"
#include "cli/recordings.h"
#include "diff/origins.h"
#include "fix/value.h"
#include "record/message_reader.h"
#include "record/reader.h"
#include "run/dictionaries.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

Result<SourceFile> read_text(const std::string& path, const std::string& what) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return input_error(fmt::format("{}: cannot read this {}", path, what));
  return SourceFile(path, std::string(std::istreambuf_iterator<char>(in), {}));
}

Status add_script(const std::string& path, Opened& opened) {
  const auto recording = record::read_recording(path, {.messages = false});
  if (!recording) return recording.error();
  opened.origins = diff::script_origins(recording->result);
  opened.release = recording->release;
  if (!recording->release.empty()) opened.label = fmt::format("release {}", recording->release);
  if (!recording->change.empty())
    opened.label += fmt::format("{}change {}", opened.label.empty() ? "" : ", ", recording->change);
  return {};
}

// A file, or a recording by its label.
Result<std::string> path_of(const std::string& side) {
  std::error_code none;
  if (side == "-" || std::filesystem::exists(side, none)) return side;
  return find_recording(side, kRecordings);
}

}  // namespace

Result<Opened> open_side(const std::string& side, const InputOptions& options) {
  const auto found = path_of(side);
  if (!found) return found.error();
  const std::string& path = *found;
  Opened opened;
  auto dictionary = dictionary_of(options, {path});
  if (!dictionary) return dictionary.error();
  opened.dictionary = std::move(*dictionary);
  auto source = open_input({path}, options);
  if (!source) return source.error();
  opened.source = std::move(*source);
  if (path != "-" && record::is_recording(path)) {
    if (Status added = add_script(path, opened); !added) return added.error();
  }
  return opened;
}

Result<diff::Rules> read_rules(const po::variables_map& values) {
  diff::Rules rules;
  const auto names = dictionary_for_names();
  if (!names) return names.error();
  for (const std::string& path : value_or<std::vector<std::string>>(values, "rules", {})) {
    const auto file = read_text(path, "rules file");
    if (!file) return file.error();
    if (Status read = rules.read(*file, **names); !read) return read.error();
  }
  return rules;
}

void add_rules_option(po::options_description& options) {
  options.add_options()(
      "rules", po::value<std::vector<std::string>>()->value_name("FILE"),
      "rules and map of instruments of the venue, above the default rules; may be repeated");
}

void add_comparison_options(po::options_description& options) {
  add_rules_option(options);
  options.add_options()(
      "approvals", po::value<std::string>()->value_name("FILE"),
      "differences that were accepted; diff-approvals.txt here when there is one");
  add_input_options(options);
}

Result<fix::DictionaryPtr> dictionary_for_names() {
  run::Dictionaries dictionaries(spec_folder());
  profile::Session newest;
  newest.begin_string = "FIXT.1.1";
  newest.appl_ver_id.push_back('9');
  return dictionaries.for_session(newest);
}

Result<Compared> compare_sides(const std::vector<std::string>& sides,
                               const po::variables_map& values) {
  if (sides[0] == "-" && sides[1] == "-") return input_error("only one side can be standard input");
  const auto rules = read_rules(values);
  if (!rules) return rules.error();
  const auto options = input_options(values);
  if (!options) return options.error();
  auto a = open_side(sides[0], *options);
  if (!a) return a.error();
  auto b = open_side(sides[1], *options);
  if (!b) return b.error();
  auto comparison =
      diff::compare({*a->source, std::move(a->dictionary), std::move(a->origins)},
                    {*b->source, std::move(b->dictionary), std::move(b->origins)}, *rules);
  if (!comparison) return comparison.error();
  return Compared{std::move(*comparison), a->label, b->label, b->release};
}

Result<std::vector<diff::Approval>> read_approvals_file(const po::variables_map& values) {
  const bool named = values.count("approvals") != 0;
  const auto path = value_or<std::string>(values, "approvals", kApprovals);
  std::error_code none;
  if (!named && !std::filesystem::exists(path, none)) return std::vector<diff::Approval>();
  const auto file = read_text(path, "file of approvals");
  if (!file) return file.error();
  return diff::read_approvals(*file);
}

std::string date_of_today() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return fix::iso_time(std::chrono::duration_cast<std::chrono::nanoseconds>(now).count(), 0)
      .substr(0, 10);
}

}  // namespace fixdrill::cli
