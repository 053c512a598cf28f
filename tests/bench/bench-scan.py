#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long looking for the mail programs of a home folder takes, with many profiles in it.

    tests/bench/bench-scan.py RESTANTECTL [PROFILES [RUNS]]

Each profile of Thunderbird has an account. The time is that of the whole command, its start included.
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

COMMAND = sys.argv[1]
PROFILES = int(sys.argv[2]) if len(sys.argv) > 2 else 200
RUNS = int(sys.argv[3]) if len(sys.argv) > 3 else 9
PREFS = {
    "mail.accountmanager.accounts": "account1",
    "mail.account.account1.identities": "id1",
    "mail.account.account1.server": "server1",
    "mail.identity.id1.useremail": "user@example.org",
    "mail.identity.id1.smtpServer": "smtp1",
    "mail.server.server1.type": "imap",
    "mail.server.server1.hostname": "imap.example.org",
    "mail.server.server1.userName": "user@example.org",
    "mail.server.server1.port": 993,
    "mail.server.server1.socketType": 3,
    "mail.smtpservers": "smtp1",
    "mail.smtpserver.smtp1.hostname": "smtp.example.org",
    "mail.smtpserver.smtp1.port": 465,
    "mail.smtpserver.smtp1.try_ssl": 3,
    "mail.smtpserver.smtp1.username": "user@example.org",
}


def fill(home):
    folder = home / ".thunderbird"
    ini = []
    text = "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFS.items())
    for i in range(PROFILES):
        (folder / f"p{i}").mkdir(parents=True)
        (folder / f"p{i}" / "prefs.js").write_text(text)
        ini.append(f"[Profile{i}]\nName=p{i}\nIsRelative=1\nPath=p{i}\n")
    (folder / "profiles.ini").write_text("\n".join(ini))


def measure(home):
    start = time.monotonic()
    done = subprocess.run([COMMAND, "clients", "--format=json"], capture_output=True, text=True, check=True,
                          env={"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8"})
    spent = time.monotonic() - start
    clients = {client["id"]: client for client in json.loads(done.stdout)["clients"]}
    return spent * 1000, sum(len(profile["accounts"]) for profile in clients["thunderbird"]["profiles"])


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        fill(home)
        runs = [measure(home) for _ in range(RUNS)]
    assert all(accounts == PROFILES for _, accounts in runs), runs
    times = [spent for spent, _ in runs]
    print(f"{PROFILES} profiles: median {statistics.median(times):.0f} ms, {min(times):.0f} … {max(times):.0f}")


main()
