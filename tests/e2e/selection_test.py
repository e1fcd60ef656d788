"""Which scenarios run: tags, ids, text, FILE:LINE, what failed last, and how often; the same selection in list."""
import json
import unittest
import xml.etree.ElementTree

from world import World, drill, profile, session

QUIET = "  expect nothing for 1ms\n}\n"
ORDERS = drill(
    '@id OE-001\n@tags smoke, orders\n@req "Guide 3.2"\n@req "Guide 3.3"\nscenario "Limit buy" {\n' + QUIET +
    '@id OE-002\n@tags orders slow\nscenario "Market SELL" {\n' + QUIET +
    'scenario "No id, no tags" {\n' + QUIET)
BROKEN = drill('@id BAD-1\n@tags smoke\nscenario "Fails" {\n  check 1 = 2\n' + QUIET +
               'scenario "Fails ${1 + 1}" {\n  check 1 = 2\n' + QUIET +
               '@id BAD-2\nscenario "Passes" {\n' + QUIET)
TWO = drill('setup {\n  W: connect\n}\n'
            '@id TWO-1\nscenario "One of two" {\n  DC: expect nothing for 1ms\n}\n',
            "session DC initiator\nsession OE initiator\nsession W initiator wire")
# seq() counts on over the whole run.
THIRD_FAILS = drill('@id FLAKY\nscenario "Fails the third time" {\n  check seq() < 3\n' + QUIET)


