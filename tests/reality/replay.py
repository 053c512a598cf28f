#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the model against reality. Each script of a folder is run twice: by the model (predict), and
by real programs against the laboratory's Dovecot. What each maildir and the mailbox hold afterwards
must be the same letters.

Usage, inside the laboratory: replay.py PREDICT SCRIPT…

A script is what predict reads; a device's line has one more word, the program that plays it:
mbsync (IMAP), fetchmail, getmail or mpop (POP). Days pass by ageing the record that getmail, alone of
them, keeps of when it fetched what. Prints TAP.
"""
import concurrent.futures
import imaplib
import os
import pathlib
import queue
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile

HOST = os.environ["LAB_HOST"]
CA = os.environ["LAB_CA"]
MAIL = pathlib.Path(os.environ["LAB_DIR"]) / "mail"


def mailbox(user, password):
    """Another session for each look, so that nothing is remembered."""
    context = ssl.create_default_context(cafile=CA)
    session = imaplib.IMAP4_SSL(HOST, int(os.environ["LAB_IMAPS"]), ssl_context=context)
    session.login(user, password)
    return session


def letters_in(maildir):
    found = set()
    for path in [p for part in ("new", "cur") for p in (maildir / part).glob("*")]:
        if "T" in path.name.partition(":2,")[2]:
            continue
        for line in path.read_text(errors="replace").splitlines():
            if line.startswith("Subject: letter "):
                found.add(int(line.rsplit(" ", 1)[1]))
                break
    return found


class Device:
    """A real program with a home of its own; its mail lands in one maildir."""

    def __init__(self, text, program, folder, user, password):
        self.name, _, method, *options = text.split(":")
        self.options, self.program, self.home = options, program, folder / self.name
        self.user, self.password = user, password
        self.maildir = self.home / "Mail" / "INBOX"
        self.wipe()

    def wipe(self):
        shutil.rmtree(self.home, ignore_errors=True)
        for part in ("cur", "new", "tmp"):
            (self.maildir / part).mkdir(parents=True)
        getattr(self, f"configure_{self.program}")()

    def write(self, name, text):
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(text)

    @property
    def days(self):
        return next((int(o[5:]) for o in self.options if o.startswith("days=")), None)

    def configure_mbsync(self):
        self.write(".mbsyncrc", f"""IMAPAccount a
Host {HOST}
Port {os.environ["LAB_IMAPS"]}
User {self.user}
Pass {self.password}
SSLType IMAPS
CertificateFile {CA}

IMAPStore far
Account a

MaildirStore near
Path {self.home}/Mail/
Inbox {self.maildir}

Channel c
Far :far:
Near :near:
Patterns INBOX
Create Near
Expunge Both
SyncState *
""")

    def configure_fetchmail(self):
        keep = "keep" if "keep" in self.options else "nokeep"
        deliver = self.home / "deliver"
        self.write(".fetchmailrc", f"""poll {HOST} proto pop3 service {os.environ["LAB_POP3S"]} uidl
user "{self.user}" password "{self.password}" ssl sslcertck sslcertfile "{CA}" {keep}
mda "{deliver}"
""")
        self.write("deliver", f"""#!/bin/sh
name=$(mktemp -u XXXXXXXX)
cat > "{self.maildir}/tmp/$name" && mv "{self.maildir}/tmp/$name" "{self.maildir}/new/$name"
""")
        deliver.chmod(0o700)

    def configure_getmail(self):
        after = f"delete_after = {self.days}" if self.days is not None else ""
        self.write("getmail/rc", f"""[retriever]
type = SimplePOP3SSLRetriever
server = {HOST}
port = {os.environ["LAB_POP3S"]}
username = {self.user}
password = {self.password}
ca_certs = {CA}
[destination]
type = Maildir
path = {self.maildir}/
[options]
read_all = false
delete = {"true" if "remove" in self.options else "false"}
{after}
""")

    def configure_mpop(self):
        self.write(".mpoprc", f"""account a
