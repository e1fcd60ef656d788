"""The language reference tells the truth: every example in it is accepted, and the scenarios are laid out as fmt does."""
import re
import unittest

from world import ROOT, World, profile, session


class LanguageReference(World):
    def test_every_example_is_accepted(self):
        examples = re.findall(r"^```drill\n(.*?)^```", (ROOT / "scenarios/README.md").read_text(), re.M | re.S)
        self.assertGreaterEqual(len(examples), 6)
        self.write("fixdrill.toml", profile(*(session(name, 1) for name in ("OE", "EX", "CL", "W"))))
        for number, example in enumerate(examples):
            with self.subTest(example=example):
                path = self.write(f"{number}.drill", example)
                code, out, err = self.start("check", path.name).end()
                self.assertEqual(code, 0, out + err)

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
