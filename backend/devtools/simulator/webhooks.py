"""Events on their way to whoever wants them: signed, tried again, and disturbed on purpose."""

import asyncio
import hashlib
import hmac
import http.client
import json
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from devtools.simulator.world import Thing, World, public

WAITS: Final = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
WORKERS: Final = 4
SECONDS: Final = 10.0


def signature(body: bytes, secret: str, at: int) -> str:
    """The header that says who sent a body and when."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"


@dataclass
class Disturbance:
    """How the way is disturbed: each is off unless set."""

    hold: bool = False
    shuffle: bool = False
    duplicate: int = 0
    drop: int = 0


@dataclass
class Sender:
    """Delivers events to the endpoints of their account, and to those that listen to all."""

    world: World
    disturbed: Disturbance = field(default_factory=Disturbance)
    everyone: list[dict[str, Any]] = field(default_factory=list)
    held: list[Thing] = field(default_factory=list)
    delivered: int = 0
    failed: int = 0
    dropped: int = 0
    under_way: int = 0
    answers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.queue: asyncio.Queue[tuple[Thing, dict[str, Any], int]] = asyncio.Queue()
        self.pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="webhook")
        self.tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin to deliver."""
        for _ in range(WORKERS):
            self._keep(self._work())

    def _keep(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def take(self, event: Thing) -> None:
        """An event happened."""
        if self.disturbed.hold:
            self.held.append(event)
            return
        self._send(event)

    def _send(self, event: Thing) -> None:
        if self.disturbed.drop > 0:
            self.disturbed.drop -= 1
            self.dropped += 1
            return
        for endpoint in self._endpoints(event):
            for _ in range(1 + self.disturbed.duplicate):
                self.under_way += 1
                wait = random.uniform(0, 0.5) if self.disturbed.shuffle else 0  # noqa: S311
                self._later(wait, event, endpoint, 0)

    def _later(self, wait: float, event: Thing, endpoint: dict[str, Any], tries: int) -> None:
        if wait:
            loop = asyncio.get_running_loop()
            loop.call_later(wait, self.queue.put_nowait, (event, endpoint, tries))
        else:
            self.queue.put_nowait((event, endpoint, tries))

    def _endpoints(self, event: Thing) -> list[dict[str, Any]]:
        own = [
            self.world.things[name]
            for name in self.world.by_kind.get("webhook_endpoint", [])
            if self.world.things[name]["_account"] == event["_account"]
            if bool(self.world.things[name].get("_connect")) == bool(event.get("account"))
        ]
        keys = {account: key for key, account in self.world.accounts.items()}
        key = keys.get(event["_account"])
        heard = [each for each in self.everyone if each.get("key") in {None, key}]
        wanted = {"*", event["type"]}
        return [each for each in heard + own if wanted & set(each["enabled_events"])]

    def release(self, *, shuffle: bool = False) -> int:
        """Let go of what was held; return how many."""
        held, self.held = self.held, []
        if shuffle:
            random.shuffle(held)
        for event in held:
            self._send(event)
        return len(held)

    async def _work(self) -> None:
        while True:
            event, endpoint, tries = await self.queue.get()
            body = json.dumps(public(event)).encode()
            status = await self.post(endpoint["url"], body, endpoint["secret"])
            self.answers[str(status)] = self.answers.get(str(status), 0) + 1
            if 200 <= status < 300:
                self.delivered += 1
            elif tries < len(WAITS):
                self._later(WAITS[tries], event, endpoint, tries + 1)
                continue
            else:
                self.failed += 1
            self.under_way -= 1

    async def post(self, url: str, body: bytes, secret: str, *, age: int = 0) -> int:
        """Send a signed body now; return the status, 0 when there was no answer."""
        header = signature(body, secret, self.world.now() - age)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.pool, _post, url, body, header)

    def forget(self) -> None:
        """Begin anew: what is under way is let go."""
        while not self.queue.empty():
            self.queue.get_nowait()
        self.disturbed, self.held, self.everyone = Disturbance(), [], []
        self.delivered = self.failed = self.dropped = self.under_way = 0
        self.answers = {}


def _post(url: str, body: bytes, header: str) -> int:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    try:
        connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)
        try:
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            headers = {"Content-Type": "application/json", "Stripe-Signature": header}
            connection.request("POST", path or "/", body, headers)
            return connection.getresponse().status
        finally:
            connection.close()
    except (OSError, http.client.HTTPException):
        return 0
