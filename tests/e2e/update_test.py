"""`fixdrill run --update`: what it writes, what it leaves alone, and that what is taken passes."""
import os
import re
import subprocess
import unittest

from world import ORDER, World, drill, profile, session

ACKNOWLEDGED = 'scenario "Acknowledged" {\n  send NewOrderSingle as nos {\n    ' + ORDER.replace("10.25", "9.25") + """
  }
  expect ExecutionReport { ClOrdID = ${nos.ClOrdID} | ExecType = F | OrdStatus = Filled | Symbol = "IBM" }   # grün
}"""
TAKEN = ACKNOWLEDGED.replace("ExecType = F | OrdStatus = Filled", "ExecType = 0 | OrdStatus = New").replace("IBM", "MSFT")
PASTED = """scenario "Pasted" {
  send 35=D|11=${uid()}|55=MSFT|54=1|38=100|40=2|44=9.25|60=${now()}|
  expect 35=8|150=F|39=2|37=*|151=0|
}"""
PASTED_TAKEN = PASTED.replace("150=F|39=2|37=*|151=0", "150=0|39=0|37=*|151=100")


class Update(World):
    def setUp(self):
        super().setUp()
        self.write("fixdrill.toml", profile(session("OE", 1)))

    def update(self, *arguments, ci=False, name="run.db"):
        """A run with --update against a simulator, at a desk unless told otherwise."""
        env = {**os.environ, "NO_COLOR": "1", "GITHUB_ACTIONS": ""}
        env.pop("CI", None)
        if ci:
            env["CI"] = "true"
        return self.start("run", "--db", name, "--sim", "--virtual-time", "--update", *arguments, env=env).end()

    def files(self):
        return {path.name for path in self.folder.iterdir() if ".drill" in path.name}

    def take(self, said):
        """Does what the output says, letter by letter."""
        commands = re.findall(r"^  (mv .*)$", said, re.M)
        for command in commands:
            subprocess.run(["sh", "-c", command], cwd=self.folder, check=True)
        return commands

    def test_what_is_taken_passes(self):
        path = self.write("run.drill", drill(ACKNOWLEDGED + "\n" + PASTED))
        path.chmod(0o640)
        code, out, err = self.update("run.drill")
        self.assertEqual((code, err), (1, ""), out)
        self.assertEqual(path.read_text(), drill(ACKNOWLEDGED + "\n" + PASTED), "the file itself is never written")
        new = self.folder / "run.drill.new"
        self.assertEqual(new.read_text(), drill(TAKEN + "\n" + PASTED_TAKEN))
        self.assertEqual(new.stat().st_mode & 0o777, 0o640)
        self.assertEqual(self.take(out), ["mv run.drill.new run.drill"])
        code, out, err = self.update("run.drill", name="again.db")
        self.assertEqual((code, err), (0, ""), out)
        self.assertIn("--update: nothing to rewrite", out)
        self.assertEqual(self.files(), {"run.drill"})

    def test_the_diff_is_one_for_patch(self):
        for ends in ("\n", "\r\n"):
            for last in ("", ends):
                text = (drill(ACKNOWLEDGED).rstrip("\n") + last).replace("\r\n", "\n").replace("\n", ends)
                path = self.folder / "run.drill"
                path.write_bytes(text.encode())
                code, out, _ = self.update("run.drill", name="x.db")
                self.assertEqual(code, 1, out)
                diff = self.folder / "x.diff"
                diff.write_bytes(out[out.index("--- run.drill"):out.index("Nothing has changed")].encode())
                subprocess.run(["patch", "--binary", "-s", "run.drill", "x.diff"], cwd=self.folder, check=True)
                self.assertEqual(path.read_bytes(), (self.folder / "run.drill.new").read_bytes())
                (self.folder / "x.db").unlink()

    def test_the_layout_stays_in_order(self):
        self.write("run.drill", drill(ACKNOWLEDGED))
        self.assertEqual(self.start("fmt", "run.drill").end()[0], 0)
        self.take(self.update("run.drill")[1])
        self.assertEqual(self.start("fmt", "--check", "run.drill").end(), (0, "", ""))

    def test_it_is_refused_where_ci_is_set(self):
        self.write("run.drill", drill(ACKNOWLEDGED))
        code, out, err = self.update("run.drill", ci=True)
        self.assertEqual((code, out), (2, ""))
        self.assertRegex(err, "^fixdrill: error: --update is refused where CI is set")
        self.assertEqual(self.files(), {"run.drill"})
        self.assertFalse((self.folder / "run.db").exists())

    def test_without_it_nothing_is_written(self):
        self.write("run.drill", drill(ACKNOWLEDGED))
        code, out, _ = self.run_drill("--sim", "--virtual-time", "run.drill")
        self.assertEqual(code, 1)
        self.assertNotIn("--update", out)
        self.assertEqual(self.files(), {"run.drill"})

    def test_what_an_included_file_says_is_told(self):
        self.write("common.drill", "setup {\n" + ACKNOWLEDGED.split("{\n", 1)[1] + "\n")
        self.write("run.drill", drill('scenario "s" { expect nothing for 1ms }').replace("session", 'include "common.drill"\nsession', 1))
        code, out, err = self.update("run.drill")
        self.assertEqual((code, err), (1, ""), out)
        self.assertIn("common.drill:6:55: ExecType(150): it stands in an included file, which others use too; "
                      "change it by hand",
                      out)
        self.assertEqual(self.files(), {"run.drill", "common.drill"})

    def test_names_that_a_shell_would_cut(self):
        self.write("it's a run.drill", drill(ACKNOWLEDGED))
        out = self.update("it's a run.drill")[1]
        self.assertEqual(len(self.take(out)), 1)
        self.assertEqual((self.folder / "it's a run.drill").read_text(), drill(TAKEN))

    def test_a_link_stays_a_link(self):
        self.write("real/run.drill", drill(ACKNOWLEDGED))
        (self.folder / "run.drill").symlink_to("real/run.drill")
        self.take(self.update("run.drill")[1])
        self.assertTrue((self.folder / "run.drill").is_symlink())
        self.assertEqual((self.folder / "real/run.drill").read_text(), drill(TAKEN))

    def test_a_file_that_cannot_be_written_is_told(self):
        self.write("run.drill", drill(ACKNOWLEDGED))
        (self.folder / "run.drill.new").mkdir()
        code, out, err = self.update("run.drill")
        self.assertEqual(code, 1, out)
        self.assertRegex(err, r"cannot write run\.drill\.new: Is a directory")
        self.assertNotIn("  mv ", out)
        self.assertEqual(list(self.folder.glob("*.part")), [])


if __name__ == "__main__":
    unittest.main()
