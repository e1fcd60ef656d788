#include "fix/validate.h"

#include "unit/fix/validating.h"

namespace fixdrill::fix {
namespace {

TEST(Validate, FindsNothingInGoodMessages) {
  expect_everywhere(heartbeat(), "");
  expect_of_orders("", "");
  expect_everywhere(heartbeat("112=T|"), "");
}

TEST(Validate, HeaderFieldsMayStandInAnyOrderBehindMsgType) {
  expect_everywhere("35=0|56=EXCH|43=N|52=20261122-06:00:00|57=X|49=BRK|34=2|", "");
  EXPECT_EQ(found_in("FIX44", "34=2|35=0|49=BRK|52=20261122-06:00:00|56=EXCH|"),
            "14 35 Tag specified out of required order: MsgType(35)\n");
}

TEST(Validate, Case2qUnknownMsgType) {
  expect_everywhere("35=U7|9=x|", "11 0 Invalid MsgType: MsgType(35)=U7\n");
  EXPECT_EQ(found_in("FIX40", "35=AE|"), "11 0 Invalid MsgType: MsgType(35)=AE\n");
  EXPECT_EQ(found_in("FIX44", "35=|34=2|"), "4 35 Tag specified without a value: MsgType(35)\n");
  EXPECT_EQ(found_in("FIX44", "34=2|"), "1 35 Required tag missing: MsgType(35)\n");
  EXPECT_EQ(told(validate(Message(), *spec("FIX44"))), "1 35 Required tag missing: MsgType(35)\n");
}

TEST(Validate, Case14aUndefinedTag) {
  expect_everywhere(heartbeat("4999=HI|"), "0 4999 Invalid tag number: 4999\n");
  expect_everywhere(heartbeat("5000=HI|20001=HI|5000=HI|"), "");
  expect_everywhere(heartbeat("5000=|"), "4 5000 Tag specified without a value: tag 5000\n");
  const ValidateOptions none{false};
  EXPECT_EQ(found_in("FIX44", heartbeat("5000=HI|"), none), "0 5000 Invalid tag number: 5000\n");
  EXPECT_EQ(found_in("FIX42", heartbeat("999=HI|")), "0 999 Invalid tag number: 999\n");
}

TEST(Validate, Case14aWhatIsNoTag) {
  expect_everywhere(heartbeat("0=HI|"), "0 0 Invalid tag number: 0=HI\n");
  expect_everywhere(heartbeat("-1=HI|"), "0 -1 Invalid tag number: -1=HI\n");
  EXPECT_EQ(found_in("FIX44", heartbeat("x=HI|")), "0 0 Invalid tag number: x=HI\n");
  EXPECT_EQ(found_in("FIX44", heartbeat("=HI|")), "0 0 Invalid tag number: =HI\n");
  EXPECT_EQ(found_in("FIX44", heartbeat("55x=HI|")), "0 0 Invalid tag number: 55x=HI\n");
  EXPECT_EQ(found_in("FIX44", heartbeat("99999999999=HI|")),
            "0 0 Invalid tag number: 99999999999=HI\n");
  EXPECT_EQ(found_in("FIX44", heartbeat("-=" + std::string(60, 'x') + "|")),
            "0 0 Invalid tag number: -=" + std::string(38, 'x') + "\n");
}

TEST(Validate, Case14bRequiredTagMissing) {
  expect_everywhere("35=0|34=2|49=BRK|52=20261122-06:00:00|",
                    "1 56 Required tag missing: TargetCompID(56)\n");
  EXPECT_EQ(
      found_in("FIX42", fmt::format("35=D|{}11=A|21=1|54=1|60=20261122-06:00:00|40=1|", kHeader)),
      "1 55 Required tag missing: Symbol(55)\n");
  EXPECT_EQ(found_in("FIX40", fmt::format("35=D|{}11=A|21=1|55=X|54=1|40=1|", kHeader)),
            "1 38 Required tag missing: OrderQty(38)\n");
  EXPECT_EQ(told(validate(Message(pipe_to_soh("8=FIX.4.4|9=5|" + heartbeat())), *spec("FIX44"))),
            "1 10 Required tag missing: CheckSum(10)\n");
}

TEST(Validate, MissingTagsComeLastInTheOrderOfTheDictionary) {
  EXPECT_EQ(found_in("FIX44", "35=D|56=E|34=2|52=20261122-06:00:00|40=1|55=|453=1|447=D|54=1|"),
            "4 55 Tag specified without a value: Symbol(55)\n"
            "15 447 Repeating group fields out of order: PartyIDSource(447) begins an entry, not "
            "PartyID(448)\n"
            "1 49 Required tag missing: SenderCompID(49)\n"
            "1 11 Required tag missing: ClOrdID(11)\n"
            "1 60 Required tag missing: TransactTime(60)\n");
}

TEST(Validate, Case14bRequiredTagOfAnEntryMissing) {
  const std::string list = fmt::format("35=E|{}66=L|394=3|68=2|", kHeader);
  EXPECT_EQ(found_in("FIX44", list + "73=2|11=A|67=1|54=1|11=B|67=2|54=1|"), "");
  EXPECT_EQ(found_in("FIX44", list + "73=2|11=A|67=1|54=1|11=B|54=1|"),
            "1 67 Required tag missing: ListSeqNo(67) in entry 2 of NoOrders(73)\n");
}

TEST(Validate, Case14cTagOfOtherMessages) {
  expect_everywhere(heartbeat("55=MSFT|"),
                    "2 55 Tag not defined for this message type: Symbol(55)\n");
  expect_everywhere(heartbeat("58=hello|"),
                    "2 58 Tag not defined for this message type: Text(58)\n");
}

TEST(Validate, Case14dTagWithoutValue) {
  expect_everywhere("35=0|34=2|49=BRK|52=20261122-06:00:00|56=|",
                    "4 56 Tag specified without a value: TargetCompID(56)\n");
  expect_of_orders("58=|", "4 58 Tag specified without a value: Text(58)\n");
  expect_of_orders("58= |", "");
}

TEST(Validate, Case14eUnknownCode) {
  const std::string start = fmt::format("35=D|{}11=A|55=MSFT|54=1|38=100|40=1|", kHeader);
  for (const std::string_view version : {"FIX42", "FIX44"}) {
    const std::string_view time = "60=20261122-06:00:00|";
    EXPECT_EQ(found_in(version, fmt::format("{}{}21=4|", start, time)),
              "5 21 Value is incorrect (out of range) for this tag: HandlInst(21)=4\n");
    EXPECT_EQ(found_in(version, fmt::format("{}{}21=3|", start, time)), "");
  }
  expect_of_orders("59=~|",
                   "5 59 Value is incorrect (out of range) for this tag: TimeInForce(59)=~\n");
  expect_of_orders("59=1|", "");
  EXPECT_EQ(found_in("FIX44", order("167=BOO|")),
            "5 167 Value is incorrect (out of range) for this tag: SecurityType(167)=BOO\n");
  EXPECT_EQ(found_in("FIX44", order("167=CS|")), "");
}

TEST(Validate, Case14eListsOfCodes) {
  expect_of_orders("18=1 G|", "");
  for (const std::string_view bad : {"1 ", " 1", "1  G", "1 ~", "1G"})
    expect_of_orders(
        fmt::format("18={}|", bad),
        fmt::format("5 18 Value is incorrect (out of range) for this tag: ExecInst(18)={}\n", bad));
}

// Empty: the value is fine.
std::string wrong_format(std::string_view version, std::string_view field) {
  const std::string found = found_in(version, order(fmt::format("{}|", field), version));
  if (found.empty()) return "";
  return found.starts_with("6 ") && found.find('\n') + 1 == found.size() ? "6" : found;
}

struct Format {
  std::string_view tag;
  std::vector<std::string_view> good;
  std::vector<std::string_view> bad;
};

void expect_formats(std::string_view version, const std::vector<Format>& formats) {
  for (const Format& format : formats) {
    for (const std::string_view value : format.good)
      EXPECT_EQ(wrong_format(version, fmt::format("{}={}", format.tag, value)), "")
          << format.tag << '=' << value;
    for (const std::string_view value : format.bad)
      EXPECT_EQ(wrong_format(version, fmt::format("{}={}", format.tag, value)), "6")
          << format.tag << '=' << value;
  }
}

TEST(Validate, Case14fNumbers) {
  expect_formats("FIX44",
                 {{"44",
                   {"1", "-1", "002000.00", ".5", "5.", "0"},
                   {"+1", "1e5", "1,5", ".", "-", "--1", "1.2.3", " 1"}},
                  {"110", {"100", "0.5"}, {"x", "-x"}},
                  {"226", {"0", "-7", "007", "99999999999999999999"}, {"+7", "7.0", "-", "7x"}}});
  expect_formats("FIX42", {{"205", {"1", "01", "31"}, {"0", "00", "32", "-1", "001", "1x"}}});
  const std::string reset = fmt::format("35=4|{}36=", kHeader);
  EXPECT_EQ(found_in("FIX44", reset + "0|"), "");
  EXPECT_EQ(found_in("FIX44", reset + "-7|"),
            "6 36 Incorrect data format for value: NewSeqNo(36)=-7\n");
  EXPECT_EQ(found_in("FIX44", order("99=+1|")),
            "6 99 Incorrect data format for value: StopPx(99)=+1\n");
}

TEST(Validate, Case14fCharactersAndFlags) {
  expect_formats("FIX44", {{"377", {"Y", "N"}, {"y", "1", "YES", "YN"}}});
  EXPECT_EQ(found_in("FIX44", order("77=OO|")),
            "6 77 Incorrect data format for value: PositionEffect(77)=OO\n");
  EXPECT_EQ(found_in("FIX44", order("77=O|")), "");
  const auto old = [](std::string_view more) { return found_in("FIX40", order(more, "FIX40")); };
  EXPECT_EQ(old("59=00|"),
            "5 59 Value is incorrect (out of range) for this tag: TimeInForce(59)=00\n");
}

TEST(Validate, Case14fTimesAndDates) {
  const std::vector<std::string_view> dates = {"20240229", "20000229", "99991231", "20261130"};
  const std::vector<std::string_view> no_dates = {"20230229", "21000229", "20261131", "20260001",
                                                  "20261301", "20260100", "2026112",  "202611222",
                                                  "2026-1-1", "2026112x"};
  expect_formats("FIX44", {{"64", dates, no_dates},
                           {"126",
                            {"20261122-06:00:00", "20261122-23:59:60", "20261122-06:00:00.123",
                             "20261122-06:00:00.123456", "20261122-06:00:00.123456789",
                             "20261122-06:00:00.123456789012"},
                            {"20261122", "20261122-", "20261122-24:00:00", "20261122-06:60:00",
                             "20261122-06:00:61", "20261122-06:00:00.", "20261122-06:00:00.12",
                             "20261122-06:00:00.12x", "20261122T06:00:00", "20260230-06:00:00",
                             "20261122-06:00", "20261122-06:00:00Z"}},
                           {"200",
                            {"202611", "20261122", "202611w1", "202611w5"},
                            {"202613", "2026", "20261131", "202611w0", "202611w6", "202611ww"}}});
  EXPECT_EQ(wrong_format("FIX40", "126=20261122-06:00:00"), "");
  EXPECT_EQ(wrong_format("FIX40", "126=20261122"), "6");
  EXPECT_EQ(wrong_format("FIX40", "64=20261131"), "6");
  const std::string book = fmt::format("35=W|{}55=X|268=1|269=0|270=1|", kHeader);
  EXPECT_EQ(found_in("FIX44", book + "273=06:00:00|"), "");
  EXPECT_EQ(found_in("FIX44", book + "272=20261122|273=06:00:00.123|"), "");
  EXPECT_EQ(found_in("FIX44", book + "273=6:00:00|"),
            "6 273 Incorrect data format for value: MDEntryTime(273)=6:00:00\n");
  EXPECT_EQ(found_in("FIX44", book + "272=221126|"),
            "6 272 Incorrect data format for value: MDEntryDate(272)=221126\n");
}

TEST(Validate, Case14fCurrenciesCountriesAndExchanges) {
  expect_formats("FIX44", {{"15", {"EUR", "USDT"}, {"E R", " "}},
                           {"470", {"DE"}, {"D E"}},
                           {"100", {"XNAS", "2"}, {"X S"}}});
}

TEST(Validate, Case14gSectionsOutOfOrder) {
  for (const std::string_view version : {"FIX42", "FIX44", "FIXT11+FIX50SP2"}) {
    const std::string_view body = "11=A|21=1|54=1|60=20261122-06:00:00|38=100|40=1|";
    EXPECT_EQ(found_in(version, fmt::format("35=D|55=MSFT|{}{}", kHeader, body)),
              "14 34 Tag specified out of required order: MsgSeqNum(34)\n");
    EXPECT_EQ(found_in(version, fmt::format("35=D|55=MSFT|{}{}", body, kHeader)),
              "14 34 Tag specified out of required order: MsgSeqNum(34)\n");
  }
  expect_of_orders("43=N|58=x|", "14 43 Tag specified out of required order: PossDupFlag(43)\n");
  expect_of_orders("93=1|89=s|58=x|", "14 58 Tag specified out of required order: Text(58)\n");
  expect_of_orders("10=000|58=x|", "14 10 Tag specified out of required order: CheckSum(10)\n");
  expect_of_orders("58=x|93=1|89=s|", "");
}

TEST(Validate, Case14hTagRepeated) {
  expect_of_orders("40=1|", "13 40 Tag appears more than once: OrdType(40)\n");
  expect_of_orders("34=2|", "13 34 Tag appears more than once: MsgSeqNum(34)\n");
  expect_of_orders("93=1|89=s|93=1|", "13 93 Tag appears more than once: SignatureLength(93)\n");
}

TEST(Validate, Case14kDelimiterInAValue) {
  expect_of_orders("58=a|b|", "17 58 Non-data value includes field delimiter (SOH): Text(58)\n");
  expect_of_orders("58=a|b|c||", "17 58 Non-data value includes field delimiter (SOH): Text(58)\n");
  expect_of_orders("58=a||", "17 58 Non-data value includes field delimiter (SOH): Text(58)\n");
  EXPECT_EQ(found_in("FIX44", order("354=3|355=a|b|")), "");
  EXPECT_EQ(found_in("FIX44", order("0=x|b|")),
            "0 0 Invalid tag number: 0=x\n"
            "17 0 Non-data value includes field delimiter (SOH): b\n");
}

TEST(Validate, DataFieldsAreAsLongAsTheySay) {
  EXPECT_EQ(found_in("FIX44", order("354=3|355=abc|")), "");
  EXPECT_EQ(found_in("FIX44", order("354=4|355=abc|")),
            "5 354 Value is incorrect (out of range) for this tag: EncodedTextLen(354)=4, but "
            "EncodedText(355) has 3 bytes\n");
  EXPECT_EQ(found_in("FIX44", order("354=x|355=abc|")),
            "6 354 Incorrect data format for value: EncodedTextLen(354)=x\n");
  EXPECT_EQ(found_in("FIX44", order("355=abc|")),
            "1 354 Required tag missing: EncodedTextLen(354)\n");
  EXPECT_EQ(found_in("FIX44", order("354=3|58=x|355=abc|")),
            "14 355 Tag specified out of required order: EncodedText(355)\n");
  EXPECT_EQ(found_in("FIX44", order("354=0|355=|")),
            "4 355 Tag specified without a value: EncodedText(355)\n");
}

TEST(Validate, ATextNeverHasADelimiter) {
  const Message message(seal("FIX.4.4", pipe_to_soh(order()) + "354=3\x01" + "355=a\x01" + "b\x01" +
                                            "9\x02\xff\x1b=x\x01"));
  EXPECT_EQ(told(validate(message, *spec("FIX44"))),
            "0 0 Invalid tag number: 9\\x02\xEF\xBF\xBD\\x1b=x\n");
}

}  // namespace
}  // namespace fixdrill::fix
