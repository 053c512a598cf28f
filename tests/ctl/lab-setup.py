#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole job in the laboratory, with real servers, a password store and real programs.

Run by tests/lab/lab; see meson.build beside this file."""
import os
import pathlib
import shutil
import subprocess
import threading
import time

from ctl import COMMAND, DONE, REFUSED, TOP, UNREACHABLE, Home, Skip, Terminal, case, check_error, environment, main, run

ADDRESS = "taro@practice.test"
PASSWORD = "tegami"
LOOPBACK = os.environ["LAB_MODE"] == "loopback"
# The leak checker itself crashes now and then on resolver threads that end while it looks; leaks are
# looked for where no network is needed.
os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
WHERE = [f"--provider-dir={os.environ['LAB_PROVIDER_DIR']}", f"--ca-file={os.environ['LAB_CA']}"] if LOOPBACK else []


def need(*programs):
    for program in programs:
        if not shutil.which(program):
            raise Skip(f"there is no {program}")


def need_names():
    if LOOPBACK:
        raise Skip("needs namespaces")


def session(home):
    """The prefix that gives a command an unlocked password store of its own."""
    need("dbus-run-session", "gnome-keyring-daemon")
    return [TOP / "build-aux/with-session", home.path]


def with_store(home, *args, stdin=PASSWORD + "\n", **options):
    return run(*args, home=home, stdin=stdin, prefix=session(home), **options)


def discover(address, *args, rc=DONE, **options):
    return run("discover", "--format=json", address, *WHERE, *args, **options).expect(rc).json()


@case
def discover_domains():
    """each domain's servers are found, by the source that has them"""
    need_names()
    for domain, source, protocols in (("practice", "isp", "imap pop3 smtp"), ("wellknown", "wellknown", "imap smtp"),
                                      ("srv", "srv", "imap smtp"), ("guess", "guess", "imap pop3 smtp"),
                                      ("pop", "isp", "pop3 smtp")):
        found = discover(f"taro@{domain}.test")
        for protocol in protocols.split():
            server = found["chosen"][protocol]
            assert server and source in server["sources"], (domain, protocol, server)
            assert server["probe"]["tls"]["verified"] and server["probe"]["error"] is None
        assert found["first_usable_ms"] <= found["probed_ms"] <= found["elapsed_ms"], found
    assert discover("taro@pop.test")["chosen"]["imap"] is None
    trust = {domain: discover(f"taro@{domain}.test")["chosen"]["imap"]["trust"] for domain in ("practice", "srv", "guess")}
    assert trust == {"practice": "provider", "srv": "dns", "guess": "guess"}, trust


def asked_openly():
    """What the web servers were asked without TLS until now."""
    return [line for line in (pathlib.Path(os.environ["LAB_DIR"]) / "web.log").read_text().splitlines()
            if line.startswith("http ")]


@case
def discover_unprotected():
    """a settings file over plain http is asked only with consent, without the address, after all else"""
    need_names()
    before = asked_openly()
    found = discover("taro@open.test", rc=UNREACHABLE)
    assert found["chosen"]["imap"] is None and asked_openly() == before, asked_openly()
    assert [s["outcome"] for s in found["sources"] if s["id"] == "http"] == ["skipped"], found["sources"]
    # Where something better works, consent changes nothing.
    discover("taro@practice.test", "--allow-http")
    assert asked_openly() == before
    found = discover("taro@open.test", "--allow-http")
    assert asked_openly() == before + ["http GET autoconfig.open.test /mail/config-v1.1.xml"], asked_openly()
    for protocol, host in (("imap", "box3.open.test"), ("smtp", "out3.hoster.test")):
        server = found["chosen"][protocol]
        assert server["host"] == host and server["trust"] == "insecure" and server["sources"] == ["http"], server
        assert server["probe"]["tls"]["verified"], server
    # The host of a stranger gets no password unless somebody says so; nor does the other one.
    for approve in ("box3.open.test", "imap.practice.test"):
        refused = run("discover", "taro@open.test", "--allow-http", "--sign-in", f"--approve={approve}", "--password-stdin",
                      stdin=PASSWORD + "\n").expect(UNREACHABLE)
        refused.says("out3.hoster.test", "unprotected connection")
        assert ("box3.open.test: " in refused.err) == (approve != "box3.open.test"), refused.err
    signed = discover("taro@open.test", "--allow-http", "--sign-in", "--approve=box3.open.test,out3.hoster.test",
                      "--password-stdin", stdin=PASSWORD + "\n")
    assert signed["chosen"]["imap"]["probe"]["signed_in"] and signed["chosen"]["smtp"]["probe"]["signed_in"]


