#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line of restantectl: help, and what is said of a wrong one."""
import pathlib
import re
import signal
import subprocess

from ctl import CANCELLED, COMMAND, DONE, TOP, USAGE, Home, case, environment, main, run

VERBS = "advise story discover probe clients check setup undo history".split()


@case
def version():
    """--version names the program and ends with 0"""
    assert re.fullmatch(r"restantectl \d+(\.\d+)+\n", run("--version").expect(DONE).out)


@case
def help_lists_verbs():
    """--help lists every verb on standard output"""
    out = run("--help").expect(DONE).out
    for verb in VERBS:
        assert re.search(rf"^  {verb} ", out, re.M), verb


@case
def no_verb():
    """no verb, or an unknown one, ends with 2, names all verbs and prints no result"""
    for args in [], ["mail"], ["help"]:
        result = run(*args).expect(USAGE).says(*VERBS)
        assert result.out == ""


@case
def help_of_each_verb():
    """VERB --help shows its options and ends with 0"""
    for verb in VERBS:
        result = run(verb, "--help").expect(DONE)
        assert f"restantectl {verb}" in result.out, result.out
        assert ("--format" in result.out) == (verb != "survey"), result.out
        assert result.err == ""


@case
def unknown_option():
    """an unknown option ends with 2 and lists those that exist"""
    for verb in VERBS:
        result = run(verb, "--no-such-option").expect(USAGE).says("--no-such-option", f"restantectl {verb}")
        assert ("--format" in result.err) == (verb != "survey"), result.err
        assert result.out == ""


@case
def unknown_format():
    """an unknown format ends with 2 and lists both"""
    for verb in VERBS:
        run(verb, "--format=xml").expect(USAGE).says("xml", "text, json")


@case
def manual_names_all_options():
    """the manual page mentions every verb and every option of the help"""
    manual = (TOP / "data/man/restantectl.1").read_text().replace("\\-", "-")
    for verb in VERBS:
        assert f".Cm {verb}" in manual or f".Ss {verb}" in manual, verb
        options = re.findall(r"--([a-z-]+)", run(verb, "--help").out)
        for option in set(options) - {"help", "format"}:
            assert f"-{option}" in manual or f".It Cm {option} " in manual or f".Cm {option} ," in manual, (verb, option)


@case
def too_many_arguments():
    """an argument too many ends with 2"""
    for args in ["advise", "x"], ["clients", "x"], ["history", "x"], ["undo", "a", "b"], \
            ["discover", "a@b.test", "c@d.test"], ["setup", "a@b.test", "c@d.test", "--dry-run"]:
        run(*args).expect(USAGE)


@case
def interrupted_password():
    """Ctrl+C while the password is waited for on standard input ends with 4"""
    with Home() as home:
        process = subprocess.Popen([str(COMMAND), "probe", "imaps://localhost:1", "--user=taro", "--password-stdin"],
                                   stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(home))
        catches = 0
        while not catches & 1 << (signal.SIGINT - 1):
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            catches = int(re.search(r"SigCgt:\s*(\w+)", status).group(1), 16)
        for _ in range(50):
            process.send_signal(signal.SIGINT)
            try:
                process.wait(0.2)
                break
            except subprocess.TimeoutExpired:
                pass
        if process.poll() is None:
            process.kill()
        assert (process.wait(), process.stderr.read()) == (CANCELLED, b"Cancelled.\n")


@case
def closed_output():
    """a result that cannot be written is an internal error"""
    with open("/dev/full", "w") as full:
        done = subprocess.run([COMMAND, "--version"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1 and done.stderr, done


main()
