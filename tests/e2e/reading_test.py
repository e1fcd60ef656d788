"""show, ladder and grep on logs, recordings and standard input: what is printed, exit codes, closed pipes."""
import os
import subprocess
import unittest

from world import World, drill, fix

ORDER = "35=D|49=BRK1|56=EXCH|34=2|52=20261128-11:58:00.100|11=087|55=MSFT|54=1|38=100|40=2|44=10.25|"
FILL = ("35=8|49=EXCH|56=BRK1|34=2|52=20261128-11:58:00.138|37=O-1|17=E1|11=087|150=F|39=2|32=100|31=10.25|14=100|"
        "151=0|6=10.25|453=2|448=DEALER|447=D|452=12|448=FIRM|447=D|452=1|")
BEAT = "35=0|49=EXCH|56=BRK1|34=3|52=20261128-11:58:30.000|"
NEXT = "35=D|49=BRK1|56=EXCH|34=3|52=20261128-12:05:00.000|11=088|55=IBM|54=2|38=5|40=1|"


def log_of(*bodies):
    """Lines as a QuickFIX log has them, with a line of something else between."""
    lines = [body.split("52=")[1].split("|")[0].encode() + b"000000 : " + fix(body) for body in bodies]
    return b"\n".join([lines[0], b"gateway: all well", *lines[1:]]) + b"\n"


