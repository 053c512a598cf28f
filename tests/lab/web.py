# SPDX-License-Identifier: GPL-3.0-or-later
"""A web server (RFC 9112) for settings files: GET and HEAD of the files under HOST's own folder,
over TLS or without, with connections kept open, and POST of a question of Autodiscover; everything else
is 404. Each request is a line of the log: “https|http METHOD HOST TARGET”."""

import asyncio

import tls

TYPES = {".xml": "text/xml", ".json": "application/json", ".txt": "text/plain"}


def find(www, host, target):
    """The file for a request, or None. Never leaves the host's folder."""
    parts = target.split("?")[0].strip("/").split("/")
    if "/" in host or host.startswith(".") or ".." in parts:
        return None
    path = www.joinpath(host, *parts)
    return path if path.is_file() else None


def response(www, method, target, host):
    path = find(www, host, target) if method in ("GET", "HEAD", "POST") else None
    body = path.read_bytes() if path else b"Not found\n"
    head = (f"HTTP/1.1 {'200 OK' if path else '404 Not Found'}\r\n"
            f"Content-Type: {TYPES.get(path.suffix if path else '.txt', 'application/octet-stream')}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n").encode()
    return head if method == "HEAD" else head + body


async def answer(reader, writer, www, scheme, log):
    while True:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _version = head[0].split(" ")
        headers = dict(line.lower().split(":", 1) for line in head[1:] if ":" in line)
        host = headers.get("host", "").strip().split(":")[0]
        question = await reader.readexactly(int(headers.get("content-length", "0")))
        print(scheme, method, host, target, file=log, flush=True)
        # A question of Autodiscover; whoever posts anything else is wrong here.
        if method == "POST" and b"<AcceptableResponseSchema>" not in question:
            host = ""
        writer.write(response(www, method, target, host))
        await writer.drain()
        if headers.get("connection", "").strip() == "close":
            return


async def serve(address, certificate, www, log):
    """Without a certificate: without TLS."""
    async def connected(reader, writer):
        try:
            await answer(reader, writer, www, "https" if certificate else "http", log)
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    if not certificate:
        return await asyncio.start_server(connected, address, 80)
    return await asyncio.start_server(connected, address, 443, ssl=tls.context(certificate))
