#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail that is sent through Exim, whose words and ways are not Dovecot's.

Starts the laboratory with Exim around itself, where both can be had."""
import os
import pathlib
import shutil
import subprocess
import sys

from ctl import COMMAND, DONE, TOP, UNREACHABLE, Home, Skip, case, check_error, environment, main, run

LAB = TOP / "tests/lab"
ADDRESS, PASSWORD = "taro@exim.test", "tegami"
HOST = "smtp.exim.test"


def enter():
    """Goes on inside the laboratory."""
    if subprocess.run([LAB / "lab", "--probe"]).returncode:
        print("1..0 # SKIP needs namespaces")
        sys.exit()
    found = subprocess.run([LAB / "exim.sh"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if found.returncode:
        print(f"1..0 # SKIP {found.stderr.strip()}")
        sys.exit()
    sys.stdout.flush()
    os.execv(LAB / "lab", [str(LAB / "lab"), "--exim", "--", sys.executable, "-B", __file__, str(COMMAND)])


def probe(url, *args, rc=DONE, **options):
    return run("probe", "--format=json", url, *args, **options).expect(rc).json()["probes"][0]


def log(name):
    return pathlib.Path(os.environ["LAB_DIR"], "exim", f"{name}log").read_text()


@case
def described():
    """both ports are described: what Exim hides without encryption is seen inside"""
    for url, best in ((f"submissions://{HOST}", "CRAM-MD5"), (f"submission://{HOST}", "PLAIN")):
        one = probe(url)
        assert one["tls"]["verified"], one
        assert best in one["auth"] and "LOGIN" in one["auth"] and "SMTPUTF8" in one["capabilities"], one
        assert best == "PLAIN" or one["greeting"].startswith(f"{HOST} ESMTP Exim"), one
        assert one["facts"]["size-limit"] == str(25 * 1024 * 1024), one


@case
def lets_in():
    """the password signs in on both ports, by the best way of each, and with any characters"""
    for user, password in ((ADDRESS, PASSWORD), ("hanako", "sa kura \"#$%'\\`&!")):
        for url, best in ((f"submissions://{HOST}", "CRAM-MD5"), (f"submission://{HOST}", "PLAIN")):
            one = probe(url, f"--user={user}", "--password-stdin", stdin=password + "\n")
            assert one["signed_in"] and one["mechanism"] == best and one["error"] is None, one


@case
def refuses():
    """a wrong password is known as one by Exim's 535 without a further code, after one attempt"""
    for url in (f"submissions://{HOST}", f"submission://{HOST}"):
        tried = log("main").count("535 Incorrect authentication data")
        one = probe(url, f"--user={ADDRESS}", "--password-stdin", stdin="wrong\n", rc=UNREACHABLE)
        check_error(one["error"], "auth")
        assert log("main").count("535 Incorrect authentication data") == tried + 1, log("main")


@case
def delivers():
    """setup finds both servers; msmtp sends through Exim what mbsync then fetches"""
    for program in ("mbsync", "msmtp", "secret-tool", "dbus-run-session", "gnome-keyring-daemon"):
        if not shutil.which(program):
            raise Skip(f"there is no {program}")
    with Home() as home:
        session = [str(TOP / "build-aux/with-session"), str(home.path)]
        result = run("setup", ADDRESS, "--yes", "--approve=any", "--password-stdin", "--client=mbsync,msmtp",
                     "--mode=imap", "--format=json", home=home, stdin=PASSWORD + "\n", prefix=session).expect(DONE).json()
        assert result["signed_in"], result
        assert HOST in home.path.joinpath(".msmtprc").read_text()
        message = f"From: {ADDRESS}\nTo: {ADDRESS}\nSubject: Through Exim\n\nHello\n"
        script = home.write("send.sh", "set -e\nprintf '%s' \"$MESSAGE\" | msmtp --read-envelope-from --read-recipients\n"
                            "for i in 1 2 3 4 5 6 7 8 9 10; do mbsync --all && grep -rqF 'Through Exim' \"$HOME/Mail\" && "
                            "exit 0; sleep 1; done; exit 1\n")
        done = subprocess.run([*session, "sh", str(script)], capture_output=True, text=True,
                              env=environment(home, MESSAGE=message), timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr + log("main")
        assert f"<= {ADDRESS}" in log("main") and f"=> {ADDRESS}" in log("main"), log("main")


if "LAB_MODE" not in os.environ:
    enter()
# The leak checker crashes now and then on resolver threads that end while it looks.
os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
main()
