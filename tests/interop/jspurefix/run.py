"""One run of the session pack against jspurefix: starts its programs, runs `fixdrill conformance`, ends what it started.

run.py FIXDRILL FOLDER ROLE-VERSION: the role is that of jspurefix; FOLDER has its programs, node_modules and lists.
The profile that the run used stays there as ROLE-VERSION.toml. Exits with fixdrill's exit code.
"""
import contextlib
import csv
import pathlib
import signal
import socket
import subprocess
import sys

LANES = 8
LIMIT_S = 600
HEARTBEAT_S = 5

PROFILE = """# What tests/interop/jspurefix/run.py made of deviations.csv.
environment = "simulator"

[session.SUT]
port = {port}
begin_string = "{begin_string}"
{appl_ver_id}sender = "{ours}"
target = "{theirs}"
heartbeat = {heartbeat}
store = "memory"

[defaults]
within = "20s"                    # beside other runs, on a machine of two cores

[param]
application = "echo"

[limits]
messages_per_second = 10000
orders_per_run = 1000

[skip]                            # its application is a program, and nobody is there
"9/reset" = "needs a person at the system under test"
"9/jump" = "needs a person at the system under test"
"14.l" = "needs a person at the system under test"
"16.a" = "needs a person at the system under test"
"16.b" = "needs a person at the system under test"

[xfail]
{deviations}"""


def free_ports(count):
    """The first of `count` ports in a row that nobody listens at now."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as server:
            first = server.getsockname()[1]
        with contextlib.ExitStack() as held, contextlib.suppress(OSError, OverflowError):
            for port in range(first, first + count):
                held.enter_context(socket.create_server(("127.0.0.1", port)))
            return first


def deviations(folder, role, begin_string):
    """The lines of [xfail] for a role and a version."""
    with open(folder / "deviations.csv", newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file)
                if row["role"] in (role, "both") and (row["versions"] == "all" or begin_string in row["versions"].split())]
    return "".join(f'"{name}" = "{row["reason"]} (jspurefix 5.11.4, {row["source"]})"\n'
                   for row in rows for name in row["ids"].split())


def profile(folder, role, begin_string, port):
    acceptor = role == "acceptor"
    return PROFILE.format(port=port, begin_string=begin_string, heartbeat=HEARTBEAT_S,
                          appl_ver_id='appl_ver_id = "9"\n' if begin_string == "FIXT.1.1" else "",
                          ours="BRK{worker}" if acceptor else "EXCH", theirs="EXCH" if acceptor else "BRK{worker}",
                          deviations=deviations(folder, role, begin_string))


class Programs:
    """Those of jspurefix that a run has started."""

    def __init__(self, folder):
        self.folder = folder
        self.started = []

    def start(self, program, **options):
        arguments = [text for name, value in options.items() for text in (f"--{name}", str(value))]
        with open(self.folder / f"{program}-{options['port']}.log", "wb") as log:
            self.started.append(subprocess.Popen(["node", self.folder / f"{program}.js", *arguments],
                                                 stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log))

    def wait_until_ready(self):
        for process in self.started:
            if not process.stdout.readline():
                sys.exit(f"jspurefix did not start; its log is in {self.folder}")

    def end(self):
        for process in self.started:
            process.kill()
            process.wait()


def main():
    fixdrill, folder, run = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), sys.argv[3]
    role, _, begin_string = run.partition("-")
    port = free_ports(LANES)
    (folder / f"{run}.toml").write_text(profile(folder, role, begin_string, port))
    for old in (folder / f"{run}.db", folder / f"{run}.json"):
        old.unlink(missing_ok=True)
    command = [fixdrill, "conformance", "-p", folder / f"{run}.toml", "-j", str(LANES), "--no-input",
               "--db", folder / f"{run}.db", "--json", folder / f"{run}.json"]
    programs = Programs(folder)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("interrupted"))  # its programs end with it
    common = {"beginString": begin_string, "heartbeat": HEARTBEAT_S}
    try:
        if role == "acceptor":
            programs.start("acceptor", port=port, sender="EXCH", **common)
        else:
            command += ["--listen", str(port)]
            for lane in range(LANES):
                programs.start("initiator", port=port + lane, sender=f"BRK{lane + 1}", target="EXCH", **common)
        programs.wait_until_ready()
        return subprocess.run(command, stdin=subprocess.DEVNULL, timeout=LIMIT_S, check=False).returncode
    finally:
        programs.end()


if __name__ == "__main__":
    sys.exit(main())
