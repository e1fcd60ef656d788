"""fmt: which files differ, exit codes, and that a file is replaced whole or not at all."""
import os
import unittest

from world import Running, World

UGLY = 'session   OE initiator\n\n\n\nscenario "x"{\nexpect   Logon|# kept\n}'.replace("|", " ")
FINE = 'session OE initiator\n\nscenario "x" {\n  expect Logon # kept\n}\n'
BROKEN = 'scenario "x" {\n   sned   Logon\n}\n'


class Fmt(World):
    def fmt(self, *arguments):
        return self.start("fmt", *arguments).end()

    def text(self, name):
        return (self.folder / name).read_text()

    def test_folders_and_files(self):
        self.write("a/ugly.drill", UGLY)
        self.write("a/b/ugly.drill", UGLY)
        self.write("a/fine.drill", FINE)
        self.write("a/ugly.txt", UGLY)
        told = "a/b/ugly.drill: not formatted; 'fixdrill fmt' does it\na/ugly.drill: not formatted; 'fixdrill fmt' does it\n"
        self.assertEqual(self.fmt("--check"), (1, told, ""))
        self.assertEqual(self.fmt("--check", "a/fine.drill"), (0, "", ""))
        self.assertEqual(self.text("a/ugly.drill"), UGLY)
        self.assertEqual(self.fmt("a"), (0, "a/b/ugly.drill: formatted\na/ugly.drill: formatted\n", ""))
        self.assertEqual(self.text("a/ugly.drill"), FINE)
        self.assertEqual(self.text("a/ugly.txt"), UGLY)
        self.assertEqual(self.fmt("--check"), (0, "", ""))
        self.assertEqual(sorted(path.name for path in (self.folder / "a").iterdir()),
                         ["b", "fine.drill", "ugly.drill", "ugly.txt"])

    def test_a_file_that_does_not_parse_stays_and_keeps_no_other_from_it(self):
        self.write("broken.drill", BROKEN)
        self.write("ugly.drill", UGLY)
        for options in (["--check"], []):
            code, out, err = self.fmt(*options)
            self.assertEqual(code, 2)
            self.assertIn("ugly.drill: ", out)
            self.assertIn("broken.drill:2:4: error: unknown step 'sned'", err)
        self.assertEqual(self.text("broken.drill"), BROKEN)
        self.assertEqual(self.text("ugly.drill"), FINE)

    def test_wrong_input(self):
        code, out, err = self.fmt("gone.drill")
        self.assertEqual((code, out), (2, ""))
        self.assertIn("no such file or folder: gone.drill", err)
        self.assertIn("did you mean --check?", self.fmt("--chek")[2])

    def test_mode_link_and_neighbours_are_kept(self):
        real = self.write("real.drill", UGLY)
        real.chmod(0o640)
        (self.folder / "links").mkdir()
        (self.folder / "links/link.drill").symlink_to("../real.drill")
        self.write("links/link.drill.new", "of an update")
        self.write("real.drill.new", "of an update")
        self.assertEqual(self.fmt("links"), (0, "links/link.drill: formatted\n", ""))
        self.assertEqual(self.text("real.drill"), FINE)
        self.assertTrue((self.folder / "links/link.drill").is_symlink())
        self.assertEqual(real.stat().st_mode & 0o7777, 0o640)
        self.assertEqual(self.text("real.drill.new"), "of an update")
        self.assertEqual(self.text("links/link.drill.new"), "of an update")

    def test_a_file_that_may_not_be_written_stays(self):
        self.write("ugly.drill", UGLY).chmod(0o444)
        # Root writes everywhere, but not without its capabilities.
        plain = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
        running = Running([*plain, os.environ["FIXDRILL"], "fmt"], cwd=self.folder)
        self.addCleanup(running.close)
        code, out, err = running.end()
        self.assertEqual((code, out), (3, ""))
        self.assertIn("cannot write ugly.drill: Permission denied; it is as it was", err)
        self.assertEqual(self.text("ugly.drill"), UGLY)


if __name__ == "__main__":
    unittest.main()
