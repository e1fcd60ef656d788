"""Prompts on a terminal: what is typed, what is not, and what happens meanwhile. And `exec`."""
import fcntl
import json
import os
import pty
import select
import selectors
import signal
import socket
import subprocess
import termios
import time
import unittest

from world import LIMIT_S, World, drill, fix, profile, session

CUE = "> "


class Terminal:
    """`fixdrill` on a terminal of its own, standard output apart."""

    def __init__(self, arguments, cwd, env):
        self.master, slave = pty.openpty()

        def take_terminal():
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        self.process = subprocess.Popen([os.environ["FIXDRILL"], *arguments], cwd=cwd, env=env, stdin=slave,
                                        stderr=slave, stdout=subprocess.PIPE, preexec_fn=take_terminal)
        os.close(slave)
        self.seen = ""
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.master, selectors.EVENT_READ)

    def read_more(self, deadline):
        if not self.selector.select(max(0, deadline - time.monotonic())):
            raise AssertionError(f"nothing within {LIMIT_S} s; so far: {self.seen}")
        try:
            block = os.read(self.master, 65536)
        except OSError:  # the terminal's last program is gone
            block = b""
        self.seen += block.decode(errors="replace").replace("\r\n", "\n")
        return bool(block)

    def wait_for(self, *parts):
        """Until the parts have been shown in this order; what comes after them is looked at next."""
        deadline = time.monotonic() + LIMIT_S
        for part in parts:
            while part not in self.seen:
                if not self.read_more(deadline):
                    raise AssertionError(f"ended without {part!r}: {self.seen}")
            self.seen = self.seen.split(part, 1)[1]

    def types(self, text):
        os.write(self.master, text.encode())

    def end(self):
        out = self.process.stdout.read().decode()
        return self.process.wait(LIMIT_S), out

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(LIMIT_S)
        self.process.stdout.close()
        self.selector.close()
        os.close(self.master)


