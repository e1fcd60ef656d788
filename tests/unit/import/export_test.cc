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
  for (auto next = source.next(); next && *next; next = source.next())
    text += imports::export_line(**next, source.session((*next)->session_id));
  return text;
}

/// All that an export keeps.
std::vector<std::string> kept(record::MessageSource& source) {
  std::vector<std::string> lines;
  for (auto next = source.next(); next && *next; next = source.next()) {
    const record::MessageView& view = **next;
    const auto* session = source.session(view.session_id);
    lines.push_back(fmt::format(
        "{} {} {} {} {}", fix::iso_time(view.time.wall_ns, 9),
        session ? fmt::format("{} {} {} {}", session->alias, session->begin_string, session->sender,
                              session->target)
                : "-",
        view.direction == record::Direction::in ? "in" : "out", static_cast<int>(view.kind),
        printable(view.raw)));
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

TEST(Export, ImportReadsBackALog) {
  const LogFolder folder;
  const std::string text = "started \"x\"\n\n2026-11-28 10:00:00,001 RCV " +
                           message("35=A|49=EXCH|56=BRK1|34=1|") + "\n10:00 SND " +
                           message("35=A|49=BRK1|56=EXCH|34=1|52=20261128-10:00:00|") +
                           "\ncut 8=FIX.4.4\x01" "9=30\x01" "35=0\n8=FIXED\n";
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
