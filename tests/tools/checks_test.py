"""Proves that the checks of tools/ find what they exist for: each is shown a small tree with one fault."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOLS = pathlib.Path(__file__).resolve().parents[2] / "tools"

TABLE = """
| rank | folder | is |
|---|---|---|
| 0 | `base` | text |
| 1 | `fix` | messages |
| 2 | `net` | loop |
| 2 | `engine` | QuickFIX |
"""


class Tree(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write("harness/README.md", TABLE)
        self.write("harness/base/text.h", "#pragma once\n")
        self.write("harness/fix/message.cc", '#include "base/text.h"\n#include "fix/message.h"\n#include <string>\n')
        self.write("tests/CMakeLists.txt", "")

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def run_tool(self, tool):
        done = subprocess.run([sys.executable, TOOLS / tool, self.root], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout


class Layers(Tree):
    def finds(self, line):
        self.assertEqual(self.run_tool("check_layers.py"), (1, line + "\n"))

    def test_clean_tree(self):
        self.assertEqual(self.run_tool("check_layers.py"), (0, ""))

    def test_upward_include(self):
        self.write("harness/base/text.cc", '#include <string>\n#include "fix/message.h"\n')
        self.finds('harness/base/text.cc:2: "fix/message.h" (rank 1) included from rank 0: only lower ranks may be')

    def test_same_rank_include(self):
        self.write("harness/net/loop.cc", '#include "engine/engine.h"\n')
        self.finds('harness/net/loop.cc:1: "engine/engine.h" (rank 2) included from rank 2: only lower ranks may be')

    def test_folder_that_the_table_does_not_know(self):
        self.write("harness/stray/a.cc", "")
        self.finds("harness/stray/a.cc: folder 'stray' is not in the table of harness/README.md")

    def test_outside_header_beyond_its_folder(self):
        self.write("harness/net/a.cc", "#include <quickfix/Session.h>\n")
        self.finds("harness/net/a.cc:1: <quickfix/Session.h> belongs to harness/engine")

    def test_outside_header_that_leaks_through_a_header_of_ours(self):
        self.write("harness/fix/loader.h", "#include <pugixml.hpp>\n")
        self.write("harness/fix/loader.cc", '#include "fix/loader.h"\n')
        self.write("harness/net/a.cc", '#include "fix/loader.h"\n')
        self.finds('harness/net/a.cc:1: "fix/loader.h" brings <pugixml.hpp> into another folder')

    def test_quickfix_in_a_test(self):
        self.write("tests/counterparty/a.cc", "#include <quickfix/Session.h>\n")
        self.write("tests/unit/net/a.cc", "#include <quickfix/Session.h>\n")
        self.finds("tests/unit/net/a.cc:1: <quickfix/Session.h>: only tests/counterparty/ and tests/bench/ may "
                   "speak to QuickFIX")

    def test_test_that_nothing_builds(self):
        self.write("tests/unit/net/CMakeLists.txt", "fixdrill_test(net a_test.cc)  # b_test.cc\n")
        self.write("tests/unit/net/a_test.cc", "")
        self.write("tests/unit/net/b_test.cc", "")
        self.finds("tests/unit/net/b_test.cc: no CMakeLists.txt under tests/ builds it")

    def test_no_table(self):
        self.write("harness/README.md", "nothing here")
        self.assertEqual(self.run_tool("check_layers.py"), (2, ""))


class Sizes(Tree):
    def test_file_at_the_limit(self):
        self.write("harness/net/long.cc", "//\n" * 450)
        self.assertEqual(self.run_tool("check_sizes.py"), (0, ""))

    def test_file_beyond_the_limit(self):
        self.write("tests/unit/net/long.cc", "//\n" * 451)
        self.assertEqual(self.run_tool("check_sizes.py"), (1, "tests/unit/net/long.cc: 451 lines; the limit is 450\n"))


if __name__ == "__main__":
    unittest.main()
