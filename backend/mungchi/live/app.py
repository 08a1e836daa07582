"""The addresses of the event stream: /api/v1/live and /healthz, as an ASGI application."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from django.conf import settings
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from mungchi.live.asking import Refused
from mungchi.live.hub import Hub
from mungchi.live.streams import Stream

# A stream that says nothing for twice as long is taken for dead by the screen (lib/stream.ts).
BEAT = 15.0
HEADERS = {
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
    "X-Content-Type-Options": "nosniff",
}


def application() -> Starlette:
    """The application; one hub lives as long as it does."""
    return Starlette(
        routes=[Route("/api/v1/live", _live), Route("/healthz", _alive)], lifespan=_lifespan
    )


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    hub = Hub(most=settings.LIVE_MOST_STREAMS, most_each=settings.LIVE_MOST_STREAMS_EACH)
    app.state.hub = hub
    hub.start()
    try:
        yield
    finally:
        await hub.stop()


async def _alive(request: Request) -> Response:
    hub: Hub = request.app.state.hub
    if hub.listening:
        return PlainTextResponse("ok")
    return PlainTextResponse("the database is away", status_code=503)


async def _live(request: Request) -> Response:
    """Server-sent events: `standing` whenever one changes, `beat` when nothing does."""
    hub: Hub = request.app.state.hub
    if hub.streams.full:
        return _refusal(503, "too_many_streams", retry_after=30)
    stream = await hub.open(dict(request.scope))
    if isinstance(stream, Refused):
        return Response(stream.body, stream.status, stream.headers | HEADERS)
    if hub.streams.too_many_for(stream.actor):
        hub.close(stream)
        return _refusal(429, "too_many_streams", retry_after=60)
    return StreamingResponse(_events(hub, stream), media_type="text/event-stream", headers=HEADERS)


async def _events(hub: Hub, stream: Stream) -> AsyncIterator[bytes]:
    try:
        yield b"retry: 2000\n\n"
        while not stream.ended:
            try:
                await asyncio.wait_for(stream.wake.wait(), BEAT)
            except TimeoutError:
                yield b"event: beat\ndata: {}\n\n"
                continue
            for standing in stream.take():
                yield b"event: standing\ndata: " + standing + b"\n\n"
        yield b"event: end\ndata: {}\n\n"
    finally:
        hub.close(stream)


def _refusal(status: int, code: str, *, retry_after: int) -> Response:
    body = {"type": "about:blank", "title": "", "status": status, "code": code, "detail": "",
            "fields": [], "request_id": ""}  # fmt: skip
    return JSONResponse(
        body, status, HEADERS | {"Retry-After": str(retry_after)},
        media_type="application/problem+json",
    )  # fmt: skip
