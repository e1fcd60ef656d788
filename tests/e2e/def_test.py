"""Acceptance files (.def): run as they are against a simulator, imported, refused."""
import unittest

from world import World, free_port, profile, session

GOOD = """# A TestRequest is answered
iCONNECT
I8=FIX.4.4|35=A|34=1|49=BRK1|52=<TIME>|56=EXCH|98=0|108=30|
E8=FIX.4.4|9=63|35=A|34=1|49=EXCH|52=00000000-00:00:00.000|56=BRK1|98=0|108=30|10=0|
I8=FIX.4.4|35=1|34=2|49=BRK1|52=<TIME>|56=EXCH|112=A|
E8=FIX.4.4|9=57|35=0|34=2|49=EXCH|52=00000000-00:00:00.000|56=BRK1|112=A|10=0|
# a field without a value
I8=FIX.4.4|35=1|34=3|49=BRK1|52=<TIME>|56=EXCH|112=|
E8=FIX.4.4|9=109|35=3|34=3|49=EXCH|52=00000000-00:00:00.000|56=BRK1|45=3|58=WORDS|371=112|372=1|373=4|10=0|
I8=FIX.4.4|35=5|34=4|49=BRK1|52=<TIME>|56=EXCH|
E8=FIX.4.4|9=51|35=5|34=4|49=EXCH|52=00000000-00:00:00.000|56=BRK1|10=0|
eDISCONNECT
"""
WORDS = "Tag specified without a value"
SIM = ("--sim", "--virtual-time")
ANEW = ("--sim=sim.toml", "--virtual-time")


class Def(World):
    def run_drill(self, *arguments):
        (self.folder / "run.db").unlink(missing_ok=True)
        return super().run_drill(*arguments)

    def test_the_same_file_by_meaning_and_by_text(self):
        self.write("sim.toml", "[sim]\nreset_on_logon = true\n")
        self.write("a/good.def", GOOD.replace("WORDS", WORDS))
        self.write("a/words.def", GOOD.replace("WORDS", "In the words of another engine").replace("9=109", "9=110"))
        code, out, err = self.run_drill(*ANEW, "a")
        self.assertEqual((code, err), (0, ""), out)
        self.assertIn("2 passed", out)
        code, out, err = self.run_drill(*ANEW, "--compare", "text", "a")
        self.assertEqual(code, 1, out + err)
        self.assertIn("1 passed, 1 failed", out)
        # The line is the acceptance file's, what is shown is what was made of it.
        self.assertIn("a/words.def:9:29: error: Reject on BRK1 differs in 2 of 13 fields\n"
                      "9 |   expect verbatim 8=FIX.4.4|9=110|35=3|34=3|49=EXCH|52=*|56=BRK1|45=3|"
                      "58=In the words of another engine|371=112|372=1|373=4|10=*|\n", out)

    def test_a_profile_names_one_place_for_all(self):
        self.write("good.def", GOOD.replace("WORDS", WORDS))
        port = free_port()
        for text in (profile(f"[def]\nport = {port}\n"), profile(session("ANY", port))):
            self.write("fixdrill.toml", text)
            code, out, err = self.run_drill("good.def")
            self.assertEqual(code, 3, out + err)
            self.assertIn(f"cannot connect BRK1 to 127.0.0.1:{port}", out)
        self.write("fixdrill.toml", profile(session("OE", port, sender='"OTHER"')))
        code, out, err = self.run_drill("good.def")
        self.assertEqual(code, 2, out + err)
        self.assertIn("the profile has no session 'BRK1'", err + out)
        self.write("fixdrill.toml", profile("[def]\nhost = \"127.0.0.1\"\n"))
        self.assertIn("[def] lacks port; write port = 5001, where the sessions of .def files connect",
                      self.run_drill("good.def")[2])

    def test_list_and_check_take_them_too(self):
        self.write("good.def", GOOD)
        code, out, err = self.start("list", "good.def").end()
        self.assertEqual(code, 0, err)
        self.assertIn("good: A TestRequest is answered", out)
        self.assertEqual(self.start("check", ".").end(), (0, "", "1 file checked: 0 errors, 0 warnings\n"))

    def test_import_writes_where_it_says_and_over_nothing(self):
        self.write("defs/fix44/good.def", GOOD)
        self.write("defs/fix44/bad.def", "iCONECT\n")
        told = ("defs/fix44/good.def -> out/fix44/good.drill\n")
        code, out, err = self.start("import", "def", "defs", "-o", "out").end()
        self.assertEqual((code, out), (2, told))
        self.assertIn("defs/fix44/bad.def:1:1: error: no such action", err)
        self.assertIn("1 of 2 files written", err)
        (self.folder / "out/fix44/good.drill").write_text("mine")
        code, out, err = self.start("import", "def", "defs", "-o", "out").end()
        self.assertEqual((code, out), (2, ""))
        self.assertIn("out/fix44/good.drill is there already; --force overwrites it", err)
        self.assertEqual((self.folder / "out/fix44/good.drill").read_text(), "mine")
        self.start("import", "def", "defs", "-o", "out", "--force").end()
        self.assertIn("expect Logon", (self.folder / "out/fix44/good.drill").read_text())
        code, out, err = self.run_drill(*SIM, "out")
        self.assertEqual((code, err), (0, ""), out)

    def test_wrong_use(self):
        self.write("good.def", GOOD)
        for arguments, said in ((["import"], "say what is imported"), (["import", "deff", "good.def"], "say what is imported"),
                                (["import", "def"], "needs a file or a folder"), (["import", "def", "gone"], "no such file"),
                                (["import", "def", "good.def", "--compare", "bytes"], "write meaning or text"),
                                (["run", "--sim", "--compare", "bytes", "good.def"], "write meaning or text"),
                                (["sim", "good.def"], "")):
            code, out, err = self.start(*arguments).end()
            self.assertEqual((code, out), (2, ""), arguments)
            self.assertIn(said, err)
        (self.folder / "empty").mkdir()
        self.assertIn("no .def file in empty", self.start("import", "def", "empty").end()[2])
        done = self.start_run(*SIM, "--update", "good.def", env={"PATH": ""}).end()
        self.assertEqual(done[0], 2)
        self.assertIn("--update changes scenarios", done[2])


if __name__ == "__main__":
    unittest.main()
