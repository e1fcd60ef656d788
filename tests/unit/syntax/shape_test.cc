// `with …`, mute and logon: what they become, how they are laid out, what is said of mistakes.
#include "syntax/shape.h"

#include <gtest/gtest.h>

#include "syntax/formatter.h"
#include "unit/syntax/parsing.h"

namespace fixdrill::syntax::testing {
namespace {

std::string word(const Fault& fault) {
  static const char* const kWords[] = {
      "bad checksum", "short checksum", "long checksum", "bad length", "no checksum", "no length",
      "duplicate",    "order",          "swapped",       "garbled",    "truncated"};
  std::string out = kWords[static_cast<std::size_t>(fault.kind)];
  if (fault.number) out += " " + std::string(fault.number->span.text());
  for (const FieldRef& ref : fault.fields)
    out += " " + (ref.name.empty() ? std::to_string(ref.tag) : ref.name);
  return out;
}
std::string word(const SeqNum& seq_num) {
  return "seqnum " + std::string(seq_num.number.span.text());
}
std::string word(const Split& split) {
  std::string out = "split";
  for (const Value& offset : split.offsets) out += " " + std::string(offset.span.text());
  return out + (split.every ? " every " + std::string(split.every->span.text()) : "");
}
std::string word(const Joined&) { return "joined"; }

/// The parts of the shape of one send, as they were understood.
std::string shape(const std::string& message) {
  const OneStep send("send " + message);
  if (!send.clean()) return render(send.all.diagnostics);
  std::string out;
  for (const Shape::Part& part : send.as<Send>().message.shape->parts) {
    const std::string one = std::visit([](const auto& what) { return word(what); }, part.what);
    EXPECT_EQ(part.span.text(), one);
    out += (out.empty() ? "" : ", ") + one;
  }
  return out;
}

TEST(Shapes, AreReadWhereverModifiersStand) {
  for (const char* text : {"bad checksum",
                           "bad length",
                           "bad length +7",
                           "bad length -3",
                           "bad length 5",
                           "bad length ${n}",
                           "no checksum",
                           "no length",
                           "seqnum 5",
                           "seqnum +3",
                           "seqnum -1",
                           "seqnum ${next_out + 1}",
                           "duplicate 55",
                           "duplicate Symbol",
                           "swapped 52 58",
                           "swapped SendingTime Text",
                           "short checksum",
                           "long checksum",
                           "truncated -1",
                           "order 35 8 9",
                           "garbled",
                           "truncated 20",
                           "split 12 40 every 100ms",
                           "split 12",
                           "split ${a} ${b}",
                           "joined",
                           "garbled, seqnum +1, split 5 every ${t}, joined"}) {
    EXPECT_EQ(shape("D with " + std::string(text)), text);
    EXPECT_EQ(shape("D as x with " + std::string(text) + " { 55 = A }"), text);
    EXPECT_EQ(shape("35=D|55=A| with " + std::string(text) + " as x"), text);
    EXPECT_EQ(shape("with " + std::string(text) + " News { 148 = x }"), text);
  }
}

TEST(Shapes, AreLaidOutAtOnceForAll) {
  const std::string tidy =
      "scenario \"s\" {\n"
      "  send D with bad length +7, seqnum -1, split 12 ${n} every 100ms, joined { 55 = A }\n"
      "  send D with order 35 8 9 as x { 55 = A }\n"
      "  mute\n"
      "  OE: unmute\n"
      "  logon { 9001 = Y } as la within 5s\n"
      "  logon { 554 = ${wrong(\"x\")} } refused { Text ~ /password/i } within 5s\n"
      "}\n";
  EXPECT_EQ(format(parsed(tidy).file), tidy);
  const Parsed loose =
      parsed("scenario \"s\"{\nsend D   with bad  length   +7 ,seqnum  -1 { 55=A }\n}\n");
  EXPECT_EQ(format(loose.file),
            "scenario \"s\" {\n  send D with bad length +7, seqnum -1 { 55 = A }\n}\n");
}

TEST(Shapes, MistakesSaySoInPlace) {
  EXPECT_EQ(step_errors("  send D with bad chksum"),
            "t.drill:3:19: error: 'bad' takes 'checksum' or 'length'; did you mean 'checksum'?\n"
            "3 |   send D with bad chksum\n"
            "  |                   ^^^^^^");
  EXPECT_EQ(step_errors("  send D with garbeld"),
            "t.drill:3:15: error: 'with' knows bad checksum, short checksum, long checksum, no "
            "checksum, bad length, no length, seqnum, duplicate, order, swapped, garbled, "
            "truncated, split, joined, not 'garbeld'; did you mean 'garbled'?\n"
            "3 |   send D with garbeld\n"
            "  |               ^^^^^^^");
  EXPECT_EQ(step_errors("  send D with { 55 = A }"),
            "t.drill:3:15: error: expected what is to be wrong, as in 'with bad checksum', found "
            "'{'\n"
            "3 |   send D with { 55 = A }\n"
            "  |               ^");
  EXPECT_EQ(step_errors("  send D with truncated"),
            "t.drill:3:24: error: expected a number or '${', found the end of the line\n"
            "3 |   send D with truncated\n"
            "  |                        ^");
  EXPECT_EQ(step_errors("  send D with order Symbol"),
            "t.drill:3:21: error: expected a tag, found 'Symbol'\n"
            "3 |   send D with order Symbol\n"
            "  |                     ^^^^^^");
  EXPECT_EQ(step_errors("  send D with garbled with joined"),
            "t.drill:3:23: error: 'with' is given twice\n"
            "3 |   send D with garbled with joined\n"
            "  |                       ^^^^");
}

TEST(LogonStep, TakesItsPartsInAnyOrder) {
  for (const char* text : {"logon { 9001 = Y } as la within 5s refused { Text = x }",
                           "logon within 5s as la { 9001 = Y } refused { Text = x }",
                           "logon { 9001 = Y } refused within 5s { Text = x } as la"}) {
    const OneStep step(text);
    ASSERT_TRUE(step.clean()) << text << render(step.all.diagnostics);
    const auto& logon = step.as<Logon>();
    ASSERT_TRUE(logon.fields && logon.as && logon.within && logon.refused && logon.refusal);
    EXPECT_EQ((*logon.fields)[0].place.parts[0].ref.tag, 9001);
    EXPECT_EQ((*logon.refusal)[0].place.parts[0].ref.name, "Text");
    EXPECT_EQ(logon.refused->text(), "refused");
  }
  const OneStep bare("logon refused { Text = x }");
  EXPECT_FALSE(bare.as<Logon>().fields);
  EXPECT_TRUE(bare.as<Logon>().refusal);
}

TEST(LogonStep, MistakesSaySoInPlace) {
  EXPECT_EQ(step_errors("  logon { 98 = 0 } { 108 = 30 }"),
            "t.drill:3:20: error: a second block of fields\n"
            "3 |   logon { 98 = 0 } { 108 = 30 }\n"
            "  |                    ^");
  EXPECT_EQ(step_errors("  logon as a as b"),
            "t.drill:3:14: error: 'as' is given twice\n"
            "3 |   logon as a as b\n"
            "  |              ^^");
}

}  // namespace
}  // namespace fixdrill::syntax::testing
