#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every message of the program and of the help is translated, and keeps its placeholders.

Usage: test-translations.py SOURCE_ROOT
"""
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(sys.argv[1]).resolve()
PRINTF = re.compile(r"%(?:\d+\$)?[-+ 0#]*\d*(?:\.\d+)?(?:hh|h|ll|l|z|j)?[diouxXeEfgGcsp%]")


def run(*argv, **options):
    return subprocess.run(argv, capture_output=True, text=True, check=True, **options).stdout


def messages(po):
    """Yields (msgid, msgstr) of the active entries of a PO file. The plural stands for its message: a
    language with one form for all numbers has to name the number."""
    text = run("msgattrib", "--no-obsolete", "--no-wrap", po)
    for entry in text.split("\n\n"):
        ident = (re.search(r'^msgid_plural (.*(?:\n".*)*)', entry, re.M) or
                 re.search(r'^msgid (.*(?:\n".*)*)', entry, re.M))
        value = re.search(r'^msgstr(?:\[0\])? (.*(?:\n".*)*)', entry, re.M)
        if ident and value:
            yield [re.sub(r'"\n"', "", part.group(1))[1:-1] for part in (ident, value)]


def problems(pot, po):
    """Yields what is wrong. The parts of a date (%Y) are free."""
    with tempfile.NamedTemporaryFile(suffix=".po") as merged:
        run("msgmerge", "--quiet", "--no-fuzzy-matching", "-o", merged.name, po, pot)
        run("msgfmt", "--check", "-o", "/dev/null", merged.name)
        for ident, value in messages(merged.name):
            if ident and not value:
                yield f"not translated: {ident}"
            elif (ident and "%Y" not in ident and
                  sorted(PRINTF.findall(ident)) != sorted(PRINTF.findall(re.sub(r"%\d+\$", "%", value)))):
                yield f"placeholders differ: {ident}"
        if run("msgattrib", "--only-fuzzy", "--no-obsolete", merged.name).strip():
            yield "fuzzy entries"


def program_pot(folder):
    pot = folder / "program.pot"
    run("xgettext", "--from-code=UTF-8", "--add-comments", "--keyword=_", "--keyword=N_",
        "--keyword=C_:1c,2", "--keyword=NC_:1c,2", "--keyword=ngettext:1,2",
        "--keyword=g_dngettext:2,3", "--keyword=g_dpgettext2:2c,3", "-f", "po/POTFILES.in",
        "-o", str(pot), cwd=ROOT)
    return pot


def help_pot(folder):
    pages = sorted(str(p) for p in (ROOT / "help" / "C").glob("*.page"))
    pot = folder / "help.pot"
    run("itstool", "-o", str(pot), *pages)
    return pot


def main():
    print("1..2")
    bad = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        cases = [("program", program_pot(folder), ROOT / "po/ja.po"),
                 ("help", help_pot(folder), ROOT / "help/ja/ja.po")]
        for number, (what, pot, po) in enumerate(cases, 1):
            found = list(problems(pot, po))
            for line in found[:30]:
                print(f"# {line}")
            bad += bool(found)
            print(f"{'not ok' if found else 'ok'} {number} {what}: {len(found)} problems")
    sys.exit(1 if bad else 0)


main()
