"""orders and gaps on logs, recordings and standard input: what is printed, exit codes."""
import json
import os
import subprocess
import unittest

from world import World, drill, fix

LOGON = "35=A|49={}|56={}|34=1|52=20261128-11:58:00.000|98=0|108=30|"
ORDER = "35=D|49=BRK1|56=EXCH|34=2|52=20261128-11:58:00.100|11=087|55=MSFT|54=1|38=100|40=2|44=10.25|"
FILL = ("35=8|49=EXCH|56=BRK1|34=2|52=20261128-11:58:00.138|37=O-1|17=E1|11=087|150=F|39=1|38=100|32=40|31=10.25|14=40|"
        "151=70|6=10.25|")
LATER = "35=0|49=EXCH|56=BRK1|34=5|52=20261128-11:58:30.000|"
ASK = "35=2|49=BRK1|56=EXCH|34=3|52=20261128-11:58:30.001|7=3|16=0|"
COPY = FILL.replace("34=2", "34=3").replace("52=2", "43=Y|122=20261128-11:58:00.200|52=2")


def log_of(*bodies):
    return b"".join(fix(body) + b"\n" for body in bodies)


class Flow(World):
    def setUp(self):
        super().setUp()
        (self.folder / "a.log").write_bytes(
            log_of(LOGON.format("BRK1", "EXCH"), LOGON.format("EXCH", "BRK1"), ORDER, FILL, LATER, ASK, COPY))

    def piped(self, command, data):
        done = subprocess.run([os.environ["FIXDRILL"], command], input=data, capture_output=True, cwd=self.folder,
                              timeout=120, check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def test_orders_of_a_log(self):
        text = self.out("orders", "a.log")
        self.assertIn("order 087 (OrderID O-1) on BRK1-EXCH: Buy 100 MSFT @ 10.25 Limit\n", text)
        self.assertIn("    ! cum-leaves: CumQty(14) 40 + LeavesQty(151) 70 is not OrderQty(38) 100\n", text)
        self.assertTrue(text.endswith("\n1 order: 1 PartiallyFilled; 1 violation (1 cum-leaves)\n"), text)
        self.assertEqual(self.piped("orders", (self.folder / "a.log").read_bytes()), (0, text, ""))
        self.assertEqual(self.out("orders", "--check", "--order", "O-1", "a.log", code=1), text)
        self.assertIn("! 1\n", self.out("orders", "--summary", "a.log"))
        self.assertIn("! CumQty(14) 40 + ", self.out("orders", "--violations", "a.log"))
        document = json.loads(self.out("orders", "--json", "--to", "11:58:00.100", "a.log"))
        self.assertEqual((document["violations"], document["orders"][0]["unanswered"]), (0, True))

    def test_gaps_of_a_log(self):
        text = self.out("gaps", "a.log", code=1)
        self.assertIn("Heartbeat skips 3 to 4, asked for by #6\n", text)
        self.assertIn("      3: sent again by #7, the original is not here\n!     4: missing\n", text)
        self.assertTrue(text.endswith("\n1 gap, 1 with what is missing or differs\n"), text)
        self.assertEqual(self.piped("gaps", (self.folder / "a.log").read_bytes()), (1, text, ""))
        streams = json.loads(self.out("gaps", "--json", "a.log", code=1))["streams"]
        self.assertEqual([one["verdict"] for one in streams], ["ok", "wrong"])
        self.assertIn("no gaps\n", self.out("gaps", "--to", "11:58:10", "a.log"))

    def test_a_recording(self):
        self.write("run.drill", drill("""@id OE-001
scenario "Filled" {
  OE: send NewOrderSingle { ClOrdID = A1 | Symbol = MSFT | Side = Buy | OrderQty = 100 | OrdType = Limit | Price = 10.25
    TransactTime = ${now()} }
  OE: expect ExecutionReport { ClOrdID = A1 | ExecType = New }
  OE: expect ExecutionReport { ClOrdID = A1 | ExecType = Trade | OrdStatus = Filled }
}"""))
        code, out, err = self.start("run", "--sim", "--db", "run.db", "run.drill").end()
        self.assertEqual(code, 0, out + err)
        self.assertIn("\n1 order: 1 Filled; no violations\n", self.out("orders", "--check", "run.db"))
        self.assertIn("no gaps\n", self.out("gaps", "run.db"))

    def test_nothing_to_judge_is_no_pass(self):
        self.write("plain.txt", "not a message\n")
        self.assertIn("plain.txt holds no FIX message", self.error("gaps", "plain.txt", code=4))
        self.assertIn("plain.txt holds no FIX message", self.error("orders", "--check", "plain.txt", code=4))
        self.assertIn("none that was asked for", self.error("gaps", "--from", "23:00", "a.log", code=4))
        (self.folder / "logon.log").write_bytes(log_of(LOGON.format("BRK1", "EXCH")))
        self.assertEqual(self.out("orders", "logon.log"), "no orders\n")
        got, out, err = self.start("orders", "--check", "logon.log").end()
        self.assertEqual((got, out), (4, "no orders\n"))
        self.assertIn("there is no order to check", err)

    def test_what_is_wrong_is_said(self):
        self.assertIn("no order had the ClOrdID or OrderID 099", self.error("orders", "--order", "099", "a.log", code=4))
        self.assertIn("no.log", self.error("gaps", "no.log"))
        self.assertIn("fixdrill orders", self.out("orders", "--help"))


if __name__ == "__main__":
    unittest.main()
