#!/usr/bin/env python3
"""`fixdrill grep` in MB/s of a log in the page cache, and how long `fixdrill show` takes to its first line.

    reading.py BUILD_FOLDER [--mb 512] [--rounds 5] [--recording FILE]

The log has lines as QuickFIX writes them, an order and its report with a group in turn; the recording is made of it
by `fixdrill import log` unless one is named. GNU grep for the same lines stands beside.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

SEARCHES = [  # expression, the share of lines that match, GNU grep's nearest
    ("35=8 and 39=4", "none", "\x0139=4\x01"),
    ("11 = ORD-17", "one", "\x0111=ORD-17\x01"),
    ("35=8 and 39 in (2,4) and NoPartyIDs[PartyRole=12].PartyID = DEALER", "every 100th", "\x01448=DEALER\x01"),
    ("35=8", "every second", "\x0135=8\x01"),
]


def sealed(body):
    body = body.replace("|", "\x01").encode()
    head = f"8=FIX.4.4\x019={len(body)}\x01".encode()
    return head + body + f"10={sum(head + body) % 256:03}\x01".encode()


def write_log(path, size):
    """One line after another until `size` bytes are there; gives how many."""
    count = 0
    with open(path, "wb", buffering=1 << 20) as log:
        while log.tell() < size:
            n = count // 2
            at = f"20261128-{n // 3_600_000 % 24:02}:{n // 60_000 % 60:02}:{n // 1000 % 60:02}.{n % 1000:03}"
            if count % 2 == 0:
                body = (f"35=D|34={n}|49=BRK1|52={at}|56=EXCH|11=ORD-{n}|21=1|38=100|40=2|44=10.05|54=1|55=MSFT|"
                        f"59=0|60={at}|")
            else:
                party = "DEALER" if n % 50 == 0 else "TRADER1"
                body = (f"35=8|34={n}|49=EXCH|52={at}|56=BRK1|11=ORD-{n}|14=100|17=E-{n}|31=10.05|32=100|37=O-{n}|"
                        f"38=100|39=2|40=2|6=10.05|54=1|55=MSFT|59=0|60={at}|150=F|151=0|453=2|448={party}|447=D|"
                        f"452=12|448=FIRM9|447=D|452=1|")
            log.write(at.encode() + b"000000 : " + sealed(body) + b"\n")
            count += 1
    return count


def seconds(arguments, rounds):
    """Median of what the command takes, and what it printed."""
    taken = []
    for _ in range(rounds):
        began = time.monotonic()
        done = subprocess.run(arguments, stdout=subprocess.PIPE, check=False, env={**os.environ, "LC_ALL": "C"})
        taken.append(time.monotonic() - began)
        if done.returncode > 1:
            raise SystemExit(f"{arguments} ended with {done.returncode}")
    return statistics.median(taken), done.stdout.decode().strip()


def first_line(arguments, rounds):
    """Median of the time to the first message, and the program's peak memory in MiB until then."""
    taken = []
    for _ in range(rounds):
        began = time.monotonic()
        with subprocess.Popen(arguments, stdout=subprocess.PIPE) as running:
            while b"NewOrderSingle" not in running.stdout.readline():
                pass
            taken.append(time.monotonic() - began)
            status = pathlib.Path(f"/proc/{running.pid}/status").read_text()
            running.kill()
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    return statistics.median(taken), peak


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--mb", type=int, default=512)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--recording")
    options = parser.parse_args()
    program = pathlib.Path(options.build).resolve() / "harness/cli/fixdrill"
    with tempfile.TemporaryDirectory(prefix="fixdrill-bench-") as name:
        log = pathlib.Path(name) / "gateway.log"
        count = write_log(log, options.mb << 20)
        size = log.stat().st_size / 1e6
        print(f"{count} messages, {size:.0f} MB")
        for expression, share, pattern in SEARCHES:
            taken, found = seconds([program, "grep", "-c", expression, log], options.rounds)
            beside, _ = seconds(["grep", "-c", "-F", "-a", pattern, log], options.rounds)
            print(f"{expression:<68} {share:<13}{found:>9} {size / taken:>6.0f} MB/s; GNU grep {size / beside:>6.0f}")
        recording = options.recording or pathlib.Path(name) / "gateway.db"
        if not options.recording:
            subprocess.run([program, "import", "log", log, "-o", recording], check=True, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
        for path in (log, recording):
            taken, peak = first_line([program, "show", path], options.rounds)
            megabytes = pathlib.Path(path).stat().st_size / 1e6
            print(f"show of {megabytes:.0f} MB ({pathlib.Path(path).suffix[1:]}): {taken * 1000:.0f} ms to the first message,"
                  f" {peak:.0f} MiB")


if __name__ == "__main__":
    sys.exit(main())
