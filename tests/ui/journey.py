#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the first page to configured mail programs, by keyboard alone.

  journey.py RESTANTE [--method imap|pop] [--programs ID,…] [--clients ID,…]
             [--pictures FOLDER] [--size WxH]

Runs in the laboratory, on a private display, in a session with an unlocked keyring:

  with-display lab -- with-session HOME journey.py …
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

import driver

# The answers, by the number of the row, that lead to each advice.
ANSWERS = {
    "imap": {"devices": "2", "people": "1", "places": "2", "switching": "1", "space": "2",
             "oldmail": "1", "outage": "2", "serverloss": "1"},
    "pop": {"devices": "1", "people": "1", "places": "1", "switching": "3", "space": "2",
            "oldmail": "2", "outage": "1", "serverloss": "2", "connection": "2", "privacy": "2"},
}
QUESTIONS = {
    "devices": "On how many devices", "devicelist": "Which devices", "people": "Does anybody",
    "places": "Where do you read", "switching": "How often do you replace", "space": "How much free space",
    "oldmail": "keep old mail",
    "outage": "Must you be able", "serverloss": "lost for good", "connection": "always connected",
    "privacy": "Should the mail stay",
}
DESKTOP = {"thunderbird"}
# What must be in which file of the home folder afterwards.
WRITTEN = {
    "mbsync": [(".mbsyncrc", "practice.test")],
    "msmtp": [(".msmtprc", "practice.test")],
    "mutt": [(".config/mutt/muttrc", "practice.test")],
    "fetchmail": [(".fetchmailrc", "practice.test")],
    "thunderbird": [(".thunderbird/*/prefs.js", "practice.test"), (".thunderbird/*/logins.json", "hostname")],
}
# The choice beside the advised 14 days, or beside the first one: where the list begins is up to libadwaita.
DAYS = re.compile(r'num_days_to_leave_on_server", (3|30)\)')
# What fetches mail then, and where a letter must lie.
FETCH = {
    "mbsync": (["mbsync", "-a"], "Mail/taro-practice.test/INBOX/[cn][eu][rw]/*"),
    "fetchmail": ([".config/restante/fetchmail", "taro@practice.test"],
                  "Mail/taro-practice.test-fetchmail/[cn][eu][rw]/*"),
}


def ask(wizard, method):
    """Answers question after question until the answers are listed."""
    while True:
        title = wizard.wait("|".join(QUESTIONS.values()) + "|Which devices read|Check the Answers")
        if title.startswith("Check"):
            return
        if title.startswith("Which devices"):
            wizard.picture("devices")
            wizard.press_until("Return", "^(?!Which devices)")
            continue
        key = next(key for key, words in QUESTIONS.items() if words in title)
        wizard.picture(f"question-{key}")
        wizard.key(ANSWERS[method].get(key, "1"))
        if key == "devices":
            wizard.picture("question-chosen")
        wizard.press_until("Return", f"^(?!{title[:20]})")


def choose_programs(wizard, wanted, clients):
    """The programs are rows in the order of the screen, those of the desktop in a list of their own."""
    here = [client for client in clients if shutil.which(client)]
    groups = [[c for c in here if c in DESKTOP], [c for c in here if c not in DESKTOP]]
    steps = ["Tab"]
    for group in filter(None, groups):
        wizard.key(*steps)
        steps = ["Tab", "Tab"]  # over the box of the row, into the next list
        for client in group:
            if client in wanted:
                wizard.key("space")
            wizard.key("Down")


def choose_copies(wizard):
    """Past the last list of programs: the row of the copies, where another choice is made."""
    wizard.key("Tab", "Tab", "space")
    time.sleep(0.6)
    wizard.picture("copies-open")
    wizard.key("Down", "Return")
    time.sleep(0.6)
    wizard.picture("copies")
    # There, Return opens the choices again.
    wizard.key("shift+Tab", "shift+Tab")


def check_files(home, programs, method):
    for program in programs:
        for pattern, words in WRITTEN.get(program, []):
            paths = list(home.glob(pattern))
            if not paths or words not in paths[0].read_text():
                raise driver.Failure(f"{pattern} was not written")
            if method == "pop" and paths[0].name == "prefs.js" and not DAYS.search(paths[0].read_text()):
                raise driver.Failure("the chosen number of days was not written")


def fetch(home, programs):
    """The programs that were set up work: they fetch mail by themselves."""
    for program in programs:
        command, pattern = FETCH.get(program, (None, None))
        if command is None:
            continue
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60, cwd=home)
        letters = len(list(home.glob(pattern)))
        print(f"{program}: exit status {done.returncode}, {letters} letters")
        if done.returncode != 0 or letters == 0:
            raise driver.Failure(f"{program} fetched nothing: {done.stderr.strip()}")


