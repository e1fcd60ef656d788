"""A canary password and a canary secret: after a run neither is in the recording, beside it, or on the screen."""
import os
import unittest

from world import World, drill, profile, session

PASSWORD = "canary-pw-5551212"
SECRET = "canary-secret-8675309"


class Secrets(World):
    def assert_no_canary(self, text, where):
        for canary in (PASSWORD, SECRET):
            self.assertNotIn(canary, text, where)

    def test_canaries(self):
        _, port = self.counterparty("--password", PASSWORD)
        self.write("fixdrill.toml", profile(
            session("OE", port, password='{ env = "OE_PW" }', store='"file"'),
            session("W", port, sender='"BRK2"'),
            '[secret]\ntoken = { env = "TOKEN" }\npassword = { env = "OE_PW" }\n'))
        self.write("run.drill", drill("""secret token
secret password
scenario "Sent and seen" {
  OE: send NewOrderSingle {
    ClOrdID = C1 | Symbol = MSFT | Side = Buy | OrderQty = 100 | OrdType = Limit | Price = 10.00 | Text = ${token}
    TransactTime = ${now()}
  }
  W: connect
  W: send Logon { EncryptMethod = 0 | HeartBtInt = 30 | Password = ${password} }
  W: expect Logon
  OE: expect ExecutionReport { Text = ${token} | ClOrdID = ${token} }
}""", "session OE initiator\nsession W initiator wire"))
        code, out, err = self.run_drill(env={**os.environ, "OE_PW": PASSWORD, "TOKEN": SECRET, "CI": "1"})
        self.assertEqual(code, 1, out + err)
        self.assert_no_canary(out + err, "what was printed")
        shown = "".join(self.start("show", *more, "run.db").end()[1] for more in ([], ["--raw"]))
        self.assert_no_canary(shown, "what show prints")
        self.assertIn("D", shown)
        written = [p for p in self.folder.rglob("*") if p.is_file()]
        self.assertIn("run.db", [p.name for p in written])
        for path in written:
            if path.suffix != ".numbers":  # what may have to be sent again is kept as it was sent
                self.assert_no_canary(path.read_bytes().decode("latin-1"), path)
        for path in self.folder.rglob("*.numbers"):
            self.assertEqual(path.stat().st_mode & 0o077, 0, path)
        self.assertEqual((self.folder / "run.db").stat().st_mode & 0o077, 0)
        self.assertTrue(self.rows("SELECT 1 FROM message WHERE msg_type = 'A' AND masked = 1"))


if __name__ == "__main__":
    unittest.main()
