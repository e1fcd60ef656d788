#!/usr/bin/env python3
"""Imports the acceptance files of this folder and holds what comes out against what is kept, letter by letter.

Usage: run_import.py [--update] FIXDRILL [CASE..], a case being logon or bad/time; without one all run.

CASE.def becomes CASE.drill by `import def`, and CASE.text.drill with `--compare text`; both are laid out and have no errors.
Of a case in bad/ CASE.out is what is said instead, with exit code 2.
"""
import difflib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
COMPARISONS = {"meaning": ".drill", "text": ".text.drill"}


def fixdrill(program, folder, *arguments):
    return subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def put_files(folder, case):
    """The whole folder of the case: other files of a folder say whose session one is."""
    for path in (HERE / case).parent.glob("*.*"):
        if path.suffix in (".def", ".txt"):
            shutil.copy(path, folder)


def told(program, folder, name):
    """What is wrong with a bad file, and that nothing was written."""
    done = fixdrill(program, folder, "import", "def", f"{name}.def", "-o", "out")
    checked = fixdrill(program, folder, "check", f"{name}.def")
    assert not pathlib.Path(folder, "out").exists(), "something was written"
    assert checked.returncode == 2, f"check says {checked.returncode}"
    return f"{done.stdout}{done.stderr}exit code {done.returncode}\n"


def imported(program, folder, name, compare):
    """The scenario that a file becomes."""
    done = fixdrill(program, folder, "import", "def", f"{name}.def", "-o", compare, "--compare", compare)
    assert done.returncode == 0, done.stdout + done.stderr
    made = pathlib.Path(folder, compare, f"{name}.drill")
    laid_out = fixdrill(program, folder, "fmt", "--check", str(made))
    assert laid_out.returncode == 0, laid_out.stdout + laid_out.stderr
    checked = fixdrill(program, folder, "check", f"{name}.def")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    return made.read_text()


def results(program, case):
    """Stored file -> what it should hold."""
    name = pathlib.Path(case).name
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        put_files(folder, case)
        if case.startswith("bad/"):
            return {HERE / f"{case}.out": told(program, folder, name)}
        return {HERE / (case + ending): imported(program, folder, name, compare)
                for compare, ending in COMPARISONS.items()}


def differences(path, got):
    wanted = path.read_text() if path.exists() else ""
    return list(difflib.unified_diff(wanted.splitlines(True), got.splitlines(True), str(path.relative_to(HERE)), "now"))


def main(arguments):
    update = arguments[:1] == ["--update"]
    arguments = arguments[update:]
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    program = os.path.abspath(arguments[0])
    cases = arguments[1:] or sorted(str(path.relative_to(HERE).with_suffix("")) for path in HERE.rglob("*.def"))
    failed = 0
    for case in cases:
        for path, got in results(program, case).items():
            if update:
                path.write_text(got)
                continue
            wrong = differences(path, got)
            failed += bool(wrong)
            sys.stdout.writelines(wrong)
    print(f"{len(cases)} acceptance files, {failed} results not as they should be")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
