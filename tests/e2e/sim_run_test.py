"""The simulator: every scenario shipped against it, on real and on virtual time; `fixdrill sim` as a program; refusals.

scenarios/session and scenarios/hostile have profiles and tests of their own: session_pack_test.py and
hostile_scenarios_test.py."""
import contextlib
import re
import shutil
import signal
import socket
import time
import unittest

from world import LIMIT_S, ORDER, ROOT, World, drill, fix, free_port



def cases(path):
    """How many results a file gives: one a scenario, or one a row of its table."""
    text = (ROOT / path).read_text()
    tables = re.findall(r"^table (\w+) \{\n(.*?)^\}", text, re.M | re.S)
    rows = {name: len(body.strip().splitlines()) - 1 for name, body in tables}
    titles = re.findall(r'^scenario "[^"]*"(?: for each (\w+))? \{', text, re.M)
    return sum(rows[table] if table else 1 for table in titles)


# These have a profile of their own, acceptance/ a simulator too.
ALL = sorted(path.relative_to(ROOT) for path in (ROOT / "scenarios").rglob("*.drill") if "acceptance" not in path.parts)
ACCEPTANCE = sorted((ROOT / "scenarios/acceptance").glob("*.drill"))
FILES = [path for path in ALL if path.parts[1] not in ("session", "hostile") and cases(path)]  # lib/ has none
SCENARIOS = sum(cases(path) for path in FILES)

FILLED = 'scenario "Filled" {\n  send NewOrderSingle as nos {\n    ' + ORDER + """
  }
  expect ExecutionReport { ClOrdID = ${nos.ClOrdID} | ExecType = New }
  expect ExecutionReport { ClOrdID = ${nos.ClOrdID} | ExecType = Trade | LastPx = 10.20 }
}"""

BAD_FILE = """[sim]
port = 70000
colour = "red"
[[sim.quote]]
symbol = "MSFT"
bid = 10.30
offer = 10.20
size = 0
"""
WHAT_IS_BAD = """bad.toml:2:8: error: port is 70000; it must be from 0 to 65535
2 | port = 70000
  |        ^^^^^
bad.toml:3:1: error: [sim] has no key 'colour'; it has listen, port, comp_id, clients, rules, application, validate, reset_on_logon, cancel_on_disconnect, drop_copy, quote, session
3 | colour = "red"
  | ^^^^^^
bad.toml:6:7: error: the bid must be below the offer
6 | bid = 10.30
  |       ^^^^^
bad.toml:8:8: error: size is a number above 0, at most 1000000000, with up to 8 decimals
8 | size = 0
  |        ^
"""


class SimWorld(World):
    def take_scenarios(self):
        """Copies what is shipped; acceptors of the scenarios' own get ports that are free."""
        shutil.copytree(ROOT / "scenarios", self.folder / "scenarios",
                        ignore=shutil.ignore_patterns("session", "hostile", "acceptance"))
        text = (ROOT / "scenarios/local.toml").read_text()
        for named in (9881, 9882):
            self.assertIn(f"port = {named}\n", text)
            text = text.replace(f"port = {named}\n", f"port = {free_port()}\n")
        self.write("fixdrill.toml", text)

    def assert_all_pass(self, *arguments, scenarios=SCENARIOS, name="run.db"):
        """Runs, expects every scenario to pass, and returns what was said, without the recording's name."""
        code, out, err = self.start("run", "--db", name, *arguments).end()
        self.assertEqual(code, 0, f"{arguments}\n{out}{err}")
        self.assertRegex(out, rf"(?m)^{scenarios} passed, 0 failed in [\d.]+ s; recording {re.escape(name)}$")
        return out.replace(name, "<recording>"), err

    def simulator(self, *arguments):
        """Starts `fixdrill sim` on a port that the system chooses; returns it with the port."""
        running = self.start("sim", "--port", "0", *arguments)
        next_step = running.wait_for_line("next:", "out")
        return running, int(re.search(r"--sim-port (\d+)", next_step)[1])


