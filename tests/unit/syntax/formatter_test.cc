#include "syntax/formatter.h"

#include <gtest/gtest.h>

#include "unit/syntax/parsing.h"

namespace fixdrill::syntax::testing {
namespace {

std::string formatted(const std::string& text) {
  const Parsed all = parsed(text);
  return all.diagnostics.empty() ? format(all.file) : render(all.diagnostics);
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  for (const Token& token : parsed(text).file.tokens) words.emplace_back(token.span.text());
  return words;
}

const char* const kTidy = R"(drill 1
session OE initiator                      # host, CompIDs, dictionary: from the profile
param symbol = MSFT

@id OE-001
@tags smoke, order-entry
scenario "Limit buy is acknowledged, then filled" {
  send NewOrderSingle as nos {
    ClOrdID = ${uid()} | Symbol = ${symbol} | Side = Buy | OrderQty = 100
    OrdType = Limit | Price = 10.25 | TransactTime = ${now()}   # 40 = 2 is the same
  }
  expect ExecutionReport as ack within 2s {
    OrderID = * | !Text                   # present; absent
    NoPartyIDs [
      { PartyID = FIRM1 }
      { PartyID = FIRM2 | NoPartySubIDs [ { 523 = x } ] }
    ]
    NoLegs[1].LegPrice in 1 .. 2 | 40 not in (Limit, Market) | 60 = ${now()} +- 5s -> at
  }
  OE: expect 35=8|150=F| within 5s        # pasted

  # alone
  check -ack.LastQty < len("x") + (2 - 1) and ack.X[1].Y = 2
  set auto (heartbeat, resend)
}
)";

TEST(Formatter, LeavesATidyFileAlone) { EXPECT_EQ(formatted(kTidy), kTidy); }

TEST(Formatter, LaysOutSimulators) {
  const std::string tidy =
      "simulator EXCH acceptor {\n"
      "  store orders                            # by ClOrdID\n\n"
      "  rule \"late\" when NewOrderSingle { Account = SLOW } where msg.OrderQty > 1 once then {\n"
      "    put orders[msg.ClOrdID] = msg\n"
      "    reply after 250ms News like orders[msg.ClOrdID] { Headline = x }\n"
      "  }\n"
      "  rule when 35=D|55=X| then { drop }\n"
      "  rule otherwise { disconnect }\n"
      "}\n";
  EXPECT_EQ(formatted(tidy), tidy);
  EXPECT_EQ(
      formatted(
          "simulator  E   acceptor{\nstore a\n  rule when News{148=x}then{put a [ 1 ]=msg}\n}"),
      "simulator E acceptor {\n  store a\n  rule when News { 148 = x } then { put a[1] = msg }\n"
      "}\n");
}

TEST(Formatter, LaysOutAnew) {
  EXPECT_EQ(formatted("\n\n  session W initiator wire{auto=heartbeat ,testrequest}\r\n\n\n\n"
                      "scenario \"s\"{\n\n    W :send D{54=1|55= A  B\n\t40=2   }# end\n"
                      "check ( a+b )*2>=-c\n\n}\n\n"),
            "session W initiator wire { auto = heartbeat, testrequest }\n\n"
            "scenario \"s\" {\n  W: send D { 54 = 1 | 55 = A  B\n    40 = 2 } # end\n"
            "  check (a + b) * 2 >= -c\n}\n");
}

TEST(Formatter, KeepsEveryTokenAndSettlesAtOnce) {
  const std::string texts[] = {
      kTidy,
      "scenario \"s\" { send D{1=a#b|2=\"#\"|3=x} }\n",
      "scenario \"s\" {\n send 06:00:01 OUT 8=FIX.4.4|35=0|10=001| as x#c\n#d\n}\n# end",
      "scenario \"s\" {\nexpect 8{37=*|!58|44?=${a  +  b}|58~/a  b/i->t}\nsync}\n",
      "setup{}\nteardown{\n\n#only\n\n}\n",
      "scenario \"s\" { expect 8 { 453[{448=A|802[{523=x}]}{448=B}] } }\n",
  };
  for (const std::string& text : texts) {
    const std::string once = formatted(text);
    EXPECT_EQ(formatted(once), once);
    EXPECT_EQ(words_of(once), words_of(text));
  }
}

TEST(Formatter, EmptyFile) {
  EXPECT_EQ(formatted(""), "");
  EXPECT_EQ(formatted("\n\n"), "");
}

}  // namespace
}  // namespace fixdrill::syntax::testing
