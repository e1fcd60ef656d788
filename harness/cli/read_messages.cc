#include "cli/read_messages.h"

#include <fmt/format.h>
#include <utility>

#include "base/text.h"
#include "cli/options.h"

namespace fixdrill::cli {

Result<Judged> open_judged(const boost::program_options::variables_map& values,
                           const std::string& command, const Terminal& terminal) {
  auto paths = input_paths(values, command);
  if (!paths) return paths.error();
  auto input = input_options(values);
  if (!input) return input.error();
  const auto colour = colour_option(values, terminal);
  if (!colour) return colour.error();
  auto dictionary = dictionary_of(*input, *paths);
  if (!dictionary) return dictionary.error();
  auto source = open_input(*paths, *input);
  if (!source) return source.error();
  return Judged{std::move(*paths), std::move(*input), *colour, std::move(*dictionary),
                std::move(*source)};
}

Status read_messages(
    const Judged& judged,
    const std::function<void(const record::MessageView&, const fix::Message&)>& take) {
  bool any = false;
  for (;;) {
    const auto next = judged.source->next();
    if (!next) return next.error();
    if (*next == nullptr) break;
    if ((*next)->kind != record::MessageKind::fix) continue;
    any = true;
    take(**next, fix::Message(std::string((*next)->raw)));
  }
  if (any) return {};
  const std::vector<std::string>& paths = judged.paths;
  const bool piped = paths.size() == 1 && paths.front() == "-";
  return nothing_error(fmt::format("{} {} no FIX message, or none that was asked for",
                                   piped ? "standard input" : join(paths, ", "),
                                   paths.size() == 1 ? "holds" : "hold"));
}

}  // namespace fixdrill::cli
