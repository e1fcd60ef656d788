#!/usr/bin/env python3
"""Shows what becomes of a folder of QuickFIX acceptance files (.def): all of them must import in both comparisons, be laid out
as `fixdrill fmt` does it, and have no errors, as files and as what they become.

Usage: check_def.py FIXDRILL FOLDER
"""
import pathlib
import re
import subprocess
import sys
import tempfile


def run(*command):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)


def step(what, done, wanted=None):
    """Prints one line; true when it went as it should."""
    said = (done.stderr.strip().splitlines() or [""])[-1]
    good = done.returncode == 0 and (wanted is None or re.fullmatch(wanted, said) is not None)
    print(f"{'ok  ' if good else 'FAIL'} {what}: {said or 'nothing to say'}")
    if not good:
        print(done.stdout[-4000:] + done.stderr[-4000:])
    return good


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    fixdrill, folder = pathlib.Path(arguments[0]).resolve(), pathlib.Path(arguments[1])
    count = len(list(folder.rglob("*.def")))
    print(f"{count} files in {folder}")
    good = count > 0
    good &= step("check of the .def files", run(fixdrill, "check", folder), rf"{count} files checked: 0 errors, \d+ warnings?")
    with tempfile.TemporaryDirectory(prefix="def-") as out:
        for compare in ("meaning", "text"):
            to = pathlib.Path(out, compare)
            good &= step(f"import --compare {compare}",
                         run(fixdrill, "import", "def", folder, "-o", to, "--compare", compare),
                         f"{count} of {count} files written")
            good &= step(f"fmt --check ({compare})", run(fixdrill, "fmt", "--check", to))
            good &= step(f"check ({compare})", run(fixdrill, "check", to), rf"{count} files checked: 0 errors, \d+ warnings?")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
