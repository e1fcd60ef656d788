"""Odd and far too many orders for `fixdrill sim`: each has its answer, others are served, memory stays bounded."""
import threading
import unittest

from hostile import MIB, ORDER, Hostile, order


class Orders(Hostile):
    """Requests that are odd: the sound ones are served, each other has its answer, and the session goes on."""

    MEMORY = 96 * MIB

    def answered(self, answers, tag):
        client = self.client()
        for number, (value, fields) in enumerate(answers):
            client.send(order(f"N{number}", **{f"_{tag}": value}))
            with self.subTest(value=value):
                client.expect(*fields)
                client.alive()

    def test_prices(self):
        no_format = ("35=3", "371=44", "373=6")
        not_read = ("35=8", "150=8", "103=99", "58=Price must be a number with up to 8 decimals, at most 90000000000")
        not_above = ("35=8", "150=8", "103=99", "58=Price must be above 0")
        self.answered([("1e5", no_format), ("0x10", no_format), ("1e400", no_format), ("NaN", no_format),
                       ("inf", no_format), ("+1", no_format), (".", no_format), ("1,5", no_format), (" 1", no_format),
                       ("9" * 30, not_read), ("1.123456789", not_read), ("90000000001", not_read),
                       ("-0", not_above), ("0", not_above), ("-1", not_above),
                       ("1.", ("35=8", "150=0", "44=1.")), (".5", ("35=8", "150=0", "44=.5")),
                       ("0.00000001", ("35=8", "150=0")), ("10.00000000", ("35=8", "150=0"))], 44)

    def test_quantities(self):
        no_format = ("35=3", "371=38", "373=6")
        not_read = ("35=8", "150=8", "103=13",
                    "58=OrderQty must be a number with up to 8 decimals, at most 90000000000")
        not_above = ("35=8", "150=8", "103=13", "58=OrderQty must be above 0")
        self.answered([("1e5", no_format), ("0x10", no_format), ("1e400", no_format), ("NaN", no_format),
                       ("9" * 30, not_read), ("1.123456789", not_read), ("-0", not_above), ("-1", not_above),
                       ("1.", ("35=8", "150=0", "38=1")), (".5", ("35=8", "150=0", "38=0.5", "151=0.5"))], 38)

    def test_repeated_fields(self):
        client = self.client()
        client.send(order("A") + "44=11.00|").expect("35=3", "371=44", "373=13")
        client.send("35=D|34=3|34=9|" + order("B")[5:]).expect("35=3", "371=34", "373=13")
        client.number = 4
        client.alive()

    def test_fields_out_of_order(self):
        client = self.client()
        client.send("35=D|60=20270115-08:00:00|44=10.00|40=2|38=100|54=1|55=MSFT|11=A|").expect("35=8", "150=0")
        client.send("35=D|11=B|57=HALL|" + ORDER).expect("35=3", "371=57", "373=14")
        client.alive()

    def test_group_counts(self):
        client = self.client()
        for number, count in enumerate(("2147483648", "2147483647", "9223372036854775808", "2")):
            client.send(order(f"A{number}") + f"453={count}|448=A|447=D|452=1|")
            client.expect("35=3", "371=453", "373=16")
        client.send(order("B") + "453=-1|448=A|447=D|452=1|").expect("35=3", "371=453", "373=6")
        client.alive()

    def test_groups_in_groups(self):
        client = self.client()
        nested = "453=1|448=A|447=D|452=1|802=1|523=x|803=1|"
        client.send(order("A") + nested).expect("35=8", "150=0")
        client.send(order("B") + nested * 200).expect("35=3", "371=453", "373=13")
        client.send(order("C") + "453=2400|" + "448=A|447=D|452=1|" * 2400).expect("35=8", "150=0")
        client.alive()

    def test_control_bytes_in_text(self):
        client = self.client()
        client.send(order("A") + "58=\x1b[31m\x00\x7f\n::error::\u202e|").expect("35=8", "150=0")
        client.send("35=\x1b[2J\n::error::|11=B|").expect("35=3", "373=11")
        client.alive()

    def test_orders_of_megabytes(self):
        """What an order's reports repeat is remembered: 256 MiB of it, elsewhere one would need 600."""
        client = self.client()
        for number in range(4):
            client.send(f"35=D|1={'x' * 2 * MIB}|" + order(f"BIG{number}")[5:]).expect("35=8", "150=0")
        client.alive()


class Floods(Hostile):
    """More of everything than anybody needs."""

    MEMORY = 320 * MIB

    def test_five_hundred_identities(self):
        for number in range(500):
            self.client(f"{self.name}-{number}").close()

    def test_one_identity_comes_back_two_hundred_times(self):
        for _ in range(200):
            client = self.client(more="141=Y|").send("35=5|")
            client.expect("35=5")
            self.assertEqual(client.rest(), [])

    def test_orders_of_one_that_never_reads(self):
        """40,000 reports of 2.2 KB for whoever does not take them: others are served, then the line is cut."""
        client = self.client()
        account = "x" * 2000
        data = b"".join(client.message(f"35=D|1={account}|" + order(f"S{number}", _44="10.30")[5:])
                        for number in range(20000))

        def write():
            try:
                client.raw(data)
            except OSError:
                pass  # cut before the last order

        writer = threading.Thread(target=write)
        writer.start()
        while writer.is_alive():
            self.assert_serves_others()
        writer.join()
        self.assert_serves_others()
        self.assert_noted("is gone: the peer reads too slowly: more than 67108864 bytes wait to be sent")


    def test_resends_for_one_that_never_reads(self):
        """The engine serves a resend of 40 MB in one call, and again and again: others are served, then the line is cut."""
        client = self.client()
        account = "x" * 200_000
        for number in range(200):
            client.send(f"35=D|1={account}|" + order(f"R{number}")[5:]).expect("35=8", "150=0")
        client.send("35=2|7=1|16=0|", "35=2|7=2|16=0|", "35=2|7=3|16=0|")
        self.assert_serves_others()
        self.assert_noted("is gone: the peer reads too slowly: more than 67108864 bytes wait to be sent")


class StayingOrders(Hostile):
    """Orders that outlive their connection."""

    SIM = "[sim]\nport = 0\ncancel_on_disconnect = false\n"

    def test_client_that_comes_back_with_another_version(self):
        for version in "9789":
            client = self.client(begin_string="FIXT.1.1", more=f"1137={version}|141=Y|")
            client.send(order(f"A{version}{client.line.getsockname()[1]}", _44="10.15")).expect("35=8", "150=0")
            client.send("35=5|").expect("35=5")
            self.assertEqual(client.rest(), [])
        seller = self.client("SELLER")
        seller.send(order("S", _54="2", _38="400", _44="10.15")).expect("35=8", "150=0")
        for _ in range(4):
            seller.expect("35=8", "150=F", "31=10.15", "32=100")


if __name__ == "__main__":
    unittest.main()
