#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""setup and undo with the servers from a file: no network, no password store."""
import fcntl
import json
import os
import pathlib
import re
import shutil
import subprocess

from ctl import (ADVICE, CANCELLED, COMMAND, DONE, MIXING, REFUSED, UNREACHABLE, USAGE, Home, Skip, Terminal,
                 case, check_error, environment, keys, main, run)

CONFIG = """<clientConfig version="1.1"><emailProvider id="example.test"><domain>example.test</domain>
<incomingServer type="imap"><hostname>imap.example.test</hostname><port>993</port><socketType>SSL</socketType>
<username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></incomingServer>
<incomingServer type="pop3"><hostname>pop.example.test</hostname><port>995</port><socketType>SSL</socketType>
<username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></incomingServer>
<outgoingServer type="smtp"><hostname>smtp.example.test</hostname><port>587</port>
<socketType>STARTTLS</socketType><username>%EMAILADDRESS%</username>
<authentication>password-cleartext</authentication></outgoingServer></emailProvider></clientConfig>
"""
ADDRESS = "taro@example.test"
OFFLINE = ("--no-probe", "--no-secret")


def setup(home, *args, config=CONFIG, **options):
    path = home.path / ".cache" / "config.xml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(config)
    return run("setup", ADDRESS, f"--config={path}", *OFFLINE, *args, home=home, **options)


@case
def no_other_password():
    """the password of another account in the same file is never shown"""
    for end in "\n", "":
        with Home() as home:
            home.write(".mbsyncrc", f"IMAPAccount other\nHost mail.example.test\nUser hana\nPass hunter2{end}")
            for form in "text", "json":
                shown = setup(home, "--client=mbsync", "--mode=imap", "--dry-run", f"--format={form}").expect(DONE)
                assert "Host imap.example.test" in shown.out
                assert "hunter2" not in shown.out + shown.err, shown.out


@case
def dry_run():
    """--dry-run prints a unified diff and nothing else, and writes nothing"""
    with Home() as home:
        home.write(".mbsyncrc", "# mine\n")
        before = home.state()
        out = setup(home, "--client=mbsync,msmtp", "--mode=imap", "--dry-run").expect(DONE).out
        assert home.state() == before
        assert out.startswith("--- ") and f"+++ {home.path}/.mbsyncrc" in out.replace("\t", " "), out
        assert "+Host imap.example.test" in out and "+host smtp.example.test" in out, out
        for line in out.splitlines():
            assert line[:1] in " +-@\\" or line.startswith("Folder /"), line


@case
def dry_run_applies():
    """the diff of --dry-run, given to patch, makes the very files that setup writes"""
    if not shutil.which("patch"):
        raise Skip("there is no patch")
    with Home() as home:
        home.write(".mbsyncrc", "# mine, without a last line feed")
        diff = setup(home, "--client=mbsync,msmtp", "--mode=imap", "--dry-run").expect(DONE).out
        with Home() as other:
            other.write(".mbsyncrc", "# mine, without a last line feed")
            subprocess.run(["patch", "-p0"], input=diff.replace(f"{home.path}/", ""), text=True, check=True,
                           cwd=other.path, capture_output=True)
            setup(home, "--client=mbsync,msmtp", "--mode=imap", "--yes").expect(DONE)
            for name in ".mbsyncrc", ".msmtprc":
                written = (home.path / name).read_text()
                assert (other.path / name).read_text() == written, name


@case
def write_and_undo():
    """setup writes, a second one changes nothing, undo restores every byte, mode and link"""
    with Home() as home:
        home.write("dotfiles/mbsyncrc", "IMAPStore other\n\n# no line feed at the end", 0o640)
        (home.path / ".mbsyncrc").symlink_to("dotfiles/mbsyncrc")
        before = home.state()
        first = setup(home, "--client=mbsync,msmtp", "--mode=imap", "--yes").expect(DONE).out
        assert "restantectl undo" in first, first
        written = home.state()
        assert written != before and (home.path / ".mbsyncrc").is_symlink()
        assert "Host imap.example.test" in (home.path / ".mbsyncrc").read_text()
        setup(home, "--client=mbsync,msmtp", "--mode=imap", "--yes").expect(DONE).says("nothing to change")
        assert home.state() == written
        run("undo", home=home).expect(DONE)
        assert home.state() == before
        run("undo", home=home).expect(USAGE).says("nothing to take back")


