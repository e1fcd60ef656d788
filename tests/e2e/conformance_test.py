"""`fixdrill conformance`: the pack in both roles and three versions against the simulator, and what goes wrong around it.

UPDATE_GOLDEN=1 writes the tables of coverage/ anew.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import socket
import unittest

from world import ROOT, World, free_port, profile, session

TABLES = pathlib.Path(__file__).resolve().parent / "coverage"
VERSIONS = {"FIX.4.2": "", "FIX.4.4": "", "FIXT.1.1": '\nappl_ver_id = "9"'}
# The pack's own profile: it names QuickFIX's deviations.
PROFILE = (ROOT / "scenarios/session.toml").read_text()
SUB_CASES = 85

CASES = """id,mandatory,who,wire,condition,expected
1,M,B,yes,Logon,answered
2,M,B,yes,TestRequest,Heartbeat
3,M,A,yes,second connection,closed
4,M,I,yes,calls,connected
5,O,B,no,error,logged
"""
LITTLE_PACK = """drill 1
param accept_within = 0.5
session SUT any wire { auto = heartbeat, testrequest }

proc establish() {
  if session.role = "initiator" {
    connect
    send Logon { EncryptMethod = 0 | HeartBtInt = 30 | ResetSeqNumFlag = Y }
    expect Logon
  } else {
    accept within ${accept_within * 1s}
    expect Logon
    set next_out 1
    set next_in 2
    send Logon { EncryptMethod = 0 | HeartBtInt = 30 | ResetSeqNumFlag = Y }
  }
}

teardown { disconnect }

@id 1
scenario "Logon is answered" {
  call establish()
}

table asked {
  id
  first
  second
}

@id 2
scenario "TestRequest ${id} is answered" for each asked {
  call establish()
  send TestRequest { TestReqID = ${id} }
  expect Heartbeat { TestReqID = ${expected} }
}
"""


def little_pack(expected="${id}"):
    return LITTLE_PACK.replace("${expected}", expected)


def lasting(text):
    """What is the same on every machine."""
    return re.sub(r"\S+(?=/scenarios/)/", "", re.sub(r" in \d+\.\d s; recording \S+", "", text))


def gateway(port, **more):
    return profile(session("GW", port, **more))


class Conformance(World):
    def conformance(self, *arguments):
        return self.start("conformance", "--db", "run.db", "--no-input", *arguments)

    def take_little_pack(self, expected="${id}"):
        self.write("packs/little/cases.csv", CASES)
        self.write("packs/little/cases.drill", little_pack(expected))
        return ("--pack", "packs/little")

    def assert_refused(self, arguments, code, text):
        self.assertEqual(self.conformance(*arguments).end(), (code, "", text))


class WholePack(Conformance):
    def table_of(self, version, role):
        self.write("gateway.toml", PROFILE.replace('begin_string = "FIX.4.4"',
                                                   f'begin_string = "{version}"{VERSIONS[version]}'))
        called = ("--listen", "5001") if role == "initiator" else ()
        _, out, err = self.conformance("-p", "gateway.toml", "--session", "SUT", "--sim", "--virtual-time",
                                       "--json", "c.json", *called).end()
        (self.folder / "run.db").unlink()
        return lasting(out), err

    def test_every_sub_case_has_a_row_in_both_roles_and_three_versions(self):
        for version in VERSIONS:
            for role in ("acceptor", "initiator"):
                with self.subTest(version=version, role=role):
                    out, err = self.table_of(version, role)
                    golden = TABLES / f"{version}-{role}.txt"
                    if os.environ.get("UPDATE_GOLDEN"):
                        golden.parent.mkdir(exist_ok=True)
                        golden.write_text(out)
                    self.assertEqual(out, golden.read_text(), err)
                    cases = json.loads((self.folder / "c.json").read_text())["cases"]
                    self.assertEqual(len(cases), SUB_CASES)
                    for case in cases:
                        self.assertNotEqual((case["state"], case["reason"]), ("NOT RUN", ""), case["id"])


class RealTime(Conformance):
    """QuickFIX counts whole seconds, so HeartBtInt is 5."""

    TIMING = ("--id", "4.a,4.b,6")

    def acceptor(self):
        simulator = self.start("sim", "--port", "0")
        port = int(simulator.wait_for_line("listens on", "out").rsplit(":", 1)[1])
        self.write("acceptor.toml", gateway(port, heartbeat=5, sender='"BRK{worker}"'))
        return self.start("conformance", "--db", "a.db", "-p", "acceptor.toml", "-j", "3", *self.TIMING)

    def initiator(self):
        port = free_port()
        self.write("initiator.toml", gateway(port, heartbeat=5))
        tester = self.start("conformance", "--db", "i.db", "-p", "initiator.toml", "--listen", port, *self.TIMING)
        self.start("sim", "--call", f"127.0.0.1:{port}", "--sender", "EXCH", "--target", "BRK1", "--heartbeat", "5")
        return tester

    def test_timing_cases_pass_in_both_roles(self):
        with concurrent.futures.ThreadPoolExecutor() as pool:
            ends = list(pool.map(lambda running: running.end(), [self.acceptor(), self.initiator()]))
        for code, out, err in ends:
            self.assertEqual(code, 0, out + err)
            for sub_case in ("4.a", "4.b", "6"):
                self.assertRegex(out, rf"(?m)^{re.escape(sub_case)} +M +(acceptor|initiator) +FIX.4.4 +PASS ")


class OneTable(Conformance):
    def test_table_summary_failures_and_exit_code(self):
        pack = self.take_little_pack(expected="first")
        self.write("gateway.toml", gateway(5001))
        code, out, err = self.conformance("-p", "gateway.toml", *pack, "--sim", "--virtual-time", "--json", "c.json",
                                          "--report-junit", "j.xml").end()
        table, failures = out.split("\n\n", 1)
        self.assertEqual(table, """\
