# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts that misbehave: something else on the ports of a mail server, and a name server that
fails."""

import asyncio

import tls

# What answers on each port, and whether it speaks TLS first.
OTHER = {
    143: (False, b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"),
    993: (True, b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    110: (False, b"220 ftp.other.test FTP server ready\r\n"),
    995: (True, b""),
    587: (False, b"RFB 003.008\n"),
    465: (False, b"220 smtp.other.test ESMTP without the TLS that belongs here\r\n"),
}
SERVFAIL = 2


async def serve(address, certificate):
    """Listens on every port of a mail server at `address` with something that is none."""
    def speaker(words):
        async def connected(reader, writer):
            try:
                writer.write(words)
                await writer.drain()
                # Some wait for the client to go, the silent one goes at once.
                while words and await reader.read(4096):
                    pass
            except OSError:
                pass
            finally:
                writer.close()
        return connected

    secure = tls.context(certificate)
    for port, (encrypted, words) in OTHER.items():
        await asyncio.start_server(speaker(words), address, port, ssl=secure if encrypted else None)


class FailingNames(asyncio.DatagramProtocol):
    """Answers every question with SERVFAIL (RFC 1035)."""

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        if len(data) < 17:
            return
        end = data.index(b"\0", 12) + 5
        flags = bytes([0x80 | data[2], 0x80 | SERVFAIL])
        counts = b"\0\1\0\0\0\0\0\0"
        self.transport.sendto(data[:2] + flags + counts + data[12:end], address)


async def serve_servfail(address, port):
    loop = asyncio.get_running_loop()
    await loop.create_datagram_endpoint(FailingNames, local_addr=(address, port))
