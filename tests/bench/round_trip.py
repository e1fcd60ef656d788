#!/usr/bin/env python3
"""Round trips of one order and its ExecutionReport over loopback, one outstanding, everything on one CPU.

    round_trip.py BUILD_FOLDER [--rounds 7] [--orders 4000] [--cpu 0]

Three clients call the same acceptor (tests/counterparty) in turn, round after round: a bare QuickFIX
SocketInitiator (bench_client), and `fixdrill run` with an engine and with a wire session, whose times are read from
the recordings. A round gives the median of each client and its ratio to the bare client of that round; printed are
the medians of the rounds. The bare client's clock runs from the order built to the report in the application's hands.
Of fixdrill four spans are shown, since none begins and ends just there:

  steps     the send step begins until the expect step ends: also builds the order, compares and notes the verdict
  checked   bytes handed to the socket until the expect step ends: without building and encoding the order
  wire      bytes handed to the socket until bytes read, as fixdrill reports round trips
  period    mean time of a send and its expect, with the rows that the recorder's thread writes meanwhile
"""
import argparse
import pathlib
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile

WARM_UP = 500

PROFILE = """environment = "simulator"
[session.ENGINE]
port = {port}
begin_string = "FIX.4.4"
sender = "BRK7"
target = "EXCH"
reset_on_logon = true
store = "memory"
[session.WIRE]
port = {port}
begin_string = "FIX.4.4"
sender = "BRK8"
target = "EXCH"
store = "memory"
[limits]
orders_per_run = 1000000
messages_per_second = 1000000
"""

HEAD = {
    "engine": "drill 1\nsession ENGINE initiator\n",
    "wire": """drill 1
session WIRE initiator wire { auto = heartbeat, testrequest }
setup {
  connect
  send Logon { EncryptMethod = 0 | HeartBtInt = 30 | ResetSeqNumFlag = Y }
  expect Logon { ResetSeqNumFlag = Y }
}
teardown {
  send Logout
  expect Logout
  expect disconnect
}
""",
}

# The order of bench_client: it rests, so that each has exactly one report.
PAIR = """  send NewOrderSingle as o { ClOrdID = ${uid()} | Symbol = MSFT | Side = Buy | OrderQty = 100 | OrdType = Limit
    Price = 10.05 | TransactTime = ${now()} }
  expect ExecutionReport { ClOrdID = ${o.ClOrdID} | ExecType = New | LeavesQty = 100 }
"""

STEPS = "SELECT text, started_ns, ended_ns, round_trip_ns FROM step_exec WHERE outcome = 'PASS' ORDER BY id"
ORDERS = "SELECT wall_ns FROM message WHERE dir = 1 AND msg_type = 'D' ORDER BY id"



class Bench:
    def __init__(self, options, folder):
        self.build = pathlib.Path(options.build).resolve()
        self.orders = options.orders
        self.on_one_cpu = ["taskset", "-c", str(options.cpu)]
        self.folder = pathlib.Path(folder)
        self.runs = 0

    def start(self):
        self.peer = subprocess.Popen([*self.on_one_cpu, self.build / "tests/counterparty/counterparty"],
                                     stdout=subprocess.PIPE, text=True)
        self.port = re.search(r":(\d+)$", self.peer.stdout.readline().strip()).group(1)
        (self.folder / "bench.toml").write_text(PROFILE.format(port=self.port))
        for kind, head in HEAD.items():
            text = head + 'scenario "Orders" {\n' + PAIR * (WARM_UP + self.orders) + "}\n"
            (self.folder / f"{kind}.drill").write_text(text)

    def stop(self):
        self.peer.terminate()
        self.peer.wait()

    def bare(self):
        out = subprocess.run([*self.on_one_cpu, self.build / "tests/counterparty/bench_client", "--port", self.port,
                              "--count", str(self.orders), "--warmup", str(WARM_UP)],
                             check=True, capture_output=True, text=True).stdout
        return int(out.split()[1])

    def fixdrill(self, kind):
        self.runs += 1
        recording = self.folder / f"{self.runs}.db"
        run = subprocess.run([*self.on_one_cpu, self.build / "harness/cli/fixdrill", "run", "-p", "bench.toml",
                              "--db", recording, f"{kind}.drill"], cwd=self.folder, capture_output=True, text=True)
        if run.returncode != 0:
            raise SystemExit(f"fixdrill run {kind}.drill ended with {run.returncode}\n{run.stdout[-2000:]}{run.stderr}")
        with sqlite3.connect(recording) as database:
            steps = database.execute(STEPS).fetchall()
            left = [row[0] for row in database.execute(ORDERS)]
        recording.unlink()
        pairs = [(sent[1], *answered[2:]) for sent, answered in zip(steps, steps[1:])
                 if sent[0].startswith("send NewOrderSingle") and answered[0].startswith("expect")]
        if not len(pairs) == len(left) == WARM_UP + self.orders:
            raise SystemExit(f"{kind}: {len(left)} orders left, {len(pairs)} were answered")
        rows = [(begin, out, end, trip) for (begin, end, trip), out in zip(pairs, left)][WARM_UP:]
        return {
            "steps": statistics.median(end - begin for begin, _, end, _ in rows),
            "checked": statistics.median(end - out for _, out, end, _ in rows),
            "wire": statistics.median(trip for *_, trip in rows),
            "period": (rows[-1][2] - rows[0][0]) / len(rows),
        }


def table(bare, results):
    def line(name, ns, base=None):
        ratios = [value / other for value, other in zip(ns, base)] if base else [1]
        spread = f"{min(ratios):.2f} - {max(ratios):.2f}" if base else ""
        print(f"{name:<28}{statistics.median(ns) / 1000:>9.1f} us{statistics.median(ratios):>9.2f}   {spread}")

    print(f"{'round trip, ' + str(len(bare)) + ' rounds':<28}{'median':>12}{'ratio':>9}   of the rounds")
    line("bare QuickFIX client", bare)
    for kind, rounds in results.items():
        for span in ("steps", "checked", "wire", "period"):
            line(f"{kind} session, {span}", [one[span] for one in rounds], bare)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--orders", type=int, default=4000)
    parser.add_argument("--cpu", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fixdrill-bench-") as folder:
        bench = Bench(options, folder)
        bench.start()
        try:
            bare, results = [], {"engine": [], "wire": []}
            for _ in range(options.rounds):
                bare.append(bench.bare())
                for kind in results:
                    results[kind].append(bench.fixdrill(kind))
        finally:
            bench.stop()
    table(bare, results)


if __name__ == "__main__":
    sys.exit(main())
