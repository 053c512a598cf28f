#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""discover and probe as far as they need no network; clients, check, history without anything to find."""
import os
import resource
import signal
import socket
import subprocess
import threading

from ctl import COMMAND, DONE, UNREACHABLE, USAGE, Home, Skip, case, check_error, environment, keys, main, run

CONFIG = """<clientConfig version="1.1"><emailProvider id="example.test"><domain>example.test</domain>
<incomingServer type="pop3"><hostname>pop.example.test</hostname><port>995</port><socketType>SSL</socketType>
<username>%EMAILLOCALPART%</username><authentication>password-cleartext</authentication></incomingServer>
<incomingServer type="imap"><hostname>imap.example.test</hostname><port>993</port><socketType>SSL</socketType>
<username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></incomingServer>
<outgoingServer type="smtp"><hostname>smtp.example.test</hostname><port>587</port>
<socketType>STARTTLS</socketType><username>%EMAILADDRESS%</username>
<authentication>password-cleartext</authentication></outgoingServer></emailProvider></clientConfig>
"""


def discover(home, address, *args, rc=DONE):
    return run("discover", "--no-network", "--format=json", address, *args, home=home).expect(rc).json()


@case
def provider_file():
    """a provider file gives all servers, with their source and trust"""
    with Home() as home:
        home.write("providers/example.test.xml", CONFIG)
        found = discover(home, "taro@example.test", f"--provider-dir={home.path}/providers")
        keys(found, "address", "domain", "candidates", "chosen", "sources", "instructions", "first_usable_ms",
             "probed_ms", "signed_in_ms", "elapsed_ms")
        imap, pop, smtp = (found["chosen"][protocol] for protocol in ("imap", "pop3", "smtp"))
        for server in imap, pop, smtp:
            keys(server, "protocol", "host", "port", "security", "username", "auth", "sources", "trust", "probe")
            assert server["trust"] == "local" and server["sources"] == ["file"] and server["probe"] is None
        assert (imap["host"], imap["port"], imap["security"]) == ("imap.example.test", 993, "tls")
        assert (pop["username"], smtp["security"]) == ("taro", "starttls")
        assert len(found["candidates"]) == 3
        outcomes = {source["id"]: source["outcome"] for source in found["sources"]}
        assert outcomes["file"] == "found" and outcomes["srv"] == outcomes["guess"] == "skipped", outcomes


@case
def usual_folder():
    """the person's own folder of provider files is looked at without being named"""
    with Home() as home:
        home.write(".config/restante/providers.d/example.test.xml", CONFIG)
        assert discover(home, "taro@example.test")["chosen"]["imap"]["host"] == "imap.example.test"


@case
def provider_facts():
    """what the list of providers knows beside the servers is told with where it was read, and in words"""
    with Home() as home:
        found = discover(home, "taro@aa9.so-net.ne.jp")
        facts = {fact["kind"]: fact for fact in found["provider_facts"]}
        assert {kind: fact["value"] for kind, fact in facts.items()} == {"quota": 3000000000, "expires": 730}, facts
        for fact in facts.values():
            keys(fact, "kind", "value", "text", "source", "checked")
            assert fact["text"] in found["instructions"], found["instructions"]
            detail, = (source["detail"] for source in found["sources"] if source["id"] == "list")
            assert fact["source"] in detail and fact["checked"] in detail, detail
        assert discover(home, "taro@example.test", rc=UNREACHABLE)["provider_facts"] == []
        text = run("discover", "--no-network", "taro@aa9.so-net.ne.jp", home=home).expect(DONE).out
        assert "730 days" in text and "nuro.jp" in text, text


@case
def mistyped():
    """a domain that looks mistyped is told on standard error and in the result, and looked up all the same"""
    with Home() as home:
        result = run("discover", "--no-network", "--format=json", "Taro@gmial.com", home=home).expect(UNREACHABLE)
        assert result.json()["suggestion"] == "Taro@gmail.com"
        result.says("Did you mean Taro@gmail.com?")
        run("discover", "--no-network", "taro@gmial.com", home=home).expect(UNREACHABLE).says("Did you mean taro@gmail")
        for honest in "taro@gmail.com", "taro@ymail.com":
            result = run("discover", "--no-network", "--format=json", honest, home=home).expect(DONE)
            assert result.json()["suggestion"] is None and "Did you mean" not in result.err, result.err


@case
def probe_in_the_browser():
    """a sign-in in the browser needs a name, no password, and a file that names the server"""
    server = "imaps://imap.example.test"
    run("probe", server, "--browser").expect(USAGE).says("--user=NAME")
    run("probe", server, "--browser", "--user=taro", "--password-stdin", stdin="x\n").expect(USAGE).says("Either")
    run("probe", server, "--browser", "--user=taro").expect(UNREACHABLE).says("No settings file", "imap.example.test")
    with Home() as home:
        home.write("providers/example.test.xml", CONFIG)
        run("probe", server, "--browser", "--user=taro", f"--provider-dir={home.path}/providers",
            home=home).expect(UNREACHABLE).says("No settings file on this computer")


