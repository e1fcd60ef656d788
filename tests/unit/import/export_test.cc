// import(export(x)) = x: messages, times, sessions, directions, and what is no message.
#include <gmock/gmock.h>

#include "fix/value.h"
#include "import/export_line.h"
#include "import/log_source.h"
#include "log_text.h"
#include "support/fake_source.h"

namespace fixdrill::test {
namespace {

using testing::ElementsAre;

std::string exported(record::MessageSource& source) {
  std::string text;
  imports::SessionWords words;
  for (auto next = source.next(); next && *next; next = source.next()) {
    const std::int64_t session = (*next)->session_id;
    text += imports::export_line(**next, words.of(session, source.session(session)));
  }
  return text;
}

/// All that an export keeps.
std::vector<std::string> kept(record::MessageSource& source) {
  std::vector<std::string> lines;
  for (auto next = source.next(); next && *next; next = source.next()) {
    const record::MessageView& view = **next;
    const auto* session = source.session(view.session_id);
    lines.push_back(fmt::format(
        "{} {} {} {} {}{}", fix::iso_time(view.time.wall_ns, 9),
        session ? fmt::format("{} {} {} {} {}", view.session_id, session->alias,
                              session->begin_string, session->sender, session->target)
                : "-",
        view.direction == record::Direction::in ? "in" : "out", static_cast<int>(view.kind),
        printable(view.raw), view.masked ? fmt::format(" masked {}", view.sum_ok) : ""));
  }
  return lines;
}

FakeSource conversation() {
  FakeSource source;
  const auto whole = [](std::string_view body) { return message(body); };
  source.out(whole("35=A|49=BRK1|56=EXCH|34=1|"));
  source.in(whole("35=A|49=EXCH|56=BRK1|34=1|"));
  source.in("GET / \"HTTP\"\n\\x");
  source.messages.back().kind = record::MessageKind::junk;
  source.out("8=FIX.4.4|9=5|35=0|10=000|");
  source.messages.back().kind = record::MessageKind::garbled;
  source.in(whole("35=B|49=EXCH|56=BRK1|34=2|95=3|96=a\nb|"));
  source.in("8=FIX.4.4|9=70|35=8|49=EX");
  source.messages.back().kind = record::MessageKind::partial;
  return source;
}

TEST(Export, Lines) {
  FakeSource source = conversation();
  EXPECT_EQ(replaced(exported(source), "\x01", "|"),
            "20251124-16:00:00.001000000 OE out 8=FIX.4.4|9=26|35=A|49=BRK1|56=EXCH|34=1|10=073|\n"
            "20251124-16:00:00.002000000 OE in 8=FIX.4.4|9=26|35=A|49=EXCH|56=BRK1|34=1|10=073|\n"
            "20251124-16:00:00.003000000 OE in junk \"GET / \\x22HTTP\\x22\\x0a\\x5cx\"\n"
            "20251124-16:00:00.004000000 OE out garbled "
            "\"8=FIX.4.4\\x019=5\\x0135=0\\x0110=000\\x01\"\n"
            "20251124-16:00:00.005000000 OE in "
            "8=FIX.4.4|9=38|35=B|49=EXCH|56=BRK1|34=2|95=3|96=a\nb|10=167|\n"
            "20251124-16:00:00.006000000 OE in partial "
            "\"8=FIX.4.4\\x019=70\\x0135=8\\x0149=EX\"\n");
}

TEST(Export, ImportReadsBackARecording) {
  FakeSource source = conversation();
  const LogFolder folder;
  auto back = imports::open_log(folder.write(exported(source)));
  FakeSource again = conversation();
  EXPECT_EQ(kept(**back), kept(again));
}

/// Both sides of a conversation, and a second session of the first side, in one recording.
FakeSource both_sides() {
  FakeSource source;
  source.sessions.push_back({"EX", "acceptor", "FIX.4.4", "EXCH", "BRK1", "", "wire"});
  source.sessions.push_back({"OE", "initiator", "FIX.4.4", "BRK1", "EXCH", "", "wire"});
  const std::string ours = message("35=A|49=BRK1|56=EXCH|34=1|");
  const std::string theirs = message("35=A|49=EXCH|56=BRK1|34=1|");
  for (const std::int64_t session : {1, 3}) {
    source.out(ours).messages.back().session_id = session;
    source.in(ours).messages.back().session_id = 2;
    source.out(theirs).messages.back().session_id = 2;
    source.in(theirs).messages.back().session_id = session;
    source.in("junk\n").messages.back().session_id = session;
    source.messages.back().kind = record::MessageKind::junk;
  }
  return source;
}

std::vector<std::string> read_back(const std::string& text) {
  const LogFolder folder;
  auto back = imports::open_log(folder.write(text));
  return kept(**back);
}

TEST(Export, SessionsOfTheSameCompIdsStayApart) {
  FakeSource source = both_sides();
  FakeSource again = both_sides();
  const std::string text = exported(source);
  EXPECT_NE(text.find(" OE out 8="), std::string::npos);
  EXPECT_NE(text.find(" EX in 8="), std::string::npos);
  EXPECT_NE(text.find(" OE#2 in junk "), std::string::npos);
  EXPECT_EQ(read_back(text), kept(again));
}

TEST(Export, AnAliasThatLooksNumberedIsItselfAgain) {
  const auto named = [] {
    FakeSource source;
    source.sessions[0].alias = "OE#2";
    source.out(message("35=0|49=BRK1|56=EXCH|34=1|"));
    return source;
  };
  FakeSource source = named();
  FakeSource again = named();
  const std::string text = exported(source);
  EXPECT_NE(text.find(" OE#2#1 out "), std::string::npos);
  EXPECT_EQ(read_back(text), kept(again));
}

FakeSource with_masked() {
  FakeSource source;
  const std::string logon =
      replaced(message("35=A|49=BRK1|56=EXCH|34=1|554=secret|"), "secret", "******");
  source.out(logon).messages.back().masked = true;
  source.out(logon).messages.back().masked = true;
  source.messages.back().sum_ok = false;
  source.in("8=FIX.4.4|9=5|554=***|10=000|").messages.back().masked = true;
  source.messages.back().kind = record::MessageKind::garbled;
  return source;
}

TEST(Export, MaskedStaysMasked) {
  FakeSource source = with_masked();
  FakeSource again = with_masked();
  const std::string text = exported(source);
  EXPECT_NE(text.find(" OE out masked 8=FIX"), std::string::npos);
  EXPECT_NE(text.find(" OE out masked wrong-sum 8=FIX"), std::string::npos);
  EXPECT_NE(text.find(" OE in masked garbled \"8=FIX"), std::string::npos);
  EXPECT_EQ(read_back(text), kept(again));
}

TEST(Export, TimesAreUtcWhateverSendingTimeSays) {
  const auto hours_ahead = [] {
    FakeSource source;
    for (int i = 0; i < 3; ++i)
      source.out(message("35=0|49=BRK1|56=EXCH|34=1|52=20251124-21:00:00.000|"));
    return source;
  };
  FakeSource source = hours_ahead();
  FakeSource again = hours_ahead();
  EXPECT_EQ(read_back(exported(source)), kept(again));
}

TEST(Export, WrongCompIdsStayInTheirSession) {
  const auto wrong = [] {
    FakeSource source;
    source.out(message("35=A|49=BRK1|56=EXCH|34=1|"));
    source.in(message("35=5|49=WHO|56=BRK1|34=1|"));
    source.out(message("35=0|34=2|"));
    return source;
  };
  FakeSource source = wrong();
  FakeSource again = wrong();
  EXPECT_EQ(read_back(exported(source)), kept(again));
}

TEST(Export, ImportReadsBackALog) {
  const LogFolder folder;
  const std::string text = "started \"x\"\n\n2026-11-28 10:00:00,001 RCV " +
                           message("35=A|49=EXCH|56=BRK1|34=1|") + "\n10:00 SND " +
                           message("35=A|49=BRK1|56=EXCH|34=1|52=20261128-10:00:00|") +
                           "\ncut 8=FIX.4.4\x01"
                           "9=30\x01"
                           "35=0\n8=FIXED\n";
  const std::string log = folder.write(text);
  auto source = imports::open_log(log);
  const std::string once = exported(**source);
  auto back = imports::open_log(folder.write(once, "export.log"));
  auto again = imports::open_log(log);
  EXPECT_EQ(kept(**back), kept(**again));
  auto twice = imports::open_log(folder.path("export.log"));
  EXPECT_EQ(exported(**twice), once);
}

}  // namespace
}  // namespace fixdrill::test
