"""new --from: every flow of a run of scenarios/orders is drafted, and every draft runs; what cannot be drafted says so."""
import re
import unittest

from world import ROOT, World, fix

PROFILE = ROOT / "scenarios/local.toml"


def logged(time, body, sender="BRK1", target="EXCH"):
    """A line of a QuickFIX log."""
    kind, rest = body.split("|", 1)
    stamp = f"20260105-{time}"
    return f"{stamp} : " + fix(f"{kind}|49={sender}|52={stamp}|56={target}|{rest}").decode() + "\n"


ONLY_SESSION = (logged("08:00:00.000", "35=A|34=1|98=0|108=30|")
                + logged("08:00:00.010", "35=A|34=1|98=0|108=30|", "EXCH", "BRK1"))
ONLY_INBOUND = ONLY_SESSION + logged(
    "08:00:01.000", "35=8|34=2|37=O-1|11=A-1|17=E-1|150=F|39=2|55=MSFT|54=1|38=100|32=100|31=10.20|151=0|14=100|6=10.20|",
    "EXCH", "BRK1")
ORDER = """drill 1
session OE initiator

scenario "One order" {
  send NewOrderSingle as nos {
    ClOrdID = ${uid()} | Symbol = MSFT | Side = Buy | OrderQty = 100 | OrdType = Limit | Price = 10.25
    TransactTime = ${now()}
  }
  expect ExecutionReport { ExecType = New }
  expect ExecutionReport { ExecType = Trade }
}
"""