@case
def setup_asks_before_unprotected():
    """setup on a terminal asks before it asks over http; no means that no request leaves"""
    need_names()
    with Home() as home:
        for answer, status in (("n", UNREACHABLE), ("y", None)):
            before = asked_openly()
            terminal = Terminal(home, "setup", "taro@open.test", "--mode=imap", "--client=msmtp", "--no-secret", "--dry-run")
            terminal.wait_for("unprotected")
            assert asked_openly() == before
            terminal.type(answer + "\n")
            if status is not None:
                assert terminal.finish() == status, terminal.seen
            else:
                terminal.finish()
                assert "box3.open.test" in terminal.seen or "out3.hoster.test" in terminal.seen, terminal.seen
            assert (asked_openly() != before) == (answer == "y"), terminal.seen


@case
def discover_nothing():
    """domains without a usable server end with 5, each for its own reason, within bounds"""
    need_names()
    for domain, kind in (("expired", "cert"), ("wronghost", "cert"), ("selfsigned", "cert"), ("unknownca", "cert"),
                         ("nothing", "net"), ("nosuch", "net"), ("refused", "net"), ("servfail", "net")):
        start = time.monotonic()
        found = discover(f"taro@{domain}.test", rc=UNREACHABLE)
        assert found["chosen"]["imap"] is None and found["error"]["kind"] == kind, (domain, found["error"])
        assert time.monotonic() - start < 15, domain


@case
def certificate_of_the_domain():
    """a certificate for the mail domain does not do for the host that its records name, and both are said"""
    need_names()
    found = discover("taro@domainonly.test", rc=UNREACHABLE)
    assert not any(found["chosen"].values()), found["chosen"]
    probed = [one for one in found["candidates"] if one["probe"]]
    assert {one["protocol"] for one in probed} == {"imap", "pop3", "smtp"}, found["candidates"]
    for one in probed:
        assert one["host"] == "box8.domainonly.test" and one["probe"]["tls"]["problems"] == ["bad-identity"], one
        check_error(one["probe"]["error"], "cert")
        assert "not for box8.domainonly.test but for domainonly.test" in one["probe"]["error"]["text"], one
    with Home() as home:
        run("setup", "taro@domainonly.test", "--client=mbsync", "--mode=imap", "--yes", "--approve=any", "--password-stdin",
            stdin=PASSWORD + "\n", home=home).expect(UNREACHABLE)
        assert home.state() == {}


@case
def probe_broken():
    """broken certificates, other services and silence are told apart"""
    need_names()
    hosts = {"mail.expired.test": "expired", "mail.wronghost.test": "bad-identity",
             "mail.selfsigned.test": "unknown-ca", "mail.unknownca.test": "unknown-ca"}
    urls = [f"{scheme}://{host}" for host in hosts for scheme in ("imaps", "imap", "pop3s", "submission")]
    probes = run("probe", "--format=json", *urls).expect(UNREACHABLE).json()["probes"]
    assert [one["host"] for one in probes] == [host for host in hosts for _ in range(4)]
    for one in probes:
        check_error(one["error"], "cert")
        assert hosts[one["host"]] in one["tls"]["problems"] and not one["tls"]["verified"], one
    other = run("probe", "--format=json", *(f"{scheme}://other.test" for scheme in
                ("imap", "imaps", "pop3", "pop3s", "submission")), "--timeout=5").expect(UNREACHABLE).json()["probes"]
    assert all(one["error"]["kind"] in ("proto", "notls", "net") for one in other), other