def list_files(home):
    return {path for pattern in ("." + "[a-z]*rc", ".config/*/*rc", ".thunderbird/**/*") for path in home.glob(pattern)
            if path.is_file()}


def undo(wizard, home, before):
    wizard.key("ctrl+z")
    time.sleep(0.8)
    dialogs = driver.run("xdotool", "search", "--onlyvisible", "--class", "restante").split()
    run_in = next((window for window in dialogs if window != wizard.window), wizard.window)
    wizard.picture("undo-question", run_in)
    wizard.key("Right", "space")
    wizard.wait("The Setup Was Undone")
    wizard.picture("undone")
    left = list_files(home) - before
    if left:
        raise driver.Failure(f"after undo there still is {sorted(map(str, left))}")


def walk(wizard, options, home):
    programs = options.programs.split(",")
    before = list_files(home)
    wizard.wait("How Should This Address")
    wizard.picture("start-empty")
    wizard.type("taro@practice.test")
    time.sleep(2.0)
    wizard.picture("start")
    wizard.key("Return")
    ask(wizard, options.method)
    wizard.picture("answers")
    # With several devices, the row of their list comes in between.
    wizard.key("Tab", *["Down"] * (2 if options.method == "imap" else 1), "Return")
    wizard.wait("Does anybody|Which devices")
    wizard.key("alt+Left")
    wizard.wait("Check the Answers")
    wizard.press_until("Return", "^(?!Check)")
    wizard.picture("advice")
    for _ in range(4):
        wizard.key("Page_Down")
    wizard.key("End")
    wizard.picture("advice-end")
    wizard.press_until("Return", "Mail Server")
    wizard.wait("The Mail Server Was Found")
    wizard.picture("servers")
    if os.environ.get("LAB_PROVIDER_DIR"):
        # On loopback the host is of another domain than the address: past two lists of three, and allowed.
        wizard.key(*["Tab"] * 7, "space")
        wizard.picture("servers-allowed")
    wizard.press_until("Return", "Enter the Password")
    wizard.key("Tab")
    wizard.type("wrong")
    wizard.key("Return")
    time.sleep(2.5)
    wizard.picture("signin-refused")
    wizard.key("ctrl+a")
    wizard.type("tegami")
    wizard.picture("signin")
    wizard.key("Return")
    wizard.wait("Which Programs")
    choose_programs(wizard, programs, options.clients.split(","))
    wizard.picture("programs")
    if options.method == "pop":
        choose_copies(wizard)
    wizard.press_until("Return", "Review the Changes|Different|Mixing|mixed|methods")
    if "Review" not in wizard.title():
        wizard.picture("mixing")
        wizard.press_until("Return", "Review the Changes")
    time.sleep(0.5)
    wizard.picture("review")
    # To the first row with exact lines; Thunderbird has two files before it that are not text.
    wizard.key("Tab", *["Down"] * (3 if "thunderbird" in programs else 1), "Tab", "space")
    time.sleep(0.6)
    wizard.picture("review-open")
    wizard.key("shift+Tab", "shift+Tab")
    wizard.press_until("Return", "This Computer Is Set Up")
    wizard.picture("done")
    check_files(home, programs, options.method)
    fetch(home, programs)
    wizard.key("F1")
    help_window = wizard.find_window("Restante Help")
    time.sleep(0.6)
    wizard.picture("help", help_window)
    wizard.key("Escape")
    time.sleep(0.4)
    driver.run("xdotool", "windowfocus", "--sync", wizard.window)
    undo(wizard, home, before)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("restante")
    parser.add_argument("--method", default="imap")
    parser.add_argument("--programs", default="mutt,mbsync,msmtp")
    parser.add_argument("--clients", default="thunderbird,mutt,neomutt,mbsync,fetchmail,msmtp",
                        help="all programs in the order of the screen")
    parser.add_argument("--pictures")
    parser.add_argument("--size", help="of the window, such as 360x720")
    options = parser.parse_args()
    home = pathlib.Path(os.environ["HOME"])
    arguments = []
    if os.environ.get("LAB_PROVIDER_DIR"):
        arguments = [f"--provider-dir={os.environ['LAB_PROVIDER_DIR']}", f"--ca-file={os.environ['LAB_CA']}"]
    wizard = driver.Wizard(options.restante, *arguments, pictures=options.pictures)
    if options.size:
        wizard.resize(*options.size.split("x"))
    try:
        walk(wizard, options, home)
    except driver.Failure as failure:
        wizard.picture("failure")
        print(f"not ok - {failure}")
        return 1
    finally:
        wizard.close()
    print("ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
