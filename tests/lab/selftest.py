#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The laboratory's own checks, run inside it: what is sent arrives, names answer, and each broken
certificate is broken in the way that it should be. Prints "ok WHAT" or "not ok WHAT"."""

import email.message
import imaplib
import os
import poplib
import smtplib
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import time

HOST = os.environ["LAB_HOST"]
TYPES = {"A": 1, "MX": 15, "TXT": 16, "SRV": 33}
failures = 0


def port(name):
    return int(os.environ["LAB_" + name])


def trust():
    return ssl.create_default_context(cafile=os.environ["LAB_CA"])


def check(what, good, seen=""):
    global failures
    failures += not good
    print(("ok " if good else "not ok ") + what + ("" if good else f": {seen}"), flush=True)


def imap(user="taro@practice.test", password="tegami"):
    session = imaplib.IMAP4_SSL(HOST, port("IMAPS"), ssl_context=trust())
    session.login(user, password)
    return session


def check_seed():
    session = imap()
    session.select("INBOX", readonly=True)
    dates = [imaplib.Internaldate2tuple(data[0] if isinstance(data, tuple) else data)
             for data in session.fetch("1:*", "(INTERNALDATE)")[1]]
    ages = [(time.time() - time.mktime(date)) / 86400 for date in dates]
    check("five messages of different age", [round(age) for age in ages] == [400, 120, 45, 8, 0], ages)
    subject = session.fetch("2", "(BODY[HEADER.FIELDS (SUBJECT)])")[1][0][1]
    check("a Japanese subject", b"=?UTF-8?B?5aSP" in subject, subject)
    boxes = b" ".join(session.list()[1])
    check("folders for special use", all(name in boxes for name in (rb"\Sent", rb"\Trash", rb"\Drafts")), boxes)
    check("a quota", b"STORAGE" in session.getquotaroot("INBOX")[1][1][0])
    session.logout()


def submit(text, recipient, implicit=True):
    if implicit:
        session = smtplib.SMTP_SSL(HOST, port("SUBMISSIONS"), context=trust())
    else:
        session = smtplib.SMTP(HOST, port("SUBMISSION"))
        session.starttls(context=trust())
    with session:
        session.login("hanako", "sa kura \"#$%'\\`&!")
        message = email.message.EmailMessage()
        message["From"], message["To"], message["Subject"] = "hanako@practice.test", recipient, text
        message.set_content("A line\n.a line with a dot\nあ\n", cte="8bit")
        session.send_message(message)


def check_delivery():
    submit("by implicit TLS", "user1@practice.test")
    submit("by STARTTLS", "user1@guess.test", implicit=False)
    session = imap("user1", "password1")
    count = int(session.select("INBOX")[1][0])
    body = session.fetch("1", "(BODY[TEXT])")[1][0][1]
    check("what was sent arrives, over IMAP", count == 2, count)
    check("and unchanged", b"\r\n.a line with a dot\r\n\xe3\x81\x82" in body, body)
    session.logout()
    session = poplib.POP3_SSL(HOST, port("POP3S"), context=trust())
    session.user("user1")
    session.pass_("password1")
    count = session.stat()[0]
    check("what was sent arrives, over POP3", count == 2, count)
    session.quit()


def check_refusals():
    for recipient in ("nobody@practice.test", "you@example.org"):
        try:
            submit("lost", recipient)
            check(f"mail to {recipient} is refused", False, "accepted")
        except smtplib.SMTPRecipientsRefused as problem:
            check(f"mail to {recipient} is refused", list(problem.recipients.values())[0][0] == 550, problem)
    start = time.monotonic()
    for user, password, answer in (("taro", "wrong", "AUTHENTICATIONFAILED"), ("taro", "wrong", "AUTHENTICATIONFAILED"),
                                   ("suspended", "suspended", "suspended")):
        try:
            imap(user, password)
            check(f"{user} cannot log in", False, "logged in")
        except imaplib.IMAP4.error as problem:
            check(f"{user} cannot log in", answer in str(problem), problem)
    check("and nobody waits long", time.monotonic() - start < 3)


def ask(name, kind):
    """Asks the name server; returns (response code, number of answers)."""
    question = b"".join(bytes([len(part)]) + part.encode() for part in name.split(".")) + b"\0"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.settimeout(5)
        udp.sendto(struct.pack(">6H", 7, 0x100, 1, 0, 0, 0) + question + struct.pack(">2H", TYPES[kind], 1),
                   ("10.99.0.1", 53))
        _id, flags, _questions, answers, _rest, _more = struct.unpack(">6H", udp.recv(1024)[:12])
    return flags & 15, answers


def check_names():
    for name, kind, expected in (
            ("imap.practice.test", "A", (0, 1)), ("practice.test", "MX", (0, 1)),
            ("_imaps._tcp.practice.test", "SRV", (0, 1)), ("_imaps._tcp.srv.test", "SRV", (0, 1)),
            ("imap.srv.test", "A", (3, 0)), ("_imaps._tcp.guess.test", "SRV", (3, 0)),
            ("autoconfig.guess.test", "A", (3, 0)), ("imap.guess.test", "A", (0, 1)),
            ("imap.wellknown.test", "A", (3, 0)), ("_imaps._tcp.wellknown.test", "SRV", (3, 0)),
            ("nothing.test", "MX", (0, 0)), ("hosted.test", "MX", (0, 2)), ("hosted.test", "A", (0, 0)),
            ("_ua-auto-config.pacc.test", "TXT", (0, 2)), ("debian.org", "A", (3, 0)), ("servfail.test", "A", (2, 0))):
        seen = ask(name, kind)
        check(f"{name} {kind}", seen == expected, seen)
    check("the system's resolver asks there too", socket.gethostbyname("imap.practice.test") == "10.99.0.1")


def tls_problem(host, number):
    """What openssl, with the system's own authorities, says of a certificate."""
    seen = subprocess.run(["openssl", "s_client", "-connect", f"{host}:{number}", "-verify_hostname", host,
                           "-servername", host, "-brief"], input="", capture_output=True, text=True,
                          timeout=20, env={**os.environ, "SSL_CERT_FILE": ""})
    lines = [line for line in seen.stderr.splitlines() if line.startswith(("Verification", "verify error", "verification error"))]
    return " ".join(lines).lower()


