#!/usr/bin/env python3
"""`fixdrill import log` in MB/s of a log in the page cache, sealing included, and `export` of what came out.

    importing.py BUILD_FOLDER [--mb 256] [--rounds 3]

The log is the one of reading.py.
"""
import argparse
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from reading import write_log


def seconds(arguments):
    began = time.monotonic()
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - began


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--mb", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    program = pathlib.Path(options.build).resolve() / "harness/cli/fixdrill"
    with tempfile.TemporaryDirectory(prefix="fixdrill-bench-") as name:
        log = pathlib.Path(name) / "gateway.log"
        count = write_log(log, options.mb << 20)
        size = log.stat().st_size / 1e6
        print(f"{count} messages, {size:.0f} MB")
        taken = []
        for round_ in range(options.rounds):
            recording = pathlib.Path(name) / f"{round_}.db"
            taken.append(seconds([program, "import", "log", log, "-o", recording]))
            if round_ > 0:
                recording.unlink()
        print(f"import {size / statistics.median(taken):.0f} MB/s")
        print(f"export {size / seconds([program, 'export', pathlib.Path(name) / '0.db']):.0f} MB/s")


if __name__ == "__main__":
    sys.exit(main())
