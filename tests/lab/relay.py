# SPDX-License-Identifier: GPL-3.0-or-later
"""A small mail relay (RFC 5321): takes what Dovecot's submission service sends on and hands it to
Dovecot's LMTP (RFC 2033), so that a message sent is a message delivered. It knows no other place
to send mail to: an address outside .test is refused."""

import asyncio
import re

LINE_LIMIT = 64 * 1024
EXTENSIONS = (b"250-mail.practice.test\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n"
              b"250-PIPELINING\r\n250 SIZE 20971520\r\n")


async def reply_of(reader):
    """Reads one reply, which may have several lines."""
    lines = []
    while True:
        line = await reader.readline()
        if not line:
            raise ConnectionError("LMTP closed the connection")
        lines.append(line)
        if line[3:4] != b"-":
            return b"".join(lines)


class Session:
    """One connection: every command that matters goes on to LMTP, and its answer comes back."""

    def __init__(self, reader, writer, lmtp):
        self.reader, self.writer, self.lmtp_path = reader, writer, lmtp
        self.lmtp_reader = self.lmtp_writer = None
        self.accepted = 0

    async def lmtp(self, line):
        if not self.lmtp_writer:
            self.lmtp_reader, self.lmtp_writer = await asyncio.open_unix_connection(
                self.lmtp_path, limit=LINE_LIMIT)
            await reply_of(self.lmtp_reader)
            await self.lmtp(b"LHLO mail.practice.test\r\n")
        self.lmtp_writer.write(line)
        return await reply_of(self.lmtp_reader)

    async def run(self):
        self.writer.write(b"220 mail.practice.test relay\r\n")
        while line := await self.reader.readline():
            verb = line.strip().upper()
            if verb == b"QUIT":
                self.writer.write(b"221 2.0.0 Bye\r\n")
                break
            self.writer.write(await self.answer(verb, line))
            await self.writer.drain()

    async def answer(self, verb, line):
        if verb.startswith((b"EHLO", b"HELO")):
            return EXTENSIONS if verb.startswith(b"EHLO") else b"250 mail.practice.test\r\n"
        if verb.startswith(b"MAIL FROM:"):
            self.accepted = 0
            # LMTP knows no AUTH= or SIZE= here, and needs neither.
            return await self.lmtp(re.match(rb"(?i)MAIL FROM: *<[^>]*>", line)[0] + b"\r\n")
        if verb.startswith(b"RCPT TO:"):
            return await self.recipient(line)
        if verb == b"DATA":
            return await self.data(line)
        if verb in (b"RSET", b"NOOP"):
            self.accepted = 0 if verb == b"RSET" else self.accepted
            return await self.lmtp(line)
        return b"502 5.5.1 Command not known here\r\n"

    async def recipient(self, line):
        if not re.match(rb"(?i)RCPT TO: *<[^<>@]+@([^<>@]+\.)?test>", line):
            return b"550 5.1.2 There is no world outside of .test\r\n"
        reply = await self.lmtp(line)
        self.accepted += reply.startswith(b"2")
        return reply

    async def data(self, line):
        reply = await self.lmtp(line)
        if not reply.startswith(b"3"):
            return reply
        self.writer.write(reply)
        await self.writer.drain()
        while (text := await self.reader.readline()) != b".\r\n":
            if not text:
                raise ConnectionError("the message ends in the middle")
            self.lmtp_writer.write(text)
            await self.lmtp_writer.drain()
        self.lmtp_writer.write(b".\r\n")
        # LMTP answers once for each recipient, SMTP once for the message.
        replies = [await reply_of(self.lmtp_reader) for _ in range(self.accepted)]
        self.accepted = 0
        return next((reply for reply in replies if reply.startswith(b"2")), replies[0])

    def close(self):
        for writer in (self.writer, self.lmtp_writer):
            if writer:
                writer.close()


async def serve(address, port, lmtp):
    async def connected(reader, writer):
        session = Session(reader, writer, lmtp)
        try:
            await session.run()
        except (OSError, ValueError, TypeError) as problem:
            print("relay:", problem, flush=True)
        finally:
            session.close()

    return await asyncio.start_server(connected, address, port, limit=LINE_LIMIT)