def check_certificates():
    for domain, words in (("expired", "expired"), ("wronghost", "mismatch"), ("selfsigned", "self-signed certificate"),
                          ("unknownca", "unable to get local issuer")):
        for number in (993, 995, 465, 443):
            seen = tls_problem(f"mail.{domain}.test", number)
            check(f"{domain}.test:{number} is {words}", words in seen, seen)
    for number in (993, 995, 465):
        seen = tls_problem("box8.domainonly.test", number)
        check(f"domainonly.test:{number} is mismatch", "mismatch" in seen, seen)
    for host, number in (("imap.practice.test", 993), ("out.wellknown.test", 465), ("box7.srv.test", 995),
                         ("pop.pop.test", 995), ("autoconfig.practice.test", 443)):
        seen = tls_problem(host, number)
        check(f"{host}:{number} is trusted", seen == "verification: ok", seen)


def fetch(host, path):
    with socket.create_connection((host, 443), timeout=5) as plain:
        with ssl.create_default_context().wrap_socket(plain, server_hostname=host) as secure:
            secure.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            return b"".join(iter(lambda: secure.recv(4096), b""))


def check_web():
    well_known = "/.well-known/autoconfig/mail/config-v1.1.xml"
    for host, path, words in (
            ("autoconfig.practice.test", "/mail/config-v1.1.xml?emailaddress=taro%40practice.test", b"imap.practice.test"),
            ("wellknown.test", well_known, b"%EMAILLOCALPART%"), ("autoconfig.pop.test", "/mail/config-v1.1.xml", b"pop.pop.test"),
            ("autoconfig.hoster.test", "/mail/config-v1.1.xml", b"box1.hoster.test"),
            ("ua-auto-config.pacc.test", "/.well-known/user-agent-configuration.json", b"box.pacc.test"),
            ("autodiscover.autodiscover.test", "/autodiscover/autodiscover.json?Email=x", b"AutodiscoverV1"),
            ("ispdb.test", "/listed.test", b"%EMAILLOCALPART%"), ("ispdb.test", "/hosted.test", b"404 "),
            ("guess.test", well_known, b"404 "), ("nothing.test", well_known, b"404 "),
            ("practice.test", "/../../users", b"404 ")):
        seen = fetch(host, path)
        check(f"https://{host}{path}", words in seen, seen)


