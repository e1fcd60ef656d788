// fixdrill ladder: a conversation as a sequence diagram in text.

#include <algorithm>
#include <fmt/format.h>
#include <iostream>
#include <optional>
#include <set>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/input.h"
#include "cli/options.h"
#include "cli/part.h"
#include "flow/order_members.h"
#include "report/ladder.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

constexpr std::size_t kWidth = 120;  ///< without a terminal

po::options_description ladder_options() {
  po::options_description options("options");
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  auto add = options.add_options();
  add("order", text("ID"), "messages of this order, quote or request only, by any of its ids");
  add_part_options(options);
  add("all", "heartbeats and test requests too");
  add("ascii", "no box-drawing characters");
  add("width", text("N"), "characters of a line; else those of the terminal, or 120");
  add_input_options(options);
  return options;
}

std::size_t terminal_width() {
  winsize size{};
  const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : kWidth;
}

/// What is drawn: found in a first pass, because lifelines stand before messages.
struct Drawn {
  std::vector<record::RecordedSession> sessions;  ///< in the order in which they come
  std::optional<flow::OrderMembers> members;
  Status whole;  ///< what ended the input before its end; what came before is drawn
};

Result<Drawn> first_pass(record::MessageSource& source, const po::variables_map& values) {
  Drawn drawn;
  std::set<std::int64_t> seen;
  flow::OrderMembers members(value_or<std::string>(values, "order", ""));
  for (;;) {
    const auto next = source.next();
    if (!next) drawn.whole = next.error();
    if (!next || *next == nullptr) break;
    const record::MessageView& view = **next;
    if (values.count("order")) members.add(view);
    if (!seen.insert(view.session_id).second) continue;
    const record::SessionRow* row = source.session(view.session_id);
    if (row != nullptr) drawn.sessions.push_back({view.session_id, *row});
  }
  if (drawn.sessions.empty() && !drawn.whole) return drawn.whole.error();
  if (drawn.sessions.empty())
    return nothing_error(fmt::format("{} holds no message to draw", source.name()));
  if (values.count("order") == 0) return drawn;
  members.close();
  if (members.empty() && !drawn.whole) return drawn.whole.error();
  if (members.empty())
    return nothing_error(fmt::format("no message has an id {}", values["order"].as<std::string>()));
  std::erase_if(drawn.sessions, [&members](const record::RecordedSession& one) {
    return !members.sessions().contains(one.id);
  });
  drawn.members = std::move(members);
  return drawn;
}

void draw(record::MessageSource& source, const Drawn& drawn, report::Ladder& ladder) {
  ladder.head(std::cout);
  for (;;) {
    const auto next = source.next();
    if (!next || *next == nullptr) break;
    if (!drawn.members || drawn.members->has((*next)->id)) ladder.put(**next, std::cout);
  }
  ladder.finish(std::cout);
}

}  // namespace

int command_ladder(const Command& self, const std::vector<std::string>& arguments,
                   const Terminal&) {
  const Parsed parsed = parse_options(self, arguments, ladder_options());
  if (parsed.leave) return *parsed.leave;
  const auto paths = input_paths(parsed.values, "ladder");
  if (!paths) return fail(paths.error());
  const auto input = input_options(parsed.values);
  if (!input) return fail(input.error());
  const auto width = number_option(parsed.values, "width", terminal_width(), {60, 10'000});
  if (!width) return fail(width.error());
  const auto dictionary = dictionary_of(*input, *paths);
  if (!dictionary) return fail(dictionary.error());
  auto input_twice = TwoPasses::open(*paths, *input, parsed.values);
  if (!input_twice) return fail(input_twice.error());
  const auto drawn = first_pass(input_twice->messages(), parsed.values);
  if (!drawn) return fail(drawn.error());
  if (Status again = input_twice->rewind(); !again) return fail(again.error());
  const Part& part = input_twice->part();
  report::Ladder ladder(drawn->sessions, *dictionary,
                        {.width = *width,
                         .ascii = parsed.values.count("ascii") != 0,
                         .all = parsed.values.count("all") != 0,
                         .zone = input->zone,
                         .zone_name = value_or<std::string>(parsed.values, "tz", "UTC")});
  if (part.recording && !drawn->members && !part.cut)
    ladder.add_happenings(part.happenings({false, input->zone}));
  if (part.recording) ladder.add_beside(report::beside_messages(*part.recording));
  std::ios::sync_with_stdio(false);
  draw(*part.messages, *drawn, ladder);
  if (!std::cout.flush()) return fail(environment_error("cannot write the output"));
  return drawn->whole ? 0 : fail(drawn->whole.error());
}

}  // namespace fixdrill::cli
