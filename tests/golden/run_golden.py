#!/usr/bin/env python3
"""Runs the golden cases: what the program says about a scenario, letter by letter, and its exit code.

Usage: run_golden.py [--update] FIXDRILL [CASE..], a case being fail/limit or the like; without one all run.

A case is NAME.drill; NAME.out is what `fixdrill run` must say (stdout, then stderr), NAME.exit the exit code. What
changes from run to run (times, ports, message numbers, check sums) is replaced by words. --update writes both anew.
NAME.answers is given as --answers, NAME.options holds further options, the files of the folder NAME.files lie beside the
scenario. The cases of sim/ run against the simulator on virtual time, with sim.toml and, where there is one, the simulator file
NAME.toml; the others play both sides, with golden.toml.
Those of update/ run with --update.
"""
import concurrent.futures
import difflib
import os
import pathlib
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
KINDS = ("ok", "fail", "parse_error", "sim", "update")
LIMIT_S = 60

# In this order: a time stamp goes before the numbers in it.
CHANGING = [
    (r"\d{8}-\d\d:\d\d:\d\d(\.\d+)?", "<time>"),
    (r"\d\d\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?", "<time>"),
    (r"\|10=\d{3}\|", "|10=<sum>|"),
    (r"CheckSum\(10\) = \d{3}\b", "CheckSum(10) = <sum>"),
    (r"127\.0\.0\.1:\d+", "127.0.0.1:<port>"),
    (r"\d\d:\d\d:\d\d UTC", "<time> UTC"),
    (r"#\d+", "#<n>"),
    (r'TestReqID\(112\)="[A-Z0-9]{8,}"', 'TestReqID(112)="<id>"'),
    (r", [\d.]+ (ns|us|µs|ms|s) after", ", <t> after"),
    (r"median [\d.]+ (ns|us|µs|ms|s), max [\d.]+ (ns|us|µs|ms|s)", "median <t>, max <t>"),
    (r"  \d+\.\d\d s  ", "  <t> s  "),
    (r" in \d+\.\d s;", " in <t> s;"),
]
# Written by hand in a case, so it stays: the one time stamp that is no clock's.
FIXED_TIME = "20260102-03:04:05"


def free_ports(count):
    """Ports that were free a moment ago; all are held until the last is known, so that no two are equal."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in held]
    for s in held:
        s.close()
    return ports


def normalised(text):
    text = text.replace(FIXED_TIME, "\0")
    for pattern, word in CHANGING:
        text = re.sub(pattern, word, text)
    return text.replace("\0", FIXED_TIME)


def prepare(folder, case):
    """Puts into the folder what the case needs and returns the options that go with it."""
    shutil.copy(HERE / f"{case}.drill", folder)
    if (HERE / f"{case}.files").is_dir():
        shutil.copytree(HERE / f"{case}.files", folder, dirs_exist_ok=True)
    more = []
    if (HERE / f"{case}.options").exists():
        more = shlex.split((HERE / f"{case}.options").read_text())
    if (HERE / f"{case}.answers").exists():
        shutil.copy(HERE / f"{case}.answers", pathlib.Path(folder, "answers.csv"))
        more += ["--answers", "answers.csv"]
    if case.startswith("sim/"):
        shutil.copy(HERE / "sim.toml", folder)
        simulator = HERE / f"{case}.toml"
        if simulator.exists():
            shutil.copy(simulator, folder)
        return ["-p", "sim.toml", f"--sim={simulator.name}" if simulator.exists() else "--sim", "--virtual-time", *more]
    live, dead = free_ports(2)
    profile = (HERE / "golden.toml").read_text()
    profile = profile.replace("port = 1\n", f"port = {live}\n").replace("port = 2\n", f"port = {dead}\n")
    pathlib.Path(folder, "golden.toml").write_text(profile)
    shutil.copy(HERE / "pair.drill", folder)
    return ["-p", "golden.toml", *(["--update"] if case.startswith("update/") else []), *more]


def run_case(fixdrill, case):
    """Runs one case in a folder of its own and returns what it said and its exit code."""
    with tempfile.TemporaryDirectory(prefix="golden-") as folder:
        options = prepare(folder, case)
        env = {**os.environ, "NO_COLOR": "1", "CI": "1", "TZ": "UTC", "GITHUB_ACTIONS": ""}
        if case.startswith("update/"):
            del env["CI"]
        done = subprocess.run(
            [fixdrill, "run", "--no-input", *options, "--db", "run.db", os.path.basename(case) + ".drill"],
            cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    said = done.stdout + ("--- stderr\n" + done.stderr if done.stderr else "")
    said = normalised(said.replace(folder, "<folder>"))
    return said, f"{done.returncode}\n"


def check(case, said, code):
    """Returns what differs from the stored answer, as lines; empty = equal."""
    wrong = []
    for suffix, got in ((".out", said), (".exit", code)):
        path = HERE / (case + suffix)
        wanted = path.read_text() if path.exists() else ""
        if got != wanted:
            wrong += difflib.unified_diff(wanted.splitlines(True), got.splitlines(True), str(path.relative_to(HERE)),
                                          "now")
    return wrong


def update(case, said, code):
    (HERE / f"{case}.out").write_text(said)
    (HERE / f"{case}.exit").write_text(code)
    return []


def main(arguments):
    act = check
    if arguments[:1] == ["--update"]:
        act = update
        arguments = arguments[1:]
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    fixdrill = os.path.abspath(arguments[0])
    cases = arguments[1:] or sorted(f"{kind}/{p.stem}" for kind in KINDS for p in (HERE / kind).glob("*.drill"))
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = [(case, pool.submit(run_case, fixdrill, case)) for case in cases]
        for case, run in runs:
            wrong = act(case, *run.result())
            failed += bool(wrong)
            sys.stdout.writelines(wrong)
    print(f"{len(cases) - failed} of {len(cases)} golden cases {'written' if act is update else 'as they should be'}")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