ID  M/O  SUT       VERSION  STATE           CONDITION          REASON
1   M    acceptor  FIX.4.4  PASS            Logon
2   M    acceptor  FIX.4.4  FAIL            TestRequest        Heartbeat on SUT differs in 1 of 1 field
3   M    acceptor  FIX.4.4  NOT RUN         second connection  the pack has no scenario for it
4   M    acceptor  FIX.4.4  NOT APPLICABLE  calls              about an initiator under test
5   O    acceptor  FIX.4.4  NOT RUN         error              the pack has no scenario for it""")
        self.assertIn("FAIL   2/second  TestRequest second is answered\n", failures)
        self.assertIn("   ! TestReqID(112)      first                 second\n", failures)
        self.assertRegex(failures, r"\n5 sub-cases: 1 passed, 1 failed, 1 not applicable, 2 not run in \d+\.\d s; "
                                   r"recording run.db\n$")
        self.assertEqual(code, 1)
        self.assertEqual(json.loads((self.folder / "c.json").read_text())["run"]["exit_code"], 1)
        self.assertIn('name="2/second TestRequest second is answered"', (self.folder / "j.xml").read_text())
        self.assertIn("PASS   2/first", err)
        self.assert_recording_is_whole(exit_code=1)

    def test_an_initiator_under_test(self):
        pack = self.take_little_pack()
        self.write("gateway.toml", gateway(5001))
        for time in ((), ("--virtual-time",)):
            port = free_port()
            code, out, err = self.conformance("-p", "gateway.toml", *pack, "--sim", *time, "--listen", port,
                                              "--id", "1,2", "--var", "accept_within=5").end()
            self.assertEqual(code, 0, out + err)
            (self.folder / "run.db").unlink()
            self.assertIn("2   M    initiator  FIX.4.4  PASS            TestRequest\n", out)
            self.assertIn("3   M    initiator  FIX.4.4  NOT APPLICABLE  second connection  about an acceptor under test\n",
                          out)
            self.assertIn("5   O    initiator  FIX.4.4  NOT RUN         error              not asked for\n", out)

    def test_lanes_listen_at_ports_side_by_side(self):
        pack = self.take_little_pack()
        self.write("gateway.toml", gateway(5001, sender='"BRK{worker}"'))
        port = free_port()
        code, out, err = self.conformance("-p", "gateway.toml", *pack, "--sim", "--listen", port, "-j", "3",
                                          "--id", "1,2", "--var", "accept_within=5").end()
        self.assertEqual(code, 0, out + err)
        ports = set(re.findall(r"SUT listens on 127.0.0.1:(\d+)", err))
        self.assertLessEqual(ports, {str(port + lane) for lane in range(3)})

    def test_what_is_mandatory_and_was_not_run_is_incomplete(self):
        pack = self.take_little_pack()
        self.write("gateway.toml", gateway(5001))
        code, out, err = self.conformance("-p", "gateway.toml", *pack, "--sim", "--virtual-time").end()
        self.assertEqual(code, 4, out + err)


class WrongUse(Conformance):
    def test_no_profile(self):
        self.assert_refused((), 2, "fixdrill: error: no profile: there is no fixdrill.toml here or above; 'fixdrill init' "
                                   "writes one, '-p FILE' names another\n")

    def test_a_profile_without_a_session(self):
        self.write("none.toml", profile())
        self.assert_refused(("-p", "none.toml"), 2,
                            "fixdrill: error: none.toml has no session; conformance needs one, [session.NAME]\n")

    def test_several_sessions(self):
        self.write("two.toml", profile(session("OE", 5001), session("MD", 5002)))
        self.assert_refused(("-p", "two.toml"), 2,
                            "fixdrill: error: two.toml has several sessions; say which is tested: --session NAME, one of "
                            "OE, MD\n")

    def test_an_unknown_session(self):
        self.write("two.toml", profile(session("OE", 5001), session("MD", 5002)))
        self.assert_refused(("-p", "two.toml", "--session", "OR"), 2,
                            "fixdrill: error: --session OR: two.toml has no such session, did you mean OE?; it has OE, MD\n")

    def test_an_unknown_sub_case(self):
        pack = self.take_little_pack()
        self.write("gateway.toml", gateway(5001))
        self.assert_refused(("-p", "gateway.toml", *pack, "--id", "2.z"), 4,
                            "fixdrill: error: nothing selected: no scenario has the id '2.z'; 'fixdrill list' shows them\n")

    def test_paths(self):
        self.assert_refused(("scenarios",), 2, "fixdrill: error: conformance takes no paths; --id says which sub-cases, "
                                               "--pack another pack\n")

    def test_a_folder_that_is_no_pack(self):
        self.write("gateway.toml", gateway(5001))
        self.assert_refused(("-p", "gateway.toml", "--pack", "."), 2,
                            "fixdrill: error: . is no pack of session cases: it has no cases.csv\n")

    def test_a_place_that_is_none(self):
        self.write("gateway.toml", gateway(5001))
        self.assert_refused(("-p", "gateway.toml", "--listen", "lots"), 2,
                            "fixdrill: error: --listen lots: write the PORT at which the system under test calls, or "
                            "ADDR:PORT\n")

    def test_production(self):
        self.write("live.toml", profile(session("OE", 5001), environment="production"))
        self.assert_refused(("-p", "live.toml"), 5,
                            "fixdrill: error: the profile is of production, and the session cases send broken messages on "
                            "purpose; nothing was sent\n")

    def test_a_port_that_is_taken(self):
        pack = self.take_little_pack()
        self.write("gateway.toml", gateway(5001))
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            code, out, _ = self.conformance("-p", "gateway.toml", *pack, "--listen", port).end()
        self.assertEqual(code, 3, out)
        self.assertRegex(out, r"(?m)^1 +M +initiator +FIX.4.4 +ERROR +Logon +SUT cannot listen: .*in use")
        self.assertRegex(out, r"(?m)^2 +M +initiator +FIX.4.4 +NOT RUN +TestRequest +the run ended early: nobody was "
                              r"there to be tested$")

    def test_nobody_calls(self):
        pack = self.take_little_pack()
        self.write("gateway.toml", gateway(5001))
        port = free_port()
        code, out, err = self.conformance("-p", "gateway.toml", *pack, "--listen", port).end()
        self.assertEqual(code, 3, out)
        self.assertIn(f"SUT listens on 127.0.0.1:{port}\n", err)
        self.assertRegex(out, rf"(?m)^1 +M +initiator +FIX.4.4 +ERROR +Logon +nobody connected to SUT on 127.0.0.1:{port} "
                              r"within 500 ms$")
        self.assertRegex(out, r"\n5 sub-cases: 0 passed, 0 failed, 1 error, 1 not applicable, 3 not run in ")

    def test_nobody_listens(self):
        pack = self.take_little_pack()
        port = free_port()
        self.write("gateway.toml", gateway(port))
        code, out, _ = self.conformance("-p", "gateway.toml", *pack).end()
        self.assertEqual(code, 3, out)
        self.assertIn(f"cannot connect SUT to 127.0.0.1:{port}: connection refused; is the endpoint running?\n", out)


class CallingSimulator(Conformance):
    def refusal_of(self, *arguments):
        code, out, err = self.start("sim", *arguments).end()
        self.assertEqual((code, out), (2, ""))
        return err.removeprefix("fixdrill: error: ").rstrip("\n")

    def test_it_calls_until_it_is_stopped(self):
        port = free_port()
        simulator = self.start("sim", "--call", f"127.0.0.1:{port}", "--sender", "BRK1", "--target", "EXCH")
        self.assertEqual(simulator.wait_for_line("simulator calls", "out"),
                         f"simulator calls 127.0.0.1:{port} as BRK1, TargetCompID EXCH, FIX.4.4, HeartBtInt 30")
        simulator.wait_for_line("connection refused")
        with socket.create_server(("127.0.0.1", port)) as listener:
            listener.settimeout(10)
            line, _ = listener.accept()
            with line:
                line.settimeout(10)
                self.assertIn(b"\x0135=A\x01", line.recv(4096))
                simulator.process.terminate()
                self.assertEqual(simulator.end()[0], 0)

    def test_options_that_do_not_fit(self):
        there = ("--call", "127.0.0.1:5001")
        names = ("--sender", "A", "--target", "B")
        self.assertEqual(self.refusal_of("--call", "there", *names),
                         "--call there: write HOST:PORT, as in 127.0.0.1:5001")
        self.assertEqual(self.refusal_of(*there, "--sender", "A"),
                         "--call needs --sender and --target: the CompIDs of the caller and of whom it calls")
        self.assertEqual(self.refusal_of(*there, *names, "--port", "1"),
                         "--call and --port do not go together: a caller does not listen")
        self.assertEqual(self.refusal_of(*there, *names, "x.toml"),
                         "--call takes no file: what an exchange quotes means nothing to a caller")
        self.assertEqual(self.refusal_of(*there, *names, "--begin-string", "FIX.9"),
                         "--begin-string FIX.9: write one of FIX.4.0, FIX.4.1, FIX.4.2, FIX.4.3, FIX.4.4, FIXT.1.1")
        self.assertEqual(self.refusal_of(*there, *names, "--appl-ver-id", "9"),
                         "--appl-ver-id is of FIXT.1.1; give it with --begin-string FIXT.1.1")
        self.assertEqual(self.refusal_of(*there, *names, "--begin-string", "FIXT.1.1", "--appl-ver-id", "5"),
                         "--appl-ver-id 5: write 7 for FIX 5.0, 8 for 5.0 SP1 or 9 for 5.0 SP2")
        self.assertEqual(self.refusal_of("--sender", "A"),
                         "--sender needs --call: an exchange serves whoever calls")


if __name__ == "__main__":
    unittest.main()
