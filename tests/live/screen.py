"""An open screen: a connection to the event stream that reads what it is sent."""

import http.client
import json
import socket
import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from tests.concurrency.harness import sign_in

from mungchi.accounts.access import Actor


class Screen:
    """Opens /api/v1/live as the person of `actor`; `status` says whether it was let in."""

    def __init__(
        self, port: int, actor: Actor | None, campaigns: Sequence[UUID], seat: object = None
    ) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {"Accept": "text/event-stream"}
        path = "/api/v1/live?campaigns=" + ",".join(map(str, campaigns))
        if actor is not None:
            (self.session,) = sign_in([actor])
            headers["Cookie"] = f"{settings.SESSION_COOKIE_NAME}={self.session}"
            path += f"&seat={seat or actor.seat_id}"
        self.connection.request("GET", path, headers=headers)
        self.answer = self.connection.getresponse()
        self.status = self.answer.status
        self.body = b"" if self.status == 200 else self.answer.read()

    def next(self, within: float, event: str = "standing") -> dict[str, Any] | None:
        """The next event of this kind, None when none comes in this many seconds."""
        assert self.answer.fp is not None
        end = time.monotonic() + within
        kind = ""
        while (left := end - time.monotonic()) > 0:
            raw: socket.socket = self.answer.fp.raw._sock  # type: ignore[union-attr, attr-defined]
            raw.settimeout(left)
            try:
                line = self.answer.readline().decode().rstrip("\n")
            except TimeoutError:
                return None
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            elif line.startswith("data: ") and kind == event:
                return dict(json.loads(line.removeprefix("data: ")))
        return None

    def close(self) -> None:
        """The tab is closed."""
        self.answer.close()
        self.connection.close()
