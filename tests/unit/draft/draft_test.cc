// Scenarios drafted from conversations.
#include "draft/draft.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/fake_source.h"

namespace fixdrill::draft {
namespace {

std::string from(const std::string& sender, const std::string& type, const std::string& body) {
  return fmt::format("8=FIX.4.4|9=1|35={}|49={}|56={}|34=1|52=20251124-16:00:00|{}10=0|", type,
                     sender, sender == "BRK1" ? "EXCH" : "BRK1", body);
}

fix::DictionaryPtr fix44(const record::SessionRow&) {
  static const auto loaded = fix::Dictionary::load({FIXDRILL_SOURCE_DIR "/fixspecs/FIX44.xml"});
  return *loaded;
}

class DraftTest : public testing::Test {
 protected:
  void ours(const std::string& type, const std::string& body) {
    source.out(from("BRK1", type, body));
  }
  void theirs(const std::string& type, const std::string& body) {
    source.in(from("EXCH", type, body));
  }
  void order(const std::string& id,
             const std::string& more = "55=MSFT|54=1|38=100|40=2|44=10.25|") {
    ours("D", fmt::format("11={}|{}60=20251124-16:00:00.000|", id, more));
  }
  void report(const std::string& id, const std::string& more) {
    theirs("8",
           fmt::format("37=O-{0}|11={0}|17=E-{0}-{2}|55=MSFT|54=1|{1}60=20251124-16:00:00.000|", id,
                       more, ++reports_));
  }
  /// What is drafted, from the first scenario on.
  std::string drafted(const DraftOptions& options = {}) {
    const auto made = draft(source, fix44, options);
    if (!made) return made.error().text;
    const std::size_t begin = made->text.find("\n\n", made->text.find("session "));
    return made->text.substr(begin + 2);
  }

  test::FakeSource source;

 private:
  int reports_ = 0;
};

TEST_F(DraftTest, IdsAndTimesAreExpressionsAndEchoesAreLeftOut) {
  ours("A", "98=0|108=30|");
  theirs("A", "98=0|108=30|");
  order("A-1");
  report("A-1", "150=0|39=0|151=100|14=0|6=0|");
  theirs("0", "");
  ours("F", "11=A-2|41=A-1|37=O-A-1|55=MSFT|54=1|60=20251124-16:00:00.000|");
  theirs("8", "37=O-A-1|11=A-2|41=A-1|17=E9|150=4|39=4|151=0|14=0|6=0|58=by user|");
  EXPECT_EQ(drafted(), R"(@id DRAFT-001
scenario "Limit buy MSFT: New, OrderCancelRequest, Canceled" {
  send NewOrderSingle as nos {
    ClOrdID = ${uid()} | Symbol = MSFT | Side = Buy | OrderQty = 100 | OrdType = Limit
    Price = 10.25 | TransactTime = ${now()}
  }
  expect ExecutionReport as ack {
    OrderID = * | ClOrdID = ${nos.ClOrdID} | ExecType = New | OrdStatus = New | LeavesQty = 100
    CumQty = 0 | AvgPx = 0
  }
  send OrderCancelRequest as cancel {
    ClOrdID = ${uid()} | OrigClOrdID = ${nos.ClOrdID} | OrderID = ${ack.OrderID} | Symbol = MSFT
    Side = Buy | TransactTime = ${now()}
  }
  expect ExecutionReport {
    OrderID = ${ack.OrderID} | ClOrdID = ${cancel.ClOrdID} | OrigClOrdID = ${nos.ClOrdID}
    ExecType = Canceled | OrdStatus = Canceled | LeavesQty = 0 | CumQty = 0 | AvgPx = 0
    Text = "by user"
  }
}
)");
}

TEST_F(DraftTest, OneScenarioForEachKindOfFlow) {
  for (const char* id : {"A-1", "A-2", "A-3"}) {
    order(id);
    report(id, "150=0|39=0|151=100|");
  }
  order("A-4");
  report("A-4", "150=8|39=8|103=1|151=0|");
  const auto made = draft(source, fix44, {});
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(made->scenarios, 2u);
  EXPECT_EQ(made->flows, 4u);
  EXPECT_NE(made->text.find("\n# 3 order flows went like this one\n@id DRAFT-001\n"),
            std::string::npos)
      << made->text;
  EXPECT_NE(made->text.find("OrdRejReason = UnknownSymbol"), std::string::npos) << made->text;
}

TEST_F(DraftTest, OneOrderByAnyOfItsIds) {
  order("A-1");
  report("A-1", "150=0|39=0|151=100|");
  order("A-2", "55=IBM|54=2|38=5|40=1|");
  theirs("8", "37=O-A-2|11=A-2|17=E-A-2|55=IBM|54=2|150=8|39=8|151=0|60=20251124-16:00:00.000|");
  const std::string one = drafted({"O-A-2"});
  EXPECT_NE(one.find("Symbol = IBM"), std::string::npos) << one;
  EXPECT_EQ(one.find("Symbol = MSFT"), std::string::npos) << one;
}

TEST_F(DraftTest, AnIdThatIsNotThere) {
  order("A-1");
  EXPECT_EQ(drafted({"A-9"}), "no message of fake.log has the id A-9");
}

TEST_F(DraftTest, WhatBeganBeforeIsLeftOut) {
  report("A-0", "150=F|39=2|32=100|31=10|151=0|");
  EXPECT_EQ(drafted(),
            "nothing in fake.log can be drafted: 1 order flows were left out, because nothing was "
            "sent in them or they began before");
}

TEST_F(DraftTest, OnlySessionTrafficIsNothingToDraftFrom) {
  ours("A", "98=0|108=30|");
  EXPECT_EQ(drafted(), "fake.log holds no application message, so there is nothing to draft from");
}

TEST_F(DraftTest, OrdersThatTradeWithEachOtherAreOneScenario) {
  order("B-1");
  report("B-1", "150=0|39=0|151=100|");
  order("S-1", "55=MSFT|54=2|38=100|40=2|44=10.25|");
  report("B-1", "150=F|39=2|31=10.25|32=100|151=0|");
  theirs("8", "37=O-S|11=S-1|17=E7|55=MSFT|54=2|150=F|39=2|31=10.25|32=100|151=0|");
  const auto made = draft(source, fix44, {});
  ASSERT_TRUE(made.ok()) << made.error().text;
  EXPECT_EQ(made->scenarios, 1u);
}

TEST_F(DraftTest, GroupsKeepTheirEntries) {
  order("A-1", "453=2|448=FIRM|447=D|452=1|448=DESK|447=D|452=24|55=MSFT|54=1|38=100|40=1|");
  const std::string text = drafted();
  EXPECT_NE(text.find("NoPartyIDs [ { PartyID = FIRM | PartyIDSource = "), std::string::npos)
      << text;
}

}  // namespace
}  // namespace fixdrill::draft
