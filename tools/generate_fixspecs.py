#!/usr/bin/env python3
"""Makes the FIX dictionaries of fixspecs/ (QuickFIX's XML format) from the installed QuickFIX headers.

The headers (Debian: libquickfix-dev) say which fields, types and value codes exist, and the members, groups and
required fields of every message. What they do not say is in fixspecs_facts.txt beside this script.

Exit status: 0 done, 1 the files differ (--check), 2 headers or facts cannot be used.
"""
import argparse
import pathlib
import re
import sys
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

# In the order in which they appeared; FIXT11 (the session layer of 5.0 and later) stands apart.
APPLICATION_VERSIONS = ["40", "41", "42", "43", "44", "50", "50SP1", "50SP2"]
VERSIONS = APPLICATION_VERSIONS + ["T11"]


class Unusable(Exception):
    """Headers or facts that cannot be used; the text is for the user."""


@dataclass
class Member:
    """A field or, with members, a repeating group."""
    name: str
    members: list = None
    order: list = field(default_factory=list)  # tags, the group's order on the wire


@dataclass
class Message:
    name: str
    msgtype: str
    required: set
    members: list


# ---- the headers ----

class Headers:
    """What the installed headers say. Read once; `messages` and `part` read one version's folder."""

    def __init__(self, folder):
        self.folder = folder
        self.types = {name: kind for kind, name in re.findall(r"DEFINE_(\w+)\((\w+)\);", self.text("FixFields.h"))}
        self.numbers = {name: int(number)
                        for name, number in re.findall(r"const int (\w+) = (\d+);", self.text("FixFieldNumbers.h"))}
        # Versions share one list, so a code may have several names: field -> code -> names, oldest version's first.
        self.values = {}
        pattern = r"""const \w+ ([^\W_]+)_(\w+)(?:\[\])? = ["']?(.*?)["']?;"""
        for owner, name, code in re.findall(pattern, self.text("FixValues.h")):
            self.values.setdefault(owner, {}).setdefault(code.strip(), []).append(name)

    def text(self, *path):
        try:
            return self.folder.joinpath(*path).read_text()
        except OSError as error:
            raise Unusable(f"{error.filename}: {error.strerror} (install libquickfix-dev?)") from None

    def messages(self, version):
        """The messages of a version, in the order of FixValues.h (session messages first)."""
        found = {}
        folder = self.folder / f"fix{version.lower()}"
        for path in sorted(folder.glob("*.h")):
            text = self.text(path)
            if msgtype := re.search(r'MsgType\(\) \{ return FIX::MsgType\("(\w+)"\)', text):
                required = set(re.findall(r"const FIX::(\w+)& a\w+", text))
                found[msgtype[1]] = Message(path.stem, msgtype[1], required, self.members(text, "Message"))
        if not found:
            raise Unusable(f"{folder}: no message classes")
        return [found[code] for code in self.values["MsgType"] if code in found]

    def part(self, version, name):
        """The members of `Header` or `Trailer`; none in 5.0 and later, where FIXT.1.1 has them."""
        return self.members(self.text(f"fix{version.lower()}", "Message.h"), name)

    def members(self, text, base):
        """The members of the class derived from `base`: a tree, as the classes are nested."""
        start = re.search(rf"class \w+ : public (?:FIX::)?{base}\b", text)
        body = re.split(r"\n  \};", text[start.start():] if start else "")[0]
        top = Member("", [])
        open_groups = [top]
        for line in body.splitlines():
            if found := re.search(r"FIELD_SET\(\*this, FIX::(\w+)\)", line):
                open_groups[-1].members.append(Member(found[1]))
            elif found := re.search(r"class (\w+): public FIX::Group", line):
                group = next(m for m in open_groups[-1].members if m.name == found[1])
                group.members = []
                open_groups.append(group)
            elif found := re.search(r"message_order\(([\d,]+),0\)", line):
                open_groups[-1].order = [int(tag) for tag in found[1].split(",")]
            elif line.strip() == "};":
                self.sort(open_groups.pop())
        return top.members

    def sort(self, group):
        """Puts the group's members in wire order: the classes list nested groups last."""
        place = {tag: index for index, tag in enumerate(group.order)}
        if all(self.numbers[member.name] in place for member in group.members):
            group.members.sort(key=lambda member: place[self.numbers[member.name]])


