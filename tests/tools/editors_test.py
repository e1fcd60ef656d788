"""The highlighting of tools/editors follows the keyword table, and sees in a scenario what stands there."""
import json
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import generate_editors  # noqa: E402  (found through the path above)


class Highlighting(unittest.TestCase):
    def setUp(self):
        grammar = json.loads((ROOT / "tools/editors/vscode/syntaxes/drill.tmLanguage.json").read_text())
        self.rules = [(rule["name"], re.compile(rule["match"])) for rule in grammar["patterns"]]

    def scopes(self, line):
        """As TextMate does it: the leftmost match, of those the first rule; then on behind it."""
        found, at = [], 0
        while at < len(line):
            matches = [(match.start(), number, match) for number, (_, rule) in enumerate(self.rules)
                       if (match := rule.search(line, at)) and match.end() > at]
            if not matches:
                break
            _, number, match = min(matches)
            found.append((match.group().strip(), self.rules[number][0].split(".")[-2]))
            at = match.end()
        return found

    def test_files_are_those_of_the_table(self):
        done = subprocess.run([sys.executable, ROOT / "tools/generate_editors.py", "--check"], capture_output=True,
                              text=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, ""))

    def test_a_word_more_in_the_table_is_noticed(self):
        table = generate_editors.words()
        table["step"].append("invented")
        for write, name in ((generate_editors.vim, "vim/syntax/drill.vim"),
                            (generate_editors.text_mate, "vscode/syntaxes/drill.tmLanguage.json")):
            self.assertNotEqual(write(table), (ROOT / "tools/editors" / name).read_text(), name)

    def test_every_word_is_seen(self):
        table = generate_editors.words()
        for word in table["step"]:
            self.assertIn((word, "step"), self.scopes(f"  OE: {word} X"), word)
        for word in table["item"]:
            self.assertIn(word, [text for text, _ in self.scopes(f"{word} X")], word)
        for word in table["modifier"] + table["other"]:
            self.assertIn(word, [text for text, _ in self.scopes(f"  OE: expect X {word} 5s")], word)

    def test_a_line_of_each_kind(self):
        self.assertEqual(self.scopes('scenario "A price" {  # why'),
                         [("scenario", "item"), ('"A price"', "double"), ("# why", "number-sign")])
        self.assertEqual(self.scopes("@id OE-001")[0], ("@id", "annotation"))
        self.assertEqual(self.scopes("  OE: send 35=D|11=${uid()}|"),
                         [("OE", "session"), ("send", "step"), ("35", "tag"), ("11", "tag"),
                          ("${uid()}", "interpolated")])
        self.assertEqual(self.scopes("  expect ExecutionReport as ack within 2s {"),
                         [("expect", "step"), ("as", "modifier"), ("within", "modifier"), ("2s", "numeric")])
        self.assertIn(("/too late/i", "regexp"), self.scopes("    Text ~ /too late/i"))


if __name__ == "__main__":
    unittest.main()