class People(World):
    def on_terminal(self, steps, *options, sessions="session OE initiator wire", port=1):
        self.write("fixdrill.toml", profile(session("OE", port)))
        self.write("run.drill", drill('@id P-1\nscenario "People" {\n' + steps + "\n}", sessions))
        env = {name: value for name, value in os.environ.items() if name not in ("CI", "GITHUB_ACTIONS")}
        terminal = Terminal(["run", "--db", "run.db", *options, "run.drill"], self.folder, {**env, "NO_COLOR": "1"})
        self.addCleanup(terminal.close)
        return terminal

    def answers(self):
        return self.rows("SELECT kind, question, answer, source FROM answer ORDER BY step_exec_id")

    def test_every_prompt_is_answered(self):
        shot = self.folder / "the shot.png"
        shot.write_bytes(b"\x89PNG\0\xff" * 9)
        ours = self.on_terminal('instruct "Place the order" within 15min\n'
                                'ask "Desk name?" -> who default "B" choices (A, B)\n'
                                'ask "Again?" -> again default "x"\n'
                                'attach "screenshot"\nconfirm "${who}${again}: Working?"')
        ours.wait_for("P-1 needs a person:", "Place the order", "(press Enter when it is done; within 15min)", CUE)
        ours.types("no\n")
        ours.wait_for("'no' does not say that it is done; press Enter alone or type done", CUE)
        ours.types("\n")
        ours.wait_for("Desk name?", "(A or B; Enter alone: B)", CUE)
        ours.types("C\n")
        ours.wait_for("'C' is none of A, B", CUE)
        ours.types(" a \n")
        ours.wait_for("Again?", CUE)
        ours.types("\n")
        ours.wait_for("screenshot", "(path of a file)", CUE)
        ours.types("nowhere.png\n")
        ours.wait_for("cannot read nowhere.png: No such file or directory", CUE)
        ours.types("/dev/zero\n")
        ours.wait_for("/dev/zero is not a file", CUE)
        ours.types(f"'{shot}'\n")
        ours.wait_for("Ax: Working?", "(y or n)", CUE)
        ours.types("perhaps\n")
        ours.wait_for("answer y or n", CUE)
        ours.types("Y\n")
        code, out = ours.end()
        self.assertEqual(code, 0, out)
        self.assertEqual(self.answers(), [
            ("instruct", "Place the order", "done", "terminal"), ("ask", "Desk name?", "A", "terminal"),
            ("ask", "Again?", "x", "terminal"), ("attach", "screenshot", str(shot), "terminal"),
            ("confirm", "Ax: Working?", "yes", "terminal")])
        self.assertEqual(self.rows("SELECT data FROM answer JOIN artifact USING (sha256) WHERE artifact.kind ="
                                   " 'attachment' AND name = 'the shot.png'"), [(shot.read_bytes(),)])
        self.assertEqual(self.rows("SELECT count(*) FROM answer WHERE who = ''"), [(0,)])
        self.assert_recording_is_whole(exit_code=0)
        self.the_answers_come_back(out)

    def the_answers_come_back(self, before):
        """The file that a recording gives answers the same run without a person."""
        code, sheet, _ = self.start("report", "--answers", "run.db").end()
        self.assertEqual(code, 0)
        self.write("answers.csv", sheet)
        code, out, err = self.start("run", "--db", "again.db", "--answers", "answers.csv", "run.drill").end()
        self.assertEqual((code, err), (0, ""), before + out)
        columns = "SELECT kind, question, answer, who, sha256 FROM answer ORDER BY step_exec_id"
        self.assertEqual(self.rows(columns, "again.db"), self.rows(columns))

    def test_secrets_are_masked(self):
        self.write("log.txt", "the password is hush-hush\n")
        self.write("fixdrill.toml", profile(session("OE", 1)) + '[secret]\nPW = { env = "OE_PW" }\n')
        self.write("run.drill", drill('secret PW\nscenario "s" {\n  instruct "Type ${PW}"\n  ask "What?" -> it\n'
                                      '  attach "log"\n  check 1 = 1\n}'))
        self.write("a.csv", "scenario,step,answer,who\ns,1,,ann\ns,2,is it hush-hush?,ann\ns,3,log.txt,ann\n")
        code, out, err = self.run_drill("--answers", "a.csv", "run.drill",
                                        env={**os.environ, "CI": "1", "NO_COLOR": "1", "OE_PW": "hush-hush"})
        self.assertEqual(code, 0, out + err)
        self.assertIn("log.txt: secrets in it are masked", out)
        self.assertNotIn("hush-hush", out + err)
        self.assertEqual(self.rows("SELECT question, answer FROM answer"),
                         [("Type *********", "done"), ("What?", "is it *********?"), ("log", "log.txt")])
        self.assertEqual(self.rows("SELECT data FROM artifact WHERE kind = 'attachment'"),
                         [(b"the password is *********\n",)])
        self.assertNotIn(b"hush-hush", (self.folder / "run.db").read_bytes())

    def test_no_is_a_failure(self):
        ours = self.on_terminal('confirm "Working on the screen"')
        ours.wait_for("Working on the screen", CUE)
        ours.types("n\n")
        code, out = ours.end()
        self.assertEqual(code, 1)
        self.assertRegex(out, "not confirmed by .+: Working on the screen")

    def test_what_was_typed_before_is_no_answer(self):
        ours = self.on_terminal('instruct "First"\nconfirm "Second"')
        ours.wait_for("First", CUE)
        ours.types("\ny\n")
        ours.wait_for("Second", CUE)
        ours.types("n\n")
        code, out = ours.end()
        self.assertEqual(code, 1, out)

    def test_end_of_input_is_unattended(self):
        ours = self.on_terminal('ask "Desk name?" -> who default "B"\ncheck who = "B"')
        ours.wait_for("Desk name?", CUE)
        ours.types("\x04")
        code, out = ours.end()
        self.assertEqual(code, 4)
        self.assertIn("UNRESOLVED  P-1  People", out)
        self.assertIn("no answer to this 'ask': there is nobody at the terminal", out)

    def test_interrupt_at_a_prompt(self):
        ours = self.on_terminal('instruct "Place the order"\nconfirm "Done?"')
        ours.wait_for("Place the order", CUE)
        ours.types("\x03")
        code, out = ours.end()
        self.assertEqual(code, 130)
        self.assertIn("interrupted", out)
        self.assert_recording_is_whole(interrupted=1, exit_code=130)
        self.assertEqual(self.answers(), [])

    def test_no_answer_in_time(self):
        ours = self.on_terminal('ask "Desk name?" -> who within 10ms default "B"\ncheck who = "B"\n'
                                'confirm "Working?" within 20ms')
        ours.wait_for("no answer came within 10ms; the default holds: B", "Working?")
        code, out = ours.end()
        self.assertEqual(code, 4)
        self.assertIn("no answer to this 'confirm': no answer came within 20ms", out)
        self.assertEqual(self.rows("SELECT answer, who, source FROM answer"), [("B", "nobody", "default")])

    def test_the_session_lives_on_and_its_end_is_told(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(LIMIT_S)
            ours = self.on_terminal('connect\ninstruct "Look"\nexpect disconnect',
                                    sessions="session OE initiator wire { auto = testrequest }",
                                    port=listener.getsockname()[1])
            peer, _ = listener.accept()
            with peer:
                peer.settimeout(LIMIT_S)
                ours.wait_for("Look", CUE)
                peer.sendall(fix("35=1|34=1|49=EXCH|56=BRK1|52=20260102-03:04:05|112=ALIVE|"))
                answer = b""
                while b"112=ALIVE\x01" not in answer:
                    block = peer.recv(4096)
                    self.assertTrue(block, answer)
                    answer += block
            ours.wait_for("OE was disconnected: ", CUE)
            ours.types("\n")
            code, out = ours.end()
        self.assertEqual(code, 0, out)

    def test_prompts_of_lanes_come_one_at_a_time(self):
        self.write("fixdrill.toml", profile(session("A", 1), session("B", 2)))
        for name in "AB":
            self.write(f"all/{name}.drill", drill(f'@id {name}\nscenario "s" {{\n  confirm "Is it {name}?"\n}}',
                                                  f"session {name} initiator wire"))
        env = {name: value for name, value in os.environ.items() if name not in ("CI", "GITHUB_ACTIONS")}
        ours = Terminal(["run", "-j", "2", "--db", "run.db", "all"], self.folder, env)
        self.addCleanup(ours.close)
        for _ in range(2):
            ours.wait_for(" needs a person:\n    Is it ")
            ours.wait_for(CUE)
            self.assertNotIn("Is it", ours.seen)
            ours.types("y\n")
        code, out = ours.end()
        self.assertEqual(code, 0, out)
        self.assertEqual(out.count("PASS"), 2)

    def test_answers_file_that_is_wrong(self):
        self.write("fixdrill.toml", profile(session("OE", 1)))
        self.write("run.drill", drill('scenario "s" {\n  confirm "ok?"\n}'))
        for text, complaint in (
                ("", "a.csv:1:1: error: no answers: the first line names the columns"),
                ("scenario,step,anwser,who\n", "a.csv:1:15: error: no column 'anwser'; did you mean answer?"),
                ("scenario,step,answer\n", "a.csv:1:1: error: there is no column 'who'"),
                ("scenario,step,answer,who\ns,ok?,y,\n", "a.csv:2:9: error: who answers?"),
                ("scenario,step,answer,who\ns,,y,me\n", "a.csv:2:3: error: which step?"),
                ("scenario,step,answer,who\ns,ok?,y,me,1,2,3\n", "a.csv:2:14: error: more cells than columns"),
                ('scenario,step,answer,who\ns,"ok?\n', "a.csv:2:3: error: this cell is not closed: a '\"' is missing")):
            with self.subTest(text=text):
                self.write("a.csv", text)
                code, out, err = self.run_drill("--answers", "a.csv", "run.drill")
                self.assertEqual((code, out), (2, ""))
                self.assertIn(complaint, err)
        code, _, err = self.run_drill("--answers", "none.csv", "run.drill")
        self.assertEqual(code, 2)
        self.assertIn("cannot read none.csv", err)

    def test_answers_that_nobody_asked_for_or_that_do_not_fit(self):
        self.write("fixdrill.toml", profile(session("OE", 1)))
        self.write("run.drill", drill('scenario "s" {\n  ask "Desk?" -> d choices (A, B)\n  check d = "A"\n}'))
        self.write("a.csv", "who,answer,step,scenario\nme,C,Desk?,s\nme,x,Other?,s\n")
        code, out, err = self.run_drill("--answers", "a.csv", "run.drill", "--report-json", "r.json")
        self.assertEqual(code, 4)
        self.assertIn("no answer to this 'ask': a.csv:2:4: 'C' is none of A, B; CI is set in the environment", out)
        self.assertIn("a.csv:3:4: warning: this answer was not asked for: no prompt of scenario s came to 'Other?'",
                      err)
        scenario = json.loads((self.folder / "r.json").read_text())["scenarios"][0]
        self.assertEqual((scenario["outcome"], scenario["exit_code"]), ("UNRESOLVED", 4))


class Exec(World):
    def exec_drill(self, steps, *options, env=None):
        self.write("fixdrill.toml", profile(session("OE", 1, password='{ env = "OE_PW" }')))
        self.write("run.drill", drill('scenario "s" {\n' + steps + "\n}"))
        return self.run_drill(*options, "run.drill",
                              env={**os.environ, "CI": "1", "NO_COLOR": "1", "OE_PW": "hush hush", **(env or {})})

    def test_it_needs_the_option(self):
        code, out, err = self.exec_drill('exec "touch" "made"\ncheck 1 = 1')
        self.assertEqual((code, out), (2, ""))
        self.assertIn("run.drill:4:1: error: this starts a program of this machine; add --allow-exec to run it", err)
        self.assertFalse((self.folder / "made").exists())
        self.assertEqual(self.start("check").end()[0], 0)
        self.write("other/run.drill", drill('@id other\nscenario "t" {\n  check 1 = 1\n}'))
        said = self.run_drill("--id", "other", ".", env={**os.environ, "OE_PW": "hush hush"})
        self.assertEqual(said[0], 0, f"what is not selected starts nothing: {said}")

    def test_what_a_program_gets_and_gives(self):
        code, out, err = self.exec_drill(
            'exec "sh" "-c" "pwd; cat; echo $OE_PW.$OTHER; exit 7" -> got\nlog "${got}|${got_status}"\n'
            'check got_status = 7\nexec "echo" "a b" "$HOME" -> plain\ncheck plain = "a b $HOME"',
            "--allow-exec", env={"OTHER": "seen"})
        self.assertEqual(code, 0, out + err)
        self.assertEqual(err.splitlines()[-2:], [str(self.folder.resolve()), ".seen|7"])
        events = self.rows("SELECT text FROM event WHERE kind = 'exec'")
        self.assertIn("left with exit status 7", events[0][0])
        self.assertIn('"echo" "a b" "$HOME" left with exit status 0', events[1][0])

    def test_it_is_killed_with_what_it_started(self):
        self.write("fixdrill.toml", profile(session("OE", 1)))
        self.write("run.drill", drill('scenario "s" {\n  exec "sh" "-c" "mkfifo f; cat f & echo $! > pid; wait"\n'
                                      '  check 1 = 1\n}'))
        os.mkfifo(self.folder / "pid")
        ours = self.start_run("--allow-exec", "run.drill")
        child = os.pidfd_open(int((self.folder / "pid").read_text()))
        self.addCleanup(os.close, child)
        ours.process.send_signal(signal.SIGINT)
        code, out, err = ours.end()
        self.assertEqual(code, 130, out + err)
        self.assertTrue(select.select([child], [], [], LIMIT_S)[0], "what it started has ended too")

    def test_much_output_is_cut_and_does_not_stop_it(self):
        code, out, err = self.exec_drill('exec "sh" "-c" "head -c 3000000 /dev/zero | tr \'\\\\0\' x" -> got\n'
                                         'check len(got) = 1048576', "--allow-exec")
        self.assertEqual(code, 0, out + err)
        self.assertIn("more than that was not kept", self.rows("SELECT text FROM event WHERE kind = 'exec'")[0][0])


if __name__ == "__main__":
    unittest.main()
