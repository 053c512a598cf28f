#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up test results: Meson's testlog.json and files in the Test Anything Protocol. Names what
failed and what was skipped and why; the last line is "N passed, N failed, N skipped"."""

import collections
import json
import pathlib
import re
import sys

TAP = re.compile(r"^(?P<bad>not )?ok\b[ \d]*(?:- )?(?P<name>[^#]*)(?:#\s*(?P<word>SKIP|TODO)\S*\s*(?P<why>.*))?$",
                 re.IGNORECASE)
NONE = re.compile(r"^1\.\.0\b\s*(?:#\s*SKIP\S*\s*)?(?P<why>.*)$", re.IGNORECASE)
TAIL = 30
SHOWN = 4

counts = collections.Counter()
failed = []
skipped = collections.defaultdict(list)


def add(kind, name, detail=""):
    counts[kind] += 1
    if kind == "failed":
        failed.append((name, detail))
    if kind == "skipped":
        skipped[detail.strip() or "no reason given"].append(name)


def add_tap(name, text):
    """Adds the points of a TAP stream; returns how many there were and how many failed."""
    points = bad = 0
    for line in text.splitlines():
        if none := NONE.match(line):
            points += 1
            add("skipped", name, none["why"])
        elif point := TAP.match(line):
            points += 1
            title = f"{name}: {point['name'].strip()}"
            if (point["word"] or "").upper() == "SKIP":
                add("skipped", title, point["why"])
            elif point["bad"]:
                bad += 1
                add("failed", title)
            else:
                add("passed", title)
    return points, bad


def add_meson(path):
    build = path.parent.parent.name
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        test = json.loads(line)
        name = f"{build}: {test['name']}"
        output = test.get("stdout", "")
        points, bad = add_tap(name, output)
        result = test["result"]
        if result in ("FAIL", "ERROR", "TIMEOUT", "INTERRUPT", "UNEXPECTEDPASS"):
            tail = "\n".join((output + "\n" + test.get("stderr", "")).splitlines()[-TAIL:])
            if bad:
                failed.append((f"{name}: what it said", tail))
            else:
                add("failed", f"{name} ({result.lower()})", tail)
        elif not points:
            reason = ((output + test.get("stderr", "")).strip().splitlines() or [""])[-1]
            add("skipped" if result == "SKIP" else "passed", name, reason)


for argument in map(pathlib.Path, sys.argv[1:]):
    if argument.suffix == ".json":
        add_meson(argument)
    else:
        add_tap(argument.stem, argument.read_text(encoding="utf-8", errors="replace"))

for reason, titles in skipped.items():
    rest = f", and {len(titles) - SHOWN} more" if len(titles) > SHOWN else ""
    print(f"skipped: {reason}: {', '.join(titles[:SHOWN])}{rest}")
for title, detail in failed:
    print(f"FAILED: {title}")
    print("".join(f"    {line}\n" for line in detail.splitlines()), end="")
print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
sys.exit(1 if counts["failed"] or not counts["passed"] else 0)
