"""Clients of `fixdrill sim` that mean harm, or might as well, below the level of orders: each is answered or cut,
others are served, and the simulator's memory stays under a bound. The limits are those of harness/base/limits.h."""
import socket
import threading
import unittest

from hostile import MIB, ORDER, Hostile, order
from world import fix

START = b"8=FIX.4.4\x01"


class Framing(Hostile):
    """Bytes that are no message: said on stderr, never answered, and the next message is served."""

    MEMORY = 160 * MIB

    def garbled(self, data, why):
        self.client().raw(data).alive()
        self.assert_noted(f"{self.name} (FIX.4.4): garbled, ignored: {why}\n")

    def test_body_length_giant(self):
        self.garbled(START + b"9=999999999\x0135=0\x01",
                     "the message would be 1000000028 bytes long, the limit is 8388608")

    def test_body_length_negative(self):
        self.garbled(START + b"9=-5\x0135=0\x01", "BodyLength(9) is not a number")

    def test_body_length_overflowing(self):
        self.garbled(START + b"9=18446744073709551617\x0135=0\x01", "BodyLength(9) has more than 9 digits")

    def test_body_length_not_a_number(self):
        self.garbled(START + b"9=abc\x0135=0\x01", "BodyLength(9) is not a number")

    def test_no_soh_ever(self):
        self.garbled(b"A" * MIB, "no 8=FIX within 4096 bytes")

    def test_no_soh_behind_a_start(self):
        self.garbled(b"8=FIX.4.4" + b"x" * MIB, "BeginString(8) does not end within 4096 bytes")

    def sized(self, size):
        """A TestRequest of exactly `size` bytes."""
        client = self.client()
        rough = len(client.message(f"35=1|34=2|112={'x' * size}|")) - size
        message = client.message(f"35=1|112={'x' * (size - rough)}|")
        self.assertEqual(len(message), size)
        return client, message

    def test_largest_message(self):
        client, message = self.sized(8 * MIB)
        client.raw(message)
        self.assertGreater(len(client.expect("35=0")), 8 * MIB - 100)
        client.alive()

    def test_one_byte_more(self):
        client, message = self.sized(8 * MIB + 1)
        client.number = 2
        client.raw(message).alive()
        self.assert_noted("garbled, ignored: the message would be 8388609 bytes long, the limit is 8388608\n")

    def test_every_start_is_to_be_summed(self):
        """Each `8=` names a CheckSum megabytes on, at the right place and wrong: summing must not start anew."""
        unit = START + b"9=%07d\x0110=000\x01"
        size = len(unit % 0)
        count = 2 * MIB // size
        data = unit % (count * size) * (2 * count) + b"x" * 4 * MIB
        client = self.client()
        writer = threading.Thread(target=client.raw, args=(data,))
        writer.start()
        self.assert_serves_others()
        writer.join()
        client.alive()

    def test_slow_sender(self):
        client = self.connect()
        for text in ("35=A|98=0|108=30|", order("SLOW"), order("SLOW2")):
            for byte in client.message(text):
                client.raw(bytes([byte]))
        client.expect("35=A")
        client.expect("35=8", "11=SLOW", "150=0")
        client.expect("35=8", "11=SLOW2", "150=0")

    def test_reset_in_the_middle_of_a_message(self):
        client = self.client()
        client.raw(client.message(order("HALF"))[:50]).reset()
        self.client(more="141=Y|").send("35=H|11=HALF|55=MSFT|54=1|").expect("35=8", "39=8", "58=Unknown order HALF")
        self.assert_noted(f"{self.name} (FIX.4.4) is gone: the peer reset the connection")

    def test_half_open(self):
        """It says no more, and reads what it asked for."""
        client = self.client()
        client.raw(client.message(order("LAST")))
        client.line.shutdown(socket.SHUT_WR)
        client.expect("35=8", "11=LAST")
        self.assertEqual(client.rest(), [])
        self.assert_noted("is gone: the peer closed the connection")

    def test_buffers_go_with_the_connection(self):
        """Each of 30 identities leaves 8 MiB of a message that never ends."""
        begun = START + b"9=8388000\x0135=D\x0158=" + b"x" * 8387000
        for number in range(30):
            client = self.client(f"{self.name}-{number}")
            client.raw(begun).line.shutdown(socket.SHUT_WR)
            self.assertEqual(client.rest(), [])


