"""One line a request, each with an id that also stands in every problem document."""

import logging
import re
import time
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from mungchi.common.ids import uuid7

request_id: ContextVar[str] = ContextVar("request_id", default="")
logger = logging.getLogger("mungchi.request")
_ACCEPTABLE = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestIdFilter(logging.Filter):
    """Puts the current request's id on every log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class RequestLogMiddleware:
    """Gives each request an id (the proxy's when it sent a decent one) and logs its outcome."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        rid = given if _ACCEPTABLE.fullmatch(given) else uuid7().hex
        token = request_id.set(rid)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = rid
            if not request.path.startswith(("/healthz", "/readyz")):
                said = {
                    "status": response.status_code,
                    "milliseconds": round((time.perf_counter() - began) * 1000, 1),
                }
                if key := getattr(request, "api_key_id", None):
                    said["api_key"] = key
                logger.info(
                    "%s %s %s", request.method, request.path, response.status_code, extra=said
                )
            return response
        finally:
            request_id.reset(token)
