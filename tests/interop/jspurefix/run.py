"""One run of the session pack against jspurefix: starts its programs, runs `fixdrill conformance`, ends what it started.

run.py FIXDRILL FOLDER ROLE-VERSION: the role is that of jspurefix; FOLDER has its programs, node_modules and profiles.
Exits with fixdrill's exit code.
"""
import contextlib
import pathlib
import socket
import subprocess
import sys

LANES = 8
LIMIT_S = 600


def free_ports(count):
    """The first of `count` ports in a row that nobody listens at now."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as server:
            first = server.getsockname()[1]
        with contextlib.ExitStack() as held, contextlib.suppress(OSError):
            for port in range(first, first + count):
                held.enter_context(socket.create_server(("127.0.0.1", port)))
            return first


def start(folder, program, **options):
    arguments = [text for name, value in options.items() for text in (f"--{name}", str(value))]
    with open(folder / f"{program}-{options['port']}.log", "wb") as log:
        return subprocess.Popen(["node", folder / f"{program}.js", *arguments], stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=log)


def main():
    fixdrill, folder, run = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), sys.argv[3]
    role, _, version = run.partition("-")
    port = free_ports(LANES)
    profile = folder / f"{run}.toml"
    profile.write_text((folder / f"{role}.toml").read_text().replace("9876", str(port)).replace("FIX.4.4", version))
    command = [fixdrill, "conformance", "-p", profile, "-j", str(LANES), "--no-input",
               "--db", folder / f"{run}.db", "--json", folder / f"{run}.json"]
    for old in (folder / f"{run}.db", folder / f"{run}.json"):
        old.unlink(missing_ok=True)
    started = []
    try:
        if role == "acceptor":
            started.append(start(folder, "acceptor", port=port, beginString=version, sender="EXCH", heartbeat=5))
            if not started[0].stdout.readline():
                sys.exit(f"jspurefix did not start; see {folder}/acceptor-{port}.log")
        else:
            started = [start(folder, "initiator", port=port + lane, beginString=version, sender="EXCH",
                             target=f"BRK{lane + 1}", heartbeat=5) for lane in range(LANES)]
            command += ["--listen", str(port)]
        return subprocess.run(command, stdin=subprocess.DEVNULL, timeout=LIMIT_S).returncode
    finally:
        for process in started:
            process.kill()
            process.wait()


if __name__ == "__main__":
    sys.exit(main())
