#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""survey in the laboratory: many addresses, politely, and nothing lost or done twice.

Run by tests/lab/lab; see meson.build beside this file."""
import collections
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time

from ctl import CANCELLED, COMMAND, DONE, INTERNAL, USAGE, Home, Skip, Terminal, case, check_error, environment, main, run

if os.environ["LAB_MODE"] == "loopback":
    WHERE = [f"--provider-dir={os.environ['LAB_PROVIDER_DIR']}", f"--ca-file={os.environ['LAB_CA']}", "--source=file"]
    DOMAINS = ["practice"]
else:
    WHERE = []
    DOMAINS = ["practice", "wellknown", "srv", "guess", "pop"]
# The leak checker itself crashes now and then on resolver threads that end while it looks; leaks are
# looked for where no network is needed.
os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
# The laboratory's hosts are all one computer, which need not be spared.
FAST = ["--jobs=8", "--per-host=16", "--pause=0"]
ADDRESSES = [f"user{i}@{domain}.test" for i in range(100 // len(DOMAINS)) for domain in DOMAINS]


def survey(lines, *args, rc=DONE, **options):
    """The objects that survey prints for these lines on its standard input."""
    result = run("survey", "-", *WHERE, *args, stdin="".join(f"{line}\n" for line in lines), timeout=240,
                 **options).expect(rc)
    return objects(result.out)


def objects(text):
    assert text == "" or text.endswith("\n"), text[-100:]
    found = [json.loads(line) for line in text.splitlines()]
    assert all(one["version"] == 1 for one in found)
    return found


def essence(one):
    """What must not depend on the order of things."""
    chosen = {protocol: server and (server["url"], server["username"], server["trust"], server["probe"]["error"])
              for protocol, server in one["chosen"].items()}
    return json.dumps([one["address"], chosen, [(source["id"], source["outcome"]) for source in one["sources"]],
                       sorted(server["url"] for server in one["candidates"]), one["error"]])


WHOLE = {}


@case
def hundred():
    """a hundred addresses give a hundred lines, alike within a domain"""
    found = survey(ADDRESSES, *FAST)
    assert collections.Counter(one["address"] for one in found) == collections.Counter(ADDRESSES)
    for one in found:
        assert one["chosen"]["smtp"] and one["error"] is None, one
        assert (one["chosen"]["imap"] is None) == (one["domain"] == "pop.test"), one
        WHOLE[one["address"]] = essence(one)
    for domain in DOMAINS:
        kinds = {text.replace(address.split("@")[0], "USER") for address, text in WHOLE.items()
                 if address.endswith(f"@{domain}.test")}
        assert len(kinds) == 1, kinds


@case
def one_job_is_alike():
    """the results are the same with one job at a time, in the other order, and as discover has them"""
    some = ADDRESSES[:2 * len(DOMAINS)]
    found = survey(reversed(some), "--jobs=1", "--per-host=4", "--pause=0")
    assert [one["address"] for one in found] == some[::-1]
    for one in found:
        assert essence(one) == WHOLE[one["address"]], (essence(one), WHOLE[one["address"]])
    alone = run("discover", "--format=json", some[0], *WHERE).expect(DONE).json()
    assert sorted(alone) == sorted(found[-1])
    for protocol, server in alone["chosen"].items():
        assert server["url"] == found[-1]["chosen"][protocol]["url"]


@case
def shards():
    """the shards are disjoint, make up the whole, and keep a domain together"""
    some = [f"{user}@domain{i}.example" for user in ("a", "b") for i in range(50)] + ["no address", "also none"]
    names = lambda found: [one["address"] or one["input"] for one in found]
    parts = [names(survey(some, "--no-network", f"--shard={i}/3")) for i in (1, 2, 3)]
    assert sorted(sum(parts, [])) == sorted(some)
    assert all(len(part) > 10 for part in parts), parts
    domains = [{name.split("@")[1] for name in part if "@" in name} for part in parts]
    assert not (domains[0] & domains[1] or domains[1] & domains[2] or domains[0] & domains[2])
    assert names(survey(some, "--no-network", "--shard=2/3", "--jobs=1")) == [n for n in some if n in parts[1]]


@case
def resume():
    """an earlier output is gone on with, also one that ends in half a line"""
    some = [f"a{i}@domain.example" for i in range(30)] + ["no address"]
    with Home() as home:
        whole = run("survey", "-", "--no-network", stdin="\n".join(some), home=home).expect(DONE).out
        lines = whole.splitlines(keepends=True)
        file = home.write("found", "".join(lines[:10]) + lines[10][:200])
        with file.open("a") as out:
            done = subprocess.run([COMMAND, "survey", "-", "--no-network", f"--resume={file}"], stdout=out, text=True,
                                  input="\n".join(some), env=environment(home), timeout=60)
        assert done.returncode == DONE
        text = file.read_text().splitlines()
        assert len(text) == 32 and text[10] == lines[10][:200]
        found = [json.loads(line) for number, line in enumerate(text) if number != 10]
        assert sorted(one["address"] or one["input"] for one in found) == sorted(some)
        assert run("survey", "-", "--no-network", f"--resume={file}", stdin="\n".join(some), home=home).expect(DONE).out == ""
        run("survey", "-", f"--resume={home.path}/none", stdin="", home=home).expect(USAGE).says("none")


@case
def broken_lines():
    """lines that are no address give an object each and stop nothing"""
    with Home() as home:
        file = home.path / "addresses"
        file.write_bytes(b"# comment\n\n  \r\ntaro@example.test\r\n\xff\xfe\n" + b"x" * 100000 + b"\ntaro@\n" +
                         b"a\0b@example.test\n  hanako@b\xc3\xbccher.test  \n@\n" + b"y" * 5000 + b"\nlast@example.test")
        found = objects(run("survey", file, "--no-network", home=home).expect(DONE).out)
    good = [one["address"] for one in found if one["address"]]
    assert sorted(good) == ["hanako@xn--bcher-kva.test", "last@example.test", "taro@example.test"], good
    wrong = [one for one in found if one["address"] is None]
    assert len(wrong) == 6, [one["input"][:20] for one in wrong]
    for one in wrong:
        check_error(one["error"], "input")
        assert len(one["input"]) < 300


@case
def usage():
    """what makes no sense ends with 2 and prints nothing"""
    for args in [], ["a", "b"], ["/does/not/exist"], ["-", "--jobs=0"], ["-", "--jobs=x"], ["-", "--per-host=0"], \
            ["-", "--shard=0/3"], ["-", "--shard=4/3"], ["-", "--shard=3"], ["-", "--shard=1/0"], ["-", "--pause=-1"], \
            ["-", "--source=moon"], ["-", "--resume=/does/not/exist"], ["/"]:
        assert run("survey", *args).expect(USAGE).out == "", args


@case
def full_disk():
    """an output that cannot be written ends it at once"""
    with Home() as home, open("/dev/full", "w") as full:
        done = subprocess.run([COMMAND, "survey", "-", "--no-network"], stdout=full, stderr=subprocess.PIPE, text=True,
                              input="a@example.test\n" * 1000, env=environment(home), timeout=60)
    assert done.returncode == INTERNAL and "could not be written" in " ".join(done.stderr.split()), done


@case
def interrupted():
    """Ctrl+C ends with 4; what is finished is there in whole lines"""
    with Home() as home:
        process = subprocess.Popen([COMMAND, "survey", "-", "--no-network"], env=environment(home), text=True,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdin.write("a@example.test\nb@example.test\n")
        process.stdin.flush()
        first = [process.stdout.readline() for _ in range(2)]
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == CANCELLED
        out = process.stdout.read()
        assert sorted(one["address"] for one in objects("".join(first) + out)) == ["a@example.test", "b@example.test"]
        many = home.write("addresses", "\n".join(ADDRESSES * 10))
        process = subprocess.Popen([COMMAND, "survey", many, *WHERE, *FAST], env=environment(home), text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out = process.stdout.read()
        assert process.wait(20) == CANCELLED
        for one in objects(first + out):
            assert essence(one) == WHOLE[one["address"]]


@case
def progress():
    """progress is shown on a terminal, not elsewhere"""
    assert run("survey", "-", "--no-network", stdin="a@example.test\n").expect(DONE).err == ""
    with Home() as home:
        addresses = home.write("addresses", "a@example.test\nnone\n")
        script = home.write("run", f"#!/bin/sh\nexec '{COMMAND}' survey --no-network '{addresses}' > '{home.path}/out'\n", 0o700)
        terminal = Terminal(home, program=script)
        assert terminal.finish() == DONE
        assert "Addresses done: 1" in terminal.seen and "no address: 1" in terminal.seen, terminal.seen
        assert len(objects((home.path / "out").read_text())) == 2


class Counter:
    """A mail server of nothing but greetings that counts who is connected at once."""

    def __init__(self, port, words):
        self.now = self.most = self.all = 0
        self.lock = threading.Lock()
        self.words = words
        self.server = socket.create_server(("127.0.0.1", port), backlog=200)
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            connection, _ = self.server.accept()
            with self.lock:
                self.now += 1
                self.all += 1
                self.most = max(self.most, self.now)
            threading.Thread(target=self.talk, args=[connection], daemon=True).start()

    def talk(self, connection):
        with connection:
            try:
                time.sleep(0.05)
                connection.sendall(self.words)
                connection.recv(1000)
            except OSError:
                pass
            finally:
                with self.lock:
                    self.now -= 1


CONFIG = """<clientConfig version="1.1"><emailProvider id="DOMAIN"><domain>DOMAIN</domain>
<incomingServer type="imap"><hostname>localhost</hostname><port>PORT</port><socketType>STARTTLS</socketType>
<username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></incomingServer>
<incomingServer type="pop3"><hostname>localhost</hostname><port>PORT</port><socketType>STARTTLS</socketType>
<username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></incomingServer>
</emailProvider></clientConfig>"""


@case
def polite():
    """a host never has more connections at once than stated, whatever names and domains it serves"""
    counter = Counter(0, b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
    with Home() as home:
        for i in range(20):
            home.write(f"p/domain{i}.example.xml", CONFIG.replace("DOMAIN", f"domain{i}.example")
                       .replace("PORT", str(counter.port)))
        for limit in 1, 2, 3:
            counter.most = counter.all = 0
            found = survey([f"a@domain{i}.example" for i in range(20)], f"--provider-dir={home.path}/p", "--source=file",
                           "--jobs=20", f"--per-host={limit}", home=home)
            assert len(found) == 20 and all(one["error"] for one in found)
            assert counter.all >= 20 and counter.most == limit, (limit, counter.most, counter.all)


class Resumed:
    """An IMAP server that speaks TLS at once and counts the connections, and those that go on with an earlier session."""

    def __init__(self):
        self.all = self.resumed = 0
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate = pathlib.Path(os.environ["LAB_CA"]).with_name("good")
        self.context.load_cert_chain(f"{certificate}.crt", f"{certificate}.key")
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            connection, _ = self.server.accept()
            threading.Thread(target=self.talk, args=[connection], daemon=True).start()

    def talk(self, connection):
        try:
            with self.context.wrap_socket(connection, server_side=True) as encrypted:
                self.all += 1
                self.resumed += encrypted.session_reused
                encrypted.sendall(b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n")
                while encrypted.recv(1000):
                    encrypted.sendall(b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na1 OK done\r\n")
        except OSError:
            pass


@case
def own_handshakes():
    """each connection shows its own certificate: none goes on with the session of an earlier one"""
    server = Resumed()
    with Home() as home:
        config = CONFIG.replace("STARTTLS", "SSL").replace("PORT", str(server.port))
        for i in range(4):
            home.write(f"p/domain{i}.example.xml", config.replace("DOMAIN", f"domain{i}.example"))
        found = survey([f"a@domain{i}.example" for i in range(4)], f"--provider-dir={home.path}/p", "--source=file",
                       f"--ca-file={os.environ['LAB_CA']}", "--jobs=1", home=home)
    assert all(one["chosen"]["imap"]["probe"]["tls"]["verified"] for one in found), found
    assert server.all >= 4 and server.resumed == 0, (server.all, server.resumed)


def most_at_once(trace):
    """The most connections to one address that were open at once, by connect() and close()."""
    open_to, now, most = {}, collections.Counter(), collections.Counter()
    for line in trace.splitlines():
        if found := re.search(r"connect\((\d+)<TCP.*sin_port=htons\((\d+)\).*inet_addr\(\"([\d.]+)\"\)", line):
            number, port, address = found.groups()
            if port != "53":
                open_to[number] = address
                now[address] += 1
                most[address] = max(most[address], now[address])
        elif (found := re.search(r"close\((\d+)<TCP", line)) and found[1] in open_to:
            now[open_to.pop(found[1])] -= 1
    return most


@case
def few_at_once():
    """no host has more connections at once than was said, one that is being closed included"""
    if os.environ["LAB_MODE"] == "loopback" or not shutil.which("strace"):
        raise Skip("needs namespaces and strace")
    with Home() as home:
        trace = home.path / "trace"
        prefix = ["strace", "-f", "-yy", "-e", "trace=connect,close", "-o", trace]
        survey(ADDRESSES[:40], "--jobs=8", "--per-host=3", "--pause=0", home=home, prefix=prefix)
        most = most_at_once(trace.read_text(errors="replace"))
    assert most and max(most.values()) <= 3, most


main()
