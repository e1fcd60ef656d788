"""Input and surroundings that are wrong: each has a clear message and its exit code, and sends nothing."""
import os
import socket
import unittest

from world import ORDER, World, drill, free_port, profile, session

QUIET = 'scenario "Quiet" {\n  expect nothing for 1ms\n}'


class BadInput(World):
    def said(self, code, text, *arguments, **options):
        """Runs run.drill and expects this exit code and this text."""
        got, out, err = self.run_drill(*arguments, **options)
        self.assertEqual(got, code, out + err)
        self.assertIn(text, out + err)
        return out + err

    def test_nobody_listens(self):
        port = free_port()
        self.write("fixdrill.toml", profile(session("OE", port)))
        self.write("run.drill", drill(QUIET))
        self.said(3, f"cannot connect OE to 127.0.0.1:{port}: connection refused")
        self.assert_recording_is_whole(outcome="ERROR", exit_code=3)

    def test_logon_refused_with_a_reason(self):
        _, port = self.counterparty("--password", "sesame")
        self.write("fixdrill.toml", profile(session("OE", port, password='{ env = "OE_PW" }')))
        self.write("run.drill", drill(QUIET))
        env = {**os.environ, "OE_PW": "wrong-canary", "CI": "1"}
        text = self.said(3, "logon of OE was refused", env=env)
        self.assertIn("Password incorrect", text)
        self.assert_recording_is_whole(outcome="ERROR", exit_code=3)
        self.assertEqual(self.start("run", "--db", "2.db", "run.drill", env={**env, "OE_PW": "sesame"}).end()[0], 0)

    def test_logon_refused_without_a_word(self):
        _, port = self.counterparty()
        self.write("fixdrill.toml", profile(session("OE", port, sender='"NOBODY"')))
        self.write("run.drill", drill(QUIET))
        self.said(3, "logon of OE was refused")
        self.assert_recording_is_whole(outcome="ERROR", exit_code=3)

    def test_port_taken(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            self.write("fixdrill.toml", profile(session("EX", port)))
            self.write("run.drill", drill(QUIET, "session EX acceptor wire"))
            self.said(3, f"127.0.0.1:{port}")
        self.assert_recording_is_whole(exit_code=3)

    def test_locked_store(self):
        self.write("fixdrill.toml", profile(session("EX", 0, store='"file"')))
        self.write("run.drill", drill('scenario "Waits" {\n  accept within 60s\n  expect nothing for 1ms\n}',
                                      "session EX acceptor wire"))
        first = self.start("run", "--db", "first.db", "run.drill")
        first.wait_for_line("EX listens on")
        self.said(3, "another fixdrill run uses it")
        self.assert_recording_is_whole(exit_code=3)

    def test_unreadable_files(self):
        self.write("fixdrill.toml", profile(session("OE", 1)))
        self.said(2, "no-such.drill", "no-such.drill")
        self.said(2, "no-such.toml", "-p", "no-such.toml", "run.drill")
        self.write("run.drill", drill('include "missing.drill"\n' + QUIET))
        self.said(2, "missing.drill")

    def test_no_profile(self):
        self.write("run.drill", drill(QUIET))
        self.said(2, "no profile")

    def test_broken_profile(self):
        self.write("fixdrill.toml", 'environment = "simulator"\n[session.OE]\nport = 99999\nsendr = "BRK1"\n')
        self.write("run.drill", drill(QUIET))
        text = self.said(2, "fixdrill.toml:3:8: error: ")
        self.assertIn("did you mean sender?", text)
        self.assertFalse((self.folder / "run.db").exists())

    def test_broken_dictionary(self):
        self.write("acme.xml", '<fix major="4" minor="4">\n<messages>\n</fix>\n')
        self.write("fixdrill.toml", profile(session("OE", 1, dictionary='["acme.xml"]')))
        self.write("run.drill", drill(QUIET))
        self.said(2, "acme.xml:")

    def test_unknown_words(self):
        self.write("fixdrill.toml", profile(session("OE", 1)))
        self.write("run.drill", drill(
            'scenario "Typos" {\n  send NewOrderSingle { Simbol = MSFT | Side = Bye }\n'
            '  expect ExecutionReport { ClOrdID = ${nso.ClOrdID} }\n  OF: expect ExecutionReport\n}'))
        text = self.said(2, "run.drill:4:25: error: ")
        for line in ("4:25", "4:", "5:", "6:"):
            self.assertIn("run.drill:" + line, text)
        self.assertFalse((self.folder / "run.db").exists())

    def test_a_file_that_does_not_parse_hides_nothing_of_the_others(self):
        self.write("fixdrill.toml", profile(session("OE", 1)))
        self.write("a.drill", drill('scenario "Broken" {\n  sned Logon\n}'))
        self.write("b.drill", drill('scenario "Unknown" {\n  expect ExecutionReport { ExecType = Fill }\n}'))
        code, out, err = self.start("check").end()
        self.assertEqual((code, err), (2, "2 files checked: 2 errors, 0 warnings\n"), out)
        self.assertRegex(out, r"a\.drill:4:3: error: .*did you mean 'send'\?")
        self.assertRegex(out, r"b\.drill:4:\d+: error: ExecType\(150\) has no value 'Fill' in FIX 4\.4; did you mean")

    def test_session_that_the_profile_does_not_have(self):
        self.write("fixdrill.toml", profile(session("OE", 1)))
        self.write("run.drill", drill(QUIET, "session OF initiator"))
        self.said(2, "OF")

    def test_nothing_selected(self):
        self.write("fixdrill.toml", profile(session("OE", 1)))
        self.write("run.drill", "drill 1\nsession OE initiator\n")
        self.said(4, "nothing selected: no scenario in run.drill")

    def test_target_that_is_not_allowed(self):
        _, port = self.counterparty()
        self.write("fixdrill.toml", profile(session("OE", port), environment="certification"))
        self.write("run.drill", drill(QUIET))
        self.said(5, "nothing was sent")

    def test_order_beyond_the_limits(self):
        _, port = self.counterparty()
        self.write("fixdrill.toml", profile(session("OE", port)) + "[limits]\nmax_order_qty = 99\n")
        self.write("run.drill", drill('scenario "Too much" {\n  send NewOrderSingle {\n    ' + ORDER +
                                      '\n  }\n  expect ExecutionReport\n}'))
        self.said(5, "max_order_qty")
        self.assertEqual(self.rows("SELECT count(*) FROM message WHERE msg_type = 'D'"), [(0,)])

    def test_recording_that_cannot_be_written(self):
        self.write("fixdrill.toml", profile(session("OE", 1)))
        self.write("run.drill", drill(QUIET))
        self.write("file", "")
        code, out, err = self.start("run", "--db", "file/run.db", "run.drill").end()
        self.assertEqual(code, 3, out + err)
        self.assertIn("file/run.db", err)


if __name__ == "__main__":
    unittest.main()
