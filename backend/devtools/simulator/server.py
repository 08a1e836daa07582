"""The wire: HTTP/1.1 by hand, because answers are cut and connections dropped on purpose."""

import asyncio
import contextlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from devtools.simulator import api, pages, payees
from devtools.simulator.cards import BY_NAME
from devtools.simulator.checkout import choose
from devtools.simulator.control import authenticate, control
from devtools.simulator.dispute_page import dispute_page
from devtools.simulator.faults import Fault, Faults, spoiled
from devtools.simulator.forms import nested
from devtools.simulator.typed import Wrong, checked
from devtools.simulator.webhooks import Sender
from devtools.simulator.world import Refused, Thing, World, new_id, refused

REMEMBERED: Final = {200, 402, 500}
MOST_BYTES: Final = 1_000_000
HANGS_SECONDS: Final = 120.0
SAVES_SECONDS: Final = 1.0
JSON: Final = {"Content-Type": "application/json"}
HTML: Final = {"Content-Type": "text/html; charset=utf-8"}


@dataclass
class Request:
    """What came in."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The address without its query."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, Any]:
        """What stands behind the question mark."""
        return nested(urlsplit(self.target).query)


@dataclass
class Answer:
    """What goes out; `cut` breaks off in the middle, `drop` says nothing at all."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=lambda: dict(JSON))
    cut: bool = False
    drop: bool = False


def _json(status: int, body: Any, **headers: str) -> Answer:
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, json.dumps(body).encode(), {**JSON, **more})


