"""How a run ends before its time: interrupted, terminated, out of room. The recording is whole each time."""
import os
import resource
import signal
import unittest

from world import ORDER, ROOM, World, drill, profile, session

LONG = 'scenario "Long" {\n  send NewOrderSingle { ' + ORDER + ''' }
  await ExecutionReport { ExecType = New }
  log "in the middle"
  await News within 60s
}
scenario "Never begun" {
  expect nothing for 1ms
}'''


class Stopping(World):
    def interrupted_by(self, number, code):
        _, port = self.counterparty()
        self.write("fixdrill.toml", profile(session("OE", port)))
        self.write("run.drill", drill(LONG))
        ours = self.start_run()
        ours.wait_for_line("in the middle")
        ours.process.send_signal(number)
        got, out, err = ours.end()
        self.assertEqual(got, code, out + err)
        self.assertIn("interrupted", out)
        self.assert_recording_is_whole(interrupted=1, exit_code=code)
        self.assert_streams_are_whole()
        logouts = self.rows("SELECT count(DISTINCT dir) FROM message WHERE msg_type = '5'")
        self.assertEqual(logouts, [(2,)], "Logout was sent and answered")

    def test_sigint(self):
        self.interrupted_by(signal.SIGINT, 130)

    def test_sigterm(self):
        self.interrupted_by(signal.SIGTERM, 143)

    def test_second_signal_stops_at_once(self):
        exchange, port = self.counterparty()
        self.write("fixdrill.toml", profile(session("OE", port)))
        self.write("run.drill", drill(LONG))
        ours = self.start_run()
        ours.wait_for_line("in the middle")
        exchange.process.send_signal(signal.SIGSTOP)  # so that the Logout of the first is not answered
        ours.process.send_signal(signal.SIGINT)
        ours.process.send_signal(signal.SIGINT)
        code, _, _ = ours.end()
        self.assertIn(code, (130, -signal.SIGINT))
        self.assertEqual(self.rows("PRAGMA integrity_check"), [("ok",)])

    def test_no_room_for_the_recording(self):
        _, port = self.counterparty()
        self.write("fixdrill.toml", profile(session("OE", port)))
        one = f"  send NewOrderSingle {{ {ORDER} | Text = {'x' * 4000} }}\n  expect nothing for 20ms\n"
        self.write("run.drill", drill('ignore ExecutionReport\nscenario "Much to record" {\n' + 60 * one + "}"))

        def small_files():
            resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM))
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        code, out, err = self.run_drill(preexec_fn=small_files)
        self.assertEqual(code, 3, out + err)
        self.assertIn("run.db", err)
        self.assertEqual(self.rows("PRAGMA integrity_check"), [("ok",)])
        self.assertGreater(self.rows("SELECT count(*) FROM message")[0][0], 0)

    def test_peer_of_a_child_is_not_needed_to_stop(self):
        self.write("fixdrill.toml", profile(session("EX", 0, sender='"EXCH"', target='"BRK1"')))
        self.write("run.drill", drill('scenario "Alone" {\n  accept within 60s\n  expect nothing for 1ms\n}',
                                      "session EX acceptor wire"))
        ours = self.start_run()
        ours.wait_for_line("EX listens on")
        os.kill(ours.process.pid, signal.SIGINT)
        code, out, err = ours.end()
        self.assertEqual(code, 130, out + err)
        self.assert_recording_is_whole(interrupted=1, exit_code=130)


if __name__ == "__main__":
    unittest.main()