# ---- the table of facts ----

def versions_of(text):
    """'40-43,50+,T11' as a list of versions; `+` runs to 50SP2."""
    chosen = []
    for item in text.split(","):
        found = re.fullmatch(r"(\w+?)(\+|-(\w+))?", item)
        if not found or not {found[1], found[3] or found[1]} <= set(VERSIONS):
            raise Unusable(f"facts: '{text}' names no versions")
        first = VERSIONS.index(found[1])
        last = VERSIONS.index(found[3] or (APPLICATION_VERSIONS[-1] if found[2] else found[1]))
        chosen += VERSIONS[first:last + 1]
    return chosen


class Facts:
    """The table: section -> key -> list of (versions, words). Its first lines describe its format."""

    def __init__(self, path):
        self.sections = {}
        section = key = None
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if line.startswith("["):
                section = self.sections.setdefault(line.strip("[]"), {})
            elif line and not line.startswith("#"):
                if not line[0].isspace():
                    key, colon, line = line.partition(":")
                    if not colon or section is None or key in section:
                        raise Unusable(f"{path}:{number}: expected a new `key:` in a [section]")
                section[key] = section.get(key, "") + " " + line
        for section in self.sections.values():
            for key, text in section.items():
                section[key] = list(self.rules(text))

    @staticmethod
    def rules(text):
        for rule in text.split(";"):
            words = rule.split()
            if words and words[0].startswith("@"):
                yield versions_of(words[0][1:]), words[1:]
            elif words:
                yield VERSIONS, words

    def words(self, section, key, version):
        return [word for versions, words in self.sections[section].get(key, []) if version in versions
                for word in words]

    def check(self, headers):
        """Every field that the table names must be one of the headers': a slip would change nothing, unnoticed."""
        named = set(self.sections["codes"]) | set(self.sections["names"])
        for key, rules in self.sections["required"].items():
            named |= set(key.split(".")[1:]) | {word for _, words in rules for word in words}
        if unknown := sorted(named - set(headers.numbers)):
            raise Unusable(f"facts: no such field: {', '.join(unknown)}")

    def code_rules(self, name):
        """code -> versions that know it, for the codes that not every version of the field knows."""
        return {code: versions for versions, codes in self.sections["codes"].get(name, []) for code in codes}

    def pairs(self, section, key, version):
        return dict(word.split("=", 1) for word in self.words(section, key, version))


# ---- one dictionary ----

def names_in(members):
    for member in members:
        yield member.name
        yield from names_in(member.members or [])


def upper_snake(name):
    """'NewOrderSingle' -> 'NEW_ORDER_SINGLE', 'RFQRequest' -> 'RFQ_REQUEST'."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).upper()


def code_order(code):
    """Numbers first, then letters, then words."""
    return (0, int(code), "") if code.isdigit() else (min(len(code), 2), 0, code)


def spoken(name):
    return name.replace("_", "")


def best_name(names):
    """The newest version's name, which is the last, in its spelling with the most words (NOTHELD, NOT_HELD)."""
    return max((name for name in names if spoken(name) == spoken(names[-1])), key=lambda name: name.count("_"))


