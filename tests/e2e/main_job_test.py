"""The main job against QuickFIX's own acceptor: engine and wire sessions, every FIX version; every scenario shipped but
those in the folders named simulator and session."""
import re
import shutil
import unittest

from world import ORDER, ROOT, World, drill, free_port, profile, session

FILLED = "scenario \"Filled\" {\n  send NewOrderSingle as nos {\n    " + ORDER + """
  }
  expect ExecutionReport as ack { ClOrdID = ${nos.ClOrdID} | ExecType = New }
  expect ExecutionReport { OrderID = ${ack.OrderID} | ExecType = Trade | LastQty = 100 | LastPx = 10.20 }
}"""


class MainJob(World):
    def test_every_scenario_that_any_exchange_can_meet_passes(self):
        _, port = self.counterparty()
        text = (ROOT / "scenarios/local.toml").read_text()
        for named, real in ((9876, port), (9881, free_port()), (9882, free_port())):
            text = text.replace(f"port = {named}\n", f"port = {real}\n")
        self.write("fixdrill.toml", text)
        # What needs the simulator's book stands in folders of that name: sim_run_test.py; session: session_pack_test.py.
        shutil.copytree(ROOT / "scenarios", self.folder / "scenarios",
                        ignore=shutil.ignore_patterns("simulator", "session", "acceptance", "hostile"))
        code, out, err = self.run_drill("scenarios")
        self.assertEqual(code, 0, out + err)
        self.assertGreaterEqual(out.count("PASS "), 56, out)
        self.assert_recording_is_whole(outcome="PASS", exit_code=0)
        self.assert_streams_are_whole()

    def test_wrong_price_fails_and_says_why(self):
        _, port = self.counterparty()
        self.write("fixdrill.toml", profile(session("OE", port)))
        self.write("run.drill", drill(FILLED.replace("LastPx = 10.20", "LastPx = 10.19")))
        code, out, err = self.run_drill()
        self.assertEqual(code, 1, out + err)
        self.assertRegex(out, r"error: ExecutionReport\(8\) on OE differs in 1 of 4 fields|"
                              r"error: ExecutionReport on OE differs in 1 of 4 fields")
        self.assertRegex(out, r"! LastPx\(31\) +10\.19 +10\.20")
        self.assert_recording_is_whole(outcome="FAIL", exit_code=1)
        self.assert_streams_are_whole()

    def test_numbers_run_on_between_runs(self):
        _, port = self.counterparty()
        self.write("fixdrill.toml", profile(session("OE", port, store='"file"')))
        self.write("run.drill", drill(FILLED))
        for attempt in ("first.db", "second.db"):
            code, out, err = self.start("run", "--db", attempt, "run.drill").end()
            self.assertEqual(code, 0, out + err)
        sent = "SELECT min(seq), max(seq) FROM message WHERE dir = 1"
        if self.rows("SELECT count(*) FROM message WHERE dir = 1 AND msg_type = 'D'", "first.db") != [(1,)]:
            sent = sent.replace("dir = 1", "dir = 0")
        (_, last), = self.rows(sent, "first.db")
        (first, _), = self.rows(sent, "second.db")
        self.assertEqual(first, last + 1)

    def test_lanes_side_by_side(self):
        _, port = self.counterparty()
        self.write("fixdrill.toml", profile(*(session(f"S{n}", port, sender=f'"BRK{n}"') for n in range(1, 5))))
        for n in range(1, 5):
            self.write(f"lanes/{n}.drill", drill(FILLED, f"session S{n} initiator"))
        code, out, err = self.run_drill("-j", "4", "lanes")
        self.assertEqual(code, 0, out + err)
        self.assertIn("4 passed, 0 failed", out)
        self.assert_streams_are_whole()

    def test_workers_make_identities_and_results_come_as_given(self):
        _, port = self.counterparty()
        self.write("fixdrill.toml", profile(session("OE", port, sender='"BRK{worker}"')))
        named = ["a", "b", "c", "d", "e", "f"]
        for name in named:
            self.write(f"lanes/{name}.drill", drill(FILLED.replace("Filled", name)))
        code, out, err = self.run_drill("-j", "3", "lanes")
        self.assertEqual(code, 0, out + err)
        self.assertIn("6 passed, 0 failed", out)
        self.assertEqual(re.findall(r"^PASS +(\w)", out, re.MULTILINE), named, out)
        identities = {sender for sender, in self.rows("SELECT DISTINCT sender FROM session")}
        self.assertLessEqual(identities, {"BRK1", "BRK2", "BRK3"})
        self.assert_identities_never_overlap()
        self.assert_streams_are_whole()

    def test_files_of_one_identity_never_overlap(self):
        _, port = self.counterparty()
        senders = {"A": "BRK1", "B": "BRK2", "W": "BRK{worker}"}
        self.write("fixdrill.toml", profile(*(session(name, port, sender=f'"{sender}"', reset_on_logon="true")
                                              for name, sender in senders.items())))
        for n, name in enumerate("ABAABWBA"):
            self.write(f"lanes/{n}.drill", drill(FILLED, f"session {name} initiator"))
        for lanes in (2, 4):
            (self.folder / "run.db").unlink(missing_ok=True)
            code, out, err = self.run_drill("-j", str(lanes), "lanes")
            self.assertEqual(code, 0, out + err)
            self.assertIn("8 passed, 0 failed", out)
            self.assert_identities_never_overlap()

    def test_the_number_of_lanes_is_checked(self):
        self.write("fixdrill.toml", profile(session("OE", free_port())))
        self.write("run.drill", drill(FILLED))
        for given in ("0", "65", "many", "1.5", "18446744073709551617"):
            code, out, err = self.run_drill("-j", given, "run.drill")
            self.assertEqual((code, out), (2, ""), err)
            self.assertEqual(err, f"fixdrill: error: -j {given}: write how many lanes run side by side, 1 to 64\n")
        self.assertFalse((self.folder / "run.db").exists())

    def assert_identities_never_overlap(self):
        spans = self.rows("SELECT s.sender, c.opened_ns, c.closed_ns FROM connection c JOIN session s"
                          " ON s.id = c.session_id ORDER BY 1, 2")
        self.assertTrue(spans)
        for (sender, _, closed), (next_sender, opened, _) in zip(spans, spans[1:]):
            if sender == next_sender:
                self.assertLessEqual(closed, opened, spans)


if __name__ == "__main__":
    unittest.main()
