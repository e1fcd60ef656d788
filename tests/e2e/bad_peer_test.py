"""Peers that misbehave in the middle of a run: they die, send garbage, stop reading, say nothing."""
import contextlib
import signal
import socket
import threading
import unittest

from world import ORDER, LIMIT_S, World, drill, fix, profile, session

WIRE = "session OE initiator wire"
LOGON = """  connect
  send Logon { EncryptMethod = 0 | HeartBtInt = 30 }
  expect Logon
"""
ANSWER = fix("35=A|49=EXCH|56=BRK1|34=1|52=20260102-03:04:05|98=0|108=30|")


class ScriptedPeer:
    """Takes one connection, answers its first bytes with `answer`, then does `afterwards` with the socket."""

    def __init__(self, answer, afterwards=None):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(LIMIT_S)
        self.port = self.listener.getsockname()[1]
        self.released = threading.Event()
        self.thread = threading.Thread(target=self.serve, args=(answer, afterwards))
        self.thread.start()

    def serve(self, answer, afterwards):
        with contextlib.suppress(OSError):
            line, _ = self.listener.accept()
            with line:
                line.settimeout(LIMIT_S)
                line.recv(65536)
                line.sendall(answer)
                if afterwards:
                    afterwards(line)
                else:
                    while line.recv(65536):
                        pass

    def hold(self, _line):
        """Keeps the line without reading from it."""
        self.released.wait(LIMIT_S)

    def close(self):
        self.released.set()
        self.listener.close()
        self.thread.join(LIMIT_S)


class BadPeer(World):
    def peer(self, answer, afterwards=None):
        made = ScriptedPeer(answer, afterwards)
        self.addCleanup(made.close)
        self.write("fixdrill.toml", profile(session("OE", made.port)))
        return made

    def fails(self, scenario, text, sessions=WIRE, code=1):
        self.write("run.drill", drill('scenario "Bad peer" {\n' + scenario + "}", sessions))
        got, out, err = self.run_drill()
        self.assertEqual(got, code, out + err)
        self.assertIn(text, out)
        self.assert_recording_is_whole(exit_code=code)
        return out

    def test_killed_in_the_middle(self):
        exchange, port = self.counterparty()
        self.write("fixdrill.toml", profile(session("OE", port)))
        self.write("run.drill", drill('scenario "Killed" {\n  send NewOrderSingle { ' + ORDER +
                                      ' }\n  await ExecutionReport { ExecType = New }\n  log "now"\n'
                                      '  await ExecutionReport within 30s { ExecType = Expired }\n}'))
        ours = self.start_run()
        ours.wait_for_line("now")
        exchange.process.kill()
        code, out, err = ours.end()
        self.assertEqual(code, 1, out + err)
        self.assertRegex(out, "the peer (closed|reset) the connection")
        self.assert_recording_is_whole(outcome="FAIL", exit_code=1)
        self.assert_streams_are_whole()

    def test_garbage_instead_of_a_logon(self):
        self.peer(b"HTTP/1.1 400 Bad Request\r\n\r\n" * 300)
        self.fails(LOGON, "garbled")

    def test_message_cut_off_by_the_close(self):
        self.peer(ANSWER[:40], lambda line: None)
        self.fails(LOGON, "in the middle of a message")

    def test_wrong_checksum(self):
        self.peer(ANSWER[:-4] + b"000\x01")
        out = self.fails(LOGON, "garbled")
        self.assertIn("10=000", out)

    def test_line_reset(self):
        def reset(line):
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        self.peer(ANSWER, reset)
        self.fails(LOGON + "  expect Heartbeat within 20s\n", "the peer reset the connection")

    def test_silent_peer_before_the_logon(self):
        self.peer(b"")
        self.fails("  expect nothing for 1ms\n", "no Logon within 5 s", "session OE initiator", 3)

    def test_stopped_peer(self):
        exchange, port = self.counterparty()
        self.write("fixdrill.toml", profile(session("OE", port)))
        self.write("run.drill", drill('scenario "Stopped" {\n  sync\n  log "up"\n  expect nothing for 300ms\n'
                                      '  sync within 1s\n}'))
        ours = self.start_run()
        ours.wait_for_line("up")
        exchange.process.send_signal(signal.SIGSTOP)
        code, out, err = ours.end()
        self.assertEqual(code, 1, out + err)
        self.assertIn("Heartbeat that answers our TestRequest", out)
        self.assert_recording_is_whole(outcome="FAIL", exit_code=1)


if __name__ == "__main__":
    unittest.main()
