#include "draft/ending.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "fix/message.h"
#include "flow/ids.h"
#include "flow/order.h"

namespace fixdrill::draft {

Sessions sessions_with_open_orders(const Conversation& conversation, const Flow& flow) {
  std::map<std::pair<std::size_t, std::string>, bool> open;  // by session and OrderID
  for (const std::size_t member : flow) {
    const Spoken& one = conversation.messages[member];
    const fix::Message report(one.bytes);
    if (conversation.acceptor(one)) return {};
    const bool of_ours = !one.sent && report.msg_type() == "8" && report.value(797) != "Y";
    if (!of_ours || flow::is_placeholder(37, report.value(37))) continue;
    const std::string_view status = report.value(39);
    open[{one.session, std::string(report.value(37))}] =
        !status.empty() && !flow::is_terminal(status[0]);
  }
  Sessions sessions;
  for (const auto& [order, is_open] : open) {
    if (is_open) sessions.insert(order.first);
  }
  return sessions;
}

Sessions sessions_that_listen(const Conversation& conversation, const Flow& flow) {
  Sessions copied, others;
  for (const std::size_t member : flow) {
    const Spoken& one = conversation.messages[member];
    const bool copy = !one.sent && fix::Message(one.bytes).value(797) == "Y";
    (copy ? copied : others).insert(one.session);
  }
  std::erase_if(copied, [&](std::size_t session) { return others.contains(session); });
  return copied;
}

}  // namespace fixdrill::draft
