#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What sign-ins tell about a mailbox, with a real server and a real program that takes mail away.

Run by tests/lab/lab; see meson.build beside this file."""
import contextlib
import imaplib
import os
import pathlib
import poplib
import re
import shutil
import socket
import ssl
import stat
import subprocess
import threading
import time

from ctl import DONE, UNREACHABLE, USAGE, Home, Skip, case, main, run

HOST, CA = os.environ["LAB_HOST"], os.environ["LAB_CA"]
LOOPBACK = os.environ["LAB_MODE"] == "loopback"
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


class HidingServer:
    """The same mail by another Dovecot whose POP keeps what is taken off it, hidden from POP alone, as
    some providers do."""

    def __init__(self, home):
        run_folder = home.path / "run"
        run_folder.mkdir()
        text = (pathlib.Path(os.environ["LAB_DIR"]) / "dovecot.conf").read_text()
        text = text.replace(f"{os.environ['LAB_DIR']}/dovecot/", f"{run_folder}/")
        text = re.sub(r"^protocols = .*", "protocols = pop3\npop3_deleted_flag = \"$POP3Deleted\"", text, flags=re.M)
        text = re.sub(r"^listen = .*", "listen = 127.0.0.1", text, flags=re.M)
        text = re.sub(r"^service (imap|submission)-login \{.*?^\}\n", "", text, flags=re.M | re.S)
        self.ports = [free_port(), free_port()]
        for name, port in zip(("LAB_POP3", "LAB_POP3S"), self.ports):
            text = re.sub(rf"port = {os.environ[name]}\b", f"port = {port}", text)
        self.settings = home.write("dovecot.conf", text)
        self.url = f"pop3s://localhost:{self.ports[1]}"

    def __enter__(self):
        program = shutil.which("dovecot", path=os.environ["PATH"] + ":/usr/sbin")
        self.process = subprocess.Popen([program, "-F", "-c", self.settings], stdin=subprocess.DEVNULL)
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.ports[1]), 1):
                return self
            time.sleep(0.05)
        raise AssertionError("Dovecot does not start")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)


def free_port():
    with socket.socket() as probe:
        probe.bind(("", 0))
        return probe.getsockname()[1]


@case
def inboxes_compared():
    """whether POP and IMAP show the same is found out from real servers, of which one hides mail"""
    box = Mailbox(6)
    with Home() as home, Home() as other:
        box.deliver("one", "two", "three")
        facts = box.look(home)
        assert [(one["same-inbox"], one["other-messages"]) for one in facts] == [("yes", "3")] * 2, facts
        assert "show the same mail" in " ".join(box.look(home, text=True).split())
        assert "same-inbox" not in box.look(home, urls=[IMAP])[0]
        with HidingServer(other) as hiding:
            facts = box.look(home, urls=[IMAP, hiding.url])
            assert [one["same-inbox"] for one in facts] == ["yes", "yes"], facts
            session = poplib.POP3_SSL("localhost", hiding.ports[1], context=ssl.create_default_context(cafile=CA))
            session.user(box.user)
            session.pass_(box.password)
            session.dele(1)
            session.dele(2)
            session.quit()
            facts = box.look(home, urls=[IMAP, hiding.url])
            assert [one["same-inbox"] for one in facts] == ["no", "no"], facts
            assert [one["other-messages"] for one in facts] == ["1", "3"], facts
            # By IMAP all of it is there still.
            assert removed(facts[0]) == 0, facts
            text = " ".join(box.look(home, urls=[IMAP, hiding.url], text=True).split())
            assert text.count("POP shows 1 message, the inbox by IMAP has 3.") == 2, text


def count_sign_ins(user):
    log = pathlib.Path(os.environ["LAB_LOG"]).read_text(errors="replace")
    return re.findall(rf"(imap|pop3|submission)-login: (?:Info: )?(?:Login|Logged in): user=<{user}\b", log)


@case
def discover_compares():
    """discover --compare signs in by IMAP and by POP, and never more than twice"""
    where = [f"--provider-dir={os.environ['LAB_PROVIDER_DIR']}", f"--ca-file={CA}"] if LOOPBACK else []
    args = ["discover", "--format=json", "user7@practice.test", *where, "--sign-in", "--approve=any", "--password-stdin"]
    Mailbox(7).deliver("one")
    with Home() as home:
        before = len(count_sign_ins("user7"))
        chosen = run(*args, "--compare", home=home, stdin="password7\n").expect(DONE).json()["chosen"]
        assert chosen["imap"]["probe"]["facts"]["same-inbox"] == "yes", chosen
        assert chosen["pop3"]["probe"]["signed_in"] and not chosen["smtp"]["probe"]["signed_in"], chosen
        assert sorted(count_sign_ins("user7")[before:]) == ["imap", "pop3"], count_sign_ins("user7")
        chosen = run(*args, home=home, stdin="password7\n").expect(DONE).json()["chosen"]
        assert "same-inbox" not in chosen["imap"]["probe"]["facts"] and chosen["smtp"]["probe"]["signed_in"], chosen
        # After a refusal the other server is not asked.
        found = run(*args, "--compare", home=home, stdin="wrong\n").expect(UNREACHABLE).json()
        assert found["error"]["kind"] == "auth", found["error"]
        assert not found["chosen"]["pop3"]["probe"]["signed_in"]
    run("discover", "user7@practice.test", "--compare", "--no-network").expect(USAGE).says("--sign-in")


@case
def again_needs_name():
    """--again without a sign-in is refused, as is a time that makes no sense"""
    run("probe", IMAP, "--again=5").expect(USAGE).says("--user")
    run("probe", IMAP, "--user=x", "--password-stdin", "--again=-1").expect(USAGE).says("seconds")


if __name__ == "__main__":
    main()