class Selection(World):
    def setUp(self):
        super().setUp()
        self.write("orders.drill", ORDERS)

    def run_sim(self, *arguments):
        return self.start("run", "--sim", "--virtual-time", *arguments).end()

    def ran(self, *arguments, code=0, db="run.db"):
        """Runs with these options; ids of what ran, titles of what has no id, in order."""
        got, out, err = self.run_sim("--db", db, *arguments)
        self.assertEqual(got, code, out + err)
        return [case or name for case, name in
                self.rows("SELECT case_id, name FROM scenario_exec ORDER BY id", db)]

    def listed(self, *arguments):
        code, out, err = self.start("list", "--json", *arguments).end()
        self.assertEqual((code, err), (0, ""), out)
        document = json.loads(out)
        self.assertEqual((document["format"], document["version"]), ("fixdrill-list", 1))
        return document["scenarios"]

    def names(self, *arguments):
        return [one["id"] or one["title"] for one in self.listed(*arguments)]

    def nothing(self, text, *arguments):
        """run and list refuse alike, with exit code 4, and nothing is recorded."""
        for command in (["run", "--sim", "--db", "runs/no.db"], ["list"]):
            code, out, err = self.start(*command, *arguments).end()
            self.assertEqual((code, out), (4, ""), err)
            self.assertIn("fixdrill: error: nothing selected: " + text, err)
        self.assertFalse((self.folder / "runs/no.db").exists())

    def bad_option(self, text, *arguments):
        for command in (["run", "--sim", "--db", "runs/no.db"], ["list"]):
            code, out, err = self.start(*command, *arguments).end()
            self.assertEqual((code, out), (2, ""), err)
            self.assertIn(text, err)

    def test_every_kind(self):
        for expected, *options in (
                (["OE-001", "OE-002", "No id, no tags"],),
                (["OE-001"], "-t", "smoke"),
                (["OE-001", "OE-002"], "-t", "smoke", "--tags", "slow"),
                (["OE-001", "OE-002"], "--tags=smoke,slow"),
                (["OE-001"], "-t", "orders,-slow"),
                (["OE-001", "No id, no tags"], "-t", "-slow"),
                (["OE-002"], "--id", "OE-002"),
                (["OE-001", "OE-002"], "--id", "OE-002,OE-001"),
                (["OE-001", "OE-002"], "--id", "OE-002", "--id", "OE-001"),
                (["OE-002"], "-k", "sell"),
                (["OE-001", "OE-002"], "-k", "oe-0"),
                (["OE-001", "No id, no tags"], "-k", "limit", "-k", "no id"),
                (["OE-001"], "orders.drill:3"),
                (["OE-001"], "orders.drill:8:3"),
                (["OE-001", "No id, no tags"], "orders.drill:3", "./orders.drill:16"),
                (["OE-001", "OE-002", "No id, no tags"], "orders.drill:3", "orders.drill"),
                (["OE-002"], "-t", "orders", "-k", "OE", "--id", "OE-001,OE-002", "orders.drill:10", "-t", "-smoke")):
            with self.subTest(options=options):
                self.assertEqual(self.names(*options), expected)
        self.assertEqual(self.ran("-t", "orders,-slow"), ["OE-001"])
        self.assertEqual(self.ran("orders.drill:3", "orders.drill:16", db="2.db"), ["OE-001", "No id, no tags"])
        self.assertEqual(self.rows("SELECT suite FROM run", "2.db"), [("orders.drill:3 orders.drill:16",)])

    def test_what_selects_nothing_says_what_is_near(self):
        self.nothing("no scenario has the tag 'smke'; did you mean smoke?; 'fixdrill list' shows them", "-t", "smke")
        self.nothing("no scenario has the id 'OE-1'; did you mean OE-001?", "--id", "OE-1")
        self.nothing("no scenario has the id 'ZZ'; 'fixdrill list'", "--id", "ZZ")
        self.nothing("orders.drill:1 is in no scenario; the nearest begins on line 7", "orders.drill:1")
        self.nothing("orders.drill:99 is in no scenario; the nearest begins on line 15", "orders.drill:99")
        self.nothing("none of 3 scenarios fits -k 'OE 1'; did you mean OE-001?", "-k", "OE 1")
        self.nothing("none of 3 scenarios fits --tags smoke --id OE-002", "-t", "smoke", "--id", "OE-002")
        self.write("empty.drill", "drill 1\n")
        self.nothing("no scenario in empty.drill", "empty.drill")
        self.nothing("no scenario in empty.drill:1", "empty.drill:1")

    def test_a_name_that_is_nowhere_is_told_though_others_are_found(self):
        self.nothing("no scenario has the tag 'nightly'", "-t", "smoke,nightly")
        self.nothing("no scenario has the id 'OE-009'", "--id", "OE-001,OE-009")
        self.nothing("orders.drill:2 is in no scenario", "orders.drill:3", "orders.drill:2")
        self.assertEqual(self.names("-t", "smoke,-nightly"), ["OE-001"])

    def test_wrong_options(self):
        self.bad_option("--tags 'smoke,,slow': a name is missing", "-t", "smoke,,slow")
        self.bad_option("--tags '-': a name is missing", "--tags=-")
        self.bad_option("--id '': a name is missing", "--id", "")
        self.bad_option("no such file: gone.drill", "gone.drill:7")
        self.bad_option("no such file or folder: gone.drill", "gone.drill")
        self.write("folder/x.drill", ORDERS)
        self.bad_option("folder is a folder; a line needs a file", "folder:7")
        self.bad_option("did you mean --tags?", "--tag", "smoke")

    def test_an_error_anywhere_stops_a_run_of_anything(self):
        self.write("worse.drill", drill('scenario "Typo" {\n  sned Logon\n}'))
        code, out, err = self.run_sim("--id", "OE-001")
        self.assertEqual(code, 2, out + err)
        self.assertIn("worse.drill:4:3: error: ", err)
        code, out, err = self.start("list", "--id", "OE-001").end()
        self.assertEqual((code, err), (2, ""))
        self.assertIn("worse.drill:4:3: error: ", out)
        code, out, err = self.start("list", "--json").end()
        self.assertEqual((code, out), (2, ""))
        self.assertIn("worse.drill:4:3: error: ", err)

    def test_only_what_runs_needs_its_sessions_params_and_secrets(self):
        self.write("other.drill", "drill 1\nparam account\nsecret pin\nsession FAR initiator\n@id FAR-1\n"
                                  'scenario "Elsewhere ${account}" {\n  check "${pin}" = "1"\n' + QUIET)
        self.write("fixdrill.toml", profile(session("OE", 1), session(
            "FAR", 1, password='{ env = "NO_SUCH_VARIABLE" }')) + '[secret]\npin = { env = "NO_SUCH_VARIABLE" }\n')
        self.assertEqual(self.ran("--id", "OE-001"), ["OE-001"])
        code, out, err = self.run_sim("--db", "2.db", "--id", "FAR-1")
        self.assertEqual(code, 2, out + err)
        self.assertIn("param account has no value", err)
        code, out, err = self.run_sim("--db", "2.db", "--id", "FAR-1", "--var", "account=A")
        self.assertIn("NO_SUCH_VARIABLE", err)
        self.assertEqual(self.ran("--id", "OE-001", "--var", "account=A", db="3.db"), ["OE-001"])
        self.assertEqual(self.rows("SELECT name FROM artifact WHERE kind = 'scenario'", "3.db"), [("orders.drill",)])

    def test_last_failed(self):
        self.bad_option("--last-failed: no recording in runs; run something first", "--last-failed")
        self.write("broken.drill", BROKEN)
        code, out, err = self.run_sim()
        self.assertEqual(code, 1, out + err)
        failed = ["BAD-1", "Fails ${1 + 1}"]
        self.assertEqual(self.names("--last-failed"), failed)
        self.assertEqual(self.names("--last-failed", "-t", "smoke"), ["BAD-1"])
        self.assertEqual(self.names("--last-failed", self.folder / "broken.drill"), failed)
        self.assertEqual(self.ran("--last-failed=" + str(next((self.folder / "runs").iterdir())), code=1, db="a/1.db"),
                         ["BAD-1", "Fails 2"])
        self.write("broken.drill", BROKEN.replace("check 1 = 2", "check 1 = 1"))
        # With --db its folder is where the last run is looked for.
        self.assertEqual(self.ran("--last-failed", db="a/2.db"), ["BAD-1", "Fails 2"])
        code, out, err = self.run_sim("--last-failed", "--db", "a/3.db")
        self.assertEqual((code, out), (4, ""))
        self.assertIn("nothing selected: every scenario passed in a/2.db", err)
        self.nothing("none of 3 scenarios fits --last-failed=a/1.db", "--last-failed=a/1.db", "orders.drill")

    def test_a_scenario_that_was_included_stands_where_it_stands(self):
        self.write("part/inc.drill", BROKEN)
        self.write("main.drill", "# one\n" * 9 + 'include "part/inc.drill"\n')
        self.assertEqual(self.ran("main.drill", code=1), ["BAD-1", "Fails 2", "BAD-2"])
        self.assertEqual(self.rows("SELECT path, line FROM scenario_exec ORDER BY id")[0], ("part/inc.drill", 5))
        self.assertEqual([(one["path"], one["line"]) for one in self.listed("--id", "BAD-1", "main.drill")],
                         [("part/inc.drill", 5)])
        self.assertEqual(self.names("--last-failed=run.db", "main.drill"), ["BAD-1", "Fails ${1 + 1}"])
        self.nothing("main.drill:10 is in no scenario; the file itself has none", "main.drill:10")

    def test_last_failed_of_what_is_gone_since(self):
        self.write("broken.drill", BROKEN)
        self.assertEqual(self.run_sim()[0], 1)
        self.write("broken.drill", BROKEN.replace("BAD-1", "BAD-9"))
        code, out, err = self.start("list", "--last-failed").end()
        self.assertEqual(code, 0, err)
        self.assertRegex(err, r"note: BAD-1 did not pass in runs/\S+\.db and is no longer in its file\n")
        self.assertIn("Fails ${1 + 1}", out)

    def test_last_failed_of_a_file_that_is_no_recording(self):
        self.write("runs/notes.db", "hello")
        self.bad_option("runs/notes.db is not a fixdrill recording", "--last-failed")
        self.bad_option("cannot read gone.db", "--last-failed=gone.db")

    def test_repeat(self):
        code, out, err = self.run_sim("--db", "run.db", "--report-junit", "j.xml", "--report-json", "r.json", "--repeat",
                                      "3", "-t", "smoke")
        self.assertEqual(code, 0, out + err)
        self.assertEqual(self.rows("SELECT case_id, attempt FROM scenario_exec ORDER BY id"),
                         [("OE-001", 1), ("OE-001", 2), ("OE-001", 3)])
        self.assertIn("orders.drill:7\n", out)
        self.assertIn("orders.drill:7 (attempt 3)\n", out)
        self.assertIn("3 passed, 0 failed", out)
        self.assertIn("\n3 attempts, and no scenario failed in any\n", out)
        cases = xml.etree.ElementTree.parse(self.folder / "j.xml").findall(".//testcase")
        self.assertEqual([case.get("name") for case in cases],
                         ["OE-001 Limit buy", "OE-001 Limit buy (attempt 2)", "OE-001 Limit buy (attempt 3)"])
        report = json.loads((self.folder / "r.json").read_text())
        self.assertEqual([one["attempt"] for one in report["scenarios"]], [1, 2, 3])
        self.assertEqual(self.start("report", "run.db").end()[1], out)

    def test_the_whole_selection_is_repeated_in_lanes_too(self):
        self.write("fixdrill.toml", profile(session("OE", 1, sender='"BRK{worker}"')))
        self.write("more.drill", ORDERS.replace("OE-0", "MORE-0"))
        once = ["MORE-001", "MORE-002", "No id, no tags", "OE-001", "OE-002", "No id, no tags"]
        for lanes in ("1", "3"):
            self.assertEqual(self.ran("-j", lanes, "--repeat", "4", db=lanes + ".db"), once * 4)
            self.assertEqual(self.rows("SELECT attempt, count(*) FROM scenario_exec GROUP BY 1", lanes + ".db"),
                             [(1, 6), (2, 6), (3, 6), (4, 6)])

    def test_until_fail(self):
        self.write("flaky.drill", THIRD_FAILS)
        for options in (["--until-fail"], ["--until-fail", "--repeat", "5"]):
            code, out, err = self.run_sim(*options, "flaky.drill")
            self.assertEqual(code, 1, out + err)
            self.assertIn("FAIL   FLAKY  Fails the third time (attempt 3)\n", out)
            self.assertIn("2 passed, 1 failed", out)
            self.assertIn("\nFLAKY Fails the third time: did not pass in 1 of 3 attempts; the first is attempt 3, "
                          "2 passed before it\n", out)
        code, out, err = self.run_sim("--until-fail", "--repeat", "2", "flaky.drill")
        self.assertEqual(code, 0, out + err)
        self.assertIn("2 attempts, and no scenario failed in any", out)
        code, out, err = self.run_sim("--repeat", "5", "flaky.drill")
        self.assertEqual(code, 1, out + err)
        self.assertIn("did not pass in 3 of 5 attempts", out)

    def test_until_fail_ends_somewhere(self):
        code, out, err = self.run_sim("--until-fail", "orders.drill:15")
        self.assertEqual(code, 0, out[-500:] + err)
        self.assertIn("1000 attempts, and no scenario failed in any", out)

    def test_repeats_beyond_the_limits(self):
        for given in ("0", "-1", "x", "10001", "1.5"):
            code, out, err = self.run_sim("--repeat=" + given)
            self.assertEqual((code, out), (2, ""))
            self.assertIn(f"--repeat {given}: write a number from 1 to 10000", err)
        self.write("many.drill", drill("".join(f'scenario "{i}" {{\n{QUIET}' for i in range(11))))
        code, out, err = self.run_sim("--repeat", "10000", "many.drill")
        self.assertEqual((code, out), (2, ""))
        self.assertIn("--repeat 10000: of 11 scenarios at most 9090, so that a run has no more than 100000", err)

    def test_the_table(self):
        self.write("two.drill", TWO)
        code, out, err = self.start("list").end()
        self.assertEqual((code, err), (0, "4 scenarios\n"))
        self.assertEqual(out, """\
ID      TITLE           TAGS          SESSIONS  PLACE            REQUIREMENTS
OE-001  Limit buy       smoke,orders  OE        orders.drill:7   Guide 3.2; Guide 3.3
OE-002  Market SELL     orders,slow   OE        orders.drill:12
        No id, no tags                OE        orders.drill:15
TWO-1   One of two                    DC,W      two.drill:9
""")
        self.assertEqual(self.start("list", "--id", "TWO-1").end(), (0, """\
ID     TITLE       SESSIONS  PLACE
TWO-1  One of two  DC,W      two.drill:9
""", "1 scenario\n"))
        self.assertEqual(self.listed("--id", "OE-001"), [
            {"id": "OE-001", "title": "Limit buy", "tags": ["smoke", "orders"],
             "requirements": ["Guide 3.2", "Guide 3.3"], "sessions": ["OE"], "path": "orders.drill", "line": 7}])

    def test_list_finds_includes_from_a_folder_of_the_project(self):
        self.write("fixdrill.toml", profile(session("OE", 1)))
        self.write("lib/sessions.drill", "session OE initiator\n")
        self.write("deep/x.drill", 'include "../lib/sessions.drill"\nscenario "X" {\n' + QUIET)
        code, out, err = self.start("list", "deep").end()
        self.assertEqual(code, 0, out + err)
        self.assertIn("deep/x.drill:2", out)


