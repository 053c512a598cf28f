#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Throughput and memory of survey, and the connections to each host at once.

    tests/lab/lab [--delay=25] -- tests/bench/bench-survey.py RESTANTECTL [COUNT…] [-- OPTION…]

COUNT is 200 and 2000 by default. All hosts of the laboratory are few computers, so the options are by
default --jobs=16 --per-host=8 --pause=0. The connections are sampled from outside, in /proc/net/tcp.
"""
import collections
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

DOMAINS = "practice wellknown srv guess pop".split()
# SYN_SENT, SYN_RECV and ESTABLISHED: what a server has to care for.
OPEN = {"01", "02", "03"}
INTERVAL = 0.01


def arguments():
    words, options = sys.argv[2:], ["--jobs=16", "--per-host=8", "--pause=0"]
    if "--" in words:
        options = words[words.index("--") + 1:]
        words = words[:words.index("--")]
    return sys.argv[1], [int(word) for word in words] or [200, 2000], options


class Watcher(threading.Thread):
    """The most connections at once to each address, name servers aside."""

    def __init__(self):
        super().__init__(daemon=True)
        self.most = collections.Counter()
        self.over = threading.Event()

    def run(self):
        while not self.over.wait(INTERVAL):
            now = collections.Counter()
            for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]:
                _, _, remote, state = line.split()[:4]
                address, port = remote.split(":")
                if state in OPEN and port != "0035":
                    now[".".join(str(byte) for byte in bytes.fromhex(address)[::-1])] += 1
            self.most |= now


def measure(command, count, options, folder):
    addresses = folder / "addresses"
    addresses.write_text("".join(f"user{i}@{DOMAINS[i % len(DOMAINS)]}.test\n" for i in range(count)))
    watcher = Watcher()
    watcher.start()
    start = time.monotonic()
    with open(folder / "found", "w") as out:
        process = subprocess.Popen([command, "survey", *options, str(addresses)], stdout=out,
                                   env={**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"})
        _, status, usage = os.wait4(process.pid, 0)
    spent = time.monotonic() - start
    watcher.over.set()
    watcher.join()
    assert status == 0, status
    found = sum(1 for _ in open(folder / "found"))
    assert found == count, found
    most = ", ".join(f"{address}: {number}" for address, number in watcher.most.most_common(3))
    print(f"{count:6} addresses: {spent:6.1f} s, {count / spent:5.1f} a second, peak {usage.ru_maxrss / 1024:5.1f} MiB, "
          f"{(usage.ru_utime + usage.ru_stime) / count * 1000:4.0f} ms of processor an address; "
          f"most connections at once to {most}", flush=True)


def main():
    command, counts, options = arguments()
    print("survey", *options)
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            measure(command, count, options, pathlib.Path(folder))


main()
