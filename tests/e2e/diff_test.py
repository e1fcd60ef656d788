"""diff, approve, learn-noise: two logs of a conversation against two releases, two runs against the simulator."""
import json
import re
import shutil
import unittest

from world import ORDER, ROOT, World, drill, fix

SCENARIO = f"""
scenario "an order is filled" {{
  send NewOrderSingle as order {{ {ORDER.replace("10.25", "9.00")} }}
  expect ExecutionReport {{ ClOrdID = ${{order.ClOrdID}} | ExecType = New }}
  send OrderCancelRequest {{
    ClOrdID = ${{uid()}} | OrigClOrdID = ${{order.ClOrdID}} | Symbol = MSFT | Side = Buy | OrderQty = 100
    TransactTime = ${{now()}} }}
  expect ExecutionReport {{ ExecType = Canceled }}
}}
"""


def log(run, state="2", second=0, parties="", drop=(), symbol="MSFT", executions=None):
    """A QuickFIX message log of a morning: ten orders, filled; ids are of the run."""
    lines = []
    seq = {"BRK1": 0, "EXCH": 0}

    def put(sender, body):
        stamp = f"20251124-16:00:{second + len(lines) // 20:02}.{len(lines) % 20 * 5:03}"
        seq[sender] += 1
        target = "EXCH" if sender == "BRK1" else "BRK1"
        kind, rest = body.split("|", 1)
        whole = fix(f"{kind}|34={seq[sender]}|49={sender}|52={stamp}|56={target}|{rest}")
        lines.append(f"{stamp} : ".encode() + whole + b"\n")

    put("BRK1", "35=A|98=0|108=30|")
    put("EXCH", "35=A|98=0|108=30|")
    for n in range(10):
        order = f"11={run}-{n}|55={symbol}|54=1|38={n + 1}00|"
        put("BRK1", f"35=D|{order}40=2|44=10.05|59=0|")
        head = f"35=8|37={run}O{n}|{order}"
        put("EXCH", f"{head}17={run}E{n if executions is None else executions}a|150=0|39=0|14=0|151={n + 1}00|6=0|{parties}")
        if n not in drop:
            put("EXCH", f"{head}17={run}E{n}b|150=F|39={state if n == 3 else 2}|32={n + 1}00|31=10.05|14={n + 1}00|"
                        f"151=0|6=10.05|{parties}")
    return b"".join(lines)