class Dictionary:
    """One version's dictionary: joins headers and facts, and prints them as XML."""

    def __init__(self, version, headers, facts):
        self.version, self.headers, self.facts = version, headers, facts
        self.messages = headers.messages(version)
        self.header, self.trailer = (headers.part(version, part) for part in ("Header", "Trailer"))

    def own_fields(self):
        return set(names_in(self.header + self.trailer + [m for message in self.messages for m in message.members]))

    def fields(self):
        """All field names, those of other versions that the facts add included, by number."""
        names = self.own_fields()
        for word in self.facts.words("fields", "fields", self.version):
            names |= self.other(word).own_fields() if word in VERSIONS else {word}
        return sorted(names, key=lambda name: (self.headers.numbers[name], name))

    def other(self, version):
        return Dictionary(version, self.headers, self.facts)

    def type_of(self, name):
        exception = self.facts.pairs("types", "fields", self.version).get(name)
        kind = self.headers.types[name]
        return exception or self.facts.pairs("types", "types", self.version).get(kind, kind)

    def values(self, name):
        """(code, name) of each value that this version knows, sorted; MsgType in the headers' order."""
        names = self.headers.values.get(name, {})
        given = self.facts.pairs("names", name, self.version)
        if name == "MsgType":
            types = self.message_types()
            return [(code, given.get(code) or upper_snake(types[code])) for code in names if code in types]
        rules = self.facts.code_rules(name)
        codes = [code for code in sorted({*names, *rules}, key=code_order)
                 if self.version in rules.get(code, VERSIONS)]
        if unnamed := [code for code in codes if code not in names and code not in given]:
            raise Unusable(f"facts: {name} has no value {', '.join(unnamed)} in the headers, and no name for it here")
        values = [(code, given.get(code) or best_name(names[code])) for code in codes]
        if len({spoken(text) for _, text in values}) != len(values):
            raise Unusable(f"{name} in FIX{self.version}: two codes with one name: {values}")
        return values

    def message_types(self):
        """MsgType(35) -> name, of the version's own messages and of those that the facts add."""
        added = [message for word in self.facts.words("message types", "types", self.version)
                 for message in self.headers.messages(word)]
        return {message.msgtype: message.name for message in added + self.messages}

    def required(self, path):
        """Whether the facts require the member: its group may be named with or without what stands around it."""
        return any(path[-1] in self.facts.words("required", ".".join(path[start:-1]), self.version)
                   for start in range(len(path) - 1))

    # -- XML --

    def xml(self):
        kind, major, minor, servicepack = self.facts.words("files", f"FIX{self.version}", self.version)
        yield f"<fix type='{kind}' major='{major}' minor='{minor}' servicepack='{servicepack}'>"
        yield from self.block("header", "", self.lines(self.header, ("Header",), set(), 2))
        yield " <messages>"
        admin = self.facts.words("messages", "admin", self.version)
        for message in self.messages:
            category = "admin" if message.msgtype in admin else "app"
            attributes = f" name='{message.name}' msgtype='{message.msgtype}' msgcat='{category}'"
            body = self.lines(message.members, (message.name,), message.required, 3)
            yield from self.block("message", attributes, body, 2)
        yield " </messages>"
        yield from self.block("trailer", "", self.lines(self.trailer, ("Trailer",), set(), 2))
        yield from self.block("components", "", [])
        yield from self.block("fields", "", [line for name in self.fields() for line in self.field_lines(name)])
        yield "</fix>"

    @staticmethod
    def block(tag, attributes, lines, depth=1):
        lines = list(lines)
        pad = " " * depth
        return [f"{pad}<{tag}{attributes}>", *lines, f"{pad}</{tag}>"] if lines else [f"{pad}<{tag}{attributes} />"]

    def lines(self, members, path, required, depth):
        for member in members:
            here = path + (member.name,)
            need = "Y" if member.name in required or self.required(here) else "N"
            attributes = f" name='{member.name}' required='{need}'"
            if member.members is None:
                yield f"{' ' * depth}<field{attributes} />"
            else:
                yield from self.block("group", attributes, self.lines(member.members, here, set(), depth + 1), depth)

    def field_lines(self, name):
        attributes = f" number='{self.headers.numbers[name]}' name='{name}' type='{self.type_of(name)}'"
        values = [f"   <value enum='{escape(code)}' description='{text}' />" for code, text in self.values(name)]
        return self.block("field", attributes, values, 2)


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; name each file that would change")
    parser.add_argument("--headers", type=pathlib.Path, default=pathlib.Path("/usr/include/quickfix"),
                        help="where FixFields.h is (default: %(default)s)")
    parser.add_argument("--out", type=pathlib.Path, default=here.parent / "fixspecs",
                        help="where the dictionaries are (default: fixspecs/)")
    options = parser.parse_args()
    headers, facts = Headers(options.headers), Facts(here / "fixspecs_facts.txt")
    facts.check(headers)
    differing = []
    for version in VERSIONS:
        text = "\n".join(Dictionary(version, headers, facts).xml()) + "\n"
        path = options.out / f"FIX{version}.xml"
        if not options.check:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            differing.append(path)
    for path in differing:
        print(f"{path}: differs from what tools/generate_fixspecs.py makes", file=sys.stderr)
    return 1 if differing else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Unusable as error:
        print(f"generate_fixspecs.py: {error}", file=sys.stderr)
        sys.exit(2)
