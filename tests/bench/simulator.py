#!/usr/bin/env python3
"""The simulator's speed: order to acknowledgement beside a bare QuickFIX acceptor, and whole runs of order scenarios.

    simulator.py BUILD_FOLDER [--rounds 7] [--orders 4000] [--scenarios 500] [--cpu 0]

First part: the same bare QuickFIX SocketInitiator (bench_client) calls `fixdrill sim` and a QuickFIX SocketAcceptor
that acknowledges without a book (counterparty --bookless) in turn, one order outstanding, all on one CPU. Printed are
the medians of the rounds and the ratio of each round.

Second part: `fixdrill run --sim` of scenarios, a file each, every one an order that is acknowledged and filled: one
lane and eight, real and virtual time, and where the processor time of the run goes.
"""
import argparse
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

WARM_UP = 500

PROFILE = """environment = "simulator"
[session.OE]
port = 9876
begin_string = "FIX.4.4"
sender = "BRK{worker}"
target = "EXCH"
reset_on_logon = true
store = "memory"
[limits]
orders_per_run = 1000000
messages_per_second = 1000000
"""

SCENARIO = """drill 1
session OE initiator
scenario "Order %d is acknowledged and filled" {
  send NewOrderSingle as nos { ClOrdID = ${uid()} | Symbol = MSFT | Side = Buy | OrderQty = 100 | OrdType = Limit
    Price = 10.25 | TransactTime = ${now()} }
  expect ExecutionReport { ClOrdID = ${nos.ClOrdID} | ExecType = New | LeavesQty = 100 }
  expect ExecutionReport { ClOrdID = ${nos.ClOrdID} | ExecType = Trade | LastPx = 10.20 | LeavesQty = 0 }
}
"""


class Peer:
    """A server that says its port on the first line."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = re.search(r":(\d+)$", self.process.stdout.readline().strip()).group(1)

    def stop(self):
        self.process.terminate()
        self.process.wait()


def order_to_ack(options, build):
    on_one_cpu = ["taskset", "-c", str(options.cpu)]
    peers = {"bare SocketAcceptor": Peer([*on_one_cpu, build / "tests/counterparty/counterparty", "--bookless"]),
             "fixdrill sim": Peer([*on_one_cpu, build / "harness/cli/fixdrill", "sim", "--port", "0"])}
    medians = {name: [] for name in peers}
    try:
        for _ in range(options.rounds):
            for name, peer in peers.items():
                out = subprocess.run([*on_one_cpu, build / "tests/counterparty/bench_client", "--port", peer.port,
                                      "--count", str(options.orders), "--warmup", str(WARM_UP), "--price", "10.05"],
                                     check=True, capture_output=True, text=True).stdout
                medians[name].append(int(out.split()[1]))
    finally:
        for peer in peers.values():
            peer.stop()
    bare, ours = medians.values()
    ratios = [a / b for a, b in zip(ours, bare)]
    print(f"{'order to ack, one outstanding':<34}{'median':>10}")
    for name, values in medians.items():
        print(f"{name:<34}{statistics.median(values) / 1000:>7.1f} us")
    print(f"{'ratio of the rounds':<34}{statistics.median(ratios):>10.2f}   {min(ratios):.2f} - {max(ratios):.2f}")


def run(build, folder, *more):
    recording = folder / "run.db"
    recording.unlink(missing_ok=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    done = subprocess.run([build / "harness/cli/fixdrill", "run", "--sim", "--db", recording, *more, "orders"],
                          cwd=folder, capture_output=True, text=True)
    elapsed = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise SystemExit(f"fixdrill run {' '.join(more)} ended with {done.returncode}\n{done.stdout[-2000:]}{done.stderr}")
    return elapsed, after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime


def scenarios(options, build):
    with tempfile.TemporaryDirectory(prefix="fixdrill-bench-") as name:
        folder = pathlib.Path(name)
        (folder / "fixdrill.toml").write_text(PROFILE)
        (folder / "orders").mkdir()
        for number in range(options.scenarios):
            (folder / "orders" / f"{number:04}.drill").write_text(SCENARIO % number)
        print(f"{f'{options.scenarios} order scenarios, a file each':<34}{'wall':>10}{'user':>10}{'system':>10}")
        for more in ((), ("-j", "8"), ("--virtual-time",), ("--virtual-time", "-j", "8")):
            rounds = [run(build, folder, *more) for _ in range(options.rounds)]
            middle = [statistics.median(column) for column in zip(*rounds)]
            print(f"{' '.join(('run --sim', *more)):<34}" + "".join(f"{value:>8.2f} s" for value in middle))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--orders", type=int, default=4000)
    parser.add_argument("--scenarios", type=int, default=500)
    parser.add_argument("--cpu", type=int, default=0)
    options = parser.parse_args()
    build = pathlib.Path(options.build).resolve()
    order_to_ack(options, build)
    scenarios(options, build)


if __name__ == "__main__":
    sys.exit(main())