@case
def undo_by_number():
    """history lists both setups, and undo takes back the one that is named"""
    with Home() as home:
        setup(home, "--client=mbsync", "--mode=imap", "--yes").expect(DONE)
        after_first = home.state()
        setup(home, "--client=msmtp", "--mode=imap", "--yes").expect(DONE)
        newest, oldest = run("history", "--format=json", home=home).expect(DONE).json()["history"]
        keys(newest, "id", "address", "when", "clients", "paths", "undone", "unfinished")
        assert (newest["clients"], oldest["clients"]) == (["msmtp"], ["mbsync"])
        undone = keys(run("undo", newest["id"], "--format=json", home=home).expect(DONE).json(), "id", "restored",
                      "kept", "left")
        assert undone["id"] == newest["id"] and f"{home.path}/.msmtprc" in undone["restored"]
        assert home.state() == after_first
        states = [entry["undone"] for entry in run("history", "--format=json", home=home).json()["history"]]
        assert states == [True, False]
        run("undo", home=home).expect(DONE)
        assert home.state() == {}


@case
def undo_without_a_store():
    """undo that cannot reach the password store puts the files back, says what is left, and ends with 7"""
    with Home() as home:
        setup(home, "--client=mbsync", "--mode=imap", "--yes").expect(DONE)
        (folder,) = (home.path / ".local/state/restante/setups").iterdir()
        with (folder / "journal").open("a") as journal:
            journal.write("\n[Secret 0]\nlabel=Mail\nnames=host;\nvalues=h;\n")
        (folder / "secrets").write_text("[Secret 0]\nheld=nothing\n")
        none = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/does/not/exist"}
        result = run("undo", home=home, **none).expect(REFUSED)
        result.says("password store", "keyring", f"restantectl undo {folder.name}")
        assert f"{home.path}/.mbsyncrc" in result.out and not (home.path / ".mbsyncrc").exists()
        again = run("undo", "--format=json", home=home, **none).expect(REFUSED).json()
        check_error(again["error"], "store")
        assert run("history", "--format=json", home=home).json()["history"][0]["unfinished"]


@case
def undo_spares_later_changes():
    """lines that the person added after the setup survive undo"""
    with Home() as home:
        rc = home.write(".mbsyncrc", "# before\n")
        setup(home, "--client=mbsync", "--mode=imap", "--yes").expect(DONE)
        rc.write_text(rc.read_text() + "\n# after\n")
        undone = run("undo", "--format=json", home=home).expect(DONE).json()
        assert undone["kept"] == [str(rc)], undone
        assert "# before" in rc.read_text() and "# after" in rc.read_text()
        assert "example.test" not in rc.read_text()


@case
def json_result():
    """the JSON result tells servers, edits, what was written and how to take it back"""
    with Home() as home:
        dry = setup(home, "--client=mbsync", "--mode=imap", "--dry-run", "--format=json").expect(DONE).json()
        assert dry["dry_run"] and dry["written"] == [] and dry["undo"] is None and dry["edits"]
        assert any("+Host imap.example.test" in (edit["diff"] or "") for edit in dry["edits"])
        done = keys(setup(home, "--client=mbsync", "--mode=imap", "--yes", "--format=json").expect(DONE).json(),
                    "address", "exit", "mode", "incoming", "outgoing", "clients", "mixing", "edits", "signed_in",
                    "written", "undo", "next", "error")
        assert done["mode"] == "imap" and done["incoming"]["host"] == "imap.example.test" and done["error"] is None
        assert f"{home.path}/.mbsyncrc" in done["written"] and done["next"]
        run("undo", done["undo"], home=home).expect(DONE)


@case
def odd_folder():
    """JSON is JSON in a home folder whose name is no UTF-8, too"""
    with Home() as home:
        home.path = pathlib.Path(os.fsdecode(bytes(home.path) + b"/ho\xffme"))
        home.path.mkdir()
        setup(home, "--client=mbsync", "--mode=imap", "--yes", "--format=json").expect(DONE)
        for verb in "clients", "history", "undo":
            done = subprocess.run([str(COMMAND), verb, "--format=json"], capture_output=True, check=True,
                                  env=environment(home))
            json.loads(done.stdout.decode(errors="strict"))


@case
def modes():
    """auto follows the advice for the answers; imap and pop are obeyed; the days come with pop"""
    with Home() as home:
        def mode(*args):
            result = setup(home, "--client=fetchmail", "--dry-run", "--format=json", *args)
            return result.expect(DONE).json()
        assert mode("--devices=several")["mode"] == "imap"
        one = mode("--devices=one")
        assert one["mode"] == "pop" and one["leave_days"] > 0 and one["advice"]["plan"] == "pop-days", one
        assert mode("--mode=imap", "--devices=one")["mode"] == "imap"
        assert mode("--mode=pop", "--leave-days=30")["leave_days"] == 30
        popless = re.sub(r'<incomingServer type="pop3">.*?</incomingServer>', "", CONFIG, flags=re.S)
        forced = setup(home, "--client=mbsync", "--devices=one", "--dry-run", "--format=json", config=popless).json()
        assert forced["mode"] == "imap" and forced["advice"]["sureness"] == "forced", forced
        missing = setup(home, "--client=fetchmail", "--mode=pop", "--dry-run", "--format=json", config=popless)
        check_error(missing.expect(UNREACHABLE).json()["error"], "net")


