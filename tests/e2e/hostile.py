"""A simulator with an eye on its memory and its output, and clients that say what they like to it."""
import datetime
import itertools
import os
import pathlib
import re
import socket
import subprocess
import tempfile
import unittest

from world import LIMIT_S, fix

MIB = 1 << 20
ORDER = "55=MSFT|54=1|38=100|40=2|44=10.00|60=20270115-08:00:00|"


def time_text():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%d-%H:%M:%S")


def order(name, **fields):
    """A NewOrderSingle that rests; keywords replace fields: `_44="1"` is Price."""
    text = f"35=D|11={name}|{ORDER}"
    for tag, value in fields.items():
        before = text.index(f"|{tag[1:]}=") + 1
        text = text[:before] + f"{tag[1:]}={value}" + text[text.index("|", before):]
    return text


class Client:
    """One connection. Messages are pipe text; numbers, CompIDs and time are filled in unless given."""

    def __init__(self, port, name="BAD", target="EXCH", begin_string="FIX.4.4"):
        self.name, self.target, self.begin_string = name, target, begin_string
        self.number = 1
        self.unread = b""
        self.line = socket.create_connection(("127.0.0.1", port), LIMIT_S)
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def text(self, text):
        """35 first, then what is not given, then the rest."""
        kind, _, rest = text.partition("|")
        given = set(re.findall(r"(?:^|\|)(\d+)=", text))
        if "34" not in given:
            kind += f"|34={self.number}"
            self.number += 1
        for tag, value in (("49", self.name), ("56", self.target), ("52", time_text())):
            if tag not in given:
                kind += f"|{tag}={value}"
        return f"{kind}|{rest}"

    def message(self, text):
        return fix(self.text(text), self.begin_string)

    def send(self, *texts):
        self.raw(b"".join(self.message(text) for text in texts))
        return self

    def raw(self, data):
        self.line.sendall(data)
        return self

    def logon(self, more=""):
        self.send(f"35=A|98=0|108=30|{more}")
        self.expect("35=A")
        return self

    def next(self):
        """The next message as pipe text, None at the end of the stream."""
        while True:
            end = self.unread.find(b"\x0110=")
            if end >= 0 and len(self.unread) >= end + 8:
                whole, self.unread = self.unread[:end + 8], self.unread[end + 8:]
                return whole.decode("latin-1").replace("\x01", "|")
            try:
                block = self.line.recv(65536)
            except ConnectionError:
                block = b""
            if not block:
                return None
            self.unread += block

    def expect(self, *fields):
        """The next message has these fields, each at most once."""
        got = self.next()
        missing = [field for field in fields if f"|{field}|" not in f"|{got}"]
        if got is None or missing:
            raise AssertionError(f"expected {'|'.join(fields)}, got {got}")
        return got

    def alive(self):
        """Nothing is waiting but the answer to this TestRequest."""
        self.send("35=1|112=ALIVE|")
        self.expect("35=0", "112=ALIVE")
        return self

    def rest(self):
        """What comes until the other side closes."""
        got = []
        while (one := self.next()) is not None:
            got.append(one)
        return got

    def close(self):
        self.line.close()

    def reset(self):
        self.line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        self.line.close()


class Hostile(unittest.TestCase):
    """One simulator for the tests of a class. After each it serves others, and its memory never was over MEMORY."""

    MEMORY = 100 * MIB
    SIM = None  # text of a simulator file
    NUMBERS = itertools.count(1)
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="fixdrill-hostile-")
        cls.addClassCleanup(folder.cleanup)
        cls.notes = pathlib.Path(folder.name) / "notes"
        arguments = [os.environ["FIXDRILL"], "sim", "--port", "0"]
        if cls.SIM:
            file = pathlib.Path(folder.name) / "sim.toml"
            file.write_text(cls.SIM)
            arguments.append(str(file))
        with open(cls.notes, "wb") as notes:
            cls.process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=notes)
        cls.addClassCleanup(cls.end)
        cls.port = int(cls.process.stdout.readline().rsplit(b":", 1)[1])

    @classmethod
    def end(cls):
        cls.process.kill()
        cls.process.wait(LIMIT_S)
        cls.process.stdout.close()

    def setUp(self):
        self.seen = self.notes.stat().st_size
        self.name = self.id().rsplit(".", 1)[1]

    def tearDown(self):
        self.assert_serves_others()
        if not os.environ.get("SANITIZED"):  # a sanitizer keeps what was freed
            self.assertLess(self.memory(), self.MEMORY, "bytes of VmHWM")
        for line in self.notes.read_bytes()[self.seen:].split(b"\n"):
            self.assertRegex(line, rb"^(\d\d:\d\d:\d\d\.\d{3} [^\x00-\x08\x0a-\x1f\x7f]*)?$")
            line.decode()

    def memory(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) * 1024

    def noted(self):
        return self.notes.read_bytes()[self.seen:].decode()

    def assert_noted(self, text):
        """A client may see the end of its line before the note about it is written."""
        for _ in range(3):
            if text in self.noted():
                return
            self.assert_serves_others()
        self.assertIn(text, self.noted())

    def connect(self, name=None, **more):
        client = Client(self.port, name or self.name, **more)
        self.addCleanup(client.close)
        return client

    def client(self, name=None, more="", **options):
        return self.connect(name, **options).logon(more)

    def assert_serves_others(self):
        name = f"G{next(self.NUMBERS)}"
        good = self.client(name)
        good.send(f"35=D|11={name}|{ORDER}")
        good.expect("35=8", f"11={name}", "150=0", "39=0")
        good.send("35=5|")
        self.assertEqual([one.split("|")[2] for one in good.rest()], ["35=5"])

    def closed_without_a_word(self, data, why, **options):
        peer = self.connect(**options).raw(data)
        self.assertEqual(peer.rest(), [])
        self.assert_noted(why)
