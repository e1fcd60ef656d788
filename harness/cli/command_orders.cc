// fixdrill orders: what became of every order of a conversation.

#include <algorithm>
#include <fmt/format.h>
#include <iostream>

#include "cli/options.h"
#include "cli/read_messages.h"
#include "flow/orders.h"
#include "report/orders.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

po::options_description orders_options() {
  po::options_description options("options");
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  auto add = options.add_options();
  add("order", text("ID"), "this order only, by any ClOrdID or OrderID it had");
  add("summary", "a line an order");
  add("violations", "only what breaks an order-state rule, a line each");
  add("check", "exit code 1 when there is a violation, 4 when there is no order");
  add("json", "a JSON document in place of the text");
  add("color", text("WHEN"), "auto, always or never");
  add_input_options(options);
  return options;
}

report::OrderList chosen(const flow::Orders& orders, const std::string& id) {
  report::OrderList list;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    const flow::Order& order = orders[i];
    const auto& ids = order.ids;
    if (id.empty() || std::find(ids.begin(), ids.end(), id) != ids.end()) list.push_back(&order);
  }
  return list;
}

void print(const report::OrderList& orders, const record::MessageSource& source,
           const po::variables_map& values, report::OrdersText text) {
  if (values.count("json")) return report::orders_json(orders, source, std::cout);
  if (values.count("violations")) {
    text.violations(orders, std::cout);
  } else if (values.count("summary")) {
    text.summary(orders, std::cout);
  } else {
    text.timelines(orders, std::cout);
  }
  std::cout << report::orders_total(orders) << '\n';
}

}  // namespace

int command_orders(const Command& self, const std::vector<std::string>& arguments,
                   const Terminal& terminal) {
  const Parsed parsed = parse_options(self, arguments, orders_options());
  if (parsed.leave) return *parsed.leave;
  const auto judged = open_judged(parsed.values, "orders", terminal);
  if (!judged) return fail(judged.error());
  flow::Orders orders;
  const Status whole =
      read_messages(*judged, [&orders](const record::MessageView& view,
                                       const fix::Message& message) { orders.add(view, message); });
  orders.finish();
  if (!whole && orders.size() == 0) return fail(whole.error());
  const auto id = value_or<std::string>(parsed.values, "order", "");
  const report::OrderList list = chosen(orders, id);
  if (list.empty() && !id.empty() && whole)
    return fail(nothing_error(fmt::format("no order had the ClOrdID or OrderID {}", id)));

  std::ios::sync_with_stdio(false);
  print(list, *judged->source, parsed.values,
        report::OrdersText(*judged->source, judged->dictionary,
                           {judged->input.zone, judged->colour}));
  if (!std::cout.flush()) return fail(environment_error("cannot write the output"));
  if (!whole) return fail(whole.error());
  const bool check = parsed.values.count("check") != 0;
  if (check && list.empty()) return fail(nothing_error("there is no order to check"));
  const bool violated = std::any_of(list.begin(), list.end(), [](const flow::Order* order) {
    return flow::violations_of(*order) > 0;
  });
  return check && violated ? 1 : 0;
}

}  // namespace fixdrill::cli
