#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Some of the servers are as they should be, and one is not.

Run by tests/lab/lab; see meson.build beside this file."""
import base64
import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import threading

from ctl import CANCELLED, DONE, TOP, UNREACHABLE, Home, Skip, Terminal, case, check_error, environment, main, run

ADDRESS = "taro@practice.test"
PASSWORD = "tegami"
CERTIFICATES = pathlib.Path(os.environ["LAB_CERTS"])
TRUST = f"--ca-file={os.environ['LAB_CA']}"
GOOD = {"imap": (os.environ["LAB_HOST"], os.environ["LAB_IMAPS"]), "pop3": (os.environ["LAB_HOST"], os.environ["LAB_POP3S"]),
        "smtp": (os.environ["LAB_HOST"], os.environ["LAB_SUBMISSIONS"])}
# The leak checker itself crashes now and then on resolver threads that end while it looks.
os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"


def config(**servers):
    """A settings file with three servers of implicit TLS."""
    def server(kind, protocol):
        host, port = servers.get(protocol, GOOD[protocol])
        return (f'<{kind}Server type="{protocol}"><hostname>{host}</hostname><port>{port}</port><socketType>SSL</socketType>'
                f"<username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></{kind}Server>")
    return ('<clientConfig version="1.1"><emailProvider id="practice.test"><domain>practice.test</domain>'
            f'{server("incoming", "imap")}{server("incoming", "pop3")}{server("outgoing", "smtp")}'
            "</emailProvider></clientConfig>")


class Server:
    """A server for mail on this computer that says what it is told to, to whoever comes."""

    def __init__(self, greeting, answers, certificate="good"):
        self.greeting, self.answers, self.heard = greeting, answers, []
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(CERTIFICATES / f"{certificate}.crt", CERTIFICATES / f"{certificate}.key")
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.where = "localhost", self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def talk(self, connection):
        try:
            with connection, self.context.wrap_socket(connection, server_side=True) as secure, secure.makefile("rwb") as lines:
                self.say(lines, self.greeting)
                for line in lines:
                    self.heard.append(line)
                    answer = self.answers.get(line.split()[0].decode(), "221 bye")
                    if not answer:
                        return
                    self.say(lines, answer)
        except OSError:
            pass

    @staticmethod
    def say(lines, words):
        lines.write(words.replace("\n", "\r\n").encode() + b"\r\n")
        lines.flush()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.socket.close()


EHLO = "250-mail\n250 AUTH PLAIN"
SENDERS = {
    # What is wrong with the one that sends: the kind, what it says, and its certificate.
    "auth": ({"EHLO": EHLO, "AUTH": "535 5.7.8 not you"}, "good"),
    "busy": ({"EHLO": EHLO, "AUTH": "454 4.7.0 later"}, "good"),
    "net": ({"EHLO": EHLO, "AUTH": ""}, "good"),
    "proto": ({"EHLO": "what"}, "good"),
    "nomech": ({"EHLO": "250 mail"}, "good"),
    "cert": ({}, "unknownca"),
}


def session(home):
    """The prefix that gives a command an unlocked password store of its own."""
    for program in "dbus-run-session", "gnome-keyring-daemon", "secret-tool":
        if not shutil.which(program):
            raise Skip(f"there is no {program}")
    return [TOP / "build-aux/with-session", home.path]


def provider(home, **servers):
    """A folder with the settings file of the provider."""
    folder = home.path / ".cache" / "providers"
    folder.mkdir(parents=True)
    (folder / "practice.test.xml").write_text(config(**servers))
    return f"--provider-dir={folder}"


def set_up(home, *args, **options):
    return run("setup", ADDRESS, TRUST, "--yes", "--approve=any", "--password-stdin", "--format=json", *args,
               stdin=PASSWORD + "\n", home=home, **options)


def kept(home):
    """What is in the home folder, but for the password store's own files."""
    return {name: value for name, value in home.state().items() if ".local" not in name}


def check_unchanged(home, before, result):
    assert result["written"] == [] and result["undo"] is None and not result["signed_in"], result
    assert kept(home) == before, kept(home).keys() - before.keys()
    assert run("history", "--format=json", home=home).expect(DONE).json()["history"] == []