class EveryScenario(SimWorld):
    def setUp(self):
        super().setUp()
        self.take_scenarios()

    def test_there_are_many(self):
        self.assertGreaterEqual(len(FILES), 36)

    def test_on_real_time(self):
        self.assert_all_pass("-j", "1", "--sim", "scenarios")
        self.assert_recording_is_whole(outcome="PASS", exit_code=0, target="simulator")
        self.assert_streams_are_whole()

    def test_on_virtual_time_a_seed_gives_the_same_bytes(self):
        virtual = ["-v", "--sim", "--virtual-time", "--seed"]
        first = self.assert_all_pass(*virtual, "7", "--", "scenarios", name="first.db")
        second = self.assert_all_pass(*virtual, "7", "--", "scenarios", name="second.db")
        self.assertEqual(first, second)
        bytes_of = {name: (self.folder / name).read_bytes() for name in ("first.db", "second.db")}
        self.assertTrue(bytes_of["first.db"] == bytes_of["second.db"], "two recordings of one seed differ")
        self.assert_recording_is_whole("first.db", outcome="PASS", exit_code=0, seed="7")
        self.assert_streams_are_whole("first.db")
        self.assert_all_pass(*virtual, "8", "--", "scenarios", name="third.db")
        self.assertFalse(bytes_of["first.db"] == (self.folder / "third.db").read_bytes(), "the seed changes nothing")

    def test_lanes_on_virtual_time(self):
        self.assert_all_pass("-j", "4", "--sim", "--virtual-time", "--", "scenarios")

    def test_each_file_alone(self):
        for number, path in enumerate(FILES):
            with self.subTest(file=str(path)):
                self.assert_all_pass("--sim", "--virtual-time", "--", path, scenarios=cases(path), name=f"{number}.db")

    def test_files_in_the_other_order(self):
        self.assert_all_pass("--sim", "--virtual-time", "--", *reversed(FILES))

    def test_twice_against_one_that_runs(self):
        _, port = self.simulator()
        for name in ("first.db", "second.db"):
            self.assert_all_pass("--sim-port", port, "scenarios", name=name)


class AcceptanceScenarios(SimWorld):
    """What stands for the server of QuickFIX's .def files, in the run and as a program of its own."""

    PROFILE = ("-p", ROOT / "scenarios/acceptance/acceptance.toml")
    SIMULATOR = ROOT / "scenarios/acceptance/simulator.toml"

    def assert_all_pass(self, *arguments, **more):
        count = sum(cases(path.relative_to(ROOT)) for path in ACCEPTANCE)
        self.assertGreaterEqual(count, 14)
        return super().assert_all_pass(*self.PROFILE, *arguments, "--", *ACCEPTANCE, scenarios=count, **more)

    def test_on_virtual_time(self):
        self.assert_all_pass(f"--sim={self.SIMULATOR}", "--virtual-time")
        self.assert_streams_are_whole()

    def test_on_real_time(self):
        self.assert_all_pass(f"--sim={self.SIMULATOR}")

    def test_twice_against_one_that_runs(self):
        running, port = self.simulator(self.SIMULATOR)
        self.assertEqual(running.wait_for_line("serves", "out"), "serves TargetCompID ISLD, 10 clients that its file lists")
        running.wait_for_line("echoes NewOrderSingle, SecurityDefinition and Email", "out")
        for name in ("first.db", "second.db"):
            self.assert_all_pass("--sim-port", port, name=name)


class WithoutAProfile(SimWorld):
    def test_sessions_are_made_up(self):
        self.write("run.drill", drill(FILLED))
        self.assert_all_pass("--sim", "run.drill", scenarios=1)
        self.assert_recording_is_whole(outcome="PASS", target="simulator")
        logons = self.rows("SELECT DISTINCT CAST(raw AS TEXT) FROM message WHERE msg_type = 'A'")
        self.assertTrue(any("8=FIX.4.4\x01" in raw and "\x0149=OE\x01" in raw and "\x0156=EXCH\x01" in raw
                            for raw, in logons), logons)

    def test_on_virtual_time(self):
        self.write("run.drill", drill(FILLED))
        self.assert_all_pass("--sim", "--virtual-time", "--", "run.drill", scenarios=1)

    def test_quotes_of_a_file(self):
        self.write("exchange.toml", '[[sim.quote]]\nsymbol = "MSFT"\noffer = 10.24\nsize = 5\n')
        self.write("run.drill", drill(FILLED.replace("10.20", "10.24").replace("Trade", "Trade | LastQty = 5")))
        self.assert_all_pass("--sim=exchange.toml", "--virtual-time", "run.drill", scenarios=1)


RULES = """simulator EXCH acceptor {
  rule "other price" when NewOrderSingle then {
    reply ExecutionReport like msg {
      OrderID = 1 | ExecID = ${uid()} | ExecType = Trade | OrdStatus = Filled | LastPx = %s | LastQty = 1
      LeavesQty = 0 | CumQty = 1 | AvgPx = 1
    }
  }
}
"""
RULED = """scenario "Ruled" {
  send NewOrderSingle {
    """ + ORDER + """
  }
  expect ExecutionReport { ExecType = Trade | LastPx = %s }
}"""


