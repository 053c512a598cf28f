#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What sign-ins tell about a mailbox, with a real server and a real program that takes mail away.

Run by tests/lab/lab; see meson.build beside this file."""
import imaplib
import os
import pathlib
import shutil
import ssl
import stat
import subprocess
import threading
import time

from ctl import DONE, USAGE, Home, Skip, case, main, run

HOST, CA = os.environ["LAB_HOST"], os.environ["LAB_CA"]
MAIL = pathlib.Path(os.environ["LAB_DIR"]) / "mail"
IMAP, POP = f"imaps://{HOST}:{os.environ['LAB_IMAPS']}", f"pop3s://{HOST}:{os.environ['LAB_POP3S']}"
# The leak checker itself crashes now and then on resolver threads that end while it looks; leaks are
# looked for where no network is needed.
os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"


class Mailbox:
    """One of the laboratory's users, and what somebody else does to the mail."""

    def __init__(self, number):
        self.user, self.password = f"user{number}", f"password{number}"

    def open(self):
        session = imaplib.IMAP4_SSL(HOST, int(os.environ["LAB_IMAPS"]), ssl_context=ssl.create_default_context(cafile=CA))
        session.login(self.user, self.password)
        session.select("INBOX")
        return session

    def deliver(self, *names):
        session = self.open()
        for name in names:
            letter = f"From: hanako@practice.test\r\nTo: {self.user}@practice.test\r\nSubject: {name}\r\n\r\n{name}\r\n"
            session.append("INBOX", None, None, letter.encode())
        session.logout()

    def remove(self, *numbers, to=None):
        session = self.open()
        for number in numbers:
            if to:
                session.copy(str(number), to)
            session.store(str(number), "+FLAGS", "(\\Deleted)")
        session.expunge()
        session.logout()

    def fetch(self, home, limit):
        """Takes the oldest letters off the server, as an old computer does."""
        if not shutil.which("fetchmail"):
            raise Skip("there is no fetchmail")
        home.write(".fetchmailrc", f"""poll {HOST} proto pop3 service {os.environ["LAB_POP3S"]} uidl
user "{self.user}" password "{self.password}" ssl sslcertck sslcertfile "{CA}" nokeep fetchlimit {limit}
mda "cat > /dev/null"
""")
        done = subprocess.run(["fetchmail", "-s"], env={"HOME": str(home.path), "PATH": os.environ["PATH"]},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        assert done.returncode in (0, 13), done

    def look(self, home, *args, urls=(IMAP, POP), text=False):
        result = run("probe", *(() if text else ("--format=json",)), *urls, f"--user={self.user}@practice.test", "--password-stdin",
                     f"--ca-file={CA}", *args, home=home, stdin=self.password + "\n").expect(DONE)
        return result.out if text else [one["facts"] for one in result.json()["probes"]]

    def files(self):
        """What an outsider sees: which letters, with which marks, numbers and contents."""
        folder = MAIL / self.user / "Maildir"
        letters = sorted((path.name.split(":")[0], path.name.partition(":2,")[2], path.read_bytes())
                         for place in ("new", "cur") for path in (folder / place).iterdir())
        numbers = [line.split(" ")[0] for line in (folder / "dovecot-uidlist").read_text().splitlines()[1:]]
        return letters, numbers


def removed(facts):
    return int(facts.get("removed", 0))


@case
def nothing_taken():
    """new mail, and mail that is filed or deleted from the middle, is no sign of anything"""
    box = Mailbox(1)
    with Home() as home:
        box.deliver("one", "two", "three", "four")
        assert [removed(one) for one in box.look(home)] == [0, 0]
        box.deliver("five")
        assert [removed(one) for one in box.look(home)] == [0, 0]
        box.remove(5, to="Archive")
        assert [removed(one) for one in box.look(home)] == [0, 0]
        box.remove(2, 3)
        facts = box.look(home)
        assert [removed(one) for one in facts] == [0, 0], facts
        assert [one["messages"] for one in facts] == ["2", "2"], facts


@case
def oldest_taken():
    """a POP program that takes the oldest letter is noticed by the next run, and by check"""
    box = Mailbox(2)
    with Home() as home, Home() as other:
        box.deliver("one", "two", "three")
        assert [removed(one) for one in box.look(home)] == [0, 0]
        box.fetch(other, 1)
        facts = box.look(home)
        assert [removed(one) for one in facts] == [1, 1] and facts[0]["messages"] == "2", facts
        assert all(one["removed-since"].startswith("20") for one in facts), facts
        box.fetch(other, 2)
        box.deliver("four", "five", "six")
        facts = box.look(home)
        # By numbers it is known what went; the names of POP alone cannot tell, since others came.
        assert removed(facts[0]) == 3 and removed(facts[1]) == 1, facts
        assert "old computer" in " ".join(box.look(home, text=True).split())

        memory = home.path / ".local/state/restante/looks"
        text = memory.read_text()
        assert stat.S_IMODE(memory.stat().st_mode) == 0o600
        for word in (box.user, box.password, HOST, "practice"):
            assert word not in text, text

        home.write(".mbsyncrc", f"IMAPAccount a\nHost {HOST}\nPort {os.environ['LAB_IMAPS']}\nSSLType IMAPS\n"
                                f"User {box.user}@practice.test\n\nIMAPStore r\nAccount a\n\nMaildirStore l\nInbox ~/mail/\n\n"
                                "Channel c\nFar :r:\nNear :l:\n")
        found = run("check", "--format=json", home=home).expect(DONE).json()["mailboxes"]
        assert "mail-vanishes" in [one["id"] for one in found[0]["findings"]], found
        found = run("check", "--format=json", "--forget", home=home).expect(DONE).json()["mailboxes"]
        assert found and not any(one["id"] == "mail-vanishes" for one in found[0]["findings"]), found
        assert not memory.exists()
        assert [removed(one) for one in box.look(home)] == [0, 0]


@case
def taken_while_looking():
    """--again looks twice in one run; an emptied mailbox counts"""
    box = Mailbox(3)
    with Home() as home, Home() as other:
        box.deliver("one", "two")
        thief = threading.Timer(1.5, box.fetch, (other, 5))
        thief.start()
        facts = box.look(home, "--again=6")
        thief.join()
        assert [one["messages"] for one in facts] == ["0", "0"], facts
        assert [removed(one) for one in facts] == [2, 2], facts


@case
def renumbered():
    """a mailbox that was made anew has other numbers: nothing is claimed"""
    box = Mailbox(4)
    with Home() as home:
        box.deliver("one", "two", "three")
        assert removed(box.look(home, urls=[IMAP])[0]) == 0
        box.remove(1)
        for path in (MAIL / box.user / "Maildir").glob("dovecot*"):
            if path.is_file():
                path.unlink()
        time.sleep(1.1)
        assert removed(box.look(home, urls=[IMAP])[0]) == 0


@case
def nothing_changed():
    """however often it is looked, the mail on the server stays as it was"""
    box = Mailbox(5)
    with Home() as home:
        box.deliver("one", "two", "three")
        before = box.files()
        assert len(before[0]) == 3
        box.look(home, "--again=1")
        box.look(home)
        assert box.files() == before


@case
def again_needs_name():
    """--again without a sign-in is refused, as is a time that makes no sense"""
    run("probe", IMAP, "--again=5").expect(USAGE).says("--user")
    run("probe", IMAP, "--user=x", "--password-stdin", "--again=-1").expect(USAGE).says("seconds")


if __name__ == "__main__":
    main()
