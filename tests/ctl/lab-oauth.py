#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sign-in in the browser, with oidc-provider for the issuer and Dovecot's oauth2 behind it, by the
mechanism that the last argument names.

Starts the laboratory with the issuer around itself, where both can be had."""
import os
import pathlib
import re
import subprocess
import sys
import threading

from ctl import (CANCELLED, COMMAND, DONE, TOP, UNREACHABLE, USAGE, Home, Terminal, case, check_error, environment,
                 main, run, Result)

MECHANISM = sys.argv[2].upper()
LAB = TOP / "tests/lab"
PROVIDERS = LAB / "providers"
ADDRESS = "taro@oauth.test"
PAGE = re.compile(r"https://id\.oauth\.test/auth\?\S+")
sys.path.append(str(LAB))


def enter():
    """Goes on inside the laboratory."""
    if subprocess.run([LAB / "lab", "--probe"]).returncode:
        print("1..0 # SKIP needs namespaces")
        sys.exit()
    found = subprocess.run([LAB / "issuer.sh"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if found.returncode:
        print(f"1..0 # SKIP {found.stderr.strip()}")
        sys.exit()
    sys.stdout.flush()
    os.execv(LAB / "lab", [str(LAB / "lab"), f"--issuer={sys.argv[2]}", "--", sys.executable, "-B",
                              __file__, str(COMMAND), sys.argv[2]])


def log():
    return pathlib.Path(os.environ["LAB_LOG"]).read_text()


def browse(command, name=ADDRESS, cancel=False, home=None):
    """Runs restantectl, opens the page that it names, and signs in there."""
    from browser import Browser
    if home is None:
        with Home() as home:
            return browse(command, name, cancel, home)
    child = subprocess.Popen([str(COMMAND), *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, text=True, env=environment(home))
    timer = threading.Timer(60, child.kill)
    timer.start()
    said = ""
    for line in child.stderr:
        said += line
        page = PAGE.search(line)
        if page:
            shown = Browser().sign_in(page.group(), name, cancel)
            assert ("That is all here" in shown) != cancel, shown
            assert ADDRESS not in shown and "code=" not in shown, shown
    out = child.stdout.read()
    child.wait()
    timer.cancel()
    done = Result(command, subprocess.CompletedProcess(command, child.returncode, out, said))
    return done


def discover(*options, providers=PROVIDERS, address=ADDRESS):
    return ["discover", address, "--source=file", f"--provider-dir={providers}", "--format=json", "--sign-in",
            "--browser", "--approve=any", *options]


def other_providers(home, *changes):
    """The provider file with changes, in a folder of its own."""
    text = PROVIDERS.joinpath("oauth.test.xml").read_text()
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    return home.write("providers/oauth.test.xml", text).parent


@case
def described():
    """servers that take tokens only are described, with their issuer, and nothing is asked"""
    found = run("discover", ADDRESS, "--source=file", f"--provider-dir={PROVIDERS}", "--format=json").expect(DONE).json()
    for protocol in "imap", "pop3", "smtp":
        server = found["chosen"][protocol]
        assert server["auth"] == ["oauth2"] and server["issuer"] == "https://id.oauth.test", server
        assert server["probe"]["auth"] == [MECHANISM], server
    text = run("discover", ADDRESS, "--source=file", f"--provider-dir={PROVIDERS}").expect(DONE).out
    assert "In the browser" in text, text


@case
def lets_in():
    """the token from the browser signs in for reading and sending, and is forgotten"""
    done = browse(discover()).expect(DONE)
    found = done.json()
    imap, smtp = found["chosen"]["imap"]["probe"], found["chosen"]["smtp"]["probe"]
    assert imap["signed_in"] and imap["mechanism"] == MECHANISM and imap["facts"]["messages"] == "5", imap
    assert smtp["signed_in"] and smtp["mechanism"] == MECHANISM, smtp
    assert found["signed_in_ms"] > 0 and found["error"] is None, found
    assert len(PAGE.findall(done.err)) == 1, done.err
    for word in "code_challenge=", "code_challenge_method=S256", "state=", "login_hint=taro%40oauth.test":
        assert word in done.err, done.err


@case
def lets_in_by_pop():
    """the same with POP, where no IMAP server is named"""
    with Home() as home:
        folder = other_providers(home, ('type="imap"', 'type="exchange"'))
        found = browse(discover(providers=folder), home=home).expect(DONE).json()
        pop = found["chosen"]["pop3"]["probe"]
        assert pop["signed_in"] and pop["mechanism"] == MECHANISM and pop["facts"]["messages"] == "5", pop


@case
def explicit_addresses():
    """the same where the file names both addresses itself, and the issuer is not asked about them"""
    with Home() as home:
        folder = other_providers(home, ("<scope>", "<authURL>https://id.oauth.test/auth</authURL>"
                                        "<tokenURL>https://id.oauth.test/token</tokenURL><scope>"))
        assert browse(discover(providers=folder), home=home).expect(DONE).json()["signed_in_ms"] > 0


@case
def somebody_else():
    """who signs in as somebody else is refused by the server, and told that"""
    done = browse(discover(), name="hanako@oauth.test").expect(UNREACHABLE)
    check_error(done.json()["error"], "auth")
    assert "was for another account" in done.json()["error"]["text"], done.out


@case
def too_late():
    """a token that has expired is refused by the server, and told as that"""
    with Home() as home:
        folder = other_providers(home, ("restante-lab", "restante-lab-late"))
        done = browse(discover(providers=folder), home=home).expect(UNREACHABLE)
        check_error(done.json()["error"], "auth")
        assert "has expired" in done.json()["error"]["text"], done.out
        assert done.json()["chosen"]["imap"]["probe"]["signed_in"] is False, done.out


@case
def cancelled_on_the_page():
    """who cancels on the provider's page is told so, and no server is asked"""
    done = browse(discover(), cancel=True).expect(UNREACHABLE)
    check_error(done.json()["error"], "auth")
    assert "cancelled" in done.json()["error"]["text"], done.out


