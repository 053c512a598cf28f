#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Throughput and memory of survey.

    tests/lab/lab [--delay=25] -- tests/bench/bench-survey.py RESTANTECTL [COUNT…] [-- OPTION…]

COUNT is 200 and 2000 by default. All hosts of the laboratory are few computers, so the options are by
default --jobs=16 --per-host=8 --pause=0.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

DOMAINS = "practice wellknown srv guess pop".split()


def arguments():
    words, options = sys.argv[2:], ["--jobs=16", "--per-host=8", "--pause=0"]
    if "--" in words:
        options = words[words.index("--") + 1:]
        words = words[:words.index("--")]
    return sys.argv[1], [int(word) for word in words] or [200, 2000], options


def measure(command, count, options, folder):
    addresses = folder / "addresses"
    addresses.write_text("".join(f"user{i}@{DOMAINS[i % len(DOMAINS)]}.test\n" for i in range(count)))
    start = time.monotonic()
    with open(folder / "found", "w") as out:
        process = subprocess.Popen([command, "survey", *options, str(addresses)], stdout=out,
                                   env={**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"})
        _, status, usage = os.wait4(process.pid, 0)
    spent = time.monotonic() - start
    assert status == 0, status
    found = sum(1 for _ in open(folder / "found"))
    assert found == count, found
    print(f"{count:6} addresses: {spent:6.1f} s, {count / spent:5.1f} a second, peak {usage.ru_maxrss / 1024:5.1f} MiB, "
          f"{(usage.ru_utime + usage.ru_stime) / count * 1000:4.0f} ms of processor an address",
          flush=True)


def main():
    command, counts, options = arguments()
    print("survey", *options)
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            measure(command, count, options, pathlib.Path(folder))


main()
