"""What the end-to-end tests share: a folder with profile and scenarios, the programs, peers, recordings.

The programs are named by the environment: FIXDRILL, COUNTERPARTY, GATEWAY_CLIENT (ctest sets them). Nothing here
sleeps: to wait is to read a line, a socket or a process's end, each with a limit of LIMIT_S seconds.
"""
import contextlib
import os
import pathlib
import selectors
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIMIT_S = 120
# Bytes of a recording that its dictionary leaves to some messages.
ROOM = 800_000 + (ROOT / "fixspecs/FIX44.xml").stat().st_size

ORDER = """ClOrdID = ${uid()} | Symbol = MSFT | Side = Buy | OrderQty = 100 | OrdType = Limit | Price = 10.25
    TransactTime = ${now()}"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def session(name, port, **more):
    """A session table of a profile; keyword arguments add or replace keys, values as TOML writes them."""
    keys = {"port": port, "begin_string": '"FIX.4.4"', "sender": '"BRK1"', "target": '"EXCH"', "store": '"memory"',
            **more}
    return f"[session.{name}]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items())


def profile(*sessions, environment="simulator"):
    return f'environment = "{environment}"\n' + "".join(sessions)


def drill(text, sessions="session OE initiator"):
    return f'drill 1\n{sessions}\n{text}\n'


def fix(text, begin_string="FIX.4.4"):
    """A whole message from `35=0|49=…|`: adds 8, 9 and 10."""
    body = text.replace("|", "\x01").encode()
    head = f"8={begin_string}\x019={len(body)}\x01".encode()
    return head + body + f"10={sum(head + body) % 256:03}\x01".encode()


class Running:
    """A program at work whose output is read line by line."""

    def __init__(self, arguments, **options):
        self.process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, **options)
        self.text = {"out": "", "err": ""}
        self.selector = selectors.DefaultSelector()
        for name, stream in (("out", self.process.stdout), ("err", self.process.stderr)):
            os.set_blocking(stream.fileno(), False)
            self.selector.register(stream, selectors.EVENT_READ, name)

    def read_more(self, deadline):
        """Reads what there is, waiting for something; false at the end of both streams."""
        if not self.selector.get_map():
            return False
        events = self.selector.select(max(0, deadline - time.monotonic()))
        if not events:
            raise AssertionError(f"nothing within {LIMIT_S} s; so far: {self.text}")
        for key, _ in events:
            block = os.read(key.fileobj.fileno(), 65536)
            self.text[key.data] += block.decode(errors="replace")
            if not block:
                self.selector.unregister(key.fileobj)
        return True

    def wait_for_line(self, part, stream="err"):
        """Returns the first line that holds `part`."""
        deadline = time.monotonic() + LIMIT_S
        while True:
            for line in self.text[stream].splitlines(True):
                if part in line and line.endswith("\n"):
                    return line.rstrip("\n")
            if not self.read_more(deadline):
                raise AssertionError(f"ended without a line with {part!r}: {self.text}")

    def end(self):
        """Waits for the end: exit code, stdout, stderr."""
        deadline = time.monotonic() + LIMIT_S
        while self.read_more(deadline):
            pass
        code = self.process.wait(LIMIT_S)
        self.close()
        return code, self.text["out"], self.text["err"]

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait(LIMIT_S)
        self.process.stdout.close()
        self.process.stderr.close()
        self.selector.close()


class World(unittest.TestCase):
    """A test with a folder of its own; whatever it starts is gone afterwards."""

    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="fixdrill-e2e-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def start(self, *arguments, **options):
        options.setdefault("env", {**os.environ, "CI": "1", "NO_COLOR": "1", "GITHUB_ACTIONS": ""})
        running = Running([os.environ["FIXDRILL"], *map(str, arguments)], cwd=self.folder, **options)
        self.addCleanup(running.close)
        return running

    def start_run(self, *arguments, **options):
        """`fixdrill run` of run.drill with fixdrill.toml into run.db, unless told otherwise."""
        return self.start("run", "--db", "run.db", *(arguments or ["run.drill"]), **options)

    def run_drill(self, *arguments, **options):
        return self.start_run(*arguments, **options).end()

    def counterparty(self, *arguments):
        """Starts the exchange; returns it with its port."""
        running = Running([os.environ["COUNTERPARTY"], *arguments])
        self.addCleanup(running.close)
        return running, int(running.wait_for_line("listening on", "out").rsplit(":", 1)[1])

    def out(self, *arguments, code=0):
        """What the program prints, which says nothing else."""
        got, out, err = self.start(*arguments).end()
        self.assertEqual((got, err), (code, ""), out)
        return out

    def error(self, *arguments, code=2):
        """What the program complains of, which prints nothing else."""
        got, out, err = self.start(*arguments).end()
        self.assertEqual((got, out), (code, ""), err)
        return err

    def rows(self, query, name="run.db"):
        with contextlib.closing(sqlite3.connect(f"file:{self.folder / name}?mode=ro", uri=True)) as db:
            return db.execute(query).fetchall()

    def assert_recording_is_whole(self, name="run.db", **run):
        """It opens, is intact, is closed, and says of the run what is expected."""
        self.assertEqual(self.rows("PRAGMA integrity_check", name), [("ok",)])
        for column, value in run.items():
            self.assertEqual(self.rows(f"SELECT {column} FROM run", name), [(value,)], column)
        self.assertEqual(self.rows("SELECT count(*) FROM run WHERE ended_ns IS NOT NULL", name), [(1,)])
        self.assertEqual(list(self.folder.glob(name + "-*")), [], "write-ahead files left")
        code, shown, complaint = self.start("show", name).end()
        self.assertEqual((code, complaint), (0, ""), shown)

    def assert_streams_are_whole(self, name="run.db"):
        """The messages of a connection, one after another, are the bytes that went over it."""
        read = self.rows("SELECT connection_id, dir, sum(len) FROM io GROUP BY 1, 2", name)
        rebuilt = {}
        for connection, direction, offset, raw in self.rows(
                "SELECT connection_id, dir, stream_off, raw FROM message ORDER BY 1, 2, 3", name):
            self.assertEqual(rebuilt.get((connection, direction), 0), offset)
            rebuilt[connection, direction] = offset + len(raw)
        self.assertEqual({(c, d): n for c, d, n in read}, rebuilt)
        self.assertTrue(read)