class Drafts(World):
    def done(self, *arguments, code=0):
        got, out, err = self.start(*arguments).end()
        self.assertEqual(got, code, out + err)
        return out, err

    def run_on_simulator(self, db, *paths, code=0):
        return self.done("run", "-p", PROFILE, "--sim", "--virtual-time", "--db", db, "--", *paths, code=code)

    def record_orders(self):
        self.run_on_simulator("orders.db", ROOT / "scenarios/orders")

    def draft(self):
        return (self.folder / "draft.drill").read_text()

    def test_every_flow_of_the_shipped_order_scenarios(self):
        self.record_orders()
        _, err = self.done("new", "--from", "orders.db", "-o", "draft.drill")
        drafted = re.fullmatch(r"(\d+) scenarios from (\d+) order flows\n", err)
        self.assertTrue(drafted, err)   # nothing was left out
        self.assertGreater(int(drafted[1]), 60)
        self.done("check", "-p", PROFILE, "draft.drill")
        self.done("fmt", "--check", "draft.drill")
        out, _ = self.run_on_simulator("drafts.db", "draft.drill")
        self.assertIn(f"{drafted[1]} passed, 0 failed", out)
        # A draft of the run of the drafts goes on to run.
        self.done("new", "--from", "drafts.db", "-o", "again.drill")
        self.assertIn(" passed, 0 failed", self.run_on_simulator("again.db", "again.drill")[0])

    def test_both_ends_of_a_connection(self):
        self.run_on_simulator("ends.db", *sorted((ROOT / "scenarios/basics").glob("exchange*.drill")))
        _, err = self.done("new", "--from", "ends.db", "-o", "draft.drill")
        self.assertIn("order flows\n", err)
        self.assertIn(" passed, 0 failed", self.run_on_simulator("drafts.db", "draft.drill")[0])

    def test_an_open_order_does_not_meet_the_next_draft(self):
        rests = ORDER.replace("One order", "It rests").replace("10.25", "10.15").replace("  expect ExecutionReport { ExecType = Trade }\n", "")
        meets = ORDER.replace("drill 1\nsession OE initiator\n", "").replace("One order", "A sale, not filled").replace(
            "Side = Buy", "Side = Sell | TimeInForce = IOC").replace("10.25", "10.15").replace("Trade", "Canceled")
        self.write("rests.drill", rests)
        self.write("meets.drill", "drill 1\nsession OE initiator\n" + meets)
        self.done("run", "--sim", "--virtual-time", "--db", "a.db", "rests.drill", "meets.drill")
        self.done("new", "--from", "a.db", "-o", "draft.drill")
        self.assertIn("session OE initiator fresh ", self.draft())
        self.done("run", "--sim", "--virtual-time", "--db", "b.db", "draft.drill")
        self.done("run", "--against", "a.db", "--db", "c.db", "draft.drill")
        self.write("draft.drill", self.draft().replace(" fresh ", " "))
        out, _ = self.done("run", "--sim", "--virtual-time", "--db", "d.db", "draft.drill", code=1)
        self.assertIn("1 passed, 1 failed", out)

    def test_two_fresh_scenarios_of_one_recorded_connection(self):
        two = ORDER + ORDER.replace("drill 1\nsession OE initiator\n", "").replace("One order", "Another").replace("= 100", "= 50")
        self.write("two.drill", two)
        self.write("later.drill", ORDER.replace("= 100", "= 25"))    # on another connection
        self.done("run", "--sim", "--virtual-time", "--db", "a.db", "two.drill", "later.drill")
        self.write("fresh.drill", two.replace("initiator", "initiator fresh").replace("One", "First").replace("Another", "Then"))
        out, _ = self.done("run", "--against", "a.db", "--db", "b.db", "fresh.drill")
        self.assertIn("2 passed", out)

    def test_what_a_draft_keeps_matters(self):
        self.record_orders()
        self.done("new", "--from", "orders.db", "-o", "draft.drill")
        self.write("draft.drill", self.draft().replace("PossResend = Yes", "PossResend = No"))
        out, _ = self.run_on_simulator("drafts.db", "draft.drill", code=1)
        self.assertIn("1 failed", out)
        self.assertIn("expected nothing more on OE, but ExecutionReport came", out)

    def test_input_that_nothing_can_be_drafted_from(self):
        none = "so there is nothing to draft from"
        for text, said in (
                ("", f"a.log holds no FIX message, {none}"),
                ("Started\nListening on 9876\n", f"a.log holds no FIX message, {none}"),
                (ONLY_SESSION, f"a.log holds session messages only, 2 of them, {none}"),
                (ONLY_INBOUND, "nothing in a.log can be drafted: 1 order flow was left out, because nothing was sent in it "
                               "or it began before; --us COMPID says whose side is drafted")):
            self.write("a.log", text)
            out, err = self.done("new", "--from", "a.log", "--us", "BRK1", "-o", "draft.drill", code=2)
            self.assertEqual((out, err), ("", f"fixdrill: error: {said}\n"))
            self.assertFalse((self.folder / "draft.drill").exists())

    def test_a_recording_of_session_messages_only(self):
        self.write("idle.drill", 'drill 1\nsession OE initiator\n\nscenario "Idle" {\n  logon as answer\n  check answer.HeartBtInt > 0\n}\n')
        self.done("run", "--sim", "--virtual-time", "--db", "a.db", "idle.drill")
        _, err = self.done("new", "--from", "a.db", code=2)
        self.assertIn("a.db holds session messages only, ", err)

    def test_options(self):
        self.write("one.drill", ORDER)
        self.done("run", "--sim", "--virtual-time", "--db", "a.db", "one.drill")
        _, err = self.done("new", "--from", "a.db", "--order", "A-17", code=2)
        self.assertEqual(err, "fixdrill: error: no message of a.db has the id A-17\n")
        self.write("draft.drill", "mine")
        _, err = self.done("new", "--from", "a.db", "-o", "draft.drill", code=2)
        self.assertEqual(err, "fixdrill: error: draft.drill is there already; --force overwrites it; nothing was written\n")
        self.assertEqual(self.draft(), "mine")
        self.done("new", "--from", "a.db", "-o", "draft.drill", "--force")
        self.assertIn("scenario ", self.draft())
        _, err = self.done("new", "--from", "gone.db", code=2)
        self.assertEqual(err, "fixdrill: error: cannot read gone.db: No such file or directory\n")
        _, err = self.done("new", "--from", "a.db", "-o", "gone/draft.drill", code=3)
        self.assertEqual(err, "fixdrill: error: cannot write gone/draft.drill: No such file or directory\n")
        _, err = self.done("new", code=2)
        self.assertEqual(err, "fixdrill: error: new takes --from FILE; 'fixdrill new --help' shows how\n")


if __name__ == "__main__":
    unittest.main()