@case
def nothing_found():
    """nothing found ends with 5, still prints the result, and says what to try"""
    with Home() as home:
        found = discover(home, "taro@example.test", rc=UNREACHABLE)
        assert found["chosen"] == {"imap": None, "pop3": None, "smtp": None} and found["candidates"] == []
        check_error(found["error"], "net")
        run("discover", "--no-network", "taro@example.test", home=home).expect(UNREACHABLE).says("taro@example.test")


@case
def addresses():
    """address and domain are as they would be looked up; what cannot be one ends with 2"""
    with Home() as home:
        found = discover(home, "Taro@BÜCHER.example", rc=UNREACHABLE)
        assert (found["address"], found["domain"]) == ("Taro@xn--bcher-kva.example", "xn--bcher-kva.example")
        for wrong in "taro", "@example.org", "taro@", "taro@localhost", "a b@example.org", "taro@[192.0.2.1]", \
                "taro@exa mple.org", "taro@-x.org", "taro@example..org":
            result = run("discover", "--no-network", wrong, home=home).expect(USAGE)
            assert result.out == "", wrong


@case
def sources():
    """an unknown source ends with 2 and lists those that exist"""
    run("discover", "--no-network", "--source=moon", "a@example.test").expect(USAGE).says("moon", "isp", "srv", "guess")


@case
def broken_provider_file():
    """a provider file that makes no sense is no answer"""
    with Home() as home:
        for text in "", "<clientConfig", "<!DOCTYPE x [<!ENTITY a 'b'>]>" + CONFIG, CONFIG.replace("993", "70000"):
            home.write("p/example.test.xml", text)
            found = run("discover", "--no-network", "--format=json", "a@example.test", f"--provider-dir={home.path}/p",
                        home=home).json()
            assert found["chosen"]["imap"] is None, text


@case
def sign_in_needs_consent():
    """a sign-in needs a password, approved hosts and the network"""
    run("discover", "--sign-in", "a@example.test").expect(USAGE).says("--password-stdin")
    run("discover", "--sign-in", "--password-stdin", "a@example.test", stdin="x\n").expect(USAGE).says("--approve")
    run("discover", "--sign-in", "--no-network", "--approve=any", "--password-stdin", "a@example.test",
        stdin="x\n").expect(USAGE)


