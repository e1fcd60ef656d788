"""Every message that a scenario can cause stands in a golden file: nobody changes one, or adds one, unseen.

A message is a text of more than one word in the sources below; `{}` of a pattern stands for anything. What goes to
`expected(…)` reads "expected …, found …". Lines that repeat the scenario do not count.
"""
import pathlib
import re
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
# (sources, folders of tests/golden that may hold their messages)
GROUPS = [
    (("harness/syntax/*.cc", "harness/eval/check*.cc"), ("parse_error",)),
    (("harness/eval/*.cc",), ("parse_error", "fail", "sim", "update")),
    (("harness/import/def_file.cc",), ("../import/bad",)),
]
# Text -> why no golden file has it. Keep it short: a message that no input reaches is dead code.
EXEMPT = {
    "the file is larger than {} MiB": "a golden file of that size; LimitsTest has it",
    "too many errors; the rest is not read": "a golden file of a hundred errors; LimitsTest has it",
    "this expression is too long": "a golden file of that size; LimitsTest has it",
    "nested more than {} levels deep": "a golden file of that depth; LimitsTest has it",
    "includes are nested more than {} deep": "as many files; LimitsTest has it",
    "blocks and calls are nested more than {} deep here": "a golden file of that depth; CheckControl has it",
    "no file can be read here": "only for callers that give no reader",
    "'include' is not possible here": "only for callers that give no reader",
    "no dictionary to look up field '{}' in; write its tag": "only where the dictionaries of fixspecs are missing",
    "no dictionary to look up message '{}' in; write its MsgType code": "as above",
    "fields of groups need a dictionary": "as above",
    "groups need a dictionary": "as above",
    "'{0}' is a store; say which of it: {0}[key]": "the checker refuses a store without a key before",
    "a store is no value; say which of it: [key]": "as above",
    "({} entries)": "as above",
    "'<' or '!='": "build() says it where nothing was checked; the checker names the sign",
    "this test does not look at one value": "build() and the pattern take these tests before; BuildTest, PatternTest",
    "FIX 4.0": "no message: a version",
    "FIX 4.1": "no message: a version",
    'scenario "profile" {{\n  log "${{{}}}"\n}}\n': "no message: what the parser reads",
}
EXPECTING = {"expected", "name", "whole_number"}  # functions that report "expected …"

TOKEN = re.compile(r"""
    (?P<comment>//[^\n]*|/\*.*?\*/|^[ \t]*\#[^\n]*)
  | R"(?P<mark>[^(\s"]*)\((?P<raw>.*?)\)(?P=mark)"
  | "(?P<text>(?:\\.|[^"\\\n])*)"
  | '(?:\\.|[^'\\\n])+'
  | (?P<word>[A-Za-z_]\w*)
  | \d(?:'?[\w.])*
  | (?P<sign>\S)
""", re.X | re.S | re.M)
ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]+|.)", re.S)
PLACEHOLDER = re.compile(r"\{\{|\}\}|\{[^{}]*\}")
ECHO = re.compile(r"^ *\d* \| ")


def unescaped(text):
    codes = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}
    return ESCAPE.sub(lambda m: chr(int(m[1][1:], 16)) if m[1][0] == "x" and len(m[1]) > 1 else codes.get(m[1], m[1]),
                      text)


class Text:
    """A literal of the sources, with those that follow it directly, and the functions it is an argument of."""

    def __init__(self, text, line, calls):
        self.text, self.line, self.calls = text, line, calls

    def expecting(self):
        return bool(self.calls) and bool(EXPECTING & set(self.calls))

    def is_message(self):
        return self.expecting() or re.search(r"\S\s+\S", self.text) is not None

    def shown(self):
        return f"expected {self.text}, found …" if self.expecting() else self.text

    def pattern(self):
        """What a line of a golden file must hold."""
        text = re.escape(self.text)
        if self.calls and self.calls[-1] == "format":
            parts, at = [], 0
            for place in PLACEHOLDER.finditer(self.text):
                parts.append(re.escape(self.text[at:place.start()]))
                parts.append(re.escape(place[0][0]) if place[0] in ("{{", "}}") else ".+")
                at = place.end()
            text = "".join(parts) + re.escape(self.text[at:])
        return f"expected {text}, found " if self.expecting() else text


def texts_of(source):
    """The literals of a C++ source; line breaks between the parts of one do not matter."""
    found, calls, word, joining = [], [], "", None
    for token in TOKEN.finditer(source):
        if token["comment"] is not None:
            continue
        literal = token["raw"] if token["raw"] is not None else token["text"]
        if literal is not None:
            text = literal if token["raw"] is not None else unescaped(literal)
            if joining:
                joining.text += text
            else:
                joining = Text(text, source.count("\n", 0, token.start()) + 1, tuple(calls))
                found.append(joining)
        else:
            # R, L, u8 and the like are read as words before the text; none is used here but R.
            joining = None
            if token["sign"] == "(":
                calls.append(word)
            elif token["sign"] == ")" and calls:
                calls.pop()
        word = token["word"] or ""
    return found