class CheckJson(World):
    def check(self, code, *arguments):
        got, out, err = self.start("check", "--json", *arguments).end()
        self.assertEqual(got, code, out + err)
        return json.loads(out), err

    def test_what_was_found_where(self):
        self.write("a.drill", ORDERS)
        self.write("b.drill", drill('scenario "Größe" {\n  log "Größe" sned\n  sned Logon\n}'))
        document, err = self.check(2)
        self.assertEqual(err, "2 files checked: 2 errors, 0 warnings\n")
        self.assertEqual(list(document), ["format", "version", "totals", "files", "diagnostics"])
        self.assertEqual((document["format"], document["version"]), ("fixdrill-check", 1))
        self.assertEqual(document["totals"], {"files": 2, "errors": 2, "warnings": 0})
        self.assertEqual(document["files"], ["a.drill", "b.drill"])
        first, second = document["diagnostics"]
        self.assertEqual((first["line"], first["column"], first["end_column"]), (4, 15, 19))
        self.assertEqual(second, {
            "severity": "error", "path": "b.drill", "line": 5, "column": 3, "end_line": 5, "end_column": 7,
            "message": "unknown step 'sned'; did you mean 'send'?"})
        text = self.start("check").end()[1]
        for one in document["diagnostics"]:
            self.assertIn(f'{one["path"]}:{one["line"]}:{one["column"]}: {one["severity"]}: {one["message"]}\n', text)

    def test_ids_of_the_profile_that_no_scenario_has(self):
        self.write("fixdrill.toml", profile(session("OE", 1)) + '[xfail]\n"OE-001" = "x"\n"OE-02" = "y"\n"CASES" = "z"\n'
                   '"CASES/b" = "z"\n[skip]\n"CASES/c" = "z"\n')
        self.write("a.drill", ORDERS)
        self.write("b.drill", drill('table t {\n  x\n  a\n  b\n}\n@id CASES\nscenario "${x}" for each t {\n' + QUIET))
        document, err = self.check(0)
        self.assertEqual(err, "2 files checked: 0 errors, 2 warnings\n")
        self.assertEqual([(one["path"], one["line"], one["column"], one["message"]) for one in document["diagnostics"]], [
            ("fixdrill.toml", 10, 1, "no scenario here has the id 'OE-02'; did you mean 'OE-002'?"),
            ("fixdrill.toml", 14, 1, "no scenario here has the id 'CASES/c'; did you mean 'CASES/a'?")])

    def test_exit_codes_are_those_of_the_text_form(self):
        self.write("fixdrill.toml", profile(session("OE", 1)))
        self.write("warned.drill", drill('scenario "W" {\n  expect ExecutionReport { 9001 = 1 }\n}'))
        document, _ = self.check(0)
        self.assertEqual(document["totals"], {"files": 1, "errors": 0, "warnings": 1})
        self.assertEqual(document["diagnostics"][0]["severity"], "warning")
        self.write("empty/x", "")
        self.assertEqual(self.check(0, "empty")[0]["diagnostics"], [])
        code, out, err = self.start("check", "--json", "gone.drill").end()
        self.assertEqual((code, out), (2, ""))
        self.assertIn("gone.drill", err)


if __name__ == "__main__":
    unittest.main()
