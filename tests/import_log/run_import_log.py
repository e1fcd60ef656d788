#!/usr/bin/env python3
"""Imports each log and capture of this folder and holds what is said and what was recorded against what is kept.

Usage: run_import_log.py [--update] FIXDRILL [CASE..], a case being a file's name; without one all run.

CASE.out has what `import log CASE` says, then what `export` makes of the recording (SOH as |), then the exit code. CASE.options
has further options, CASE.sources names the files of a case that has several. What an export says, import reads back the same.
"""
import difflib
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
NO_CASES = {".out", ".options", ".py", ".txt", ".side"}


def cases():
    found = (p.relative_to(HERE) for p in HERE.rglob("*") if p.is_file() and p.suffix not in NO_CASES)
    return sorted(str(p) for p in found)


def run(program, *arguments):
    return subprocess.run([program, *arguments], cwd=HERE, capture_output=True, timeout=60, check=False)


def shown(done, folder):
    text = (done.stdout + done.stderr).decode("utf-8", "backslashreplace")
    return text.replace("\x01", "|").replace(f"{folder}/", "")


def told(program, case, folder):
    path = HERE / case
    options = path.with_suffix(".options")
    sources = path.read_text("utf-8").split() if path.suffix == ".sources" else [case]
    words = options.read_text("utf-8").strip().split(" ", 1) if options.exists() else []
    recording = f"{folder}/import.db"
    done = run(program, "import", "log", *sources, "-o", recording, *words)
    text = shown(done, folder)
    if pathlib.Path(recording).exists():
        exported = run(program, "export", recording)
        text += shown(exported, folder)
        pathlib.Path(folder, "export.log").write_bytes(exported.stdout)
        again = run(program, "export", f"{folder}/export.log")
        assert again.stdout == exported.stdout, f"{case}: import(export(x)) is not x\n{shown(again, folder)}"
    return f"{text}exit code {done.returncode}\n"


def main(arguments):
    update = "--update" in arguments
    program, *chosen = [a for a in arguments if a != "--update"]
    program = str(pathlib.Path(program).resolve())
    failed = 0
    for case in chosen or cases():
        with tempfile.TemporaryDirectory() as folder:
            got = told(program, case, folder)
        kept = HERE / f"{case}.out"
        if update:
            kept.write_text(got, "utf-8")
            continue
        want = kept.read_text("utf-8") if kept.exists() else ""
        if got != want:
            failed += 1
            print("".join(difflib.unified_diff(want.splitlines(True), got.splitlines(True), str(kept), "now")))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
