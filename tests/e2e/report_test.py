"""Reports for CI: what `run` writes and what `report` makes again from the recording, also when things go wrong."""
import json
import os
import resource
import signal
import subprocess
import unittest
import xml.etree.ElementTree

from world import ORDER, ROOM, World, drill, free_port, profile, session

PASSES = 'scenario "Passes" {\n  expect nothing for 1ms\n}\n'
FAILS = '''@id OE-2
scenario "Wrong price" {
  send NewOrderSingle { ''' + ORDER + ''' }
  expect ExecutionReport { ExecType = Trade | LastPx = 10.19 | Symbol = MSFT }
}
'''
LONG = PASSES + '''scenario "Long" {
  log "in the middle"
  expect nothing for 60s
}
scenario "Never begun" {
  expect nothing for 1ms
}
'''
REPORTS = ("--report-junit", "out/junit.xml", "--report-json", "out/report.json")
NOT_ENDED = "the run did not end: its recording is not sealed"
INTERRUPTED = "the run was interrupted; scenarios that had not begun are missing"


class Report(World):
    def exchange(self, *more):
        _, port = self.counterparty()
        self.write("fixdrill.toml", profile(session("OE", port), *more))

    def junit(self, name="out/junit.xml"):
        path = self.folder / name
        self.assertEqual(subprocess.run(["xmllint", "--noout", path], check=False).returncode, 0)
        return xml.etree.ElementTree.parse(path).getroot()

    def json(self, name="out/report.json"):
        return json.loads((self.folder / name).read_text())

    def assert_made_again_the_same(self):
        """`report` gives the bytes that `run` wrote, into files and on standard output."""
        code, out, err = self.start("report", "run.db", "--junit", "again/j.xml", "--json", "again/r.json").end()
        self.assertEqual((code, out, err), (0, "", ""))
        for ours, again, option in (("junit.xml", "j.xml", "--junit"), ("report.json", "r.json", "--json")):
            text = (self.folder / "out" / ours).read_text()
            self.assertEqual(text, (self.folder / "again" / again).read_text())
            self.assertEqual(self.start("report", option, "-", "run.db").end(), (0, text, ""))
        self.assert_nothing_half()

    def assert_nothing_half(self):
        self.assertEqual(list(self.folder.rglob("*.part")), [])

    def test_pass_fail_and_error(self):
        self.exchange(session("GONE", free_port()))
        self.write("a/run.drill", drill(PASSES + FAILS))
        self.write("b/gone.drill", drill('scenario "Nobody there" {\n  expect nothing for 1ms\n}',
                                         "session GONE initiator"))
        code, out, err = self.run_drill(*REPORTS, "--release", "3.1", "--change", "CHG-7", "a", "b")
        self.assertEqual(code, 1, out + err)
        self.assertNotIn("::error", out)
        suites = self.junit()
        self.assertEqual([suites.get(k) for k in ("tests", "failures", "errors", "skipped")], ["3", "1", "1", "0"])
        cases = {case.get("name"): case for case in suites.iter("testcase")}
        self.assertEqual(list(cases), ["Passes", "OE-2 Wrong price", "Nobody there"])
        self.assertEqual(len(cases["Passes"]), 0)
        failure, = cases["OE-2 Wrong price"]
        self.assertEqual((failure.tag, failure.get("type")), ("failure", "expect"))
        self.assertRegex(failure.get("message"), r"^a/run\.drill:\d+:\d+: ExecutionReport on OE differs in 2 of 3 fields$")
        self.assertIn(failure.text, out)
        self.assertEqual((cases["OE-2 Wrong price"].get("classname"), cases["OE-2 Wrong price"].get("file")),
                         ("a.run", "a/run.drill"))
        self.assertEqual(cases["Nobody there"][0].tag, "error")
        report = self.json()
        self.assertEqual((report["format"], report["version"]), ("fixdrill-report", 1))
        self.assertEqual({k: v for k, v in report["totals"].items() if v}, {"PASS": 1, "FAIL": 1, "ERROR": 1})
        run = report["run"]
        self.assertEqual([run[k] for k in ("outcome", "exit_code", "release", "change", "interrupted", "note")],
                         ["FAIL", 1, "3.1", "CHG-7", False, None])
        self.assertEqual([(str(run["started_ns"]), str(run["ended_ns"]))],
                         [(str(a), str(b)) for a, b in self.rows("SELECT started_ns, ended_ns FROM run")])
        messages = report["scenarios"][1]["steps"][1]["verdicts"][0]["messages"]
        self.assertIn(("in", "OE"), [(m["direction"], m["session"]) for m in messages])
        raw, = self.rows(f"SELECT raw FROM message WHERE id = {messages[0]['id']}")[0]
        self.assertEqual(messages[0]["raw"], raw.decode().replace("\x01", "|"))
        self.assert_made_again_the_same()
        self.assertEqual(self.start("report", "run.db").end(), (0, out, ""))
        self.assertNotRegex(out, r"Symbol\(55\) +MSFT +MSFT")
        self.assertRegex(self.start("report", "-v", "run.db").end()[1], r"Symbol\(55\) +MSFT +MSFT")

    def test_interrupted_runs_have_reports(self):
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            with self.subTest(code=code):
                (self.folder / "run.db").unlink(missing_ok=True)
                self.exchange()
                self.write("run.drill", drill(LONG))
                ours = self.start_run(*REPORTS, "run.drill")
                ours.wait_for_line("in the middle")
                ours.process.send_signal(number)
                got, out, err = ours.end()
                self.assertEqual(got, code, out + err)
                cases = [(c.get("name"), [e.tag for e in c][:1]) for c in self.junit().iter("testcase")]
                self.assertEqual(cases, [("Passes", []), ("Long", ["error"]), ("every scenario ran", ["error"])])
                run = self.json()["run"]
                self.assertEqual((run["interrupted"], run["exit_code"], run["note"]), (True, code, INTERRUPTED))
                self.assert_made_again_the_same()

    def test_killed_run(self):
        self.exchange()
        self.write("run.drill", drill(LONG))
        self.write("out/junit.xml", "<?xml of an earlier run")
        ours = self.start_run(*REPORTS, "run.drill")
        ours.wait_for_line("in the middle")
        ours.process.send_signal(signal.SIGKILL)
        ours.end()
        self.assertEqual(list((self.folder / "out").iterdir()), [], "the earlier report is not of this run")
        code, out, err = self.start("report", "run.db").end()
        self.assertEqual((code, err), (0, ""))
        self.assertIn("\nthe run did not end: 1 passed, 0 failed; recording run.db\n", out)
        code, out, err = self.start("report", "run.db", "--junit", "out/junit.xml", "--json", "out/report.json").end()
        self.assertEqual((code, out, err), (0, "", ""))
        self.assertEqual([e.get("message") for e in self.junit().iter("error")], [NOT_ENDED])
        run = self.json()["run"]
        self.assertEqual((run["outcome"], run["ended"], run["exit_code"], run["note"]), (None, None, None, NOT_ENDED))

    def test_environment_and_guard(self):
        self.write("fixdrill.toml", profile(session("OE", free_port())))
        self.write("run.drill", drill(PASSES))
        code, out, err = self.run_drill(*REPORTS, "run.drill")
        self.assertEqual(code, 3, out + err)
        self.assertEqual(self.junit().get("errors"), "1")
        self.assertEqual(self.json()["run"]["exit_code"], 3)
        (self.folder / "run.db").unlink()
        self.exchange("[limits]\nmax_order_qty = 1\n")
        self.write("run.drill", drill(FAILS))
        code, out, err = self.run_drill(*REPORTS, "run.drill")
        self.assertEqual(code, 5, out + err)
        self.assertEqual([e.get("type") for e in self.junit().iter("error")], ["guard"])
        self.assertEqual(self.json()["run"]["exit_code"], 5)
        self.assert_made_again_the_same()

    def test_nothing_ran_no_report(self):
        self.exchange()
        self.write("run.drill", "drill 1\nscenario {")
        self.write("out/junit.xml", "<?xml of an earlier run")
        code, out, err = self.run_drill(*REPORTS, "run.drill")
        self.assertEqual(code, 2, out + err)
        self.assertEqual(list((self.folder / "out").iterdir()), [])

    def test_a_report_that_cannot_be_written(self):
        self.exchange()
        self.write("run.drill", drill(PASSES))
        self.write("file", "")
        code, out, err = self.run_drill("--report-junit", "file/junit.xml", "--report-json", "r.json", "run.drill")
        self.assertEqual(code, 3, out + err)
        self.assertEqual(err, "fixdrill: error: cannot write the report file/junit.xml: Not a directory\n")
        self.assertIn("1 passed, 0 failed", out)
        self.assertEqual(self.json("r.json")["totals"]["PASS"], 1, "the other one is written")
        self.assert_recording_is_whole(outcome="PASS", exit_code=0)
        self.assertEqual(self.start("report", "run.db", "--json", "/dev/full").end(),
                         (3, "", "fixdrill: error: cannot write the report /dev/full: No space left on device\n"))
        (self.folder / "run.db").unlink()
        self.exchange()
        self.write("run.drill", drill(FAILS))
        code, _, err = self.run_drill("--report-junit", ".", "run.drill")
        self.assertEqual((code, err), (1, "fixdrill: error: cannot write the report .: Is a directory\n"),
                         "what the scenarios came to beats it")

    def test_no_room_leaves_the_earlier_report(self):
        self.exchange()
        self.write("run.drill", drill(FAILS))
        self.run_drill()
        self.write("r.json", "{}")

        def tiny_files():
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        code, out, err = self.start("report", "run.db", "--json", "r.json", preexec_fn=tiny_files).end()
        self.assertEqual((code, out, err), (3, "", "fixdrill: error: cannot write the report r.json: File too large\n"))
        self.assertEqual((self.folder / "r.json").read_text(), "{}")
        self.assert_nothing_half()

    def test_no_room_for_the_recording(self):
        self.exchange()
        one = f"  send NewOrderSingle {{ {ORDER} | Text = {'x' * 4000} }}\n  expect nothing for 1ms\n"
        self.write("run.drill", drill("ignore ExecutionReport\n" + PASSES + 'scenario "Much" {\n' + 80 * one + "}"))

        def small_files():
            resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM))
        code, out, err = self.run_drill(*REPORTS, "run.drill", preexec_fn=small_files)
        self.assertEqual(code, 3, out + err)
        self.assertIn("cannot write the recording run.db", err)
        cases = [(c.get("name"), [e.get("message") for e in c]) for c in self.junit().iter("testcase")]
        self.assertEqual(cases, [("Passes", []), ("every scenario ran", [NOT_ENDED])])
        self.assertEqual(self.json()["run"]["note"], NOT_ENDED)
        self.assert_made_again_the_same()

    def test_bad_options(self):
        self.exchange()
        path = self.write("run.drill", drill(PASSES))
        self.run_drill()
        nothing = "fixdrill: error: report takes one recording; 'fixdrill report --help' shows how\n"
        for arguments, said in (
                (["report"], nothing),
                (["report", "run.db", "run.db"], nothing),
                (["report", "gone.db"], "fixdrill: error: cannot read gone.db: No such file or directory\n"),
                (["report", "run.drill"], "fixdrill: error: run.drill is not a fixdrill recording\n"),
                (["report", "run.db", "--json", "run.db"],
                 "fixdrill: error: run.db is there and is no report; name another file for the report\n"),
                (["report", "run.db", "--json", "-", "--junit", "-"],
                 "fixdrill: error: --junit and --json name the same file -\n"),
                (["report", "run.db", "--json", ""], "fixdrill: error: --json names no file\n"),
                (["run", "--db", "b.db", "--report-json", "run.drill"],
                 "fixdrill: error: run.drill is there and is no report; name another file for the report\n"),
                (["run", "--db", "b.db", "--report-json", "-"],
                 "fixdrill: error: a report of run goes to a file; 'fixdrill report' writes one to standard output\n")):
            with self.subTest(arguments=arguments):
                self.assertEqual(self.start(*arguments).end(), (2, "", said))
        self.assertEqual(path.read_text(), drill(PASSES))
        self.assertFalse((self.folder / "b.db").exists())

    def test_github_annotations(self):
        self.exchange()
        (self.folder / "tests").mkdir()
        self.write("tests/run.drill", drill(PASSES + "".join(FAILS.replace("OE-2", f"OE-{n}") for n in range(1, 11))))
        env = {**os.environ, "NO_COLOR": "1", "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(self.folder.parent)}
        code, out, err = self.run_drill("tests", env=env)
        self.assertEqual(code, 1, out + err)
        results, lines = out.split("; recording run.db\n")
        self.assertNotIn("\n::", results)
        lines = [line for line in lines.splitlines() if line.startswith("::")]
        self.assertEqual(len(lines), 9, out)
        self.assertRegex(lines[0], rf"^::error file={self.folder.name}/tests/run\.drill,line=\d+,col=\d+,title=FAIL OE-1 "
                                   r"Wrong price::ExecutionReport on OE differs in 2 of 3 fields$")
        self.assertEqual(lines[8], "::error title=fixdrill::and 2 more")
        code, again, _ = self.start("report", "run.db", env=env).end()
        self.assertNotIn("\n::", again)


if __name__ == "__main__":
    unittest.main()