class BeforeLogon(Hostile):
    """No Logon, no word."""

    MEMORY = 48 * MIB

    def test_body_lengths(self):
        for length, why in ((b"999999999", "the message would be 1000000028 bytes long"), (b"-1", "is not a number"),
                            (b"99999999999", "has more than 9 digits"), (b"x", "is not a number")):
            self.closed_without_a_word(START + b"9=" + length + b"\x0135=A\x0110=000\x01", why)

    def test_junk(self):
        self.closed_without_a_word(b"\x00\xff\x1b[2J" * 800, "its first bytes are no message")

    def test_http(self):
        self.closed_without_a_word(b"GET / HTTP/1.1\r\nHost: " + b"x" * 5000 + b"\r\n\r\n",
                                   "its first bytes are no message")

    def test_tls_client_hello(self):
        hello = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)) * 20
        self.closed_without_a_word(hello, "its first bytes are no message")

    def test_short_junk_and_gone(self):
        peer = self.connect().raw(b"GET / HTTP/1.1\r\n\r\n")
        peer.line.shutdown(socket.SHUT_WR)
        self.assertEqual(peer.rest(), [])
        self.assert_noted("it closed before its Logon")

    def test_username_of_ten_kilobytes(self):
        peer = self.connect()
        peer.send(f"35=A|98=0|108=30|553={'x' * 10000}|")
        self.assertEqual(peer.rest(), [])
        self.assert_noted("more than 8 KiB before the Logon")

    def test_two_hundred_that_hold(self):
        """The line is for those that come: whoever has waited longest goes."""
        held = [self.connect() for _ in range(200)]
        self.assert_serves_others()
        for peer in held[:136]:
            self.assertEqual(peer.rest(), [])
        held[199].logon().alive()
        self.assert_noted("no Logon yet, and 64 connections wait for theirs")

    def test_numbers_of_a_logon(self):
        for number, why in (("9223372036854775808", "the engine's limit is 2147483647"),
                            ("2147483648", "the engine's limit is 2147483647")):
            peer = self.connect()
            peer.send(f"35=A|34={number}|98=0|108=30|")
            self.assertEqual(peer.rest(), [])
            self.assert_noted(f"blocked before the engine: tag 34 is {number}, {why}\n")

    def test_heartbeat_intervals(self):
        for interval in ("x", "-5", "1.5", "99999999999"):
            peer = self.connect()
            peer.send(f"35=A|98=0|108={interval}|")
            self.assertEqual(peer.rest(), [], interval)
        self.assert_noted("blocked before the engine: HeartBtInt(108) is no number of seconds: x\n")
        self.assert_noted("blocked before the engine: HeartBtInt(108) is no number of seconds: -5\n")
        largest = self.connect()
        largest.send("35=A|98=0|108=2147483647|").expect("35=A", "108=2147483647")
        largest.alive()

    def test_control_bytes_in_comp_ids(self):
        """The check of every line is in tearDown."""
        for name in ("\x1b[31mRED", "A\nB::error::C", "::error::X", "\u202eRTL", "\r\x00\x7f"):
            client = self.client(name)
            client.send(order("X", _55="\x1b]0;T\x07\n::error::Y"))
            self.assertIn(client.expect("35=8", "11=X", "150=8").count("103=1|"), (1,))
        invalid = self.connect()
        logon = fix("35=A|49=@@|56=EXCH|34=1|52=" + invalid.text("35=0|").split("52=")[1] + "98=0|108=30|")
        bad = logon.replace(b"@@", b"\xff\xfe")
        tail = b"10=%03d\x01" % (sum(bad[:-7]) % 256)
        invalid.raw(bad[:-7] + tail).expect("35=A")


