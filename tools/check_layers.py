#!/usr/bin/env python3
"""Checks who includes whom, by the layer table of harness/README.md. Usage: check_layers.py [ROOT]

Finds an include of a folder that is not of lower rank (so that no cycle of folders can come about), an outside
library's header beyond the folder that owns it, a heavy header that leaks through one of ours into another folder,
and a *_test.cc that no CMakeLists.txt builds.

Exit status: 0 clean, 1 something found (a line each), 2 the table cannot be read.
"""
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
ROW = re.compile(r"^\|\s*(\d+)\s*\|\s*`(\w+)`", re.MULTILINE)
TEST_FILE = re.compile(r"[\w./${}-]*_test\.cc")

# Outside headers, by the start of their name, and the one folder of harness/ that may include them.
OWNERS = {
    "quickfix/": "engine",
    "boost/asio": "net",
    "toml++/": "profile",
    "nlohmann/": "report",
    "SQLiteCpp/": "record",
    "sqlite3.h": "record",
    "pugixml": "fix",
    "re2/": "eval",
    "archive.h": "import",
    "archive_entry.h": "import",
    "pcap.h": "import",
    "pcap/": "import",
    "boost/program_options": "cli",
}
# Tests that stand outside harness/ and speak to QuickFIX themselves.
QUICKFIX_TESTS = ("tests/counterparty/", "tests/bench/")


def read_ranks(root):
    return {folder: int(rank) for rank, folder in ROW.findall((root / "harness/README.md").read_text())}


def sources(root, top):
    return sorted(p for p in (root / top).rglob("*") if p.suffix in (".h", ".cc"))


def includes_of(path):
    """Yields (line, is_outside, name) of every include."""
    text = path.read_text()
    for match in INCLUDE.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match[1] == "<", match[2]


def owner_of(header):
    return next((folder for start, folder in OWNERS.items() if header.startswith(start)), None)


def check_file(path, root, ranks):
    where = path.relative_to(root)
    folder = where.parts[1]
    if folder not in ranks:
        yield f"{where}: folder '{folder}' is not in the table of harness/README.md"
        return
    for line, is_outside, name in includes_of(path):
        owner = owner_of(name)
        if owner not in (None, folder):
            yield f"{where}:{line}: <{name}> belongs to harness/{owner}"
        target = name.split("/")[0]
        if is_outside or target == folder or "/" not in name:
            continue
        if target not in ranks:
            yield f"{where}:{line}: \"{name}\" is in no folder of the table"
        elif ranks[target] >= ranks[folder]:
            yield (f"{where}:{line}: \"{name}\" (rank {ranks[target]}) included from rank {ranks[folder]}: "
                   "only lower ranks may be")


def leaking_headers(root):
    """Headers of ours that bring an owned outside header along, and which one."""
    brought = {}
    headers = [p for p in sources(root, "harness") if p.suffix == ".h"]
    changed = True
    while changed:
        changed = False
        for path in headers:
            name = str(path.relative_to(root / "harness"))
            for _, _, included in includes_of(path):
                outside = included if owner_of(included) else brought.get(included)
                if outside and name not in brought:
                    brought[name] = outside
                    changed = True
    return brought


def check_leaks(root):
    brought = leaking_headers(root)
    for path in sources(root, "harness"):
        where = path.relative_to(root)
        for line, _, name in includes_of(path):
            if name in brought and name.split("/")[0] != where.parts[1]:
                yield f"{where}:{line}: \"{name}\" brings <{brought[name]}> into another folder"


def check_quickfix_in_tests(root):
    for path in sources(root, "tests"):
        where = str(path.relative_to(root))
        for line, _, name in includes_of(path):
            if name.startswith("quickfix/") and not where.startswith(QUICKFIX_TESTS):
                yield f"{where}:{line}: <{name}>: only {' and '.join(QUICKFIX_TESTS)} may speak to QuickFIX"


def check_tests_are_built(root):
    built = set()
    for cmake in (root / "tests").rglob("CMakeLists.txt"):
        text = re.sub(r"#.*", "", cmake.read_text())
        for name in TEST_FILE.findall(text):
            name = name.replace("${PROJECT_SOURCE_DIR}", str(root)).replace("${CMAKE_CURRENT_SOURCE_DIR}/", "")
            built.add((cmake.parent / name).resolve())
    for path in sources(root, "tests"):
        if path.name.endswith("_test.cc") and path.resolve() not in built:
            yield f"{path.relative_to(root)}: no CMakeLists.txt under tests/ builds it"


def main(arguments):
    root = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).parent.parent).resolve()
    try:
        ranks = read_ranks(root)
    except OSError as error:
        print(f"check_layers: {error}", file=sys.stderr)
        return 2
    if not ranks:
        print("check_layers: harness/README.md has no layer table", file=sys.stderr)
        return 2
    found = [f for path in sources(root, "harness") for f in check_file(path, root, ranks)]
    found += [*check_leaks(root), *check_quickfix_in_tests(root), *check_tests_are_built(root)]
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
