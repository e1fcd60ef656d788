"""Every FIX version: our acceptor and our initiator, engine and wire, and our initiator against QuickFIX's acceptor."""
import unittest

from world import World, drill, free_port, profile, session

VERSIONS = [("FIX.4.0", ""), ("FIX.4.1", ""), ("FIX.4.2", ""), ("FIX.4.3", ""), ("FIX.4.4", ""),
            ("FIXT.1.1", "7"), ("FIXT.1.1", "8"), ("FIXT.1.1", "9")]

TALK = """scenario "An order and its answer" {
  %s
  CL: send NewOrderSingle as nos {
    ClOrdID = A1 | HandlInst = 1 | Symbol = MSFT | Side = Buy | OrderQty = 100 | OrdType = Limit | Price = 10.25 | 5001 = x
    5001 = y
  }
  EX: expect NewOrderSingle { BeginString = "%s" | ClOrdID = A1 | Price = 10.250 | Side = 1 | 5001 = x }
  EX: send ExecutionReport { OrderID = X1 | ExecID = E1 | ClOrdID = A1 | OrdStatus = New | Symbol = MSFT }
  CL: expect ExecutionReport { OrderID = X1 | OrdStatus = New }
}"""

ENGINE = ("session EX acceptor\nsession CL initiator", "")
WIRE = ("session EX acceptor\nsession CL initiator wire { auto = testrequest }", """CL: connect
  CL: send Logon { EncryptMethod = 0 | HeartBtInt = 30 %s}
  CL: expect Logon { HeartBtInt = 30 }""")


class Versions(World):
    def talk(self, kind, begin_string, appl_ver_id):
        more = {"begin_string": f'"{begin_string}"'}
        logon = ""
        if appl_ver_id:
            more["appl_ver_id"] = f'"{appl_ver_id}"'
            logon = f"| 1137 = {appl_ver_id} "
        port = free_port()
        self.write("fixdrill.toml", profile(session("CL", port, **more),
                                            session("EX", port, **more, sender='"EXCH"', target='"BRK1"')))
        sessions, setup = kind
        setup = setup % logon if setup else ""
        self.write("run.drill", drill(TALK % (setup, begin_string), sessions))
        name = f"{begin_string}-{appl_ver_id or 0}-{'wire' if setup else 'engine'}.db"
        code, out, err = self.start("run", "--db", name, "run.drill").end()
        self.assertEqual(code, 0, f"{name}\n{out}{err}")
        self.assertIn("1 passed, 0 failed", out)
        return err

    def test_engine_on_both_sides(self):
        for begin_string, appl_ver_id in VERSIONS:
            with self.subTest(begin_string=begin_string, appl_ver_id=appl_ver_id):
                self.talk(ENGINE, begin_string, appl_ver_id)

    def test_wire_initiator(self):
        for begin_string, appl_ver_id in VERSIONS:
            with self.subTest(begin_string=begin_string, appl_ver_id=appl_ver_id):
                self.talk(WIRE, begin_string, appl_ver_id)

    def test_against_quickfix(self):
        _, port = self.counterparty()
        for begin_string, appl_ver_id in VERSIONS[:6] + VERSIONS[-1:]:
            with self.subTest(begin_string=begin_string, appl_ver_id=appl_ver_id):
                more = {"appl_ver_id": f'"{appl_ver_id}"'} if appl_ver_id else {}
                self.write("fixdrill.toml", profile(session(
                    "OE", port, begin_string=f'"{begin_string}"', reset_on_logon="true", **more)))
                self.write("run.drill", drill("""scenario "Filled" {
  send NewOrderSingle as nos {
    ClOrdID = ${uid()} | HandlInst = 1 | Symbol = MSFT | Side = Buy | OrderQty = 100 | OrdType = Limit | Price = 10.25
    TransactTime = ${now()}
  }
  expect ExecutionReport { ClOrdID = ${nos.ClOrdID} | OrdStatus = New }
  expect ExecutionReport { ClOrdID = ${nos.ClOrdID} | OrdStatus = Filled }
}"""))
                code, out, err = self.start("run", "--db", f"q{begin_string}{appl_ver_id}.db", "run.drill").end()
                self.assertEqual(code, 0, out + err)


if __name__ == "__main__":
    unittest.main()