@case
def provider_suggests_days():
    """POP keeps copies as the provider suggests, never shorter than advised, and says so; the person can differ"""
    keep = "<leaveMessagesOnServer>true</leaveMessagesOnServer>"
    days = "<daysToLeaveMessagesOnServer>%d</daysToLeaveMessagesOnServer>"
    cases = (
        ("", (), "days", 14, []),
        (keep + days % 21, (), "days", 21, ["As your provider suggests, which is longer"]),
        (keep + days % 7, (), "days", 14, ["As advised", "would delete mail sooner"]),
        (keep, (), "keep", None, ["As your provider suggests, which is longer"]),
        (keep, ("--privacy=empty-server",), "days", 3, ["than fits your answers"]),
        ("<leaveMessagesOnServer>false</leaveMessagesOnServer>", (), "days", 14, ["would delete mail sooner"]),
        (keep + days % 21, ("--leave-days=5",), "days", 5, []),
        (keep + days % 21, ("--leave-days=0",), "remove", 0, []),
        (days % 21, ("--leave-days=keep",), "keep", None, []),
    )
    for wish, options, copies, number, words in cases:
        with Home() as home:
            config = CONFIG.replace('</incomingServer>\n<outgoing', f"<pop3>{wish}</pop3></incomingServer>\n<outgoing")
            args = ("--client=fetchmail", "--devices=one", "--mode=pop", *options)
            found = setup(home, *args, "--dry-run", "--format=json", config=config).expect(DONE).json()
            assert (found["copies"], found.get("leave_days")) == (copies, number), (wish, options, found)
            shown = setup(home, *args, "--yes", config=config).expect(DONE)
            said = " ".join(shown.out.split())
            assert all(word in said for word in words), (wish, options, shown.out)
            assert ("--leave-days" in said) == bool(words), shown.out
            rc = (home.path / ".fetchmailrc").read_text()
            assert ("no keep" in rc) == (copies == "remove"), (wish, options, rc)


@case
def wrong_client():
    """an unknown program ends with 2 and lists those that exist; one that cannot speak the method says so"""
    with Home() as home:
        setup(home, "--client=pine", "--mode=imap", "--dry-run").expect(USAGE).says("pine", "mbsync", "fetchmail")
        setup(home, "--client=mbsync", "--mode=pop", "--dry-run").expect(USAGE).says("mbsync", "POP")
        assert home.state() == {}


@case
def no_client():
    """no installed program ends with 3, advice only, and shows what to enter elsewhere"""
    with Home() as home:
        (home.path / "bin").mkdir()
        result = setup(home, "--mode=imap", "--yes", PATH=f"{home.path}/bin").expect(ADVICE).says("--client")
        assert "imap.example.test" in result.out and "smtp.example.test" in result.out


@case
def nobody_to_ask():
    """without a terminal it wants --yes or --dry-run before anything else"""
    with Home() as home:
        setup(home, "--client=mbsync", "--mode=imap").expect(USAGE).says("--yes", "--dry-run")
        assert home.state() == {}


@case
def wrong_options():
    """wrong modes, choices, days and addresses end with 2"""
    with Home() as home:
        for option in "--mode=smtp", "--mixing=shake", "--leave-days=-1", "--leave-days=100000", "--leave-days=7x", "--devices=three":
            setup(home, option, "--dry-run").expect(USAGE)
        run("setup", "taro", "--dry-run", home=home).expect(USAGE)
        run("setup", "--dry-run", home=home).expect(USAGE)


@case
def wrong_config():
    """a settings file that is missing, broken or without a server ends with 2 or 5 and says why"""
    with Home() as home:
        run("setup", ADDRESS, "--config=/does/not/exist", "--dry-run", home=home).expect(USAGE).says("/does/not/exist")
        for text in "", "<html></html>", "<clientConfig>", CONFIG.replace(".test</hostname>", " test</hostname>"):
            result = setup(home, "--client=mbsync", "--mode=imap", "--dry-run", config=text)
            assert result.rc in (USAGE, UNREACHABLE) and result.err, text
            assert not result.out, result.out


@case
def plain_text_is_refused():
    """a server without encryption in the settings file is not used"""
    with Home() as home:
        plain = CONFIG.replace("<socketType>SSL", "<socketType>plain").replace("<port>993", "<port>143")
        setup(home, "--client=mbsync", "--mode=imap", "--dry-run", config=plain).expect(UNREACHABLE)


