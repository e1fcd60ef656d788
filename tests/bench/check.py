#!/usr/bin/env python3
"""`fixdrill check` of many scenario files: megabytes a second, and the memory that it takes.

    check.py BUILD_FOLDER [--files 10000] [--rounds 5]

Memory is shown for a tenth of the files too: it goes with the largest file, not with their number.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from simulator import PROFILE, SCENARIO


def check(build, folder, files):
    """Seconds and peak KiB of one run."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen([build / "harness/cli/fixdrill", "check", *files], cwd=folder, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        elapsed = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            said.seek(0)
            raise SystemExit(f"fixdrill check ended with {process.returncode}\n{said.read().decode()[-2000:]}")
    return elapsed, usage.ru_maxrss


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    build = pathlib.Path(options.build).resolve()
    with tempfile.TemporaryDirectory(prefix="fixdrill-bench-") as name:
        folder = pathlib.Path(name)
        (folder / "fixdrill.toml").write_text(PROFILE)
        size = 0
        for number in range(options.files):
            path = folder / ("tenth" if number % 10 == 0 else "rest") / f"{number:05}.drill"
            path.parent.mkdir(exist_ok=True)
            head, _, scenario = (SCENARIO % number).partition("scenario ")
            size += path.write_text(head + 4 * f"scenario {scenario}")
        rounds = [check(build, folder, ["tenth", "rest"]) for _ in range(options.rounds)]
        seconds = statistics.median(elapsed for elapsed, _ in rounds)
        peak = max(kib for _, kib in rounds)
        _, peak_of_tenth = check(build, folder, ["tenth"])
    print(f"{options.files} files, {size / 1e6:.1f} MB{'':<12}{seconds:>6.2f} s{size / 1e6 / seconds:>8.1f} MB/s")
    print(f"{'peak memory; with a tenth of the files':<40}{peak / 1024:.1f} MiB; {peak_of_tenth / 1024:.1f} MiB")


if __name__ == "__main__":
    sys.exit(main())
