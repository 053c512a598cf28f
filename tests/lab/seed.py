# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills a new maildir with the messages of a folder. A file's name begins with the message's age,
such as 45d-receipt.eml or 2h-tonight.eml; @DATE@ and @TO@ in it are replaced."""

import email.utils
import os
import re
import time

SECONDS = {"d": 86400, "h": 3600}


def fill(messages, maildir, address):
    for name in ("cur", "new", "tmp"):
        (maildir / name).mkdir(parents=True, exist_ok=True)
    now = int(time.time())
    for path in sorted(messages.glob("*.eml")):
        count, unit = re.match(r"(\d+)([dh])-", path.name).groups()
        received = now - int(count) * SECONDS[unit]
        text = path.read_text(encoding="utf-8")
        text = text.replace("@DATE@", email.utils.formatdate(received, localtime=False))
        text = text.replace("@TO@", address)
        target = maildir / "new" / f"{received}.{path.stem}.lab"
        target.write_text(text, encoding="utf-8")
        # IMAP's INTERNALDATE is the file's time.
        os.utime(target, (received, received))
