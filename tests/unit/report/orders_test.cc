#include "report/orders.h"

#include <gtest/gtest.h>
#include <sstream>
#include <string>

#include "unit/flow/order_talk.h"

namespace fixdrill::report {
namespace {

record::DictionaryOf standard() {
  return [](const record::SessionRow&) {
    static const fix::DictionaryPtr kDictionary =
        *fix::Dictionary::load({FIXDRILL_SOURCE_DIR "/fixspecs/FIX44.xml"});
    return kDictionary;
  };
}

OrderList all_of(const flow::Orders& orders) {
  OrderList list;
  for (std::size_t i = 0; i < orders.size(); ++i) list.push_back(&orders[i]);
  return list;
}

flow::OrderTalk conversation() {
  flow::OrderTalk talk;
  talk.asks("35=D|34=2|11=C1|55=MSFT|54=1|38=100|40=2|44=10.05|59=0|")
      .told("35=8|34=2|11=C1|37=X1|17=1|150=0|39=0|38=100|14=0|151=100|6=0|")
      .told("35=8|34=3|11=C1|37=X1|17=2|150=F|39=1|38=100|14=40|151=50|32=40|31=10.05|6=10.05|")
      .asks("35=F|34=3|11=C2|41=C1|")
      .told("35=9|34=4|11=C2|41=C1|37=X1|39=1|58=Too late|")
      .asks("35=D|34=4|11=C3|55=MSFT|54=2|38=5|40=1|");
  return talk;
}

TEST(OrdersText, TellsEveryStepOfAnOrder) {
  flow::OrderTalk talk = conversation();
  std::ostringstream out;
  OrdersText(talk.source(), standard(), {}).timelines(all_of(talk.orders()), out);
  EXPECT_EQ(
      out.str(),
      "order C1 (OrderID X1) on OE: Buy 100 MSFT @ 10.05 Limit Day\n"
      "  PartiallyFilled, cum 40, leaves 50, avg 10.05; ! 1 violation\n"
      "  TIME          #  MESSAGE                                         CUM  LEAVES    AVG  "
      "      LAST  LATENCY\n"
      "  16:00:00.001  1  -> NewOrderSingle C1 100 @ 10.05\n"
      "  16:00:00.002  2  <- ExecutionReport C1 New                         0     100      0  "
      "               1 ms\n"
      "  16:00:00.003  3  <- ExecutionReport C1 Trade, PartiallyFilled     40      50  10.05  "
      "40 @ 10.05\n"
      "    ! cum-leaves: CumQty(14) 40 + LeavesQty(151) 50 is not OrderQty(38) 100\n"
      "  16:00:00.004  4  -> OrderCancelRequest C2 for C1\n"
      "  16:00:00.005  5  <- OrderCancelReject C2 for C1 PartiallyFilled                      "
      "               1 ms\n"
      "    \"Too late\"\n"
      "\n"
      "order C3 on OE: Sell 5 MSFT Market\n"
      "  no status, a request without an answer\n"
      "  TIME          #  MESSAGE                   LATENCY\n"
      "  16:00:00.006  6  -> NewOrderSingle C3 5  no answer\n");
}

TEST(OrdersText, SumsUpALineAnOrder) {
  flow::OrderTalk talk = conversation();
  std::ostringstream out;
  const OrderList orders = all_of(talk.orders());
  OrdersText(talk.source(), standard(), {}).summary(orders, out);
  EXPECT_EQ(out.str(),
            "SESSION  CLORDID  ORDERID  SIDE  SYMBOL  QTY  PRICE  STATUS           CUM  LEAVES    "
            "AVG  MSGS  VIOLATIONS\n"
            "OE       C1       X1       Buy   MSFT    100  10.05  PartiallyFilled   40      50  "
            "10.05     5         ! 1\n"
            "OE       C3                Sell  MSFT      5         no answer                       "
            "        1\n");
  EXPECT_EQ(orders_total(orders),
            "2 orders: 1 PartiallyFilled, 1 without status; 1 violation (1 cum-leaves); 1 with a "
            "request that has no answer");
  EXPECT_EQ(orders_total({}), "no orders");
}

TEST(OrdersText, ListsViolationsAlone) {
  flow::OrderTalk talk = conversation();
  std::ostringstream out;
  OrdersText(talk.source(), standard(), {{}, true}).violations(all_of(talk.orders()), out);
  EXPECT_EQ(out.str(),
            "TIME          SESSION  ORDER  MESSAGE             RULE        WHAT\n"
            "16:00:00.003  OE       C1     #3 ExecutionReport  cum-leaves  \033[31m! CumQty(14) 40 "
            "+ LeavesQty(151) 50 is not OrderQty(38) 100\033[0m\n");
}

TEST(OrdersText, WithoutADictionaryCodesStand) {
  flow::OrderTalk talk;
  talk.asks("35=D|11=\x1b|54=1|").told("35=8|37=7|150=Z|39=Y|");
  std::ostringstream out;
  const auto none = [](const record::SessionRow&) { return fix::DictionaryPtr(); };
  OrdersText(talk.source(), none, {}).timelines(all_of(talk.orders()), out);
  EXPECT_EQ(out.str(),
            "order \\x1b on OE: 54=1\n"
            "  no status, a request without an answer\n"
            "  TIME          #  MESSAGE         LATENCY\n"
            "  16:00:00.001  1  -> 35=D \\x1b  no answer\n"
            "\n"
            "order OrderID 7 on OE\n"
            "  Y\n"
            "  TIME          #  MESSAGE\n"
            "  16:00:00.002  2  <- 35=8 Z, Y\n");
}

TEST(OrdersJson, HoldsStepsAndViolations) {
  flow::OrderTalk talk;
  talk.asks("35=D|11=A|54=1|55=M|38=5|").told("35=8|11=A|37=7|17=1|150=0|39=0|14=1|151=4|38=5|");
  std::ostringstream out;
  orders_json(all_of(talk.orders()), talk.source(), out);
  EXPECT_EQ(
      out.str(),
      "{\"format\":\"fixdrill-orders\",\"version\":1,\"violations\":2,\"orders\":[\n"
      "{\"session\":\"OE\",\"cl_ord_id\":\"A\",\"order_id\":\"7\",\"ids\":[\"A\",\"7\"],\"side\":"
      "\"1\",\"symbol\":\"M\",\"qty\":\"5\",\"status\":\"New\",\"cum_qty\":\"1\",\"leaves_qty\":"
      "\"4\",\"violations\":2,\"unanswered\":false,\"steps\":[{\"message\":1,\"time_ns\":"
      "\"1764000000001000000\",\"direction\":\"out\",\"msg_type\":\"D\",\"cl_ord_id\":\"A\","
      "\"qty\":\"5\"},{\"message\":2,\"time_ns\":\"1764000000002000000\",\"direction\":\"in\","
      "\"msg_type\":\"8\",\"cl_ord_id\":\"A\",\"order_id\":\"7\",\"exec_id\":\"1\",\"event\":"
      "\"New\",\"status\":\"New\",\"qty\":\"5\",\"cum_qty\":\"1\",\"leaves_qty\":\"4\","
      "\"latency_ns\":\"1000000\",\"violations\":[{\"rule\":\"cum-trade\",\"text\":\"CumQty(14) "
      "rose from 0 to 1 without a trade\"},{\"rule\":\"status\",\"text\":\"OrdStatus(39) New with "
      "CumQty(14) 1\"}]}]}\n"
      "]}\n");
}

}  // namespace
}  // namespace fixdrill::report
