#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How soon discovery knows usable servers, has probed them, and has checked the password.

    tests/lab/lab --delay=25 -- tests/bench/bench-discovery.py RESTANTECTL [RUNS]

Beside each time stands the critical path for a round trip of R, in which nothing but the network takes
time and every DNS question costs R: a new host costs R for its addresses, R for TCP, R for TLS 1.3;
then https answers after another R, and a mail server has greeted after R and told its capabilities
after 2R. Hosts that can be guessed are probed at once; what names others has to come first.

    settings file     4R; R for the mail servers' names; 4R more until their capabilities
    and SRV           R; its hosts can be guessed: probed after 5R
    MX                R for the exchanger, 4R for its provider's settings file; 5R for its hosts
    guess             5R, usable too: before, it may be any server
    database          4R; 5R for its hosts
    silent web host   5R, as for guess

The sign-in, to an incoming server and then to an outgoing one, begins when the search has ended.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile

COMMAND = sys.argv[1]
RUNS = int(sys.argv[2]) if len(sys.argv) > 2 else 9
R = 50
# Name, domain, options, round trips until usable and until probed.
CASES = (
    ("settings file", "wellknown.test", (), 4, 9),
    ("and SRV", "practice.test", (), 1, 5),
    ("MX", "hosted.test", (), 5, 10),
    ("guess", "guess.test", (), 5, 5),
    ("database", "listed.test", ("--ispdb-url=https://ispdb.test/",), 4, 9),
    ("silent web host", "deaf.test", (), 5, 5),
)
TIMES = "first_usable_ms", "probed_ms", "signed_in_ms"


def measure(domain, options, home):
    env = {**os.environ, "HOME": home, "LC_ALL": "C.UTF-8"}
    done = subprocess.run([COMMAND, "discover", "--format=json", f"taro@{domain}", *options, "--sign-in", "--approve=any",
                           "--password-stdin"], input="tegami\n", capture_output=True, text=True, env=env, check=True)
    found = json.loads(done.stdout)
    assert all(found["chosen"][protocol] for protocol in ("imap", "pop3", "smtp")), found["chosen"]
    return found


def main():
    times = {case: [] for case in CASES}
    with tempfile.TemporaryDirectory() as home:
        for _ in range(RUNS):
            for case in CASES:
                times[case].append(measure(case[1], case[2], home))
    print(f"Medians of {RUNS} runs, ms; round trips of {R} ms; in brackets the critical path and the ratio")
    print(f"{'case':16} {'usable':>18} {'probed':>18} {'signed in':>9}   probed, least and most")
    for case in CASES:
        name, _, _, usable, probed = case
        median = {time: statistics.median(run[time] for run in times[case]) for time in TIMES}
        columns = [f"{median[time]:5.0f} ({trips * R:3d} {median[time] / (trips * R):4.2f})"
                   for time, trips in (("first_usable_ms", usable), ("probed_ms", probed))]
        spread = [run["probed_ms"] for run in times[case]]
        print(f"{name:16} {columns[0]:>18} {columns[1]:>18} {median['signed_in_ms']:9.0f}"
              f"   {min(spread)} … {max(spread)}")


main()
