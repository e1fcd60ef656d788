#!/usr/bin/env python3
"""Writes the syntax highlighting for vim and VS Code from the keyword table of harness/syntax/words.cc.

    generate_editors.py            writes tools/editors/
    generate_editors.py --check    exit status 1 when a file there is not what it would write
"""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
EDITORS = ROOT / "tools" / "editors"
TABLE = ROOT / "harness" / "syntax" / "words.cc"
ROW = re.compile(r'\{"(\w+)", Where::(\w+)\}')

# Nothing here names a keyword: those are the table's.
STRING = r'"(?:[^"\\]|\\.)*"'
EXPRESSION = r"\$\{[^}]*\}"
REGEX = r"(?<=~ )/(?:[^/\\]|\\.)*/i?"
NUMBER = r"\b\d+(?:\.\d+)?(?:ms|s|min|h)?\b"
TAG = r"\b\d+(?==)"
COMMENT = r"(?:^|(?<=\s))#.*$"
ANNOTATION = r"^\s*@\w+"
SESSION = r"^\s*[A-Za-z_]\w*(?=:\s)"


def words():
    """The words by what they are: item, step, modifier, other; each sorted."""
    found = {"item": set(), "step": set(), "modifier": set(), "other": set()}
    for word, where in ROW.findall(TABLE.read_text()):
        found[where].add(word)
    if not all(found.values()):
        raise SystemExit(f"{TABLE}: the keyword table was not found")
    return {where: sorted(all_of) for where, all_of in found.items()}


def any_of(all_of):
    return "(?:" + "|".join(all_of) + ")"


def text_mate(table):
    """Rules in the order in which they win."""
    rules = [
        ("comment.line.number-sign", COMMENT),
        ("string.quoted.double", STRING),
        ("variable.other.interpolated", EXPRESSION),
        ("string.regexp", REGEX),
        ("entity.name.tag.annotation", ANNOTATION),
        ("keyword.declaration.item", rf"^\s*{any_of(table['item'])}\b"),
        ("keyword.control.step", rf"(?:^|(?<=:\s)|(?<=\{{\s))\s*{any_of(table['step'])}\b(?!\s*=)"),
        ("entity.name.namespace.session", SESSION),
        ("keyword.operator.modifier", rf"(?<=\s){any_of(table['modifier'])}\b(?!\s*=)"),
        ("storage.modifier", rf"(?<=\s){any_of(table['other'])}\b(?!\s*=)"),
        ("constant.numeric.tag", TAG),
        ("constant.numeric", NUMBER),
    ]
    grammar = {
        "name": "drill",
        "scopeName": "source.drill",
        "fileTypes": ["drill"],
        "patterns": [{"name": f"{scope}.drill", "match": pattern} for scope, pattern in rules],
    }
    return json.dumps(grammar, indent=2) + "\n"


PACKAGE = {
    "name": "fixdrill",
    "displayName": "fixdrill scenarios",
    "description": "Highlighting for fixdrill's scenario files",
    "version": "0.5.0",
    "license": "MIT",
    "engines": {"vscode": "^1.50.0"},
    "contributes": {
        "languages": [{"id": "drill", "aliases": ["drill"], "extensions": [".drill"],
                       "configuration": "./language-configuration.json"}],
        "grammars": [{"language": "drill", "scopeName": "source.drill", "path": "./syntaxes/drill.tmLanguage.json"}],
    },
}
CONFIGURATION = {
    "comments": {"lineComment": "#"},
    "brackets": [["{", "}"], ["[", "]"], ["(", ")"]],
    "autoClosingPairs": [["{", "}"], ["[", "]"], ["(", ")"], ['"', '"']],
}

VIM = r"""" Highlighting for fixdrill's scenario files. Written by tools/generate_editors.py; do not edit.
if exists("b:current_syntax")
  finish
endif
syn match drillNumber /\v<\d+(\.\d+)?(ms|s|min|h)?>/
syn match drillTag /\v<\d+\ze\=/
syn match drillOther /\v\s@1<=(@OTHER@)>(\s*\=)@!/
syn match drillModifier /\v\s@1<=(@MODIFIER@)>(\s*\=)@!/
syn match drillSession /\v^\s*\h\w*\ze:\s/
syn match drillStep /\v(^|:\s@=|\{\s@=)\s*\zs(@STEP@)>(\s*\=)@!/
syn match drillItem /\v^\s*(@ITEM@)>/
syn match drillAnnotation /\v^\s*\@\w+/
syn match drillRegex +\v(\~ )@2<=/([^/\\]|\\.)*/i?+
syn match drillExpression /\v\$\{[^}]*\}/
syn region drillString start=/"/ skip=/\\./ end=/"/ oneline contains=drillExpression
syn match drillComment /\v(^|\s@1<=)#.*$/

hi def link drillNumber Number
hi def link drillTag Identifier
hi def link drillOther Type
hi def link drillModifier Operator
hi def link drillSession Label
hi def link drillStep Statement
hi def link drillItem Keyword
hi def link drillAnnotation PreProc
hi def link drillRegex String
hi def link drillExpression Special
hi def link drillString String
hi def link drillComment Comment

let b:current_syntax = "drill"
"""


def vim(table):
    text = VIM
    for where, all_of in table.items():
        text = text.replace(f"@{where.upper()}@", "|".join(all_of))
    return text


def files():
    """What stands in tools/editors, by path."""
    table = words()
    return {
        "vim/syntax/drill.vim": vim(table),
        "vim/ftdetect/drill.vim": "au BufRead,BufNewFile *.drill setfiletype drill\n",
        "vscode/syntaxes/drill.tmLanguage.json": text_mate(table),
        "vscode/language-configuration.json": json.dumps(CONFIGURATION, indent=2) + "\n",
        "vscode/package.json": json.dumps(PACKAGE, indent=2) + "\n",
    }


def main():
    stale = 0
    for name, text in files().items():
        path = EDITORS / name
        if "--check" not in sys.argv[1:]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            print(f"{path.relative_to(ROOT)} is not what tools/generate_editors.py writes; run it")
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main())
