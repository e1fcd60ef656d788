// fixdrill gaps: what was asked again, what came for it, what is missing.

#include <algorithm>
#include <iostream>

#include "cli/input.h"
#include "cli/options.h"
#include "cli/project.h"
#include "cli/read_messages.h"
#include "flow/gaps.h"
#include "report/gaps.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

po::options_description gaps_options() {
  po::options_description options("options");
  auto add = options.add_options();
  add("json", "a JSON document in place of the text");
  add("color", po::value<std::string>()->value_name("WHEN"), "auto, always or never");
  add_input_options(options);
  return options;
}

}  // namespace

int command_gaps(const Command& self, const std::vector<std::string>& arguments,
                 const Terminal& terminal) {
  const Parsed parsed = parse_options(self, arguments, gaps_options());
  if (parsed.leave) return *parsed.leave;
  const auto paths = input_paths(parsed.values, "gaps");
  if (!paths) return fail(paths.error());
  const auto input = input_options(parsed.values);
  if (!input) return fail(input.error());
  const auto colour =
      colour_choice(value_or<std::string>(parsed.values, "color", "auto"), terminal);
  if (!colour) return fail(colour.error());
  const auto dictionary = dictionary_of(*input, *paths);
  if (!dictionary) return fail(dictionary.error());
  const auto source = open_input(*paths, *input);
  if (!source) return fail(source.error());
  flow::Gaps gaps;
  const Status whole = read_messages(
      **source, *paths, [&gaps](const record::MessageView& view, const fix::Message& message) {
        gaps.add(view, message);
      });
  if (!whole && gaps.streams().empty()) return fail(whole.error());

  const report::StreamList streams = gaps.streams();
  if (parsed.values.count("json")) {
    report::gaps_json(streams, **source, std::cout);
  } else {
    report::put_gaps(streams, **source, *dictionary, {input->zone, report::use_colour(*colour)},
                     std::cout);
    std::cout << report::gaps_total(streams) << '\n';
  }
  if (!std::cout.flush()) return fail(environment_error("cannot write the output"));
  if (!whole) return fail(whole.error());
  return std::any_of(streams.begin(), streams.end(),
                     [](const flow::SequenceStream* stream) { return stream->wrong(); })
             ? 1
             : 0;
}

}  // namespace fixdrill::cli
