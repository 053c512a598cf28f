#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What discover says of a search: who learnt what, and what to try where nothing was found.

Run by tests/lab/lab; see meson.build beside this file."""
import os
import subprocess

from ctl import DONE, UNREACHABLE, Skip, case, main, run

CA = os.environ["LAB_CA"]
ALONE = ("unshare", "--user", "--net")
LOOPBACK = os.environ["LAB_MODE"] == "loopback"


def discover(address, *args, rc=DONE, prefix=()):
    if LOOPBACK:
        raise Skip("the laboratory has no names of its own on this machine")
    return run("discover", address, f"--ca-file={CA}", "--ispdb-url=https://ispdb.test/v1.1/", *args, prefix=prefix).expect(rc)


def told(result, source):
    report, = (report for report in result.json()["sources"] if report["id"] == source)
    return {entry["who"]: entry["what"] for entry in report["told"]}


@case
def servers_were_visited():
    """mail servers that were probed are among those who learnt something, beside web servers"""
    found = discover("taro@practice.test", "--format=json")
    isp = told(found, "isp")
    assert isp["dns"] == "domain" and isp["autoconfig.practice.test"] == "address", isp
    assert isp["imap.practice.test"] == isp["smtp.practice.test"] == "domain", isp


@case
def nobody_is_claimed():
    """who has no address was not visited"""
    found = discover("taro@srv.test", "--format=json")
    assert told(found, "isp") == {"dns": "domain"}, told(found, "isp")
    srv = told(found, "srv")
    assert srv["box7.srv.test"] == "domain" and "imap.srv.test" not in srv, srv


@case
def nothing_there():
    """where nobody knows a server, the advice is about the address, and about one more thing to ask"""
    result = discover("taro@nothing.test", rc=UNREACHABLE)
    result.says("No usable mail server was found for taro@nothing.test.", "Check how the address is written.", "--allow-http")
    result = discover("taro@nothing.test", "--allow-http", rc=UNREACHABLE)
    assert "--allow-http" not in result.err, result.err
    error = discover("taro@nothing.test", "--format=json", rc=UNREACHABLE).json()["error"]
    assert error["kind"] == "net" and error["cause"] == "not-found", error


@case
def not_connected():
    """without a network, the advice is about the network"""
    if subprocess.run([*ALONE, "true"], stderr=subprocess.DEVNULL, check=False).returncode != 0:
        raise Skip("this machine allows no network namespace here")
    result = discover("taro@practice.test", rc=UNREACHABLE, prefix=ALONE)
    result.says("Nobody answered who could know the servers of practice.test.", "Check the internet connection")
    assert "--allow-http" not in result.err, result.err


@case
def extras_are_not_promised():
    """what is only named beside mail is said to be just that"""
    text = " ".join(discover("taro@practice.test").out.split())
    assert "https://dav.practice.test/.well-known/caldavs (named in the DNS, not checked)" in text or \
        "https://dav.practice.test/.well-known/caldav (named in the DNS, not checked)" in text, text


main()
