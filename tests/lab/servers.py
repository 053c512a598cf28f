#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the laboratory's own servers in one process: the mail relay, the web servers, and hosts
that misbehave. Fills the mailboxes first."""

import argparse
import asyncio
import pathlib

import oddities
import relay
import seed
import web


def endpoint(text):
    """ADDRESS:PORT"""
    address, port = text.rsplit(":", 1)
    return address, int(port)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--certs", type=pathlib.Path, required=True, help="folder of certificates")
    parser.add_argument("--www", type=pathlib.Path, required=True, help="a folder for each web host")
    parser.add_argument("--seed", type=pathlib.Path, required=True, help="messages for a new mailbox")
    parser.add_argument("--into", type=pathlib.Path, required=True, help="folder of the mailboxes")
    parser.add_argument("--relay", type=endpoint, required=True, help="where the relay listens")
    parser.add_argument("--lmtp", required=True, help="Dovecot's LMTP socket")
    parser.add_argument("--https", action="append", default=[], help="ADDRESS=CERTIFICATE")
    parser.add_argument("--http", action="append", default=[], help="address without TLS")
    parser.add_argument("--web-log", type=argparse.FileType("a"), help="what the web servers are asked for")
    parser.add_argument("--other", help="address of the host that is no mail server")
    parser.add_argument("--servfail", type=endpoint, help="where the failing name server listens")
    return parser.parse_args()


async def main():
    options = arguments()
    for user in ("taro", "hanako"):
        seed.fill(options.seed, options.into / user / "Maildir", f"{user}@practice.test")
    for pair in options.https:
        address, certificate = pair.split("=")
        await web.serve(address, options.certs / certificate, options.www, options.web_log)
    for address in options.http:
        await web.serve(address, None, options.www, options.web_log)
    if options.other:
        await oddities.serve(options.other, options.certs / "good")
    if options.servfail:
        await oddities.serve_servfail(*options.servfail)
    # Last, because its port is what the starter waits for.
    await relay.serve(*options.relay, options.lmtp)
    await asyncio.Event().wait()


asyncio.run(main())