class Rules(SimWorld):
    def test_of_a_file_that_is_named(self):
        self.write("rules.drill", RULES % "7.77")
        self.write("run.drill", drill(RULED % "7.77"))
        self.assert_all_pass("--sim=rules.drill", "run.drill", scenarios=1)
        self.assert_all_pass("--sim=rules.drill", "--virtual-time", "run.drill", scenarios=1, name="virtual.db")

    def test_of_a_simulator_file(self):
        self.write("rules.drill", RULES % "7.77")
        self.write("exchange.toml", '[sim]\nrules = "rules.drill"\n')
        self.write("run.drill", drill(RULED % "7.77"))
        self.assert_all_pass("--sim=exchange.toml", "run.drill", scenarios=1)

    def test_each_file_has_its_own(self):
        self.write("1.drill", drill(RULED % "1.11") + RULES % "1.11")
        self.write("2.drill", drill(FILLED))
        self.write("lib.drill", RULES % "3.33")
        self.write("3.drill", drill(RULED % "3.33").replace("session", 'include "lib.drill"\nsession', 1))
        for options in (["--sim"], ["--sim", "--virtual-time"], ["--sim", "--virtual-time", "-j", "3"]):
            self.assert_all_pass(*options, "--", "1.drill", "2.drill", "3.drill", scenarios=3,
                                 name="-".join(options) + ".db")

    def test_they_are_not_for_a_simulator_elsewhere(self):
        self.write("rules.drill", RULES % "7.77")
        running, port = self.simulator("rules.drill")
        running.wait_for_line("rules of EXCH: 1 rule", "out")
        self.write("run.drill", drill(RULED % "7.77") + RULES % "1.11")
        _, err = self.assert_all_pass("--sim-port", port, "run.drill", scenarios=1)
        self.assertIn("warning: these rules are for a run with --sim; here they mean nothing\n", err)
        running.wait_for_line('rule "other price" (rules.drill:2:3)')