@case
def sending_refuses():
    """reading works and sending does not: setup ends with 5, says which, and nothing at all is saved"""
    for kind, (answers, certificate) in SENDERS.items():
        with Home() as home, Server("220 mail ready", answers, certificate) as sender:
            path = home.path / ".cache" / "config.xml"
            path.parent.mkdir()
            path.write_text(config(smtp=sender.where))
            store = session(home)
            before = kept(home)
            result = set_up(home, f"--config={path}", "--client=mbsync,msmtp", "--mode=imap", prefix=store).expect(UNREACHABLE)
            result = result.json()
            check_error(result["error"], kind)
            assert f"works for IMAP ({GOOD['imap'][0]}), but not for SMTP (localhost)" in result["error"]["text"], result["error"]
            assert result["incoming"]["probe"]["signed_in"] and not result["outgoing"]["probe"]["signed_in"], result
            check_unchanged(home, before, result)
            secrets = subprocess.run([*map(str, store), "secret-tool", "search", "--all", "user", ADDRESS], text=True,
                                     capture_output=True, env=environment(home))
            assert PASSWORD not in secrets.stdout, secrets.stdout
            # One try, and none at all where it would not be safe.
            tries = [line for line in sender.heard if line.startswith(b"AUTH ")]
            assert len(tries) == ("AUTH" in answers), sender.heard


def has_error(candidate, kind):
    return (candidate["probe"]["error"] or {}).get("kind") == kind


@case
def one_of_three():
    """one of three servers has a bad certificate: the other two are shown as good, and it is not used"""
    for which in GOOD:
        with Home() as home, Server("* OK ready", {}, "unknownca") as bad:
            found = run("discover", "--format=json", "--source=file", ADDRESS, provider(home, **{which: bad.where}), TRUST,
                        home=home).expect(DONE).json()
            listed = {one["protocol"]: one for one in found["candidates"]}
            assert has_error(listed[which], "cert") and found["chosen"][which] is None, found
            for other in GOOD.keys() - {which}:
                assert found["chosen"][other]["probe"]["tls"]["verified"] and found["chosen"][other]["probe"]["error"] is None
            assert bad.heard == []


@case
def bad_one_is_needed():
    """a server that is needed has a bad certificate: unasked, nothing is written for it nor for the rest"""
    for which, mode, clients in (("imap", "imap", "mbsync,msmtp"), ("pop3", "pop", "fetchmail,msmtp"),
                                 ("smtp", "imap", "mbsync,msmtp"), ("smtp", "pop", "fetchmail,msmtp"), ("smtp", "imap", "mutt")):
        with Home() as home, Server("* OK ready", {}, "unknownca") as bad:
            where = provider(home, **{which: bad.where})
            before = kept(home)
            result = set_up(home, where, "--source=file", f"--mode={mode}", f"--client={clients}", "--no-secret")
            result = result.expect(UNREACHABLE).json()
            check_error(result["error"], "cert")
            assert "unknownca.test" in result["error"]["text"], result["error"]
            assert ("not sent" in result["error"]["text"]) == (which == "smtp"), result["error"]
            check_unchanged(home, before, result)
            assert bad.heard == []


@case
def bad_one_is_not_needed():
    """what does without the server with the bad certificate is set up"""
    for which, clients in ("pop3", "mbsync,msmtp"), ("smtp", "mbsync"):
        with Home() as home, Server("* OK ready", {}, "unknownca") as bad:
            result = set_up(home, provider(home, **{which: bad.where}), "--source=file", "--mode=imap", f"--client={clients}",
                            "--no-secret", "--name=Taro").expect(DONE).json()
            assert result["undo"] and (home.path / ".mbsyncrc").exists()
            assert bad.heard == []


@case
def bad_one_is_asked_about():
    """on a terminal, the review says that nothing can be sent and why; no writes nothing, yes goes on"""
    for answer, status in ("no", CANCELLED), ("yes", DONE):
        with Home() as home, Server("* OK ready", {}, "unknownca") as bad:
            args = ["setup", ADDRESS, TRUST, provider(home, smtp=bad.where), "--source=file", "--mode=imap", "--client=mutt",
                    "--no-secret", "--approve=any"]
            before = kept(home)
            terminal = Terminal(home, *args)
            while "Make these changes?" not in terminal.seen:
                if f"Password of {ADDRESS}" in terminal.seen and "typed" not in args:
                    terminal.type(PASSWORD + "\n")
                    args.append("typed")
                assert terminal.read(), terminal.seen
            seen = " ".join(terminal.seen.split())
            assert "mail can be read, but not sent" in seen and "unknownca.test" in seen, terminal.seen
            terminal.type(answer + "\n")
            assert terminal.finish() == status, terminal.seen
            assert (kept(home) == before) == (answer == "no")


main()
