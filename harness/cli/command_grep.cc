// fixdrill grep: messages by what their fields hold.

#include <fmt/format.h>
#include <iostream>

#include "cli/filter_words.h"
#include "cli/input.h"
#include "cli/options.h"
#include "cli/recordings.h"
#include "report/grep.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

constexpr std::size_t kMost = 1'000'000'000;

po::options_description grep_options() {
  po::options_description options("options");
  const auto number = [] { return po::value<std::string>()->value_name("N"); };
  auto add = options.add_options();
  add("context,C", number(), "messages before and behind each match too");
  add("before,B", number(), "messages before it");
  add("after,A", number(), "messages behind it");
  add("count,c", "how many match, in place of them");
  add("invert,v", "messages that do not match");
  add("list,l", "names of the inputs that hold one");
  add("max,m", number(), "stop behind so many of an input");
  add("number,n", "the number of the line (of a message in a recording) before each");
  add("quiet,q", "print nothing: the exit code tells");
  add("no-name", "no names of inputs before the lines");
  add("line-buffered", "write every line at once");
  add_input_options(options);
  return options;
}

Result<report::GrepOptions> grep_values(const po::variables_map& values) {
  report::GrepOptions options;
  const auto context = number_option(values, "context", 0, {0, kMost});
  if (!context) return context.error();
  const auto before = number_option(values, "before", *context, {0, kMost});
  if (!before) return before.error();
  const auto after = number_option(values, "after", *context, {0, kMost});
  if (!after) return after.error();
  const auto most = number_option(values, "max", kMost, {1, kMost});
  if (!most) return most.error();
  options.before = *before;
  options.after = *after;
  if (values.count("max")) options.most = *most;
  options.count = values.count("count") != 0;
  options.invert = values.count("invert") != 0;
  options.list = values.count("list") != 0;
  options.number = values.count("number") != 0;
  options.quiet = values.count("quiet") != 0;
  options.flush = values.count("line-buffered") != 0;
  return options;
}

/// Searches input after input, as grep does: what one holds stands together, and an input that
/// cannot be read does not keep the others from being searched.
class Search {
 public:
  Search(flow::MessageFilter filter, record::DictionaryOf dictionary, InputOptions input)
      : filter_(std::move(filter)), dictionary_(std::move(dictionary)), input_(std::move(input)) {}

  int run(const std::vector<std::string>& paths, report::GrepOptions options) {
    const bool named = !options.name.empty();
    for (const std::string& path : paths) {
      if (named) options.name = path;
      const Result<std::size_t> found = search(path, options);
      if (!found) {
        error_ = fail(found.error());
      } else {
        found_ += *found;
      }
      if (options.quiet && found_ > 0) return 0;
    }
    if (!std::cout.flush()) return fail(environment_error("cannot write the output"));
    return error_ != 0 ? error_ : (found_ > 0 ? 0 : 1);
  }

 private:
  Result<std::size_t> search(const std::string& path, const report::GrepOptions& options) {
    const auto source = open_input({path}, input_);
    if (!source) return source.error();
    last_ = 0;
    dictionary_of_last_ = nullptr;
    const auto matches = [this, &source](const record::MessageView& view) {
      return filter_.matches(view.raw, dictionary_of(**source, view));
    };
    return report::grep(**source, matches, options, std::cout);
  }

  // Nearly always that of the message before.
  const fix::DictionaryPtr& dictionary_of(const record::MessageSource& source,
                                          const record::MessageView& view) {
    if (view.session_id == last_) return dictionary_of_last_;
    last_ = view.session_id;
    const record::SessionRow* row = source.session(view.session_id);
    dictionary_of_last_ = row != nullptr ? dictionary_(*row) : nullptr;
    return dictionary_of_last_;
  }

  flow::MessageFilter filter_;
  record::DictionaryOf dictionary_;
  InputOptions input_;
  std::int64_t last_ = 0;
  fix::DictionaryPtr dictionary_of_last_;
  std::size_t found_ = 0;
  int error_ = 0;
};

}  // namespace

int command_grep(const Command& self, const std::vector<std::string>& arguments,
                 const Terminal& terminal) {
  Parsed parsed = parse_options(self, arguments, grep_options());
  if (parsed.leave) return *parsed.leave;
  auto paths = value_or<std::vector<std::string>>(parsed.values, "paths", {});
  if (paths.empty())
    return fail(input_error(
        "grep needs an expression: fixdrill grep '35=8 and 39=2' a.log; 'fixdrill grep --help' "
        "shows how"));
  const std::string expression = paths.front();
  paths.erase(paths.begin());
  const auto labelled = labelled_paths(std::move(paths));
  if (!labelled) return fail(labelled.error());
  paths = *labelled;
  if (paths.empty()) paths.emplace_back("-");
  const auto input = input_options(parsed.values);
  if (!input) return fail(input.error());
  auto options = grep_values(parsed.values);
  if (!options) return fail(options.error());
  auto filter = flow::MessageFilter::parse(expression, filter_words(*input, paths));
  if (!filter) return fail(filter.error());
  const auto dictionary = dictionary_of(*input, paths);
  if (!dictionary) return fail(dictionary.error());
  if (paths.size() > 1 && parsed.values.count("no-name") == 0) options->name = paths.front();
  options->terminal = terminal.stdout_is_terminal;
  options->flush = options->flush || terminal.stdout_is_terminal;
  std::ios::sync_with_stdio(false);
  return Search(std::move(*filter), *dictionary, *input).run(paths, *options);
}

}  // namespace fixdrill::cli