class Client:
    """One that speaks FIX 4.4 by hand."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), LIMIT_S)
        self.seen = b""
        self.number = 0

    def send(self, msg_type, rest=""):
        self.number += 1
        now = time.strftime("%Y%m%d-%H:%M:%S", time.gmtime())
        self.socket.sendall(fix(f"35={msg_type}|49=HAND|56=EXCH|34={self.number}|52={now}|{rest}"))

    def wait_for(self, msg_type):
        while b"\x0135=" + msg_type.encode() + b"\x01" not in self.seen:
            self.read()

    def wait_for_the_end(self):
        while self.read():
            pass

    def read(self):
        block = self.socket.recv(65536)
        self.seen += block
        return block


class AsAProgram(SimWorld):
    def logged_on(self, port):
        client = Client(port)
        self.addCleanup(client.socket.close)
        client.send("A", "98=0|108=30|141=Y|")
        client.wait_for("A")
        return client

    def test_banner(self):
        running, port = self.simulator()
        running.process.send_signal(signal.SIGTERM)
        code, out, err = running.end()
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(out, f"""simulator listens on 127.0.0.1:{port}
quotes MSFT 10.10/10.20 x 1000000, IBM 99.90/100.10 x 50
serves any CompIDs; FIX.4.0 to FIX.4.4, FIXT.1.1 with 5.0 to 5.0SP2
next:  fixdrill run --sim-port {port} [PATH..]
""")

    def test_banner_of_a_file(self):
        quote = '[[sim.quote]]\nsymbol = "SAP"\nbid = 99.125\nsize = 0.5\n'
        self.write("exchange.toml", '[sim]\ncomp_id = "XTEST"\n' + quote)
        running, port = self.simulator("exchange.toml")
        running.process.send_signal(signal.SIGTERM)
        code, out, err = running.end()
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(out, f"""simulator listens on 127.0.0.1:{port}
quotes SAP 99.125/- x 0.5
serves TargetCompID XTEST; FIX.4.0 to FIX.4.4, FIXT.1.1 with 5.0 to 5.0SP2
next:  fixdrill run --sim-port {port} [PATH..]
""")

    def ended_by(self, number, answers):
        running, port = self.simulator()
        client = self.logged_on(port)
        running.wait_for_line("HAND (FIX.4.4) logs on")
        running.process.send_signal(number)
        client.wait_for("5")
        if answers:
            client.send("5")
        client.wait_for_the_end()
        code, _, err = running.end()
        self.assertEqual(code, 0, err)

    def test_sigterm_logs_clients_out(self):
        self.ended_by(signal.SIGTERM, answers=True)

    def test_sigint_logs_clients_out(self):
        self.ended_by(signal.SIGINT, answers=True)

    def test_a_client_that_does_not_answer_holds_nothing_up(self):
        self.ended_by(signal.SIGTERM, answers=False)

    def test_recording(self):
        running, port = self.simulator("--db", "sim.db")
        client = self.logged_on(port)
        running.process.send_signal(signal.SIGTERM)
        client.wait_for("5")
        client.send("5")
        client.wait_for_the_end()
        code, _, err = running.end()
        self.assertEqual(code, 0, err)
        self.assertEqual(self.rows("PRAGMA integrity_check", "sim.db"), [("ok",)])
        self.assert_streams_are_whole("sim.db")
        types = self.rows("SELECT msg_type, count(DISTINCT dir) FROM message GROUP BY 1 ORDER BY 1", "sim.db")
        self.assertEqual(types, [("5", 2), ("A", 2)])


class Refusals(SimWorld):
    def refused(self, *arguments, code=2, text):
        got, out, err = self.start(*arguments).end()
        self.assertEqual((got, out, err), (code, "", text))

    def setUp(self):
        super().setUp()
        self.write("run.drill", drill(FILLED))

    def test_options_that_do_not_go_together(self):
        self.refused("run", "--sim", "--sim-port", "1", "--", "run.drill", text=(
            "fixdrill: error: --sim starts a simulator, --sim-port names one that runs; give one of them\n"))
        for options in (["--virtual-time"], ["--virtual-time", "--sim-port", "1"], ["--virtual-time", "--seed", "3"]):
            self.refused("run", *options, "run.drill", text=(
                "fixdrill: error: --virtual-time needs --sim: a peer outside has a clock of its own\n"))
        for options in (["--seed", "3"], ["--seed", "3", "--sim"], ["--seed", "3", "--sim-port", "1"]):
            self.refused("run", *options, "--", "run.drill", text=(
                "fixdrill: error: --seed needs --virtual-time: nothing else in a run is random\n"))
        self.assertEqual([p.name for p in self.folder.iterdir()], ["run.drill"], "nothing was recorded")

    def test_values_that_are_none(self):
        for value in ("0", "-1", "99999", "x"):
            self.refused("run", "--sim-port", value, "run.drill",
                         text=f"fixdrill: error: --sim-port {value}: write a number from 1 to 65535\n")
        for value in ("-1", "x"):
            self.refused("run", "--sim", "--virtual-time", "--seed", value, "run.drill", text=(
                f"fixdrill: error: --seed {value}: write a number from 0 to 18446744073709551615\n"))
        self.refused("sim", "--port", "65536", text="fixdrill: error: --port 65536: write a number from 0 to 65535\n")

    def test_bad_simulator_file(self):
        self.write("bad.toml", BAD_FILE)
        self.refused("sim", "bad.toml", text=WHAT_IS_BAD)
        self.refused("run", "--sim=bad.toml", "run.drill", text=WHAT_IS_BAD)

    def test_simulator_file_that_is_not_there(self):
        text = "fixdrill: error: cannot read nosuch.toml: No such file or directory\n"
        self.refused("sim", "nosuch.toml", text=text)
        self.refused("run", "--sim=nosuch.toml", "run.drill", text=text)

    def test_rules_that_are_none(self):
        text = "fixdrill: error: run.drill has no simulator; write one, as in simulator EXCH acceptor { rule … }\n"
        self.refused("sim", "run.drill", text=text)
        self.refused("run", "--sim=run.drill", "run.drill", text=text)
        self.write("rules.drill", "simulator EXCH acceptor {\n  rule when News then { wait 1s }\n}\n")
        self.refused("sim", "rules.drill", text=(
            "rules.drill:2:25: error: a rule's body does not wait; 'wait' stands in scenarios\n"
            "2 |   rule when News then { wait 1s }\n"
            "  |                         ^^^^\n"))

    def test_two_simulator_files(self):
        self.refused("sim", "a", "b", text="fixdrill: error: sim takes one file; 'fixdrill sim --help' shows how\n")

    def test_port_taken(self):
        with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as taken:
            port = taken.getsockname()[1]
            self.refused("sim", "--port", str(port), code=3, text=(
                f"fixdrill: error: 127.0.0.1:{port} is already in use by another program; stop that program or choose "
                "another port (0 lets the system choose)\n"))

    def test_an_address_that_is_not_ours(self):
        self.refused("sim", "--listen", "192.0.2.1", "--port", "0", code=3, text=(
            "fixdrill: error: cannot listen on 192.0.2.1:0: 192.0.2.1 is not an address of this machine\n"))


if __name__ == "__main__":
    unittest.main()
