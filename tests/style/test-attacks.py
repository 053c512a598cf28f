#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every attack of tests/cases/attacks.tsv has the tests that the table names, one for each protocol.

Usage: test-attacks.py TESTS_FOLDER TEST_PROGRAM...
"""
import fnmatch
import os
import pathlib
import subprocess
import sys

TESTS = pathlib.Path(sys.argv[1])
PROTOCOLS = {"imap", "pop3", "smtp"}
# The cases that have to be there.
CASES = [f"P{number:02}" for number in range(1, 55)]


def listed(programs):
    """All tests of the programs; the laboratory's name theirs anywhere. Some of what a test has is freed when it
    runs, and nothing runs here."""
    environment = {**os.environ, "LAB_MODE": "loopback",
                   "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"}
    for program in programs:
        out = subprocess.run([program, "-l"], capture_output=True, text=True, env=environment, check=True).stdout
        yield from (line for line in out.splitlines() if line.startswith("/"))


def find(test, names):
    """What a cell of the table names: a path, perhaps with stars, or “FILE: words in it”."""
    if test.startswith("/"):
        return fnmatch.filter(names, test)
    file, _, words = test.partition(": ")
    return [test for path in TESTS.rglob(file) if words and words in path.read_text()]


def rows():
    for line in (TESTS / "cases" / "attacks.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def problem(row, names):
    """What is wrong with a row, or None."""
    if len(row) != 3:
        return "three columns are wanted"
    found = find(row[2], names)
    if not found:
        return "there is no such test"
    wanted = set() if row[1] == "-" else set(row[1].split(" "))
    if wanted - PROTOCOLS:
        return "there is no such protocol"
    # A test of one protocol has its name between slashes.
    untested = wanted - {part for name in found for part in name.split("/")}
    return f"nothing for {' '.join(sorted(untested))}" if untested else None


def main():
    names = list(listed(sys.argv[2:]))
    table = list(rows())
    wrong = [f"{' | '.join(row)}: {problem(row, names)}" for row in table if problem(row, names)]
    missing = [case for case in CASES if case not in {row[0] for row in table}]
    planted = [["P00", "-", "/no/such/test"], ["P00", "imap", "/probe/smtp/*"], ["P00", "-", "ctl.py: no such words"],
               ["P00", "pop", "/probe/*"], ["P00", "imap"]]
    overlooked = [row for row in planted if not problem(row, names)]
    checks = [("tests that the table names exist", wrong), ("cases are in the table", missing),
              ("faults in a row are noticed", overlooked)]
    print(f"1..{len(checks)}")
    for number, (what, bad) in enumerate(checks, 1):
        for line in bad:
            print(f"# {line}")
        print(f"{'not ok' if bad else 'ok'} {number} {what}")
    sys.exit(1 if any(bad for _, bad in checks) else 0)


main()
