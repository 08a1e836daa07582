"""A mail server on this machine that behaves as badly as it is told to."""

import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class PostOffice:
    """What it took, by Message-ID; and what it does to those that come.

    `refuse`: recipient -> answer. `stall`: seconds before it answers a message. `cut`: how many
    connections it still closes in the middle of a message. `forget`: how many messages it still
    takes without saying so before it closes the connection.
    """

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.messages: list[Any] = []
        self.refuse: dict[str, str] = {}
        self.stall = 0.0
        self.cut = 0
        self.forget = 0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self.refuse.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.cut > 0:
            self.cut -= 1
            server.transport.abort()
            return "250 never said"
        if self.stall:
            import asyncio

            await asyncio.sleep(self.stall)
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.taken[message["Message-ID"]] += 1
        self.messages.append(message)
        if self.forget > 0:
            self.forget -= 1
            server.transport.abort()
        return "250 taken"


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def listens(port: int) -> bool:
    """Whether somebody answers on a port of this machine."""
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def open_on(port: int, office: PostOffice) -> Iterator[None]:
    """The office open on a port, for as long as it lasts."""
    for _ in range(50):
        controller = Controller(office, hostname="127.0.0.1", port=port)
        try:
            controller.start()
            break
        except OSError:
            time.sleep(0.1)
    try:
        yield
    finally:
        controller.stop()
