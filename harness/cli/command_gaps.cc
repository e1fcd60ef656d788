// fixdrill gaps: what was asked again, what came for it, what is missing.

#include <algorithm>
#include <iostream>

#include "cli/options.h"
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
  const auto judged = open_judged(parsed.values, "gaps", terminal);
  if (!judged) return fail(judged.error());
  flow::Gaps gaps;
  const Status whole =
      read_messages(*judged, [&gaps](const record::MessageView& view, const fix::Message& message) {
        gaps.add(view, message);
      });
  if (!whole && gaps.streams().empty()) return fail(whole.error());

  const report::StreamList streams = gaps.streams();
  if (parsed.values.count("json")) {
    report::gaps_json(streams, *judged->source, std::cout);
  } else {
    report::put_gaps(streams, *judged->source, judged->dictionary,
                     {judged->input.zone, judged->colour}, std::cout);
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