@case
def probe_good():
    """a good server is described in full, and lets us in with the right password"""
    if LOOPBACK:
        urls = [f"imaps://localhost:{os.environ['LAB_IMAPS']}", f"pop3://localhost:{os.environ['LAB_POP3']}",
                f"submissions://localhost:{os.environ['LAB_SUBMISSIONS']}"]
    else:
        urls = ["imaps://imap.practice.test", "pop3://pop.practice.test", "submissions://smtp.practice.test"]
    args = ["probe", "--format=json", *urls, "--user=taro@practice.test", "--password-stdin"]
    args += [f"--ca-file={os.environ['LAB_CA']}"]
    probes = run(*args, stdin=PASSWORD + "\nnot this line\n").expect(DONE).json()["probes"]
    for one in probes:
        assert one["reachable"] and one["signed_in"] and one["error"] is None, one
        assert one["tls"]["verified"] and one["tls"]["version"].startswith("TLS 1.") and one["tls"]["not_after"]
        assert one["tls"]["chain"] == ["Restante laboratory"] and one["tls"]["not_before"] < one["tls"]["not_after"]
        assert (one["facts"]["key-kind"], one["facts"]["key-bits"]) == ("EC", "256")
        assert one["capabilities"] and one["auth"]
    assert probes[0]["facts"]["messages"].isdigit(), probes[0]


@case
def discover_and_sign_in():
    """--sign-in checks the password at the approved hosts only"""
    found = discover(ADDRESS, "--sign-in", "--approve=any", "--password-stdin", stdin=PASSWORD + "\n")
    assert found["signed_in_ms"] is not None and found["chosen"]["imap"]["probe"]["signed_in"]
    assert found["chosen"]["smtp"]["probe"]["signed_in"]
    found = discover(ADDRESS, "--sign-in", "--approve=imap.somebody-else.test", "--password-stdin",
                     stdin=PASSWORD + "\n", rc=UNREACHABLE)
    assert found["signed_in_ms"] is None and not found["chosen"]["imap"]["probe"]["signed_in"]


def refusals():
    """How often the server has refused a password, as its log has it."""
    return pathlib.Path(os.environ["LAB_LOG"]).read_text(errors="replace").count("Password mismatch")


@case
def wrong_password():
    """a wrong password ends with 5, after one attempt, with every file as before"""
    with Home() as home:
        before, tried = home.state(), refusals()
        result = with_store(home, "setup", ADDRESS, *WHERE, "--client=mbsync", "--mode=imap", "--yes", "--approve=any",
                            "--password-stdin", "--format=json", stdin="wrong\n").expect(UNREACHABLE)
        check_error(result.json()["error"], "auth")
        result.says("password")
        assert refusals() == tried + 1
        assert {name: value for name, value in home.state().items() if ".local" not in name} == before
        assert run("history", "--format=json", home=home).json()["history"] == []


def set_up(home, *args, address=ADDRESS, **options):
    return with_store(home, "setup", address, *WHERE, "--yes", "--password-stdin", *args, **options)


def lookup(home, *attributes):
    done = subprocess.run([*map(str, session(home)), "secret-tool", "lookup", *attributes], text=True,
                          capture_output=True, env=environment(home))
    return done.stdout