def listen(talk):
    """A server on this computer that does talk(connection) once; returns its port."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = server.accept()
        with connection, server:
            try:
                talk(connection)
            except OSError:
                pass
    threading.Thread(target=serve, daemon=True).start()
    return server.getsockname()[1]


def probe(*args, rc=UNREACHABLE, **options):
    probes = run("probe", "--format=json", *args, **options).expect(rc).json()["probes"]
    for one in probes:
        keys(one, "url", "reachable", "tls", "capabilities", "auth", "greeting", "facts", "signed_in", "error", "ms")
    return probes


@case
def probe_refused():
    """a closed port is reported as net, in the order of the command line, and ends with 5"""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    urls = f"imaps://127.0.0.1:{port}", f"pop3s://127.0.0.1:{port}", f"submission://127.0.0.1:{port}"
    probes = probe(*urls)
    assert [one["url"] for one in probes] == list(urls)
    for one in probes:
        check_error(one["error"], "net")
        assert not one["reachable"]


@case
def probe_something_else():
    """a server that speaks something else is reported as proto, and says what to try"""
    port = listen(lambda c: (c.sendall(b"SSH-2.0-OpenSSH_9.2\r\n"), c.recv(1)))
    check_error(probe(f"imap://127.0.0.1:{port}")[0]["error"], "proto")
    port = listen(lambda c: (c.sendall(b"SSH-2.0-OpenSSH_9.2\r\n"), c.recv(1)))
    out = run("probe", f"imap://127.0.0.1:{port}").expect(UNREACHABLE).out
    assert "What to try" in out and "Check the server name" in " ".join(out.split()), out


@case
def probe_no_encryption():
    """a server without encryption is reported as notls; no password is sent"""
    heard = []

    def talk(connection):
        connection.sendall(b"+OK ready\r\n")
        while data := connection.recv(1000):
            heard.append(data)
            connection.sendall(b"+OK\r\nUSER\r\n.\r\n" if b"CAPA" in data else b"-ERR no\r\n")
    port = listen(talk)
    one = probe(f"pop3://127.0.0.1:{port}", "--user=taro", "--password-stdin", stdin="secret-word\n")[0]
    check_error(one["error"], "notls")
    assert not one["signed_in"] and b"secret-word" not in b"".join(heard) and b"taro" not in b"".join(heard)


@case
def probe_timeout():
    """--timeout ends a probe of a silent server"""
    port = listen(lambda c: c.recv(1000))
    one = probe(f"imap://127.0.0.1:{port}", "--timeout=1", timeout=20)[0]
    assert one["error"]["kind"] in ("net", "proto") and 800 <= one["ms"] < 5000, one


@case
def probe_interrupted():
    """Ctrl+C ends with 4"""
    port = listen(lambda c: c.recv(1000))
    with Home() as home:
        process = subprocess.Popen([COMMAND, "probe", f"imap://127.0.0.1:{port}"], env=environment(home),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(1)
        except subprocess.TimeoutExpired:
            process.send_signal(2)
        assert process.wait(5) == 4


def dumps_core(command, folder, wait, **options):
    """Whether the kernel makes a picture of its memory when the command crashes."""
    def no_limit():
        _, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    with subprocess.Popen(command, cwd=folder, preexec_fn=no_limit, stdin=subprocess.PIPE,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options) as process:
        process.stdin.write(b"secret-word\n")
        process.stdin.flush()
        assert wait(), "it did not come so far"
        process.send_signal(signal.SIGSEGV)
        _, status = os.waitpid(process.pid, 0)
        process.returncode = -os.WTERMSIG(status)
    return os.WCOREDUMP(status)


@case
def no_core():
    """a crash while the password is in memory leaves no picture of it"""
    asked = threading.Event()

    def talk(connection):
        connection.sendall(b"* OK ready\r\n")
        connection.recv(1000)
        asked.set()
        connection.recv(1000)
    with Home() as home:
        if not dumps_core(["sleep", "60"], home.path, lambda: True):
            raise Skip("no program dumps core here")
        command = [COMMAND, "probe", f"imap://127.0.0.1:{listen(talk)}", "--user=taro", "--password-stdin"]
        assert not dumps_core(command, home.path, lambda: asked.wait(30), env=environment(home))


@case
def probe_usage():
    """wrong URLs, times and passwords without a name end with 2"""
    for args in [], ["ftp://example.test"], ["imaps://"], ["imaps://host:0"], ["imaps://a b"], ["imap.example.test"], \
            ["imaps://h.test", "--timeout=-1"], ["imaps://h.test", "--timeout=x"], \
            ["imaps://h.test", "--password-stdin"], ["imaps://h.test", "--user=taro"], \
            ["imaps://h.test", "--ca-file=/does/not/exist"]:
        result = run("probe", *args).expect(USAGE)
        assert result.out == "" and result.err, args


@case
def passwords_that_cannot_be():
    """a password with a nul byte or another control character, or none, ends with 2 and is not repeated"""
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"imaps://127.0.0.1:{server.getsockname()[1]}"
        for password in "swordfish\0", "\0swordfish", "sword\rfish", "swordfish\x7f", "swordfish\x1b", "":
            result = run("probe", url, "--user=taro", "--password-stdin", stdin=password + "\n").expect(USAGE)
            assert result.out == "" and "password" in result.err and "fish" not in result.err, result.err
        server.setblocking(False)
        try:
            server.accept()
            raise AssertionError("somebody came")
        except BlockingIOError:
            pass


@case
def empty_home():
    """clients, check and history work where nothing was ever set up"""
    with Home() as home:
        clients = run("clients", "--format=json", home=home).expect(DONE).json()["clients"]
        assert {client["id"] for client in clients} >= {"mbsync", "msmtp", "fetchmail"}
        for client in clients:
            keys(client, "id", "name", "installed", "imap", "pop", "profiles", "error")
            assert not any(profile["accounts"] for profile in client["profiles"])
        assert run("check", "--format=json", home=home).expect(DONE).json()["mailboxes"] == []
        assert run("history", "--format=json", home=home).expect(DONE).json()["history"] == []
        for verb in "clients", "check", "history":
            assert run(verb, home=home).expect(DONE).out
        run("undo", home=home).expect(USAGE).says("nothing to take back")
        run("undo", "20000101-000000-1", home=home).expect(USAGE)
        assert home.state() == {}


@case
def check_described_devices():
    """a device that empties the server beside one that reads there is a conflict: code 6"""
    mixed = run("check", "--format=json", "taro@example.test", "--device=PC:computer:pop:remove",
                "--device=Phone:phone:imap").expect(6).json()["mailboxes"][0]
    assert mixed["conflict"] and mixed["severity"] in ("caution", "will-lose"), mixed
    assert mixed["findings"] and {choice["id"] for choice in mixed["choices"]} >= {"imap-everywhere", "leave"}
    alike = run("check", "--format=json", "taro@example.test", "--device=PC:computer:imap",
                "--device=Phone:phone:imap").expect(DONE).json()["mailboxes"][0]
    assert not alike["conflict"]
    assert "Phone" in run("check", "taro@example.test", "--device=PC:computer:pop:remove", "--device=Phone:phone:imap").out
    run("check", "--device=PC:computer:imap").expect(USAGE)
    run("check", "taro@example.test", "--device=PC").expect(USAGE)


main()
