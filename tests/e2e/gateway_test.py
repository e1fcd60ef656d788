"""A gateway that is not ours, QuickFIX's SocketInitiator, calls our acceptor sessions."""
import os
import unittest

from world import Running, World, drill, profile, session

ANSWER = """OrderID = X1 | ClOrdID = ${nos.ClOrdID} | ExecID = ${uid()} | ExecType = New | OrdStatus = New
    Symbol = ${nos.Symbol} | Side = ${nos.Side} | LeavesQty = ${nos.OrderQty} | CumQty = 0 | AvgPx = 0"""

WIRE = """
scenario "An order of a gateway is taken" {
  accept within 30s
  expect Logon within 10s as logon { HeartBtInt = 30 }
  send Logon { EncryptMethod = 0 | HeartBtInt = 30 }
  expect NewOrderSingle within 10s as nos { Symbol = MSFT | Side = Buy | OrderQty = 100 | Price = 10.25 }
  send ExecutionReport { %s }
  expect Logout within 10s
  send Logout
  expect disconnect within 10s
}
""" % ANSWER

ENGINE = """
scenario "An order of a gateway is taken" {
  accept within 30s
  expect NewOrderSingle within 10s as nos { Symbol = MSFT | Side = Buy | OrderQty = 100 | Price = 10.25 }
  send ExecutionReport { %s }
  expect Logout within 10s
  expect disconnect within 10s
}
""" % ANSWER


class GatewayCalls(World):
    def call(self, kind, text, begin_string="FIX.4.4"):
        self.write("fixdrill.toml", profile(session("EX", 0, sender='"EXCH"', target='"BRK1"',
                                                    begin_string=f'"{begin_string}"')))
        self.write("run.drill", drill(text, f"session EX acceptor {kind}"))
        ours = self.start_run()
        port = ours.wait_for_line("EX listens on").rsplit(":", 1)[1]
        gateway = Running([os.environ["GATEWAY_CLIENT"], "--port", port, "--begin-string", begin_string,
                           "--within", "30"])
        self.addCleanup(gateway.close)
        code, out, err = ours.end()
        self.assertEqual(code, 0, out + err)
        code, answers, err = gateway.end()
        self.assertEqual(code, 0, answers + err)
        self.assertIn("|11=GW1|", answers)
        self.assertIn("|39=0|", answers)
        self.assert_recording_is_whole(outcome="PASS")
        self.assert_streams_are_whole()

    def test_engine_session(self):
        self.call("engine", ENGINE)

    def test_wire_session(self):
        self.call("wire { auto = heartbeat, testrequest }", WIRE)

    def test_engine_session_in_fix42(self):
        self.call("engine", ENGINE.replace("ExecType = New", "ExecTransType = New | ExecType = New"), "FIX.4.2")


if __name__ == "__main__":
    unittest.main()
