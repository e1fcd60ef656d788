"""scenarios/hostile: peers that mean harm, as scenarios. In both roles on virtual time, where the simulator that is called
or that calls lives in the run's own process; and against a `fixdrill sim` under a memory watch. hostile_client_test.py
has what no scenario can do: many connections at once, writing while others are served."""
import os
import pathlib
import re
import shutil
import signal
import unittest

from world import ROOT, World

MIB = 1 << 20
HIGHEST = 160 * MIB  # of the simulator: BAD has 8 MiB to send and 8 to receive, and each may be there a few times
GROWTH = 24 * MIB  # from after the first run to after the second: what stays


def resident(process, key):
    """VmRSS or VmHWM in bytes."""
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(rf"{key}:\s+(\d+) kB", status)[1]) * 1024


class HostileScenarios(World):
    def setUp(self):
        super().setUp()
        for part in ("lib", "hostile"):
            shutil.copytree(ROOT / "scenarios" / part, self.folder / part)
        shutil.copy(ROOT / "scenarios/local.toml", self.folder / "fixdrill.toml")

    def passes(self, *arguments, name="run.db"):
        """Every scenario passes or says that it is for the other role; gives how many did either."""
        code, out, err = self.start("run", "--db", name, *arguments, "hostile").end()
        self.assertEqual(code, 0, out + err)
        last = re.search(r"(?m)^(\d+) passed, 0 failed(?:, (\d+) skipped)? in ", out)
        self.assertTrue(last, out)
        return int(last[1]), int(last[2] or 0)

    def test_clients_on_virtual_time(self):
        passed, skipped = self.passes("--sim", "--virtual-time", "--")
        self.assertGreaterEqual(passed, 54)
        self.assertEqual(skipped, 0)
        self.assert_recording_is_whole(outcome="PASS", exit_code=0)
        self.assert_streams_are_whole()

    def test_exchanges_on_virtual_time(self):
        passed, skipped = self.passes("-p", "hostile/exchange.toml", "--sim", "--virtual-time", "--")
        self.assertGreaterEqual(passed, 38)
        self.assertEqual(skipped, 13, "those of before_logon and of groups that say why")
        self.assert_recording_is_whole(outcome="PASS", exit_code=0)

    def test_what_is_taken_from_a_hostile_peer_fails_its_scenario(self):
        """The byte too many is left out: then the message is served, and the scenario must not pass."""
        path = self.folder / "hostile/framing.drill"
        text = path.read_text()
        self.assertIn("8388608 - 82", text)
        path.write_text(text.replace("8388608 - 82", "8388608 - 83"))
        code, out, err = self.start("run", "--db", "run.db", "--id", "HOST-004", "--sim", "--virtual-time", "--",
                                    "hostile/framing.drill").end()
        self.assertEqual(code, 1, out + err)
        self.assertRegex(out, r"(?m)^FAIL   HOST-004")
        self.assertIn("Heartbeat on BAD differs in", out)

    def test_a_simulator_under_watch(self):
        # What waits for limits does so on virtual time above.
        running = self.start("sim", "--port", "0")
        port = re.search(r"--sim-port (\d+)", running.wait_for_line("next:", "out"))[1]
        self.passes("--sim-port", port, "-t", "-waits", "--", name="first.db")
        between = resident(running.process, "VmRSS")
        running.wait_for_line("logs on")  # nobody has read till now: what did not fit was left out
        self.passes("--sim-port", port, "-t", "-waits", "--", name="second.db")
        running.wait_for_line("lines left out: nobody read them)")
        if not os.environ.get("SANITIZED"):  # a sanitizer keeps what was freed
            self.assertLess(resident(running.process, "VmHWM"), HIGHEST)
            self.assertLess(resident(running.process, "VmRSS") - between, GROWTH)
        running.process.send_signal(signal.SIGTERM)
        code, _, err = running.end()
        self.assertEqual(code, 0, err[-2000:])
        self.assertIsNone(re.search(r"[\x00-\x08\x0b-\x1f\x7f]", err), "control bytes in what it says")


if __name__ == "__main__":
    unittest.main()