class Diff(World):
    def command(self, *arguments):
        return self.start(*arguments).end()

    def logs(self, **changes):
        (self.folder / "before.log").write_bytes(log("A"))
        (self.folder / "after.log").write_bytes(log("B", second=7, **changes))

    def fingerprint(self, kind, place=""):
        _, out, err = self.command("diff", "--json", "before.log", "after.log")
        self.assertEqual(err, "")
        return next(one["fingerprint"] for one in json.loads(out)["findings"]
                    if one["kind"] == kind and one["place"] == place)

    def test_the_readme_shows_what_diff_says(self):
        shutil.copytree(ROOT / "scenarios/samples", self.folder / "scenarios/samples")
        code, out, err = self.command("diff", "scenarios/samples/before.log", "scenarios/samples/after.log")
        self.assertEqual((code, err), (1, ""))
        shown = re.search(r"```text\n(A   scenarios/samples.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)[1]
        for part in shown.split("...\n"):
            self.assertIn(part, out)

    def test_one_command_says_what_changed(self):
        self.logs(state="4", drop=[5], parties="5001=NEW|")
        code, out, err = self.command("diff", "before.log", "after.log")
        self.assertEqual((code, err), (1, ""))
        self.assertEqual(out, WHAT_CHANGED)

    def test_the_same_conversation_has_no_difference(self):
        self.logs()
        code, out, err = self.command("diff", "before.log", "after.log")
        self.assertEqual((code, err), (0, ""))
        self.assertTrue(out.endswith("no difference\n"), out)

    def test_a_difference_is_approved_with_a_reason_and_told_when_it_is_not_needed(self):
        self.logs(drop=[5])
        missing = self.fingerprint("message missing")
        code, out, err = self.command("approve", missing, "before.log", "after.log")
        self.assertEqual((code, out), (2, ""))
        self.assertIn("needs a reason", err)
        code, out, err = self.command("approve", missing, "before.log", "after.log", "--reason", "notice 12", "--by",
                                      "ann", "--until", "2099-12-31")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("ExecutionReport message missing", (self.folder / "diff-approvals.txt").read_text())
        code, out, err = self.command("diff", "before.log", "after.log")
        self.assertEqual((code, err), (0, ""))
        self.assertIn(f"approved     [{missing}] accept: ExecutionReport message missing", out)
        self.logs()
        code, out, err = self.command("diff", "before.log", "after.log")
        self.assertIn(f"not needed   [{missing}]", out)
        self.assertEqual(code, 0)
        self.assertEqual(self.command("diff", "--strict", "before.log", "after.log")[0], 1)
        code, out, err = self.command("approve", "0123456789", "before.log", "after.log", "--reason", "x")
        self.assertEqual((code, out), (2, ""))
        self.assertIn("no finding between before.log and after.log has the fingerprint 0123456789", err)

    def test_rules_are_learnt_and_used(self):
        (self.folder / "before.log").write_bytes(log("A", parties="9100=alpha|"))
        (self.folder / "after.log").write_bytes(log("B", parties="9100=beta|"))
        code, out, err = self.command("learn-noise", "before.log", "after.log")
        self.assertEqual((code, out, err), (0, "ignore 9100 in 8  # value changed in 20 of 20 messages\n", ""))
        self.write("venue.rules", out)
        code, out, err = self.command("diff", "--rules", "venue.rules", "before.log", "after.log")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("differences that rules took away: 20 by ignore 9100", out)

    def test_an_instrument_that_was_rolled_is_mapped(self):
        (self.folder / "before.log").write_bytes(log("A", symbol="ESZ6"))
        (self.folder / "after.log").write_bytes(log("B", symbol="ESH7"))
        self.write("rolled.rules", "map Symbol ESZ6 = ESH7  # December\nmap Symbol NQZ6 = NQH7\n")
        self.assertEqual(self.command("diff", "before.log", "after.log")[0], 1)
        code, out, err = self.command("diff", "--rules", "rolled.rules", "before.log", "after.log")
        self.assertEqual((code, err), (0, ""), out)
        self.assertIn("map not needed: rolled.rules:2: side A has no Symbol(55) NQZ6\n", out)
        self.assertIn("30 mapped\nno difference\n", out)
        self.assertEqual(self.command("diff", "--strict", "--rules", "rolled.rules", "before.log", "after.log")[0], 1)

    def test_ids_that_are_used_again_are_a_finding(self):
        (self.folder / "before.log").write_bytes(log("A"))
        (self.folder / "after.log").write_bytes(log("B", executions=7))
        code, out, err = self.command("diff", "before.log", "after.log")
        self.assertEqual((code, err), (1, ""))
        self.assertIn(USED_AGAIN, out)
        self.assertIn("\n1 difference: 1 SUSPECT\n", out)

    def test_canonical_text_is_the_same_for_the_same_run_and_differs_where_it_does(self):
        self.write("run.drill", drill(SCENARIO))
        for seed in ("1", "2"):
            code, out, err = self.command("run", "--sim", "--virtual-time", "--seed", seed, "--db", f"{seed}.db", "--",
                                          "run.drill")
            self.assertEqual(code, 0, out + err)
        code, first, err = self.command("export", "--canonical", "1.db")
        self.assertEqual((code, err), (0, ""))
        self.assertRegex(first, r"\nflow OE: \S*run.drill an order is filled / OE as order #1\n  sent NewOrderSingle\(D\)\n")
        self.assertIn("    OrigClOrdID(41) = ClOrdID 1\n", first)
        self.assertEqual(self.command("export", "--canonical", "-o", "2.txt", "2.db"), (0, "", ""))
        self.assertEqual((self.folder / "2.txt").read_text(), first)
        self.logs(state="4")
        before, after = (self.command("export", "--canonical", name)[1].splitlines()
                         for name in ("before.log", "after.log"))
        self.assertEqual([(old, new) for old, new in zip(before, after) if old != new],
                         [("    OrdStatus(39) = 2 Filled", "    OrdStatus(39) = 4 Canceled")])

    def test_canonical_text_of_bad_input(self):
        self.logs()
        self.write("junk.log", "no message\nat all\n")
        self.write("bad.rules", "map Symbol ESZ6\n")
        for arguments, complaint in (
                (["--canonical", "before.log", "after.log"], "--canonical takes one recording, log or capture"),
                (["--canonical", "gone.log"], "gone.log"),
                (["--canonical", "junk.log"], "junk.log"),
                (["--rules", "bad.rules", "before.log"], "--rules goes with --canonical"),
                (["--canonical", "--rules", "bad.rules", "before.log"], "bad.rules:1:16: error: '=' is missing here")):
            with self.subTest(arguments=arguments):
                code, out, err = self.command("export", *arguments)
                self.assertEqual((code, out), (2, ""), err)
                self.assertIn(complaint, err)
        for place, complaint in (("before.log", "cannot create before.log: it exists already"),
                                 ("/dev/full", "cannot write /dev/full")):
            code, _, err = self.command("export", "--canonical", "-o", place, "before.log")
            self.assertEqual(code, 3)
            self.assertIn(complaint, err)

    def test_two_runs_against_the_simulator(self):
        self.write("run.drill", drill(SCENARIO))
        self.write("edited.drill", drill("# a line more\n\n" + SCENARIO))
        for seed, file, name in (("1", "run.drill", "a.db"), ("2", "run.drill", "b.db"), ("3", "edited.drill", "c.db")):
            code, out, err = self.command("run", "--sim", "--virtual-time", "--seed", seed, "--db", name, "--release",
                                          name, "--", file)
            self.assertEqual(code, 0, out + err)
        code, out, err = self.command("diff", "a.db", "b.db")
        self.assertEqual((code, err), (0, ""), out)
        self.assertIn("A   a.db (release a.db)", out)
        self.assertIn("1 paired by their step in the script", out)
        self.assertEqual(self.command("diff", "a.db", "c.db")[0], 0)

    def test_bad_input(self):
        self.logs()
        self.write("empty.log", "")
        self.write("junk.log", "no message\nat all\n")
        self.write("bad.rules", "ignor 58\n")
        self.write("bad.map", "map Symbol ESZ6\n")
        self.write("bad.txt", "accept\n")
        for arguments, complaint in (
                (["before.log"], "diff compares two recordings or logs"),
                (["before.log", "gone.log"], "gone.log"),
                (["before.log", "empty.log"], "empty.log"),
                (["before.log", "junk.log"], "junk.log"),
                (["-", "-"], "only one side can be standard input"),
                (["--rules", "bad.rules", "before.log", "after.log"], "bad.rules:1:1: error: 'ignor' is no way"),
                (["--rules", "gone.rules", "before.log", "after.log"], "gone.rules: cannot read this rules file"),
                (["--rules", "bad.map", "before.log", "after.log"], "bad.map:1:16: error: '=' is missing here"),
                (["--approvals", "bad.txt", "before.log", "after.log"], "bad.txt:1:1: error: an approval is"),
                (["--approvals", "gone.txt", "before.log", "after.log"], "gone.txt: cannot read this file of approvals")):
            with self.subTest(arguments=arguments):
                code, out, err = self.command("diff", *arguments)
                self.assertEqual((code, out), (2, ""), err)
                self.assertIn(complaint, err)


WHAT_CHANGED = """\
A   before.log  2025-11-24T16:00:00 to 16:00:01  32 messages, 10 flows
B   after.log  2025-11-24T16:00:07 to 16:00:08  31 messages, 10 flows
    BRK1-EXCH  FIX.4.4 BRK1 -> EXCH
    0 of 10 paired flows have the same messages

BREAKING ! ExecutionReport received: message missing  1 x  [fe7c5513da]
           - ExecType=F Trade OrdStatus=2 Filled
               A #20  16:00:00.095 ClOrdID=A-5 OrderID=AO5 Symbol=MSFT

BREAKING ! ExecutionReport received  OrdStatus(39): value changed  1 x  [f53d28a3e1]
             2 Filled  ->  4 Canceled
             4 Canceled is not seen on side A at all
               A #14  16:00:00.065 ClOrdID=A-3 OrderID=AO3 Symbol=MSFT
               B #14  16:00:07.065 ClOrdID=B-3 OrderID=BO3 Symbol=MSFT

BENIGN   . ExecutionReport received  tag 5001: field added  19 x  [4dcf5f80bb]
             user-defined, not in our dictionary: engines that validate user-defined fields reject it
               A #4  16:00:00.015 ClOrdID=A-0 OrderID=AO0 Symbol=MSFT
               B #4  16:00:07.015 ClOrdID=B-0 OrderID=BO0 Symbol=MSFT

not compared: some latencies: too few samples, or times too coarse, on a side
values not compared as they stand (of A): 64 wire, 32 counter, 32 clock, 70 id, 64 environment
21 differences: 2 BREAKING, 19 BENIGN
"""

USED_AGAIN = """\
SUSPECT  ? what we received  ExecID(17): identifier uniqueness changed  1 x  [4d700b8299]
             each names one thing  ->  some name two things
               B #7  16:00:00.030 ClOrdID=B-1 OrderID=BO1 Symbol=MSFT: its ExecID BE7a is that of #4 too
"""

if __name__ == "__main__":
    unittest.main()
