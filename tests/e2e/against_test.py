"""run --against: recorded conversations judged by scenarios; new --from: scenarios drafted from them."""
import sqlite3
import unittest

from world import ROOT, World

ORDERS = """drill 1
session OE initiator

@id A-1
scenario "Filled" {
  send NewOrderSingle as nos {
    ClOrdID = ${uid()} | Symbol = MSFT | Side = Buy | OrderQty = 100 | OrdType = Limit | Price = 10.25
    TransactTime = ${now()}
  }
  expect ExecutionReport as ack { ClOrdID = ${nos.ClOrdID} | ExecType = New | LeavesQty = 100 }
  expect ExecutionReport { ExecType = Trade | OrderID = ${ack.OrderID} | LastPx = 10.20 }
}

@id A-2
scenario "Canceled" {
  let id = uid()
  send NewOrderSingle {
    ClOrdID = ${id} | Symbol = MSFT | Side = Buy | OrderQty = 100 | OrdType = Limit | Price = 9.00
    TransactTime = ${now()}
  }
  expect ExecutionReport { ClOrdID = ${id} | ExecType = New }
  expect nothing for 200ms
  send OrderCancelRequest {
    ClOrdID = ${uid()} | OrigClOrdID = ${id} | Symbol = MSFT | Side = Buy | OrderQty = 100
    TransactTime = ${now()}
  }
  expect ExecutionReport { ExecType = Canceled | OrigClOrdID = ${id} }
}
"""


class Against(World):
    def done(self, *arguments, code=0):
        got, out, err = self.start(*arguments).end()
        self.assertEqual(got, code, out + err)
        return out, err

    def record(self, *paths, db="a.db"):
        self.done("run", "--sim", "--virtual-time", "--db", db, *paths)

    def edit(self, db, old, new):
        """Changes the one message that holds `old`, as if the venue had sent it so."""
        connection = sqlite3.connect(self.folder / db)
        with connection:
            rows = [row for row in connection.execute("SELECT id, raw FROM message") if old in row[1]]
            self.assertEqual(len(rows), 1)
            connection.execute("UPDATE message SET raw = ? WHERE id = ?", (rows[0][1].replace(old, new), rows[0][0]))
        connection.close()

    def log_of(self, db, name):
        """The messages of a recording as a QuickFIX file log has them."""
        connection = sqlite3.connect(self.folder / db)
        lines = []
        for (raw,) in connection.execute("SELECT raw FROM message ORDER BY id"):
            stamp = raw.split(b"\x0152=")[1].split(b"\x01")[0].decode()
            lines.append(stamp + " : " + raw.decode())
        connection.close()
        self.write(name, "\n".join(lines) + "\n")

    def test_a_recording_of_ours(self):
        self.write("orders.drill", ORDERS)
        self.record("orders.drill")
        out, _ = self.done("run", "--against", "a.db", "--db", "b.db", "orders.drill")
        self.assertIn("2 passed", out)
        out, _ = self.done("run", "--against", "a.db", "--db", "c.db", "--id", "A-2", "orders.drill")
        self.assertIn("1 passed", out)
        self.edit("a.db", b"\x0131=10.20\x01", b"\x0131=10.30\x01")
        out, _ = self.done("run", "--against", "a.db", "--db", "d.db", "orders.drill", code=1)
        self.assertIn("orders.drill:11:74: error: ExecutionReport on OE differs in 1 of 3 fields", out)
        self.assertIn("LastPx(31)", out)

    def test_what_was_not_sent(self):
        self.write("orders.drill", ORDERS)
        self.record("orders.drill")
        self.write("orders.drill", ORDERS.replace("9.00", "9.50"))
        out, _ = self.done("run", "--against", "a.db", "orders.drill", code=1)
        self.assertIn("the recording shows no NewOrderSingle sent on OE that fits; nearest is #", out)
        self.assertIn("Price(44) is 9.00, not 9.50", out)

    def test_a_draft_of_a_recording_and_of_a_log(self):
        self.write("orders.drill", ORDERS)
        self.record("orders.drill")
        self.log_of("a.db", "FIX.4.4-OE-EXCH.messages.current.log")
        for source in ("a.db", "FIX.4.4-OE-EXCH.messages.current.log"):
            _, err = self.done("new", "--from", source, "-o", "draft.drill", "--force")
            self.assertIn("2 scenarios from 2 order flows", err)
            self.done("check", "draft.drill")
            self.done("fmt", "--check", "draft.drill")
            self.done("run", "--against", source, "draft.drill")
            self.done("run", "--sim", "--virtual-time", "draft.drill")

    def test_options_that_do_not_go_together(self):
        self.write("orders.drill", ORDERS)
        self.record("orders.drill")
        _, err = self.done("run", "--against", "a.db", "--sim", "orders.drill", code=2)
        self.assertIn("--sim is for a run that connects; --against judges what was recorded, nothing is sent", err)
        _, err = self.done("run", "--against", "gone.db", "orders.drill", code=2)
        self.assertIn("gone.db", err)
        self.write("other.drill", ORDERS.replace("session OE", "session DC").replace("drill 1", "drill 1\nsession EX initiator"))

    def test_the_shipped_order_scenarios(self):
        self.record(str(ROOT / "scenarios/orders/limit.drill"), str(ROOT / "scenarios/orders/cancel_replace.drill"),
                    str(ROOT / "scenarios/orders/market.drill"))
        self.done("run", "--against", "a.db", "--db", "b.db", str(ROOT / "scenarios/orders/limit.drill"),
                  str(ROOT / "scenarios/orders/cancel_replace.drill"), str(ROOT / "scenarios/orders/market.drill"))


if __name__ == "__main__":
    unittest.main()