def golden_text(root, folders):
    lines = []
    for folder in folders:
        for path in sorted((root / "tests/golden" / folder).glob("*.out")):
            lines += [line for line in path.read_text().splitlines() if not ECHO.match(line)]
    return "\n".join(lines)


def missing(root, exempt=None):
    """Messages without a golden file, as lines `file:line: text`, and exemptions that nothing needs."""
    exempt = EXEMPT if exempt is None else exempt
    lines, seen, used = [], set(), set()
    for patterns, folders in GROUPS:
        golden = golden_text(root, folders)
        for path in sorted(path for pattern in patterns for path in root.glob(pattern)):
            if path in seen:
                continue
            seen.add(path)
            for text in filter(Text.is_message, texts_of(path.read_text())):
                if re.search(text.pattern(), golden):
                    continue
                if text.text in exempt:
                    used.add(text.text)
                else:
                    lines.append(f"{path.relative_to(root)}:{text.line}: {text.shown()}")
    return lines, sorted(set(exempt) - used)


class Goldens(unittest.TestCase):
    def test_every_message_has_one(self):
        lines, unused = missing(ROOT)
        self.assertEqual(lines, [], "no golden file of tests/golden has these:\n" + "\n".join(lines))
        self.assertEqual(unused, [], "EXEMPT names what a golden file has, or the code has not")


class Extraction(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def missing(self, source, golden="", exempt=None):
        self.write("harness/syntax/a.cc", source)
        self.write("tests/golden/parse_error/a.out", golden)
        return missing(self.root, exempt or {})[0]

    def test_a_message_broken_over_lines_is_one(self):
        source = 'void f() {\n  c_.error(span, fmt::format("no \'{}\' "  // why\n    "here{}; say \\"x\\"",\n  a, b));\n}'
        line = "harness/syntax/a.cc:2: "
        self.assertEqual(len(self.missing(source)), 1)
        self.assertTrue(self.missing(source)[0].startswith(line), self.missing(source))
        self.assertEqual(self.missing(source, 'a.drill:1:2: error: no \'x\' here, y; say "x"\n'), [])
        self.assertEqual(len(self.missing(source, "a.drill:1:2: error: no 'x' there\n")), 1)

    def test_a_deleted_golden_is_noticed(self):
        source = 'findings.error(span, "this is wrong");'
        self.assertEqual(self.missing(source, "a.drill:1:2: error: this is wrong\n"), [])
        (self.root / "tests/golden/parse_error/a.out").unlink()
        self.assertEqual(missing(self.root, {})[0], ["harness/syntax/a.cc:1: this is wrong"])

    def test_the_scenario_itself_does_not_count(self):
        self.assertEqual(len(self.missing('error(span, "this is wrong");', '12 | log "this is wrong"\n')), 1)

    def test_what_is_expected_reads_so(self):
        for call in ('c_.expected("\'=\'")', 'name("\'=\'")', 'whole_number(more ? "\'=\'" : "\'=\'")'):
            self.assertEqual(self.missing(call, "a.drill:1:2: error: expected '=', found 'x'\n"), [], call)
            self.assertNotEqual(self.missing(call, "a.drill:1:2: error: '=' is missing\n"), [], call)

    def test_braces_are_letters_outside_a_format(self):
        self.assertEqual(self.missing('error(span, "this \'{\' is open");', "error: this '{' is open\n"), [])
        self.assertNotEqual(self.missing('error(span, "this \'{}\' is open");', "error: this 'x' is open\n"), [])
        self.assertEqual(self.missing('fmt::format("a \'{{\' in {0}")', "error: a '{' in x\n"), [])

    def test_both_sides_of_a_choice(self):
        source = 'error(span, more ? "two of them" : "one of them");'
        self.assertEqual(len(self.missing(source, "error: two of them\n")), 1)

    def test_what_is_no_message(self):
        source = '#include "a b.h"\n// "not this"\nif (c == \'"\' || n == 1\'000) take("word"); take(" as ");'
        self.assertEqual(self.missing(source), [])
        self.assertEqual(len(self.missing('error(span, R"(known are \\" and \\x)");')), 1)
        self.assertEqual(self.missing('error(span, R"(known are \\" and \\x)");', 'error: known are \\" and \\x\n'), [])

    def test_an_exemption(self):
        self.assertEqual(self.missing('error(span, "this is big");', "", {"this is big": "too big"}), [])
        self.assertEqual(missing(self.root, {"this is gone": "why"})[1], ["this is gone"])


if __name__ == "__main__":
    if sys.argv[1:] == ["--list"]:
        print("\n".join(missing(ROOT)[0]))
    else:
        unittest.main()
