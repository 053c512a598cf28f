#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the first page to configured mail programs, by keyboard alone.

  journey.py RESTANTE [--method imap|pop] [--programs ID,…] [--pictures FOLDER] [--size WxH]

Runs in the laboratory, on a private display, in a session with an unlocked keyring:

  with-display lab -- with-session HOME journey.py …
"""
import argparse
import os
import pathlib
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
    "devices": "On how many devices", "people": "Does anybody", "places": "Where do you read",
    "switching": "How often do you replace", "space": "How much free space", "oldmail": "keep old mail",
    "outage": "Must you be able", "serverloss": "lost for good", "connection": "always connected",
    "privacy": "Should the mail stay",
}
# What must be in which file of the home folder afterwards.
WRITTEN = {
    "mbsync": [(".mbsyncrc", "practice.test")],
    "msmtp": [(".msmtprc", "practice.test")],
    "mutt": [(".config/mutt/muttrc", "practice.test")],
}


def ask(wizard, method):
    """Answers question after question until the answers are listed."""
    while True:
        title = wizard.wait("|".join(QUESTIONS.values()) + "|Check the Answers")
        if title.startswith("Check"):
            return
        key = next(key for key, words in QUESTIONS.items() if words in title)
        wizard.picture(f"question-{key}")
        wizard.key(ANSWERS[method].get(key, "1"))
        if key == "devices":
            wizard.picture("question-chosen")
        wizard.press_until("Return", f"^(?!{title[:20]})")


def choose_programs(wizard, wanted):
    """The programs are rows in the order of the screen; Space takes one."""
    rows = os.environ.get("RST_ROWS", "mutt,neomutt,mbsync,fetchmail,msmtp").split(",")
    wizard.key("Tab")
    for row in rows:
        if row in wanted:
            wizard.key("space")
        wizard.key("Down")


def check_files(home, programs):
    for program in programs:
        for name, words in WRITTEN.get(program, []):
            path = home / name
            if not path.exists() or words not in path.read_text():
                raise driver.Failure(f"{name} was not written")


def walk(wizard, options, home):
    programs = options.programs.split(",")
    wizard.wait("How Should This Address")
    wizard.picture("start-empty")
    wizard.type("taro@practice.test")
    time.sleep(2.0)
    wizard.picture("start")
    wizard.key("Return")
    ask(wizard, options.method)
    wizard.picture("answers")
    wizard.press_until("Return", "^(?!Check)")
    wizard.picture("advice")
    for _ in range(4):
        wizard.key("Page_Down")
    wizard.key("End")
    wizard.picture("advice-end")
    wizard.press_until("Return", "Mail Server")
    wizard.wait("The Mail Server Was Found")
    wizard.picture("servers")
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
    choose_programs(wizard, programs)
    wizard.picture("programs")
    wizard.press_until("Return", "Review the Changes|Different|Mixing|mixed|methods")
    if "Review" not in wizard.title():
        wizard.picture("mixing")
        wizard.press_until("Return", "Review the Changes")
    time.sleep(0.5)
    wizard.picture("review")
    wizard.key("Tab", "space")
    time.sleep(0.4)
    wizard.picture("review-open")
    wizard.key("shift+Tab")
    wizard.press_until("Return", "This Computer Is Set Up")
    wizard.picture("done")
    check_files(home, programs)
    wizard.key("F1")
    help_window = wizard.find_window("Restante Help")
    time.sleep(0.6)
    wizard.picture("help", help_window)
    wizard.key("Escape")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("restante")
    parser.add_argument("--method", default="imap")
    parser.add_argument("--programs", default="mutt,mbsync,msmtp")
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
