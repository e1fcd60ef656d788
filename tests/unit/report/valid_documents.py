#!/usr/bin/env python3
"""Gives the documents of documents_test.cc to xmllint and to Python's readers. Usage: valid_documents.py UNIT_REPORT"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

FORBIDDEN = [chr(n) for n in range(32) if chr(n) not in "\t\n"] + ["\x7f", "\ufffe", "\uffff", "\u202e"]


def texts_of_xml(path):
    for element in xml.etree.ElementTree.parse(path).iter():
        yield from (element.text or "", *element.attrib.values())


def texts_of_json(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_of_json(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_of_json(part)


def check_json(path):
    text = path.read_text(encoding="utf-8", errors="strict")
    document = json.loads(text)
    assert text.endswith("}\n"), path
    assert (document["format"], document["version"]) == ("fixdrill-report", 1), path
    return texts_of_json(document)


def main(unit_report):
    with tempfile.TemporaryDirectory(prefix="fixdrill-documents-") as name:
        folder = pathlib.Path(name)
        subprocess.run([unit_report, "--gtest_filter=Documents.HoldEveryByte"], check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, "DOCUMENTS": name})
        for kind in ("hostile", "states"):
            xml_file = folder / f"{kind}.xml"
            subprocess.run(["xmllint", "--noout", xml_file], check=True)
            for text in (*texts_of_xml(xml_file), *check_json(folder / f"{kind}.json")):
                found = [c for c in FORBIDDEN if c in text]
                assert not found, (kind, found, text[:200])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