@case
def hostile_name():
    """a name with a line break, which would be a new directive, is refused"""
    with Home() as home:
        result = setup(home, "--client=msmtp", "--mode=imap", "--yes", "--name=Taro\nhost evil.test")
        assert result.rc == USAGE, result.err
        assert home.state() == {}


@case
def mixing_conflict():
    """IMAP beside a program that empties the server ends with 6; --mixing=leave goes on"""
    with Home() as home:
        home.write(".fetchmailrc", 'poll pop.example.test protocol pop3 port 995\n'
                   '  user "taro@example.test" is taro here ssl fetchall\n')
        before = home.state()
        result = setup(home, "--client=mbsync", "--mode=imap", "--yes", "--format=json").expect(MIXING).json()
        assert result["mixing"]["conflict"] and result["undo"] is None
        setup(home, "--client=mbsync", "--mode=imap", "--yes").expect(MIXING).says("--mixing")
        setup(home, "--client=mbsync", "--mode=imap", "--yes", "--mixing=imap-everywhere").expect(MIXING)
        assert home.state() == before
        setup(home, "--client=mbsync", "--mode=imap", "--yes", "--mixing=leave").expect(DONE)
        check = run("check", "--format=json", home=home).expect(MIXING).json()
        assert check["mailboxes"][0]["conflict"], check
        assert {device["program"] for device in check["mailboxes"][0]["devices"]} == {"fetchmail", "mbsync"}


@case
def thunderbird_runs():
    """a running Thunderbird ends with 7 before anything is written"""
    with Home() as home:
        profile = home.path / ".thunderbird" / "abcd1234.default"
        home.write(".thunderbird/profiles.ini", "[Profile0]\nName=default\nIsRelative=1\n"
                   "Path=abcd1234.default\nDefault=1\n\n[General]\nStartWithLastProfile=1\n")
        home.write(".thunderbird/abcd1234.default/prefs.js", 'user_pref("a.b", 1);\n')
        before = home.state()
        with open(profile / ".parentlock", "w") as lock:
            fcntl.lockf(lock, fcntl.LOCK_EX)
            result = setup(home, "--client=thunderbird", "--mode=imap", "--yes", "--format=json").expect(REFUSED)
            check_error(result.json()["error"], "conflict")
            result.says("Thunderbird is running", "Close")
        os.unlink(profile / ".parentlock")
        assert home.state() == before


def interactive(home, *args):
    path = home.path / ".cache" / "config.xml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(CONFIG)
    return Terminal(home, "setup", ADDRESS, f"--config={path}", *OFFLINE, "--client=mbsync", "--mode=imap", *args)


@case
def person_says_yes():
    """on a terminal it asks for the hosts, shows the changes, asks again, and writes"""
    with Home() as home:
        terminal = interactive(home)
        terminal.wait_for("[yes/no]")
        assert "imap.example.test" in terminal.seen and not (home.path / ".mbsyncrc").exists()
        terminal.type("yes\n")
        terminal.wait_for("Make these changes?")
        assert "+Host imap.example.test" in terminal.seen and not (home.path / ".mbsyncrc").exists()
        terminal.type("y\n")
        assert terminal.finish() == DONE, terminal.seen
        assert (home.path / ".mbsyncrc").exists()


@case
def person_says_no():
    """no at either question, or Ctrl+C, ends with 4 and writes nothing"""
    for answers in ["no\n"], ["yes\n", "n\n"], ["\x03"], ["yes\n", "\x03"], ["\x04"]:
        with Home() as home:
            terminal = interactive(home)
            for number, answer in enumerate(answers):
                terminal.wait_for("Make these changes?" if number else "Are these the right servers?")
                terminal.wait_for("[yes/no] ")
                terminal.type(answer)
            assert terminal.finish() == CANCELLED, (answers, terminal.seen)
            assert home.state() == {}, answers


@case
def listed_facts():
    """the advice rests on what the list of providers says, and says so; a person's word counts more"""
    def reasons(*said):
        with Home() as home:
            result = run("setup", "taro@i.softbank.jp", "--dry-run", "--yes", "--no-network", "--client=mbsync",
                         "--format=json", *OFFLINE, *said, home=home).expect(DONE).json()
            assert any("200" in hint for hint in result["hints"]), result["hints"]
            return {reason["question"]: (reason["answer"], reason["source"])
                    for reason in result["advice"]["reasons"]}

    assert reasons()["quota"] == ("small", "as the list of providers says")
    assert reasons("--quota=small")["quota"] == ("small", None)
    assert reasons("--quota=large").get("quota", ("large",))[0] == "large"


main()