host {HOST}
port {os.environ["LAB_POP3S"]}
user {self.user}
password {self.password}
tls on
tls_starttls off
tls_trust_file {CA}
delivery maildir {self.maildir}
uidls_file {self.home}/uidls
keep {"on" if "keep" in self.options else "off"}
account default : a
""")

    def pass_days(self, days):
        for path in (self.home / "getmail").glob("oldmail-*"):
            lines = [line.rpartition("\0") for line in path.read_text().splitlines()]
            path.write_text("".join(f"{ident}\0{int(when) - days * 86400}\n" for ident, _, when in lines))

    def receive(self):
        commands = {
            "mbsync": ["mbsync", "-q", "c"],
            "fetchmail": ["fetchmail", "-s"],
            "getmail": ["getmail", "-q", f"--getmaildir={self.home}/getmail", f"--rcfile={self.home}/getmail/rc"],
            "mpop": ["mpop", "-q", "a"],
        }
        command = commands[self.program]
        environment = {"HOME": str(self.home), "PATH": os.environ["PATH"]}
        with subprocess.Popen(command, env=environment, text=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            errors = self.wait_for(process)
        # fetchmail says 1 for "no mail".
        if process.returncode not in (0, 1 if self.program == "fetchmail" else 0):
            raise RuntimeError(f"{self.program} of {self.name}: {process.returncode}: {errors}")

    def wait_for(self, process):
        """getmail may miss the end of a child that was quick (it asks after the one before, and then
        waits for a signal that has been): the signal is sent again."""
        for _ in range(60):
            try:
                return process.communicate(timeout=1)[1]
            except subprocess.TimeoutExpired:
                if self.program == "getmail":
                    process.send_signal(signal.SIGCHLD)
        process.kill()
        raise RuntimeError(f"{self.program} of {self.name} does not end")

    def delete(self, letter):
        for path in [p for part in ("new", "cur") for p in (self.maildir / part).glob("*")]:
            if f"Subject: letter {letter}\n" in path.read_text(errors="replace"):
                path.unlink()

    def holds(self):
        return letters_in(self.maildir)


class Replay:
    def __init__(self, folder, user, password):
        self.folder, self.user, self.password = folder, user, password
        self.devices, self.count = {}, 0
        self.empty_server()

    def empty_server(self):
        """As a wrong FTP command does it: the files of the inbox are gone."""
        for part in ("new", "cur"):
            for path in (MAIL / self.user / "Maildir" / part).glob("*"):
                path.unlink()

    def server_holds(self):
        session = mailbox(self.user, self.password)
        session.select("INBOX", readonly=True)
        _, data = session.fetch("1:*", "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])") if session.untagged_responses.get(
            "EXISTS", [b"0"])[-1] != b"0" else (None, [])
        session.logout()
        texts = [part[1].decode() for part in data if isinstance(part, tuple)]
        return {int(text.split("letter ")[1].split()[0]) for text in texts if "letter " in text}

    def arrive(self):
        session = mailbox(self.user, self.password)
        text = f"From: friend@practice.test\r\nTo: {self.user}@practice.test\r\n" \
               f"Message-ID: <{self.count}.{os.getpid()}@practice.test>\r\nSubject: letter {self.count}\r\n\r\nHello.\r\n"
        session.append("INBOX", None, None, text.encode())
        session.logout()
        self.count += 1

    def file_letter(self, letter):
        """An IMAP program files a letter into a folder."""
        session = mailbox(self.user, self.password)
        session.select("INBOX")
        _, found = session.search(None, "SUBJECT", f'"letter {letter}"')
        session.uid("MOVE", session.fetch(found[0].split()[0], "(UID)")[1][0].split()[2].rstrip(b")"), "Archive")
        session.logout()

    def run(self, words):
        operation, *rest = words
        if operation == "device":
            self.devices[rest[0].split(":")[0]] = Device(rest[0], rest[1], self.folder, self.user, self.password)
        elif operation == "arrive":
            self.arrive()
        elif operation == "receive":
            self.devices[rest[0]].receive()
        elif operation == "delete":
            self.devices[rest[0]].delete(int(rest[1]))
            if self.devices[rest[0]].program == "mbsync":
                self.devices[rest[0]].receive()
        elif operation == "file":
            self.file_letter(int(rest[1]))
            self.devices[rest[0]].receive()
        elif operation == "days":
            for device in self.devices.values():
                device.pass_days(int(rest[0]))
        elif operation == "lose-server":
            self.empty_server()
        elif operation in ("lose-device", "replace-device"):
            self.devices[rest[0]].wipe()
        else:
            raise ValueError(operation)


def read_script(path):
    lines = [line.split() for line in path.read_text().splitlines()]
    return [words for words in lines if words and not words[0].startswith("#")]


def predict(program, script):
    text = "\n".join(" ".join(words[:2] if words[0] == "device" else words) for words in script)
    done = subprocess.run([program], input=text + "\n", capture_output=True, text=True, check=True)
    return {name: {int(n) for n in rest.split()}
            for name, _, rest in (line.partition(":") for line in done.stdout.splitlines())}


def compare(program, path, user):
    """Returns what the model says and what the programs left."""
    script = read_script(path)
    expected = predict(program, script)
    with tempfile.TemporaryDirectory() as folder:
        replay = Replay(pathlib.Path(folder), user, user.replace("user", "password"))
        for words in script:
            replay.run(words)
        seen = {"server": replay.server_holds()}
        seen.update({device.name: device.holds() for device in replay.devices.values()})
    return expected, seen


def main():
    program, *names = sys.argv[1:]
    if os.geteuid() == 0:
        print("1..0 # SKIP getmail does not deliver as root, and without namespaces root stays root")
        return 0
    scripts = [pathlib.Path(name) for name in names]
    users = queue.SimpleQueue()
    for number in range(1, 10):
        users.put(f"user{number}")

    def with_a_mailbox(path):
        user = users.get()
        try:
            return compare(program, path, user)
        finally:
            users.put(user)

    print(f"1..{len(scripts)}")
    bad = 0
    # The programs mostly wait (mbsync for the clock, to tell changes of one second apart).
    with concurrent.futures.ThreadPoolExecutor(max_workers=9) as pool:
        for number, (path, (expected, seen)) in enumerate(zip(scripts, pool.map(with_a_mailbox, scripts)), 1):
            good = seen == expected
            bad += not good
            print(f"{'ok' if good else 'not ok'} {number} {path.stem}")
            if not good:
                print(f"# the model says {expected}\n# the programs left {seen}")
    return 1 if bad else 0


sys.exit(main())