@case
def interrupted():
    """Ctrl+C ends the wait for the browser"""
    with Home() as home:
        terminal = Terminal(home, *[word for word in discover() if word not in ("--format=json", "--browser")])
        terminal.wait_for("Waiting for the sign-in")
        terminal.type("\x03")
        assert terminal.finish() == CANCELLED, terminal.seen


def probe(*options, providers=PROVIDERS, servers=("imaps://imap.oauth.test", "pop3s://pop.oauth.test")):
    return ["probe", *servers, f"--user={ADDRESS}", "--browser", f"--provider-dir={providers}", "--format=json",
            *options]


@case
def probed():
    """servers that are named without an address take the token of the file that names them, one for all"""
    done = browse(probe()).expect(DONE)
    for server in done.json()["probes"]:
        assert server["signed_in"] and server["mechanism"] == MECHANISM, server
        assert server["facts"]["messages"] == "5" and server["facts"]["same-inbox"] == "yes", server
    assert len(PAGE.findall(done.err)) == 1, done.err


@case
def probed_elsewhere():
    """a server that no file names gets no token, and no page is opened for it"""
    with Home() as home:
        (home.path / "empty").mkdir()
        done = run(*probe(providers=home.path / "empty"), home=home).expect(UNREACHABLE)
        done.says("No settings file on this computer says how to sign in to imap.oauth.test")
    done = run(*probe(servers=("imaps://imap.oauth.test", "imaps://imap.oauth.test:1993"))).expect(UNREACHABLE)
    assert "No settings file" in done.err and not PAGE.search(done.err), done.err
    with Home() as home:
        folder = other_providers(home, ("<clientID>restante-lab</clientID>", ""))
        run(*probe(providers=folder), home=home).expect(UNREACHABLE).says("No settings file")
        folder.joinpath("second.test.xml").write_text(
            PROVIDERS.joinpath("oauth.test.xml").read_text().replace("pop.oauth.test", "pop.second.test"))
        folder.joinpath("oauth.test.xml").write_text(PROVIDERS.joinpath("oauth.test.xml").read_text())
        done = run(*probe(providers=folder, servers=("imaps://imap.oauth.test", "pop3s://pop.second.test")), home=home)
        done.expect(UNREACHABLE).says("The sign-in for pop.second.test is another one")


@case
def nobody_to_ask():
    """without --browser and without a terminal nothing waits; a password is not taken either"""
    command = [word for word in discover() if word != "--browser"]
    run(*command).expect(USAGE)
    done = run(*command, "--password-stdin", stdin="tegami\n").expect(UNREACHABLE)
    check_error(done.json()["error"], "nomech")
    assert "--browser" in done.json()["error"]["text"], done.out


@case
def no_client():
    """without a registered client it is said who will sign in, and no password is asked for"""
    with Home() as home:
        folder = other_providers(home, ("<clientID>restante-lab</clientID>", ""))
        done = run(*discover(providers=folder), home=home).expect(UNREACHABLE)
        check_error(done.json()["error"], "nomech")
        assert "The mail program opens the provider’s page" in done.json()["error"]["text"], done.out


@case
def false_certificate():
    """an issuer whose certificate is not trusted gets nothing"""
    with Home() as home:
        folder = other_providers(home, ("https://id.oauth.test", "https://mail.unknownca.test"))
        done = run(*discover(providers=folder), home=home).expect(UNREACHABLE)
        check_error(done.json()["error"], "net")
        assert "mail.unknownca.test" in done.json()["error"]["text"], done.out


@case
def set_up():
    """setup signs in only to prove that it works, stores nothing, and says that the program signs in"""
    with Home() as home:
        home.path.joinpath(".thunderbird").mkdir()
        done = browse(["setup", ADDRESS, "--source=file", f"--provider-dir={PROVIDERS}", "--yes", "--browser",
                       "--approve=any", "--client=thunderbird", "--mode=imap", "--format=json"], home=home)
        done.expect(DONE)
        assert done.json()["signed_in"], done.out
        assert "Each mail program opens the provider’s page" in done.err, done.err
        prefs = next(home.path.joinpath(".thunderbird").rglob("prefs.js")).read_text()
        assert re.search(r'authMethod", 10\)', prefs), prefs
        assert not [path for path in home.path.rglob("*") if path.is_file() and b"restante-lab" in path.read_bytes()]


@case
def no_password_seen():
    """Dovecot has seen tokens only"""
    assert f"method={MECHANISM}" in log() and "method=PLAIN, rip=10.99.0.2, lip=10.99.0.16" not in log(), log()


if "LAB_MODE" not in os.environ:
    enter()
# The leak checker crashes now and then on resolver threads that end while it looks.
os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
main()