class Simulator:
    """One simulated Stripe on one port."""

    def __init__(self, port: int, state: Path | None = None) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.port, self.state = port, state
        self.world, self.faults = World(), Faults()
        self.busy: set[str] = set()
        self.in_flight = self.busiest = 0
        if state is not None and state.exists():
            self.world.load(state)

    def forget(self) -> None:
        """Begin anew."""
        self.world.forget()
        self.sender.forget()
        self.faults = Faults()
        self.busy.clear()
        self.busiest = 0

    async def run(self) -> None:
        """Serve until cancelled."""
        self.sender = Sender(self.world)
        self.world.on_event = self.sender.take
        self.sender.start()
        server = await asyncio.start_server(self._connected, "127.0.0.1", self.port, backlog=512)
        try:
            while True:
                await asyncio.sleep(SAVES_SECONDS)
                self._save()
        finally:
            # Not waited for: clients keep their connections, and would keep it alive.
            server.close()
            self._save()

    def _save(self) -> None:
        if self.state is not None and self.world.changed:
            self.world.save(self.state)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Cancelled: the simulator ends.
        with contextlib.suppress(
            ConnectionError,
            asyncio.CancelledError,
            asyncio.IncompleteReadError,
            asyncio.LimitOverrunError,
            ValueError,
        ):
            while request := await _read(reader):
                answer = await self.answer(request)
                if answer.drop:
                    break
                await _write(writer, answer)
                if answer.cut or request.headers.get("connection") == "close":
                    break
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    async def answer(self, request: Request) -> Answer:
        """Answer one request, whoever sent it."""
        try:
            if request.path.startswith("/v1/"):
                return await self._api(request)
            if request.path.startswith("/_control/"):
                asked = json.loads(request.body) if request.body else request.query
                verb = request.path.removeprefix("/_control/")
                return _json(200, await control(self, verb, asked))
            return self._page(request)
        except Refused as error:
            return _json(error.status, error.body)
        except (ValueError, KeyError, TypeError) as error:
            what = f"{type(error).__name__}: {error}"
            return _json(400, {"error": {"type": "invalid_request_error", "message": what}})

    async def _api(self, request: Request) -> Answer:
        self._open_account(request.headers.get("authorization", ""))
        account = self.world.ours
        operation, handler, name = api.route(request.method, request.path)
        sent = request.body.decode() if request.method == "POST" else ""
        raw = nested(sent) if request.method == "POST" else request.query
        self.world.calls[operation] += 1
        fault = self.faults.take(operation)
        self.in_flight += 1
        self.busiest = max(self.busiest, self.in_flight)
        try:
            try:
                asked = checked(operation, raw)
            except Wrong as wrong:
                raise refused(wrong.message, wrong.code, wrong.parameter) from wrong
            key = request.headers.get("idempotency-key") if request.method == "POST" else None
            slot = f"{account} {key}" if key else ""
            print_of = f"{request.path} {json.dumps(raw, sort_keys=True)}"
            if slot and slot in self.world.remembered:
                status, body = self._remembered(slot, print_of)
                await asyncio.sleep(self.faults.latency)
                return await self._out(status, body, fault, replayed=True)
            if slot and slot in self.busy:
                return _json(409, _IN_USE)
            if slot:
                self.busy.add(slot)
            try:
                await asyncio.sleep(self.faults.latency / 2)
                status, body = 0, {}
                if fault is None or fault.acts:
                    self.world.ours = account
                    call = api.Call(self.world, self.base, request.path, asked, name)
                    status, body = api.act(call, handler)
                    if fault is not None and fault.fault == "error_500":
                        status, body = 500, {"error": {"type": "api_error", "message": "500"}}
                    if slot and status in REMEMBERED:
                        self.world.remembered[slot] = [print_of, status, body]
                await asyncio.sleep(self.faults.latency / 2)
            finally:
                self.busy.discard(slot)
            return await self._out(status, body, fault)
        finally:
            self.in_flight -= 1

    def _open_account(self, authorization: str) -> None:
        key = authorization.removeprefix("Bearer ").strip()
        if not key.startswith(("sk_test_", "rk_test_")):
            raise Refused(401, "invalid_request_error", "Invalid API Key provided.")
        self.world.account_of(key)

    def _remembered(self, slot: str, print_of: str) -> tuple[int, Thing]:
        before, status, body = self.world.remembered[slot]
        if before != print_of:
            raise Refused(
                400,
                "idempotency_error",
                "Keys for idempotent requests can only be used with the same parameters "
                "they were first used with.",
            )
        self.world.replays += 1
        return status, body

    async def _out(
        self, status: int, body: Thing, fault: Fault | None, *, replayed: bool = False
    ) -> Answer:
        headers = {"Request_Id": new_id("req_")}
        if replayed:
            headers["Idempotent_Replayed"] = "true"
        if fault is None:
            if status == 500:
                headers["Stripe_Should_Retry"] = "false"
            return _json(status, body, **headers)
        if fault.fault == "timeout":
            await asyncio.sleep(HANGS_SECONDS)
        if fault.fault in {"timeout", "drop"}:
            return Answer(0, b"", drop=True)
        if fault.fault == "cut":
            return Answer(status or 200, json.dumps(body).encode() + b" " * 64, cut=True)
        status, content, more = spoiled(fault.fault, status or 200, body)
        if fault.fault == "error_500" and fault.acts:
            more = {**more, "Stripe-Should-Retry": "false"}
        return Answer(status, content, {**JSON, **more})

    def _page(self, request: Request) -> Answer:
        part = request.path.strip("/").split("/")
        form = nested(request.body.decode()) if request.method == "POST" else {}
        if request.path == "/":
            return self._dashboard(pages.language_of(None, request.query), form)
        if request.path == "/disputes":
            language = pages.language_of(None, request.query)
            return Answer(200, dispute_page(self.world, language, form), dict(HTML))
        if len(part) != 3 or part[0] != "pay":
            language = pages.language_of(None, request.query)
            return Answer(404, pages.over_page(language), dict(HTML))
        thing = self.world.things.get(part[2])
        language = pages.language_of(thing, request.query)
        pages_of = {"checkout.session", "payment_intent", "account_link"}
        if thing is None or thing["object"] not in pages_of:
            return Answer(404, pages.over_page(language), dict(HTML))
        self.world.ours = thing["_account"]
        if part[1] == "connect":
            if form and not thing.get("_used"):
                return _go(payees.use(self.world, thing, str(form.get("outcome", "leave"))))
            return Answer(200, payees.onboarding_page(self.world, thing, language), dict(HTML))
        if part[1] == "checkout":
            return self._checkout(thing, language, form)
        return self._authentication(thing, language, form)

    def _dashboard(self, language: str, form: dict[str, Any]) -> Answer:
        if not form:
            return Answer(200, pages.first_page(language), dict(HTML))
        key, url = str(form.get("key", "")).strip(), str(form.get("url", "")).strip()
        if not key.startswith(("sk_test_", "rk_test_")) or urlsplit(url).scheme[:4] != "http":
            return Answer(422, pages.first_page(language, error="wrong"), dict(HTML))
        self.world.account_of(key)
        own = api.listen(self.world, url, ["*"])
        connected = api.listen(self.world, url, ["*"], connect=True)
        both = f"{own['secret']} {connected['secret']}"
        return Answer(200, pages.first_page(language, secret=both), dict(HTML))

    def _checkout(self, session: Thing, language: str, form: dict[str, Any]) -> Answer:
        error = ""
        if form:
            try:
                sample = BY_NAME[str(form.get("card"))]
                return _go(choose(self.world, self.base, session, sample))
            except Refused as refusal:
                error = "declined" if refusal.status == 402 else ""
        page = pages.session_page(self.world, session, language, error)
        return Answer(200, page, dict(HTML))

    def _authentication(self, waiting: Thing, language: str, form: dict[str, Any]) -> Answer:
        open_states = {"open", "requires_action"}
        if waiting["status"] not in open_states:
            return Answer(200, pages.over_page(language), dict(HTML))
        if not form:
            return Answer(200, pages.authentication_page(language), dict(HTML))
        try:
            passed = form.get("passed") == "yes"
            return _go(authenticate(self.world, self.base, waiting, passed=passed))
        except Refused:
            page = pages.session_page(self.world, waiting, language, "failed")
            return Answer(200, page, dict(HTML))


_IN_USE: Final = {
    "error": {
        "type": "idempotency_error",
        "code": "idempotency_key_in_use",
        "message": "There is currently another in-progress request using this idempotent key.",
    }
}


def _go(address: str) -> Answer:
    return Answer(303, b"", {**HTML, "Location": address})


async def _read(reader: asyncio.StreamReader) -> Request | None:
    """The next request of a connection; None when there is none any more."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    lines = head.decode("latin-1").split("\r\n")
    method, target, _ = lines[0].split(" ", 2)
    headers = {
        name.strip().lower(): value.strip()
        for name, value in (line.split(":", 1) for line in lines[1:] if ":" in line)
    }
    length = int(headers.get("content-length") or 0)
    if length > MOST_BYTES:
        return None
    return Request(method, target, headers, await reader.readexactly(length))


async def _write(writer: asyncio.StreamWriter, answer: Answer) -> None:
    lines = [f"HTTP/1.1 {answer.status} -"]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    lines += [f"Content-Length: {len(answer.body)}", "", ""]
    body = answer.body[: len(answer.body) // 2] if answer.cut else answer.body
    writer.write("\r\n".join(lines).encode("latin-1") + body)
    await writer.drain()
