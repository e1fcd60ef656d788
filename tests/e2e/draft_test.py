"""new --from: every flow of a run of scenarios/orders is drafted, and every draft runs; what cannot be drafted says so."""
import re
import shutil
import unittest

from world import ROOT, World

ONLY_SESSION = ("20260105-08:00:00.000 : 8=FIX.4.4|9=67|35=A|34=1|49=BRK1|52=20260105-08:00:00.000|56=EXCH|98=0|108=30|10=0|\n"
                "20260105-08:00:00.010 : 8=FIX.4.4|9=67|35=A|34=1|49=EXCH|52=20260105-08:00:00.010|56=BRK1|98=0|108=30|10=0|\n")
ONLY_INBOUND = ONLY_SESSION + (
    "20260105-08:00:01.000 : 8=FIX.4.4|9=99|35=8|34=2|49=EXCH|52=20260105-08:00:01.000|56=BRK1|37=O-1|11=A-1|17=E-1|150=F|39=2|"
    "55=MSFT|54=1|38=100|32=100|31=10.20|151=0|14=100|6=10.20|10=0|\n")
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
        return self.done("run", "-p", "local.toml", "--sim", "--virtual-time", "--db", db, "--", *paths, code=code)

    def record_orders(self):
        shutil.copy(ROOT / "scenarios/local.toml", self.folder)
        self.run_on_simulator("orders.db", str(ROOT / "scenarios/orders"))

    def draft(self):
        return (self.folder / "draft.drill").read_text()

    def test_every_flow_of_the_shipped_order_scenarios(self):
        self.record_orders()
        _, err = self.done("new", "--from", "orders.db", "-o", "draft.drill")
        drafted = re.fullmatch(r"(\d+) scenarios from (\d+) order flows\n", err)
        self.assertTrue(drafted, err)   # nothing was left out
        self.assertGreater(int(drafted[1]), 60)
        self.done("check", "-p", "local.toml", "draft.drill")
        self.done("fmt", "--check", "draft.drill")
        out, _ = self.run_on_simulator("drafts.db", "draft.drill")
        self.assertIn(f"{drafted[1]} passed, 0 failed", out)
        # A draft of the run of the drafts goes on to run.
        self.done("new", "--from", "drafts.db", "-o", "again.drill")
        self.assertIn(" passed, 0 failed", self.run_on_simulator("again.db", "again.drill")[0])

    def test_what_a_draft_keeps_matters(self):
        self.record_orders()
        self.done("new", "--from", "orders.db", "-o", "draft.drill")
        self.write("draft.drill", self.draft().replace("PossResend = Y", "PossResend = N"))
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
        self.write("idle.drill", 'drill 1\nsession OE initiator\n\nscenario "Idle" {\n  logon\n  logout\n}\n')
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
