"""A gateway that is not ours, QuickFIX's SocketInitiator, calls our acceptor sessions."""
import os
import re
import shutil
import socket
import sys
import threading
import unittest

from hostile import Client
from world import LIMIT_S, ROOT, Running, World, drill, profile, session

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

SURVIVES = """
@id GW-007
scenario "Gateway order survives a lost connection" {
  accept within 60s
  exec "./gw-cli" "order" "buy" "MSFT" "100" "@10.25"
  expect NewOrderSingle as nos within 10s {
    Symbol = MSFT | Side = Buy | OrderQty = 100 | Price = "10.25" | ClOrdID ~ /^[A-Z0-9]{1,20}$/
    NoPartyIDs unordered [
      { PartyID = FIRM1  | PartyIDSource = D | PartyRole = ExecutingFirm }
      { PartyID = TRADER | PartyIDSource = D | PartyRole = ExecutingTrader }
    ]
  }
  forbid NewOrderSingle { ClOrdID = ${nos.ClOrdID} }     # from here on: no duplicate order
  disconnect reset                        # before the ack
  accept within 30s                       # the gateway must come back by itself
  call ack(order = nos)
  confirm "The order shows as Working on the trader screen"
}
"""

# Tells the gateway below what was ordered.
GW_CLI = """#!{python}
import socket, sys
socket.create_connection(("127.0.0.1", {port})).sendall(" ".join(sys.argv[1:]).encode())
"""

ORDER = ("35=D|11=GW7|55=MSFT|54=1|38=100|40=2|44=10.25|60=20270115-08:00:00|"
         "453=2|448=TRADER|447=D|452=12|448=FIRM1|447=D|452=1|")


class Gateway(threading.Thread):
    """Logs on, sends an order when its command line is used, and comes back when the line breaks."""

    def __init__(self, port, order_again=False):
        super().__init__(daemon=True)
        self.port, self.order_again = port, order_again
        self.commands = socket.create_server(("127.0.0.1", 0))
        self.commands.settimeout(LIMIT_S)
        self.ordered = self.answer = ""
        self.lines = []

    def log_on(self, number):
        client = Client(self.port, name="BRK1")
        self.lines.append(client)
        client.number = number
        return client.logon()

    def run(self):
        first = self.log_on(1)
        with self.commands, self.commands.accept()[0] as command:
            self.ordered = command.recv(1000).decode()
        first.send(ORDER)
        first.rest()
        second = self.log_on(3)
        if self.order_again:
            second.send(ORDER)
        self.answer = second.expect("35=8")
        while (message := second.next()) is not None:
            if "|35=1|" in message:
                second.send("35=0|" + re.search(r"112=[^|]*\|", message).group())
            if "|35=5|" in message:
                second.send("35=5|")


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

    def survive(self, gateway_again=False):
        shutil.copytree(ROOT / "scenarios/lib", self.folder / "lib")
        self.write("fixdrill.toml", profile(session("EX", 0, sender='"EXCH"', target='"BRK1"')))
        self.write("run.drill", 'drill 1\ninclude "lib/exchange.drill"\nsession EX acceptor\n' + SURVIVES)
        self.write("answers.csv", "scenario,step,answer,who\nGW-007,1,yes,Ann\n")
        ours = self.start_run("--allow-exec", "--answers", "answers.csv", "run.drill")
        gateway = Gateway(int(ours.wait_for_line("EX listens on").rsplit(":", 1)[1]), gateway_again)
        port = gateway.commands.getsockname()[1]
        self.write("gw-cli", GW_CLI.format(python=sys.executable, port=port)).chmod(0o700)
        gateway.start()
        ended = ours.end()
        gateway.join(LIMIT_S)
        for line in gateway.lines:
            line.close()
        self.assertEqual(gateway.ordered, "order buy MSFT 100 @10.25")
        return gateway, ended

    def test_an_order_survives_a_lost_connection(self):
        gateway, (code, out, err) = self.survive()
        self.assertEqual(code, 0, out + err)
        self.assertIn("|39=0|", gateway.answer)
        self.assert_recording_is_whole(outcome="PASS")

    def test_an_order_that_is_sent_again_fails(self):
        _, (code, out, err) = self.survive(gateway_again=True)
        self.assertEqual(code, 1, out + err)
        self.assertIn("forbidden NewOrderSingle on EX came, which must not", out)

    def test_engine_session(self):
        self.call("engine", ENGINE)

    def test_wire_session(self):
        self.call("wire { auto = heartbeat, testrequest }", WIRE)

    def test_engine_session_in_fix42(self):
        self.call("engine", ENGINE.replace("ExecType = New", "ExecTransType = New | ExecType = New"), "FIX.4.2")


if __name__ == "__main__":
    unittest.main()
