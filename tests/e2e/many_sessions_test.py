"""Many clients of one simulator at the same time: all are served, in bounded memory.

SESSIONS=1000 tries a larger crowd than the one of every test run.
"""
import os
import unittest

from hostile import MIB, Hostile, order

SESSIONS = int(os.environ.get("SESSIONS", "200"))
ORDERS = 25


class ManySessions(Hostile):
    MEMORY = 300 * MIB

    def test_every_client_is_answered_in_order(self):
        clients = [self.client(f"S{number}") for number in range(SESSIONS)]
        for client in clients:
            client.send(*(order(f"A{number}") for number in range(ORDERS)))
        for client in clients:
            for number in range(ORDERS):
                client.expect("35=8", f"34={number + 2}", f"11=A{number}", "150=0", "39=0")
        for client in clients:
            client.alive()

    def test_every_order_is_filled_by_another_client(self):
        sellers = [self.client(f"SELL{number}") for number in range(SESSIONS // 2)]
        buyers = [self.client(f"BUY{number}") for number in range(SESSIONS // 2)]
        for seller in sellers:
            seller.send(order("S", _54=2, _44="10.15"))
            seller.expect("35=8", "11=S", "150=0")
        for buyer in buyers:
            buyer.send(order("B", _44="10.15"))
        for buyer, seller in zip(buyers, sellers):  # the oldest seller is the first buyer's
            buyer.expect("35=8", "11=B", "150=0")
            buyer.expect("35=8", "11=B", "150=F", "39=2", "31=10.15", "151=0")
            seller.expect("35=8", "11=S", "150=F", "39=2", "31=10.15", "151=0")


if __name__ == "__main__":
    unittest.main()
