"""fmt and the scenario files of this tree: they are as it lays them out, and it loses nothing of them.

FIXDRILL names the program.
"""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Files that are broken on purpose, and bytes a fuzzer made.
LEFT_OUT = ("tests/golden/parse_error/", "tests/fuzz/corpus/")


def scenario_files():
    found = (path for top in ("scenarios", "tools", "tests", "harness") for path in (ROOT / top).rglob("*.drill"))
    return sorted(path for path in found if not str(path.relative_to(ROOT)).startswith(LEFT_OUT))


def fmt(*arguments):
    done = subprocess.run([os.environ["FIXDRILL"], "fmt", *map(str, arguments)], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def without_blanks(text):
    return re.sub(r"\s", "", text)


def shaken(text):
    """The same file as somebody would have typed it who does not care: no indentation, tabs, blank lines, CR LF."""
    lines = [line.strip() for line in text.splitlines()]
    return "\r\n".join(f"\t{line} \t\n\n\n" if i % 3 == 0 else line for i, line in enumerate(lines))


class FormatScenarios(unittest.TestCase):
    maxDiff = None

    def test_the_tree_is_laid_out(self):
        files = scenario_files()
        self.assertGreater(len(files), 80)
        self.assertEqual(fmt("--check", *files), (0, ""))

    def test_layout_of_anything_is_lossless_and_final(self):
        with tempfile.TemporaryDirectory() as folder:
            copies = {path: pathlib.Path(folder, f"{i}.drill") for i, path in enumerate(scenario_files())}
            for path, copy in copies.items():
                copy.write_text(shaken(path.read_text()), newline="")
            code, said = fmt(folder)
            self.assertEqual(code, 0, said)
            self.assertEqual(fmt("--check", folder), (0, ""))
            for path, copy in copies.items():
                with self.subTest(path=path):
                    self.assertEqual(without_blanks(copy.read_text()), without_blanks(path.read_text()))


if __name__ == "__main__":
    unittest.main()