@case
def mbsync_fetches():
    """setup for mbsync and msmtp: msmtp sends, mbsync fetches it; undo restores all"""
    need("mbsync", "msmtp", "secret-tool")
    with Home() as home:
        home.write(".mbsyncrc", "# mine\n", 0o640)
        before = home.path.joinpath(".mbsyncrc").read_bytes()
        result = set_up(home, "--client=mbsync,msmtp", "--mode=imap", "--format=json").expect(DONE).json()
        assert result["signed_in"] and result["undo"] and result["written"], result
        subject = f"From the test {os.getpid()}"
        message = f"From: {ADDRESS}\nTo: {ADDRESS}\nSubject: {subject}\n\nHello\n"
        script = home.write("fetch.sh", "set -e\nprintf '%s' \"$MESSAGE\" | msmtp --read-envelope-from --read-recipients\n"
                            "for i in 1 2 3 4 5; do mbsync --all && grep -rqF \"$SUBJECT\" \"$HOME/Mail\" && exit 0; "
                            "sleep 1; done; exit 1\n")
        done = subprocess.run([*map(str, session(home)), "sh", str(script)], capture_output=True, text=True,
                              env=environment(home, MESSAGE=message, SUBJECT=subject), timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
        assert len(list((home.path / "Mail").rglob("*:2,*"))) + len(list((home.path / "Mail").rglob("new/*"))) >= 6
        with_store(home, "undo", stdin="").expect(DONE)
        rc = home.path / ".mbsyncrc"
        assert rc.read_bytes() == before and rc.stat().st_mode & 0o777 == 0o640
        assert not (home.path / ".msmtprc").exists()


@case
def quoting():
    """a password full of quotes, and its user, come through to mbsync"""
    need("mbsync", "secret-tool")
    with Home() as home:
        set_up(home, "--client=mbsync", "--mode=imap", address="hanako@practice.test",
               stdin="sa kura \"#$%'\\`&!\n").expect(DONE)
        done = subprocess.run([*map(str, session(home)), "mbsync", "--all"], capture_output=True, text=True,
                              env=environment(home), timeout=60)
        assert done.returncode == 0, done.stderr


@case
def second_setup():
    """a second setup changes nothing and wants no password"""
    with Home() as home:
        set_up(home, "--client=mbsync,msmtp", "--mode=imap").expect(DONE)
        written = home.state()
        run("setup", ADDRESS, *WHERE, "--client=mbsync,msmtp", "--mode=imap", "--yes", home=home) \
            .expect(DONE).says("nothing to change")
        same = {name: value for name, value in home.state().items() if "keyrings" not in name}
        assert same == {name: value for name, value in written.items() if "keyrings" not in name}


SECRETS = ["service", "imap", "host", "localhost" if LOOPBACK else "imap.practice.test", "user", ADDRESS]
USERS = pathlib.Path(os.environ["LAB_DIR"]) / "users"


class NewPassword:
    """While it lasts, the provider has another password for taro."""

    def __init__(self, password):
        self.before = USERS.read_text()
        self.after = self.before.replace(f"taro:{{PLAIN}}{PASSWORD}:", f"taro:{{PLAIN}}{password}:")
        assert self.after != self.before, self.before

    def write(self, users):
        USERS.write_text(users)
        time.sleep(1.1)  # Dovecot looks at the file once a second

    def __enter__(self):
        self.write(self.after)

    def __exit__(self, *_error):
        self.write(self.before)


@case
def new_password():
    """after the password changed at the provider, setup stores the new one, and undo the old one"""
    need("secret-tool")
    programs = "--client=mbsync,msmtp"
    with Home() as home:
        set_up(home, programs, "--mode=imap").expect(DONE)
        set_up(home, programs, "--mode=imap").expect(DONE).says("nothing to change")
        files = {name: value for name, value in home.state().items() if ".local" not in name and "keyrings" not in name}
        with NewPassword("kippu"):
            again = set_up(home, programs, "--mode=imap", "--format=json", stdin="kippu\n").expect(DONE).json()
            assert again["signed_in"] and again["undo"] and not again["edits"], again
            assert lookup(home, *SECRETS) == "kippu"
            assert files == {name: value for name, value in home.state().items()
                             if ".local" not in name and "keyrings" not in name}
            assert b"kippu" not in b"".join(path.read_bytes() for path in home.path.rglob("*")
                                            if path.is_file() and "keyrings" not in path.parts)
            set_up(home, programs, "--mode=imap", stdin="kippu\n").expect(DONE).says("nothing to change")
        assert run("history", "--format=json", home=home).expect(DONE).json()["history"][0]["id"] == again["undo"]
        with_store(home, "undo", stdin="").expect(DONE)
        assert lookup(home, *SECRETS) == PASSWORD
        with_store(home, "undo", stdin="").expect(DONE)
        assert lookup(home, *SECRETS) == ""


@case
def new_password_is_asked_for():
    """on a terminal, a second setup asks whether there is a new password, and takes no for an answer"""
    with Home() as home:
        args = ["setup", ADDRESS, *WHERE, "--client=mbsync", "--mode=imap"]
        set_up(home, "--client=mbsync", "--mode=imap").expect(DONE)
        before = home.path.joinpath(".mbsyncrc").read_bytes()
        program, *prefix = session(home)
        terminal = Terminal(home, *prefix, COMMAND, *args, program=program)
        terminal.wait_for("Is there a new password to store?")
        terminal.type("no\n")
        assert terminal.finish() == DONE
        assert "nothing to change" in " ".join(terminal.seen.split()), terminal.seen
        assert home.path.joinpath(".mbsyncrc").read_bytes() == before


@case
def mistyped_password():
    """on a terminal, a refused password is asked for once more, and no further"""
    for second, status, refused in ((PASSWORD, DONE, 1), ("wrong again", UNREACHABLE, 2)):
        with Home() as home:
            before = refusals()
            program, *prefix = session(home)
            terminal = Terminal(home, *prefix, COMMAND, "setup", ADDRESS, *WHERE, "--client=mbsync", "--mode=imap",
                                "--yes", program=program)
            terminal.wait_for(f"Password of {ADDRESS}")
            terminal.type("wrong\n")
            while terminal.seen.count(f"Password of {ADDRESS}") < 2:
                assert terminal.read(), terminal.seen
            terminal.type(second + "\n")
            assert terminal.finish() == status, terminal.seen
            assert refusals() == before + refused
            assert (home.path / ".mbsyncrc").exists() == (status == DONE)


@case
def guessed_host_needs_consent():
    """--yes alone does not give the password to a guessed host"""
    need_names()
    with Home() as home:
        result = set_up(home, "--client=mbsync", "--mode=imap", address="taro@guess.test").expect(UNREACHABLE)
        result.says("--approve=imap.guess.test")
        assert not (home.path / ".mbsyncrc").exists()
        set_up(home, "--client=mbsync", "--mode=imap", "--approve=imap.guess.test,smtp.guess.test",
               address="taro@guess.test").expect(DONE)


@case
def no_store():
    """without a password store setup ends with 7 and says how to go on; --no-secret does"""
    with Home() as home:
        options = ["setup", ADDRESS, *WHERE, "--client=mbsync", "--mode=imap", "--yes", "--password-stdin"]
        without = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/does/not/exist", "XDG_RUNTIME_DIR": None}
        result = run(*options, "--format=json", home=home, stdin=PASSWORD + "\n", **without).expect(REFUSED)
        check_error(result.json()["error"], "store")
        result.says("--no-secret")
        assert home.state() == {}
        run(*options, "--no-secret", home=home, stdin=PASSWORD + "\n", **without).expect(DONE)
        assert (home.path / ".mbsyncrc").exists()


@case
def pop_only():
    """a provider with POP only forces POP, and says so; copies stay for as long as it suggests"""
    need_names()
    with Home() as home:
        result = run("setup", "taro@pop.test", "--client=fetchmail", "--devices=several", "--dry-run", "--format=json",
                     home=home).expect(DONE).json()
        assert result["mode"] == "pop" and result["advice"]["sureness"] == "forced" and result["leave_days"] == 21


@case
def broken_servers():
    """an expired certificate, no answer, another service: code 5, the right kind, nothing written"""
    need_names()
    for domain, kind in ("expired", "cert"), ("refused", "net"), ("other", "proto"), ("nothing", "net"):
        with Home() as home:
            result = run("setup", f"taro@{domain}.test", "--client=mbsync", "--mode=imap", "--yes", "--approve=any",
                         "--password-stdin", "--format=json", stdin=PASSWORD + "\n", home=home).expect(UNREACHABLE)
            error = result.json()["error"]
            assert error["kind"] == kind, (domain, error)
            assert error["try"] and result.err and home.state() == {}, domain


@case
def read_only_home():
    """a home folder that cannot be written ends with 7, says so, and leaves every file as before"""
    if os.geteuid() == 0:
        raise Skip("root may write everything")
    with Home() as home:
        home.write(".mbsyncrc", "# mine\n")
        (home.path / ".cache").mkdir()
        home.path.chmod(0o500)
        try:
            before = home.state()
            result = run("setup", ADDRESS, *WHERE, "--client=mbsync", "--mode=imap", "--yes", "--no-secret",
                         "--password-stdin", "--format=json", home=home, stdin=PASSWORD + "\n").expect(REFUSED)
            check_error(result.json()["error"], "file")
            result.says("Nothing was set up")
            assert home.state() == before
        finally:
            home.path.chmod(0o700)


@case
def full_disk():
    """a full disk ends with 7, says so, and leaves every file as before"""
    if os.geteuid() != 0 and subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode:
        raise Skip("needs a file system of its own")
    with Home() as home:
        home.write("try.sh", """set -e
mkdir -p "$HOME/small"
mount -t tmpfs -o size=64k none "$HOME/small"
export HOME="$HOME/small"
seq 3000 | sed 's/^/# /' > "$HOME/.mbsyncrc"
(cat /dev/zero > "$HOME/filler") 2>/dev/null || true
cp "$HOME/.mbsyncrc" /tmp/before.$$
status=0
"$@" || status=$?
cmp "$HOME/.mbsyncrc" /tmp/before.$$ || status=99
ls -A "$HOME" | grep -vxE '[.]mbsyncrc|filler|[.]local' >&2 && status=98
rm /tmp/before.$$
exit $status
""")
        (home.path / "run").mkdir(mode=0o700)
        prefix = ["unshare", *([] if os.geteuid() == 0 else ["-r"]), "-m", "sh", home.path / "try.sh"]
        result = run("setup", ADDRESS, *WHERE, "--client=mbsync", "--mode=imap", "--yes", "--no-secret",
                     "--password-stdin", home=home, stdin=PASSWORD + "\n", prefix=prefix,
                     XDG_RUNTIME_DIR=f"{home.path}/run")
        result.expect(REFUSED).says("disk is full", "Nothing was set up")


def watch(process, found):
    """Looks at what others can see of the process while it runs."""
    while process.poll() is None:
        for name in "cmdline", "environ":
            try:
                found.append(pathlib.Path(f"/proc/{process.pid}/{name}").read_bytes())
            except OSError:
                pass
        time.sleep(0.002)


@case
def no_leak():
    """the password is in no output, log, argument, environment, file or error of the command"""
    with Home() as home:
        secret = "Secret-Word-4711"
        for password, debug in ((PASSWORD, {}), (secret, {}), (secret, {"G_MESSAGES_DEBUG": "all", "SOUP_DEBUG": "1"})):
            found = []
            process = subprocess.Popen(
                [COMMAND, "discover", ADDRESS, *WHERE, "--sign-in", "--approve=any", "--password-stdin"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                env=environment(home, **debug))
            watcher = threading.Thread(target=watch, args=(process, found))
            watcher.start()
            out, err = process.communicate(password + "\n", timeout=60)
            watcher.join()
            assert process.returncode == (DONE if password == PASSWORD else UNREACHABLE), err
            assert found and all(password.encode() not in data for data in found)
            if password == secret:
                assert secret not in out and secret not in err
        files = b"".join(path.read_bytes() for path in home.path.rglob("*") if path.is_file())
        assert secret.encode() not in files


@case
def no_secret_in_files():
    """no file that setup writes holds the password, the journal neither"""
    with Home() as home:
        set_up(home, "--client=mbsync,msmtp,fetchmail", "--mode=imap", "--mixing=leave", address="user1@practice.test",
               stdin="password1\n").expect(DONE)
        for path in home.path.rglob("*"):
            if path.is_file():
                assert b"password1" not in path.read_bytes(), path


def without_runtime(home):
    return {name: value for name, value in home.state().items() if not name.startswith("run")}


def set_up_thunderbird_again(home, mode):
    """The same password changes nothing, a new one the store of passwords alone."""
    args = ["setup", ADDRESS, *WHERE, "--client=thunderbird", f"--mode={mode}", "--yes", "--password-stdin"]
    runtime = {"XDG_RUNTIME_DIR": f"{home.path}/run"}
    before = without_runtime(home)
    run(*args, home=home, stdin=PASSWORD + "\n", **runtime).expect(DONE).says("nothing to change")
    assert without_runtime(home) == before
    with NewPassword("kippu"):
        run(*args, home=home, stdin="kippu\n", **runtime).expect(DONE)
    after = without_runtime(home)
    assert [name for name in after if after[name] != before.get(name)] == [".thunderbird/p/logins.json"]
    run("undo", home=home, **runtime).expect(DONE)
    assert without_runtime(home) == before


@case
def thunderbird():
    """Thunderbird gets IMAP, and POP with copies for 14 days, its password store too; undo restores all"""
    for mode, expected in (("imap", 'server1.type", "imap"'), ("pop", 'num_days_to_leave_on_server", 14')):
        with Home() as home:
            home.write(".thunderbird/profiles.ini", "[Profile0]\nName=default\nIsRelative=1\nPath=p\nDefault=1\n")
            prefs = home.write(".thunderbird/p/prefs.js", 'user_pref("a.b", 1);', 0o644)
            home.write("run/x", "")
            before = without_runtime(home)
            result = run("setup", ADDRESS, *WHERE, "--client=thunderbird", f"--mode={mode}", "--yes", "--password-stdin",
                         "--format=json", home=home, stdin=PASSWORD + "\n", XDG_RUNTIME_DIR=f"{home.path}/run")
            done = result.expect(DONE).json()
            assert done["signed_in"] and done["mode"] == mode, done
            assert expected in prefs.read_text() and 'user_pref("a.b", 1);' in prefs.read_text()
            stored = (home.path / ".thunderbird/p/logins.json").exists()
            assert stored or any("asks for the password" in line for line in done["next"]), done["next"]
            assert all(PASSWORD.encode() not in path.read_bytes() for path in home.path.rglob("*")
                       if path.is_file() and "run" not in path.parts)
            if stored:
                set_up_thunderbird_again(home, mode)
            run("undo", home=home, XDG_RUNTIME_DIR=f"{home.path}/run").expect(DONE)
            assert without_runtime(home) == before


@case
def stored_password():
    """--password-secret takes what an earlier setup stored"""
    need("secret-tool")
    with Home() as home:
        set_up(home, "--client=mbsync,msmtp", "--mode=imap").expect(DONE)
        found = with_store(home, "discover", ADDRESS, *WHERE, "--sign-in", "--approve=any", "--password-secret",
                           "--format=json", stdin="").expect(DONE).json()
        assert found["signed_in_ms"] is not None


main()
