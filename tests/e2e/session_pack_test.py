"""The pack of the standard session cases against the simulator: every FIX version, both roles, every id.

On virtual time, and what waits for heartbeats once on real time. Nothing but what the profile's [xfail] table names may fail, and nothing else may be left out than what stands here."""
import csv
import json
import re
import shutil
import tomllib
import unittest

from world import ROOT, World, free_port

VERSIONS = [("FIX.4.0", ""), ("FIX.4.1", ""), ("FIX.4.2", ""), ("FIX.4.3", ""), ("FIX.4.4", ""),
            ("FIXT.1.1", "7"), ("FIXT.1.1", "8"), ("FIXT.1.1", "9")]
OLD = {"FIX.4.0", "FIX.4.1"}
ALL = {begin_string for begin_string, _ in VERSIONS}

PROFILE = (ROOT / "scenarios/session.toml").read_text()
XFAIL = set(tomllib.loads(PROFILE)["xfail"])
with open(ROOT / "scenarios/session/cases.csv", newline="") as cases:
    CASES = {row["id"]: row for row in csv.DictReader(cases)}

# Rows that end as SKIP whoever calls: in which versions.
ENCRYPTION = ["14.n", "17.c", "17.d", "17.e", "17.f", "17.g", "17.h", "17.i", "17.j"]
NOT_APPLICABLE = {
    **dict.fromkeys(ENCRYPTION, ALL),
    **dict.fromkeys(["14.i/less", "14.i/more", "14.j"], OLD),
    "2.i/other": {"FIX.4.2"}, "2.i/another": {"FIX.4.4"},  # these are the versions agreed
    "2.k/named-sender": OLD, "2.k/named-target": OLD,      # a Reject has no RefTagID(371)
    "2.k/counted": {"FIX.4.0"}, "2.o/counted": {"FIX.4.0"},  # each Logon begins anew
}
# Rows that end as SKIP where the SUT calls: our simulator's caller begins anew with each Logon.
BEGINS_ANEW = {"2.k/counted", "2.o/counted"}
# Rows that only a person can bring about: UNRESOLVED without one.
MANUAL = {"9/reset", "9/jump"}


def case_of(row):
    return row.split("/")[0]


def profile(role, begin_string, appl_ver_id):
    """The pack's profile in another version and role."""
    version = f'begin_string = "{begin_string}"' + (f'\nappl_ver_id = "{appl_ver_id}"' if appl_ver_id else "")
    text = PROFILE.replace('begin_string = "FIX.4.4"', version)
    if role == "acceptor":
        # SUT alone: a SECOND that is an acceptor too would have a caller of its own, with the same identity.
        text = text.replace("port = 9876", f'port = {free_port()}\nrole = "acceptor"', 1)
        text = text.replace('sender = "BRK1"\ntarget = "EXCH"', 'sender = "EXCH"\ntarget = "BRK1"')
        text = text.replace("[param]", '[param]\napplication = "echo"')
    return text


def foretold(row, role, begin_string):
    other = {"initiator": "I", "acceptor": "A"}[role]  # the SUT's role is not ours
    if CASES[case_of(row)]["who"] == other or begin_string in NOT_APPLICABLE.get(row, ()):
        return "SKIP"
    if role == "acceptor" and row in BEGINS_ANEW:
        return "SKIP"
    if row in MANUAL:
        return "UNRESOLVED"
    return "XFAIL" if row in XFAIL else "PASS"


class SessionPack(World):
    def setUp(self):
        super().setUp()
        for part in ("lib", "session"):  # an include stays inside the project: the profile's folder
            shutil.copytree(ROOT / "scenarios" / part, self.folder / part)

    def outcomes(self, role, begin_string, appl_ver_id, *arguments):
        """{row: outcome}, and what was said."""
        self.write("pack.toml", profile(role, begin_string, appl_ver_id))
        _, out, err = self.start(
            "run", "-p", "pack.toml", "--sim=session/simulator.toml", "--no-input", "--db", "pack.db",
            "--report-json", "pack.json", *arguments).end()
        self.assertTrue((self.folder / "pack.json").exists(), out + err)
        report = json.loads((self.folder / "pack.json").read_text())
        for name in ("pack.json", "pack.db"):
            (self.folder / name).unlink()
        return {scenario["id"]: scenario["outcome"] for scenario in report["scenarios"]}, out + err

    def assert_as_foretold(self, role):
        for begin_string, appl_ver_id in VERSIONS:
            with self.subTest(begin_string=begin_string, appl_ver_id=appl_ver_id):
                came, said = self.outcomes(role, begin_string, appl_ver_id, "--virtual-time", "--", "session")
                other = {row: outcome for row, outcome in came.items() if outcome != foretold(row, role, begin_string)}
                self.assertEqual(other, {}, said)
                self.assertEqual([case for case in CASES if case not in map(case_of, came)], [], "cases without a row")

    def test_what_waits_on_real_time(self):
        # QuickFIX looks at its clock once a second, and this machine may be busy: twice the interval will do.
        came, said = self.outcomes("initiator", "FIX.4.4", "", "--var", "heartbeat=5", "--var", "heartbeat_factor=2",
                                   "session/4.drill", "session/6.drill")
        self.assertEqual(set(came.values()), {"PASS"}, said)
        self.assertEqual(len(came), 5, said)

    def test_an_acceptor(self):
        self.assert_as_foretold("initiator")

    def test_an_initiator(self):
        self.assert_as_foretold("acceptor")


class Cases(unittest.TestCase):
    def test_there_are_85_in_22_files(self):
        self.assertEqual(len(CASES), 85)
        files = {path.stem for path in (ROOT / "scenarios/session").glob("*.drill")}
        self.assertEqual(files, {re.match(r"\d+[A-Z]?", case)[0].lower() for case in CASES})
        self.assertEqual(len(files), 22)

    def test_every_row_stands_where_its_case_belongs_and_says_whether_it_is_mandatory(self):
        for path in (ROOT / "scenarios/session").glob("*.drill"):
            text = path.read_text()
            for row, tags in re.findall(r"@id (\S+)\n@tags (.*)", text):
                with self.subTest(id=row):
                    case = case_of(row)
                    self.assertEqual(path.stem, re.match(r"\d+[A-Z]?", case)[0].lower())
                    self.assertIn({"M": "mandatory", "O": "optional"}[CASES[case]["mandatory"]], tags.split(", "))

    def test_deviations_are_of_rows_that_exist(self):
        for row in XFAIL | set(NOT_APPLICABLE) | BEGINS_ANEW | MANUAL:
            self.assertIn(case_of(row), CASES)


if __name__ == "__main__":
    unittest.main()
