#include "cli/read_messages.h"

#include <fmt/format.h>

#include "base/text.h"

namespace fixdrill::cli {

Status read_messages(
    record::MessageSource& source, const std::vector<std::string>& paths,
    const std::function<void(const record::MessageView&, const fix::Message&)>& take) {
  bool any = false;
  for (;;) {
    const auto next = source.next();
    if (!next) return next.error();
    if (*next == nullptr) break;
    if ((*next)->kind != record::MessageKind::fix) continue;
    any = true;
    take(**next, fix::Message(std::string((*next)->raw)));
  }
  if (any) return {};
  const bool piped = paths.size() == 1 && paths.front() == "-";
  return nothing_error(fmt::format("{} {} no FIX message, or none that was asked for",
                                   piped ? "standard input" : join(paths, ", "),
                                   paths.size() == 1 ? "holds" : "hold"));
}

}  // namespace fixdrill::cli