class SessionLevel(Hostile):
    """Messages that break the rules of a session."""

    MEMORY = 96 * MIB

    def ended(self, text, answer, *, more=""):
        """The message is answered with a Logout and the line is closed."""
        client = self.client(more=more)
        got = client.send(text).rest()
        self.assertEqual([one.split("|")[2] for one in got][-1:], ["35=5"], got)
        self.assertIn(f"|58={answer}|", got[-1])

    def test_message_numbers_that_are_none(self):
        client = self.client()
        for number in ("9223372036854775808", "2147483648", "99999999999999999999"):
            client.send(f"35=1|34={number}|112=NO|")
            client.alive()
            self.assert_noted(f"refused by the session: blocked before the engine: tag 34 is {number}, "
                              "the engine's limit is 2147483647\n")

    def test_largest_message_number(self):
        client = self.client()
        client.send("35=1|34=2147483647|112=FAR|")
        client.expect("35=2", "7=2", "16=0")
        client.send("35=4|34=2|123=Y|36=2147483647|")
        client.expect("35=0", "112=FAR")

    def test_message_number_zero(self):
        self.ended("35=0|34=0|", "MsgSeqNum too low, expecting 2 but received 0")

    def test_message_number_negative(self):
        self.ended("35=0|34=-1|", "MsgSeqNum too low, expecting 2 but received -1")

    def test_message_number_not_a_number(self):
        client = self.client()
        self.assertEqual(client.send("35=0|34=x|").rest(), [])
        self.assert_noted("refused by the session: Incorrect data format for value: x\n")

    def test_same_resend_request_again_and_again(self):
        client = self.client()
        client.send(order("A")).expect("35=8", "11=A")
        for _ in range(4):
            client.send("35=2|7=1|16=0|")
        got = client.rest()
        self.assertEqual(sum("|35=8|" in one for one in got), 3)
        self.assert_noted("resend loop: the same ResendRequest(2) came 4 times: BeginSeqNo(7)=1 EndSeqNo(16)=0\n")

    def test_resend_ranges(self):
        client = self.client()
        client.send(order("A")).expect("35=8", "11=A", "34=2")
        for begin, end in ((2, 1), (0, 0), (5, 0), (7, 9), (2147483647, 0), (1, 2147483647), (0, 2147483647)):
            client.send(f"35=2|7={begin}|16={end}|")
        client.send("35=1|112=END|")
        got = []
        while "|112=END|" not in (got[-1:] or [""])[0]:
            got.append(client.next())
            self.assertIsNotNone(got[-1], got)
        self.assertLess(len(got), 20)
        for one in got[:-1]:
            self.assertIn("|43=Y|", one)

    def test_resend_ranges_that_are_blocked(self):
        client = self.client()
        for begin, end in (("2147483648", "0"), ("1", "9223372036854775808")):
            client.send(f"35=2|7={begin}|16={end}|")
        client.number = 2
        client.alive()
        self.assertEqual(self.noted().count("blocked before the engine"), 2)

    def test_ten_thousand_test_requests(self):
        client = self.client()
        data = b"".join(client.message(f"35=1|112=T{number}|") for number in range(10000))
        writer = threading.Thread(target=client.raw, args=(data,))
        writer.start()
        self.assert_serves_others()
        for number in range(10000):
            client.expect("35=0", f"112=T{number}")
        writer.join()

    def test_fields_up_to_the_limit(self):
        for count in (10000, 10001):
            client = self.client(f"{self.name}-{count}")
            extra = count - 9  # 8 9 35 34 49 56 52 112 10
            client.send("35=1|112=MANY|" + "".join(f"{20000 + tag}=1|" for tag in range(extra)))
            if count == 10000:
                client.expect("35=0", "112=MANY")
            else:
                client.number = 2
            client.alive()
        self.assertEqual(self.noted().count("blocked before the engine: more than 10000 fields\n"), 1)

    def test_wrong_data_lengths(self):
        client = self.client()
        for length, why in (("-3", "which is no length"), ("0", "which is no length"), ("x", "which is no length"),
                            ("99999", "but 25 are left"), ("1", "but no SOH follows there"),
                            ("18446744073709551616", "which is no length")):
            client.send(f"35=B|148=H|95={length}|96=abc|58=0123456789|")
            client.number -= 1
            client.alive()
            self.assert_noted(f"blocked before the engine: tag 95 says that tag 96 is {length} bytes long, {why}")

    def test_comp_id_changes(self):
        client = self.client()
        client.send("35=1|49=OTHER|112=X|")
        client.expect("35=3", "373=9")
        client.expect("35=5")
        self.assertEqual(client.rest(), [])

    def test_begin_string_changes(self):
        client = self.client()
        client.begin_string = "FIX.4.2"
        got = client.send("35=1|112=X|").rest()
        self.assertEqual([one.split("|")[2] for one in got], ["35=5"])

    def test_second_logon(self):
        client = self.client()
        self.assertEqual(client.send("35=A|98=0|108=30|").rest(), [])
        self.assert_noted("refused by the session: Logon state is not valid for message\n")

    def test_second_logon_with_a_reset(self):
        client = self.client()
        client.send(order("A")).expect("35=8", "34=2")
        client.number = 1
        client.send("35=A|98=0|108=30|141=Y|").expect("35=A", "34=1", "141=Y")
        client.alive()

    def test_sequence_reset_backwards(self):
        client = self.client()
        client.send("35=4|36=1|").expect("35=3", "45=2", "373=5")
        client.number = 2  # without GapFillFlag(123) it takes no number
        client.alive()

    def test_sequence_reset_to_the_end(self):
        client = self.client()
        client.send("35=4|36=2147483647|")
        client.number = 2147483647
        client.alive()
        client.number = 2147483647
        got = client.send("35=1|112=OVER|").next()
        self.assertTrue(got is None or "|35=" in got, got)

    def test_sequence_reset_beyond_the_end(self):
        client = self.client()
        client.send("35=4|36=2147483648|")
        client.number = 2
        client.alive()
        self.assert_noted("blocked before the engine: tag 36 is 2147483648, the engine's limit is 2147483647\n")

    def test_possible_duplicates(self):
        client = self.client()
        client.send(order("A")).expect("35=8", "11=A")
        stamp = client.text("35=0|").split("|52=")[1][:17]
        client.number = 3
        client.send(f"35=D|34=2|43=Y|122={stamp}|" + order("A")[5:])
        client.alive()
        client.send(f"35=D|34=2|43=Y|" + order("A")[5:])
        client.expect("35=3", "371=122", "373=1")
        client.alive()
        client.send(f"35=D|43=Y|122={stamp}|" + order("B")[5:]).expect("35=8", "11=B", "150=0")
        client.send(f"35=D|34=2|43=Y|122=29991231-00:00:00|" + order("C")[5:])
        client.expect("35=3", "373=10")

    def test_messages_that_wait_for_a_gap_that_is_never_filled(self):
        client = self.client()
        for number in range(20):
            client.send(f"35=D|34={100 + number}|1={'x' * 2 * MIB}|" + order(f"H{number}")[5:])
        client.expect("35=2", "7=2", "16=0")
        client.number = 2
        client.alive()
        self.assert_noted("refused by the session: more than 16777216 bytes wait for a gap")


if __name__ == "__main__":
    unittest.main()
