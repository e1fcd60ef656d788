#!/usr/bin/env python3
"""Writes tests/fuzz/corpus/sim: what sim_fuzzer.cc begins with. Messages here are pipe text; files hold real SOH."""
import pathlib

FOLDER = pathlib.Path(__file__).parent / "corpus" / "sim"
HEAD = "49=BAD|56=EXCH|34={}|52=20270115-08:00:00|"
TERMS = "55=MSFT|54=1|38=100|40=2|44=10.20|60=20270115-08:00:00|"


def sealed(body, begin_string="FIX.4.4"):
    body = body.replace("|", "\x01")
    text = f"8={begin_string}\x019={len(body)}\x01{body}"
    return text + f"10={sum(text.encode('latin-1')) % 256:03}\x01"


def raw(kind, number, rest):
    return sealed(f"35={kind}|" + HEAD.format(number) + rest)


LINES = {
    "order_and_cancel": ["35=D|11=A|" + TERMS.replace("10.20", "9.00"),
                         "35=F|11=B|41=A|55=MSFT|54=1|60=20270115-08:00:00|"],
    "trade": ["35=D|11=A|" + TERMS, "35=H|11=A|55=MSFT|54=1|"],
    "replace": ["35=D|11=A|" + TERMS.replace("10.20", "9.00"),
                "35=G|11=B|41=A|55=MSFT|54=1|38=50|40=2|44=9.50|60=20270115-08:00:00|",
                "35=G|11=C|41=B|55=MSFT|54=1|38=70|40=2|44=10.30|60=20270115-08:00:00|"],
    "market_fok_ioc": ["35=D|11=A|55=IBM|54=2|38=70|40=1|60=20270115-08:00:00|",
                       "35=D|11=B|59=4|55=IBM|54=1|38=70|40=2|44=101|60=20270115-08:00:00|",
                       "35=D|11=C|59=3|55=IBM|54=1|38=70|40=2|44=101|60=20270115-08:00:00|"],
    "numbers": ["35=D|11=%d|55=MSFT|54=1|38=%s|40=2|44=%s|60=20270115-08:00:00|" % (i, n, n) for i, n in enumerate(
        ("1e5", "0x10", "-0", "1.", ".5", "9" * 30, "1.123456789", "90000000000"))],
    "parties": ["35=D|11=A|453=1|448=A|447=D|452=1|802=1|523=x|803=1|" + TERMS],
    "group_count": ["35=D|11=A|" + TERMS + "453=2147483648|448=A|447=D|452=1|"],
    "return_address": ["35=D|50=DESK|57=HALL|115=FUND|116=X|128=Y|129=Z|11=A|" + TERMS],
    "gap_and_fill": ["!35=1|" + HEAD.format(9) + "112=X|", "!35=4|" + HEAD.format(2) + "123=Y|36=9|"],
    "resends": ["35=D|11=A|" + TERMS, "35=2|7=1|16=0|", "35=2|7=5|16=2|", "35=2|7=0|16=0|", "35=2|7=1|16=2147483647|",
                "35=2|7=1|16=214748364735D|"],
    "resend_loop": ["35=2|7=1|16=0|"] * 5,
    "resets": ["35=4|36=1|", "35=4|36=2147483647|", "!35=1|" + HEAD.format(2147483647) + "112=X|"],
    "possible_duplicates": ["!35=D|34=2|43=Y|122=20270115-08:00:00|49=BAD|56=EXCH|52=20270115-08:00:00|11=A|" + TERMS,
                            "35=D|97=Y|11=A|" + TERMS],
    "silence": ["@3", "@3", "@3"],
    "comes_back": ["35=D|11=A|" + TERMS.replace("10.20", "9.00"), "^", "35=H|11=A|55=MSFT|54=1|", "35=5|", "^"],
    "second_logon": ["35=A|98=0|108=30|141=Y|", "35=A|98=0|108=30|"],
    "other_comp_id": ["!35=1|49=OTHER|56=EXCH|34=2|52=20270115-08:00:00|112=X|"],
    "unknown_types": ["35=x|320=1|559=4|", "35=ZZ|", "35=|", "35=B|148=H|33=1|58=x|"],
    "data": ["35=B|148=H|95=3|96=a|b|58=x|", "35=B|148=H|95=-3|96=abc|", "35=B|148=H|95=99999|96=abc|"],
    "control_bytes": ["35=D|11=\x1b[31m\x00\xff|" + TERMS.replace("MSFT", "\x1b]0;T\x07")],
}
BYTES = {
    "n_logon": raw("A", 1, "98=0|108=30|"),
    "n_logon_numbers": raw("A", "2147483648", "98=0|108=30|"),
    "n_logon_interval": raw("A", 1, "98=0|108=x|"),
    "n_order_first": raw("D", 1, "11=A|" + TERMS),
    "n_http": "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "n_logon_and_order": raw("A", 1, "98=0|108=30|") + raw("D", 2, "11=A|" + TERMS),
    "r_order": raw("D", 2, "11=A|" + TERMS),
    "r_wrong_sum": raw("D", 2, "11=A|" + TERMS)[:-4] + "000\x01" + raw("1", 2, "112=X|"),
    "r_wrong_lengths": "8=FIX.4.4\x019=999999999\x0135=0\x018=FIX.4.4\x019=-5\x0135=0\x01" + raw("1", 2, "112=X|"),
    "r_starts": "8=FIX.4.4\x019=0000058\x0110=000\x01" * 9,
}


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for number, (name, lines) in enumerate(LINES.items()):
        # A line's last SOH is the fuzzer's.
        text = "\n".join(line.removesuffix("|").replace("|", "\x01") for line in lines)
        (FOLDER / name).write_bytes((f"s4{number % 4}" + text).encode("latin-1"))
    for number, version in enumerate("012379"):
        text = ("35=D|11=A|21=1|" + TERMS).removesuffix("|").replace("|", "\x01")
        (FOLDER / f"version_{version}").write_bytes(f"s{version}{number % 4}{text}".encode())
    for number, (name, data) in enumerate(BYTES.items()):
        (FOLDER / name).write_bytes(f"{name[0]}4{number % 4}".encode() + data.encode("latin-1"))


if __name__ == "__main__":
    main()