def check_open_web():
    with socket.create_connection(("autoconfig.open.test", 80), timeout=5) as plain:
        plain.sendall(b"GET /mail/config-v1.1.xml HTTP/1.1\r\nHost: autoconfig.open.test\r\nConnection: close\r\n\r\n")
        seen = b"".join(iter(lambda: plain.recv(4096), b""))
    check("http://autoconfig.open.test", b"box3.open.test" in seen, seen)
    with open(os.environ["LAB_DIR"] + "/web.log") as log:
        check("the log of the web servers has it", "http GET autoconfig.open.test /mail/config-v1.1.xml\n" in log)
    check("https is closed there", connect("autoconfig.open.test", 443) == "ConnectionRefusedError")


def connect(host, number, seconds=2):
    try:
        socket.create_connection((host, number), timeout=seconds).close()
        return "open"
    except OSError as problem:
        return type(problem).__name__


def check_broken_hosts():
    for host, expected in (("imap.refused.test", "ConnectionRefusedError"), ("imap.silent.test", "TimeoutError"),
                           ("imap.pop.test", "ConnectionRefusedError"), ("imap.other.test", "open")):
        for number in (143, 993):
            seen = connect(host, number, 0.3 if "silent" in host else 2)
            check(f"{host}:{number}", seen == expected, seen)
    with socket.create_connection(("imap.other.test", 143), timeout=5) as other:
        check("other.test speaks SSH", other.recv(100).startswith(b"SSH-2.0"))


def check_stranger():
    session = imaplib.IMAP4(HOST, port("IMAP"))
    check("no password without TLS", b"LOGINDISABLED" in session.welcome, session.welcome)
    session.shutdown()
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o500)
        check("even root may not write to a read-only folder", not os.access(folder, os.W_OK))


def check_delay():
    """No packet may come early, the very first not either; how late it is depends on the machine."""
    for turn in ("first", "second", "third"):
        start = time.monotonic()
        address = socket.gethostbyname("imap.practice.test")
        named = time.monotonic()
        seen = connect(address, 993, 60)
        connected = time.monotonic()
        for what, spent in (("name", named - start), ("connection", connected - named)):
            check(f"the {turn} {what} takes a round trip of 50 ms", spent >= 0.05, f"{spent * 1000:.1f} ms")
        check(f"the {turn} host answers", seen == "open", seen)


def main():
    if sys.argv[1:] == ["delay"]:
        check_delay()
        return 1 if failures else 0
    check_seed()
    check_delivery()
    check_refusals()
    if os.environ["LAB_MODE"] == "namespace":
        check_names()
        check_certificates()
        check_web()
        check_open_web()
        check_broken_hosts()
        check_stranger()
    else:
        providers = os.environ["LAB_PROVIDER_DIR"]
        with open(os.path.join(providers, "practice.test.xml"), encoding="utf-8") as provider:
            check("a provider file", os.environ["LAB_IMAPS"] in provider.read())
    return 1 if failures else 0


sys.exit(main())
