#!/usr/bin/env python3
"""Fails on a C++ file of more than 450 lines in harness/ or tests/. Usage: check_sizes.py [ROOT]

Exit status: 0 clean, 1 a file is too long, 2 there is nothing to check.
"""
import pathlib
import sys

LIMIT = 450


def main(arguments):
    root = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).parent.parent)
    files = [p for top in ("harness", "tests") for p in sorted((root / top).rglob("*")) if p.suffix in (".h", ".cc")]
    if not files:
        print(f"check_sizes: no C++ file under {root}", file=sys.stderr)
        return 2
    too_long = 0
    for path in files:
        lines = len(path.read_text().splitlines())
        if lines > LIMIT:
            print(f"{path.relative_to(root)}: {lines} lines; the limit is {LIMIT}")
            too_long = 1
    return too_long


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
