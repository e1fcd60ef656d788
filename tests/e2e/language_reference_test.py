"""The language reference tells the truth: every example in it is accepted, and the scenarios are laid out as fmt does."""
import re
import shutil
import unittest

from world import ROOT, World, profile, session

VIM = (ROOT / "tools/editors/vim/syntax/drill.vim").read_text()


class LanguageReference(World):
    def examples(self):
        """(kind, text) of each: kind is "" for one that runs against the simulator, "check" for one that cannot alone."""
        text = (ROOT / "scenarios/README.md").read_text()
        return re.findall(r"^```drill ?(\w*)\n(.*?)^```", text, re.M | re.S)

    def test_every_example_runs(self):
        shutil.copytree(ROOT / "scenarios/lib", self.folder / "lib")
        names = ("OE", "BUYER", "SELLER", "W", "CL")
        ports = {"CL": 2}
        self.write("fixdrill.toml", profile(
            *(session(name, ports.get(name, 1), sender=f'"{name}"', reset_on_logon="true") for name in names),
            session("EX", 2, sender='"EXCH"', target='"CL"')))
        examples = self.examples()
        self.assertGreaterEqual(len(examples), 19)
        for number, (kind, example) in enumerate(examples):
            with self.subTest(example=example):
                self.assertIn(kind, ("", "check"))
                path = self.write(f"{number}.drill", example)
                command = ("check",) if kind else ("run", "--sim", "--virtual-time", "--allow-exec")
                code, out, err = self.start(*command, path.name).end()
                self.assertEqual(code, 0, out + err)
                self.assertNotIn("warning:", out + err)
                code, out, err = self.start("fmt", "--check", path.name).end()
                self.assertEqual(code, 0, out + err)

    def test_the_tour_needs_at_most_twenty_keywords(self):
        _, tour = self.examples()[0]
        keywords = set(re.search(r"drillItem.*?\((.*?)\)", VIM, re.S).group(1).split("|"))
        for kind in ("Step", "Modifier", "Other"):
            keywords |= set(re.search(rf"drill{kind} .*?\((\w+\|.*?)\)", VIM).group(1).split("|"))
        text = re.sub(r"#.*|\"[^\"]*\"", "", tour)
        used = keywords & set(re.findall(r"(?<![\w.])[a-z]+(?![\w.])", text))
        self.assertGreater(len(used), 10)
        self.assertLessEqual(len(used), 20, sorted(used))

    def test_scenarios_are_laid_out_as_fmt_does(self):
        code, out, err = self.start("fmt", "--check", ROOT / "scenarios").end()
        self.assertEqual(code, 0, out + err)

    def test_first_steps(self):
        code, out, err = self.start("init").end()
        self.assertEqual(code, 0, err)
        self.assertIn("fixdrill.toml", out)
        code, out, err = self.start("check", "first.drill").end()
        self.assertEqual(code, 0, out + err)
        code, _, err = self.start("init").end()
        self.assertEqual(code, 2)
        self.assertIn("nothing was written", err)


if __name__ == "__main__":
    unittest.main()