class Reading(World):
    def setUp(self):
        super().setUp()
        (self.folder / "a.log").write_bytes(log_of(ORDER, FILL, BEAT, NEXT))

    def piped(self, arguments, data):
        done = subprocess.run([os.environ["FIXDRILL"], *arguments], input=data, capture_output=True, cwd=self.folder,
                              timeout=120, check=False)
        self.assertEqual(done.stderr, b"")
        return done.returncode, done.stdout

    def record(self):
        self.write("run.drill", drill("""@id OE-001
scenario "Filled" {
  OE: send NewOrderSingle { ClOrdID = A1 | Symbol = MSFT | Side = Buy | OrderQty = 100 | OrdType = Limit | Price = 10.25
    TransactTime = ${now()} }
  OE: expect ExecutionReport { ClOrdID = A1 | ExecType = New }
}
scenario "Another" {
  OE: send NewOrderSingle { ClOrdID = A2 | Symbol = MSFT | Side = Buy | OrderQty = 7 | OrdType = Limit | Price = 9.25
    TransactTime = ${now()} }
  OE: expect ExecutionReport { ClOrdID = A2 | ExecType = Rejected }
}"""))
        code, out, err = self.start("run", "--sim", "--db", "run.db", "run.drill").end()
        self.assertEqual(code, 1, out + err)

    def test_grep_takes_lines_out_of_a_log_as_they_stand(self):
        expression = "35=8 and 39 in (2,4) and NoPartyIDs[PartyRole=12].PartyID = DEALER"
        code, out = self.piped(["grep", expression, "a.log"], b"")
        self.assertEqual((code, out), (0, (self.folder / "a.log").read_bytes().splitlines(True)[2]))
        again, found = self.piped(["grep", expression], log_of(ORDER, FILL, BEAT))
        self.assertEqual((again, found), (0, out))
        self.assertEqual(self.out("grep", "-c", "35=D", "a.log"), "2\n")
        self.assertEqual(self.out("grep", "-l", "MsgType = Heartbeat", "a.log", "a.log"), "a.log\na.log\n")
        self.assertEqual(self.out("grep", "35=AE", "a.log", code=1), "")
        self.assertEqual(self.out("grep", "-q", "35=D", "a.log"), "")
        self.assertEqual(self.out("grep", "-c", "has 35", "--from", "12:00", "a.log"), "1\n")
        self.assertEqual(self.out("grep", "-c", "has 35", "--to", "06:58", "--tz", "America/New_York", "a.log"), "3\n")

    def test_what_is_wrong_is_said(self):
        self.assertIn("expression:1:1: error: no field is called OrdStats; did you mean OrdStatus?",
                      self.error("grep", "OrdStats = 2", "a.log"))
        self.assertIn("write a time, 11:58", self.error("show", "--from", "noon", "a.log"))
        self.assertIn("--tz Amerika/New_York: no such zone, did you mean America/New_York?",
                      self.error("show", "--tz", "Amerika/New_York", "a.log"))
        self.assertIn("no.log", self.error("show", "no.log"))
        self.assertIn("has no session DC; it has", self.error("grep", "35=D", "--session", "DC", "a.log"))
        self.assertIn("grep needs an expression", self.error("grep"))
        self.assertIn("only a recording knows scenarios", self.error("show", "--scenario", "X", "a.log"))
        self.assertIn("no message has an id 099", self.error("ladder", "--order", "099", "a.log", code=4))
        code, out, err = self.start("grep", "-c", "35=D", "no.log", "a.log").end()
        self.assertEqual((code, out), (2, "a.log:2\n"), "the others are searched")
        self.assertIn("no.log", err)

    def test_show_decodes_a_log_and_a_pipe(self):
        shown = self.out("show", "a.log")
        self.assertIn("2026-11-28 UTC\n11:58:00.100  ", shown)
        self.assertIn("OrdStatus(39) = 2 Filled\n", shown)
        self.assertIn("\ngateway: all well\n", shown)
        self.assertIn("\n              (1 Heartbeat)\n", shown)
        self.assertIn("06:58:00.100  ", self.out("show", "--tz", "America/New_York", "a.log"))
        code, out = self.piped(["show", "--session", "EXCH"], (self.folder / "a.log").read_bytes())
        self.assertEqual((code, out.decode().count("ClOrdID(11)")), (0, 3))

    def test_a_recording_with_its_verdicts(self):
        self.record()
        shown = self.out("show", "--scenario", "Another", "run.db")
        self.assertIn("FAIL  Another  run.drill:9\n", shown)
        self.assertIn("\n              ! ExecType(150): expected 8 Rejected, received 0 New\n", shown)
        self.assertNotIn("A1", shown)
        first = next(line for line in shown.splitlines() if "NewOrderSingle" in line)
        number = first.split("#")[1].split()[0]
        self.assertEqual(self.out("show", "--id", number, "run.db").count("ClOrdID(11)"), 1)
        self.assertIn("did you mean OE-001?", self.error("show", "--scenario", "OE-01", "run.db"))
        line = self.out("grep", "11 = A2 and 35 = D", "run.db")
        self.assertRegex(line, r"^\d{8}-[\d:]{8}\.\d{9} OE out 8=FIX\.4\.4\x01")
        code, out = self.piped(["grep", "-c", "11 = A2"], line.encode())
        self.assertEqual((code, out), (0, b"1\n"))

    def test_a_recording_by_its_label(self):
        self.record()
        (self.folder / "runs").mkdir(exist_ok=True)
        self.assertEqual(self.start("run", "--sim", "--release", "7.1", "run.drill").end()[0], 1)
        self.assertEqual(self.out("grep", "-c", "35=D", "release:7.1"), "2\n")
        self.assertIn("ClOrdID(11) = A1", self.out("show", "release:7.1"))
        self.assertIn("A2", self.out("orders", "release:7.1"))
        self.assertIn("there are releases 7.1", self.error("show", "release:7.2"))
        self.assertIn("there are releases 7.1", self.error("grep", "35=D", "change:7.1"))

    def test_a_recording_that_was_cut(self):
        self.record()
        whole = (self.folder / "run.db").read_bytes()
        (self.folder / "cut.db").write_bytes(whole[:-8192])
        sentence = (f"fixdrill: error: cut.db is damaged: it ends after {len(whole) - 8192} of {len(whole)} bytes, as a copy "
                    "does that was not finished\n")
        for arguments in (["show"], ["ladder"], ["grep", "35=D"], ["export"], ["query", "SELECT raw FROM message"]):
            at = [*arguments, "cut.db"] if arguments[0] != "query" else ["query", "cut.db", arguments[1]]
            code, out, err = self.start(*at).end()
            self.assertEqual((code, err), (2, sentence), at)
            self.assertIn("A2", out, at)
        for arguments in (["report", "cut.db"], ["ladder", "--order", "NONE", "cut.db"]):
            self.assertEqual(self.error(*arguments), sentence)
        code, out, err = self.start("verify", "cut.db").end()
        self.assertEqual(code, 1, out + err)
        self.assertIn("of " + str(len(whole)), out)

    def test_a_ladder_of_an_order(self):
        drawn = self.out("ladder", "--order", "O-1", "--width", "100", "a.log")
        self.assertIn("NewOrderSingle 087 Buy 100 MSFT @ 10.25 ", drawn)
        self.assertIn("11:58:00.138      +38 ms │◀─ ExecutionReport Filled 087 filled 100 @ 10.25", drawn)
        self.assertNotIn("088", drawn)
        code, out = self.piped(["ladder", "--ascii", "--order", "O-1", "--width", "100"],
                               (self.folder / "a.log").read_bytes())
        self.assertEqual((code, out.decode().count("087")), (0, 2))
        self.assertTrue(out.isascii())

    def test_follow_shows_what_comes(self):
        log = self.folder / "a.log"
        running = self.start("show", "--follow", "a.log")
        running.wait_for_line("ClOrdID(11) = 088", "out")
        with log.open("ab") as end:
            end.write(log_of(NEXT.replace("088", "089")))
        running.wait_for_line("ClOrdID(11) = 089", "out")

    def test_a_full_disk_is_no_success(self):
        for arguments in (["show"], ["show", "--follow"], ["ladder"], ["grep", "35=8"], ["export"], ["orders"], ["gaps"]):
            with open("/dev/full", "wb") as full:
                done = subprocess.run([os.environ["FIXDRILL"], *arguments, "a.log"], stdin=subprocess.DEVNULL, stdout=full,
                                      stderr=subprocess.PIPE, cwd=self.folder, timeout=120, check=False)
            self.assertEqual((done.returncode, done.stderr), (3, b"fixdrill: error: cannot write the output\n"), arguments)

    def test_an_export_goes_over_no_other_file(self):
        for taken in ("a.log", "notes.txt"):
            path = self.folder / taken
            if not path.exists():
                path.write_text("mine")
            before = path.read_bytes()
            done = subprocess.run([os.environ["FIXDRILL"], "export", "a.log", "-o", taken], stdin=subprocess.DEVNULL,
                                  capture_output=True, cwd=self.folder, timeout=120, check=False)
            self.assertEqual((done.returncode, done.stdout), (3, b""))
            self.assertEqual(done.stderr.decode(), f"fixdrill: error: cannot create {taken}: it exists already;"
                                                   " choose another place with -o\n")
            self.assertEqual(path.read_bytes(), before)

    def test_a_closed_pipe_ends_it_quietly(self):
        (self.folder / "long.log").write_bytes(log_of(*[ORDER, FILL] * 2000))
        for command in (["show", "long.log"], ["grep", "has 35", "long.log"], ["ladder", "long.log"]):
            with subprocess.Popen([os.environ["FIXDRILL"], *command], cwd=self.folder, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE) as running:
                running.stdout.read(10)
                running.stdout.close()
                self.assertEqual(running.stderr.read(), b"")
                self.assertIn(running.wait(120), (-13, 0))


if __name__ == "__main__":
    unittest.main()
