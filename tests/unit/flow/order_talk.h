// A conversation about orders as a test writes it, and what the tracker made of it, one line a
// step.
#pragma once

#include <fmt/format.h>
#include <string>
#include <vector>

#include "fix/message.h"
#include "flow/orders.h"
#include "support/fake_source.h"

namespace fixdrill::flow {

class OrderTalk {
 public:
  /// A message of the client: NewOrderSingle and the like.
  OrderTalk& asks(const std::string& text) { return source_.out(text), *this; }
  OrderTalk& told(const std::string& text) { return source_.in(text), *this; }

  test::FakeSource& source() { return source_; }

  const Orders& orders() {
    while (const record::MessageView* view = *source_.next()) {
      orders_.add(*view, fix::Message(std::string(view->raw)));
    }
    orders_.finish();
    return orders_;
  }

  /// "C1: Filled" and its violations "4 cum-leaves: …", all orders in turn.
  std::vector<std::string> found() {
    std::vector<std::string> lines;
    const Orders& all = orders();
    for (std::size_t i = 0; i < all.size(); ++i) {
      lines.push_back(fmt::format("{}: {}", all[i].cl_ord_id, status_name(all[i].status)));
      for (const OrderStep& step : all[i].steps) {
        if (step.unanswered) lines.push_back(fmt::format("{} unanswered", step.id));
        for (const Violation& violation : step.violations) {
          lines.push_back(fmt::format("{} {}: {}", step.id, violation.rule, violation.text));
        }
      }
    }
    return lines;
  }

 private:
  test::FakeSource source_;
  Orders orders_;
};

}  // namespace fixdrill::flow
