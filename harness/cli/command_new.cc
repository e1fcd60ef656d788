// fixdrill new: drafts scenarios from a conversation that was recorded.

#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <iostream>

#include "base/text.h"
#include "cli/input.h"
#include "cli/options.h"
#include "cli/recordings.h"
#include "cli/replace_file.h"
#include "draft/draft.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

po::options_description new_options() {
  po::options_description options(
      "Each kind of order flow becomes one scenario: ids and times are expressions, logon and "
      "heartbeats\nare left to the session. Try it with 'fixdrill run --against FILE DRAFT', then "
      "'fixdrill run'.\n\noptions");
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  auto add = options.add_options();
  add("from", text("FILE"), "a log or a recording; - is standard input");
  add("out,o", text("FILE"), "file to write (standard output)");
  add("force", "write it over a file that is there");
  add("order", text("ID"), "only the order flow that holds this id");
  add("session", text("NAME"), "only this session of the log or recording");
  add("us", text("COMPID"), "whose side is drafted; of a log it is found out");
  add("format", text("FORMAT"), "of a log: what 'fixdrill import' says fits it");
  add("dictionary", text("NAMES"), "FIX44,acme.csv; by the version of each session");
  return options;
}

Status write(const std::string& path, const std::string& text, bool force) {
  std::error_code none;
  if (!force && std::filesystem::exists(path, none))
    return input_error(
        fmt::format("{} is there already; --force overwrites it; nothing was written", path));
  const int failed = replace_file(path, text);
  if (failed == 0) return {};
  return environment_error(fmt::format("cannot write {}: {}", path, std::strerror(failed)));
}

std::string summary(const draft::Draft& made) {
  std::string text =
      fmt::format("{} scenario{} from {} order flow{}", made.scenarios,
                  made.scenarios == 1 ? "" : "s", made.flows, made.flows == 1 ? "" : "s");
  if (made.left_out > 0)
    text +=
        fmt::format("; {} left out: nothing was sent in them, or they began before", made.left_out);
  return text;
}

InputOptions input_of(const po::variables_map& values) {
  InputOptions options;
  options.session = value_or<std::string>(values, "session", "");
  options.us = value_or<std::string>(values, "us", "");
  options.format = value_or<std::string>(values, "format", "");
  options.dictionary = value_or<std::string>(values, "dictionary", "");
  return options;
}

}  // namespace

int command_new(const Command& self, const std::vector<std::string>& arguments, const Terminal&) {
  const Parsed parsed = parse_options(self, arguments, new_options());
  if (parsed.leave) return *parsed.leave;
  const po::variables_map& values = parsed.values;
  if (!values.count("from") || values.count("paths"))
    return fail(input_error("new takes --from FILE; 'fixdrill new --help' shows how"));
  const auto path = labelled_path(values["from"].as<std::string>());
  if (!path) return fail(path.error());
  const InputOptions input = input_of(values);
  const auto source = open_input({*path}, input);
  if (!source) return fail(source.error());
  const auto dictionaries = dictionary_of(input);
  if (!dictionaries) return fail(dictionaries.error());
  const auto made =
      draft::draft(**source, *dictionaries, {value_or<std::string>(values, "order", "")});
  if (!made) return fail(made.error());
  const auto out = value_or<std::string>(values, "out", "-");
  if (out == "-") {
    std::cout << made->text << std::flush;
  } else if (Status done = write(out, made->text, values.count("force") != 0); !done) {
    return fail(done.error());
  }
  std::cerr << summary(*made) << '\n';
  return 0;
}

}  // namespace fixdrill::cli
