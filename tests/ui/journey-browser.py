#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the first page to a configured program at a provider that takes no password, by keyboard alone.

  journey-browser.py RESTANTE [--pictures FOLDER] [--size WxH] [--without-client]

The desktop's browser is the laboratory's scripted person, who at first cancels. Runs as journey.py does,
in a laboratory with an issuer.
"""
import argparse
import os
import pathlib
import sys
import time

import driver
from journey import ask

LAB = pathlib.Path(__file__).resolve().parents[1] / "lab"
ADDRESS = "taro@oauth.test"
DESKTOP = """[Desktop Entry]
Type=Application
Name=Browser
Exec=/bin/sh {home}/browser.sh %u
MimeType=x-scheme-handler/https;
"""


def be_browser(home, *more):
    """What the desktop opens https addresses with, from now on."""
    words = " ".join([sys.executable, "-B", str(LAB / "browser.py"), '"$1"', ADDRESS, *more])
    home.joinpath("browser.sh").write_text(f"exec {words} >>{home}/browser.log 2>&1\n")
    folder = home / ".local/share/applications"
    folder.mkdir(parents=True, exist_ok=True)
    folder.joinpath("lab-browser.desktop").write_text(DESKTOP.format(home=home))
    config = home / ".config/mimeapps.list"
    config.parent.mkdir(exist_ok=True)
    config.write_text("[Default Applications]\nx-scheme-handler/https=lab-browser.desktop\n")


def provider_dir(home, client):
    """The administrator's settings file, with or without a registered client."""
    text = LAB.joinpath("providers/oauth.test.xml").read_text()
    folder = home / "providers"
    folder.mkdir()
    folder.joinpath("oauth.test.xml").write_text(text if client else text.replace("clientID", "noClient"))
    return folder


def sign_in(wizard, home):
    wizard.picture("browser")
    wizard.key("Return")
    # The person cancels on the page, and the wizard says so.
    wait_for_log(home, "You are not signed in")
    wizard.picture("browser-cancelled")
    be_browser(home)
    wizard.press_until("Return", "Which Programs")


def wait_for_log(home, words):
    log = home / "browser.log"
    for _ in range(100):
        if log.exists() and words in log.read_text():
            time.sleep(0.6)
            return
        time.sleep(0.1)
    raise driver.Failure(f"the browser did not see “{words}”: {log.read_text() if log.exists() else 'no browser'}")


def walk(wizard, options, home):
    wizard.wait("How Should This Address")
    wizard.type(ADDRESS)
    time.sleep(2.0)
    wizard.key("Return")
    ask(wizard, "imap")
    wizard.press_until("Return", "^(?!Check)")
    wizard.press_until("Return", "Mail Server")
    wizard.wait("The Mail Server Was Found")
    wizard.picture("servers")
    wizard.press_until("Return", "Sign In with the Browser")
    if options.without_client:
        wizard.picture("browser-without-client")
        wizard.press_until("Return", "Which Programs")
    else:
        sign_in(wizard, home)
    wizard.key("Tab", "space")
    wizard.picture("programs")
    wizard.press_until("Return", "Review the Changes|Different|Mixing|mixed|methods")
    if "Review" not in wizard.title():
        wizard.press_until("Return", "Review the Changes")
    time.sleep(0.5)
    wizard.picture("review")
    wizard.press_until("Return", "This Computer Is Set Up")
    wizard.picture("done")
    prefs = next(home.glob(".thunderbird/*/prefs.js")).read_text()
    if 'authMethod", 10)' not in prefs or ADDRESS not in prefs:
        raise driver.Failure("Thunderbird is not told to sign in in the browser")
    if list(home.glob(".thunderbird/*/logins.json")):
        raise driver.Failure("a password was kept")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("restante")
    parser.add_argument("--pictures")
    parser.add_argument("--size", help="of the window, such as 360x720")
    parser.add_argument("--without-client", action="store_true", help="nobody registered us at the provider")
    parser.add_argument("--clients", help="not needed")
    options = parser.parse_args()
    home = pathlib.Path(os.environ["HOME"])
    be_browser(home, "cancel")
    folder = provider_dir(home, not options.without_client)
    wizard = driver.Wizard(options.restante, f"--provider-dir={folder}", pictures=options.pictures)
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
