// fixdrill show: prints a recording.

#include <filesystem>
#include <fmt/format.h>
#include <iostream>

#include "cli/options.h"
#include "cli/project.h"
#include "record/reader.h"
#include "report/console.h"
#include "report/show.h"
#include "run/dictionaries.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

// The standard dictionary of the session's version: a recording must be readable without its
// profile.
report::DictionaryOf standard_dictionaries(run::Dictionaries& dictionaries) {
  return [&dictionaries](const record::SessionRow& row) -> fix::DictionaryPtr {
    profile::Session session;
    session.begin_string = row.begin_string;
    session.appl_ver_id = row.appl_ver;
    const auto dictionary = dictionaries.for_session(session);
    return dictionary ? *dictionary : nullptr;
  };
}

}  // namespace

int command_show(const Command& self, const std::vector<std::string>& arguments,
                 const Terminal& terminal) {
  po::options_description options("options");
  options.add_options()("raw", "the bytes of every message too")(
      "color", po::value<std::string>()->value_name("WHEN"), "auto, always or never");
  const Parsed parsed = parse_options(self, arguments, options);
  if (parsed.leave) return *parsed.leave;
  const auto paths = value_or<std::vector<std::string>>(parsed.values, "paths", {});
  if (paths.size() != 1)
    return fail(input_error("show takes one recording; 'fixdrill show --help' shows how"));
  const auto recording = record::read_recording(paths.front());
  if (!recording) return fail(recording.error());
  const auto colour =
      colour_choice(value_or<std::string>(parsed.values, "color", "auto"), terminal);
  if (!colour) return fail(colour.error());
  run::Dictionaries dictionaries(spec_folder());
  report::show(*recording, standard_dictionaries(dictionaries),
               {.raw = parsed.values.count("raw") != 0, .colour = report::use_colour(*colour)},
               std::cout);
  return 0;
}

}  // namespace fixdrill::cli
