"""Errors as application/problem+json (RFC 9457): one mapping for everything that can go wrong."""

import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from mungchi.common.errors import REFUSED_BY_DATABASE, NotFound, Refused
from mungchi.common.request_log import request_id
from mungchi.common.text import Text

logger = logging.getLogger("mungchi.problems")
CONTENT_TYPE = "application/problem+json"

TITLES = {
    400: Text(ko="요청을 읽을 수 없습니다.", en="The request could not be read."),
    401: Text(ko="로그인이 필요합니다.", en="Please sign in."),
    403: Text(ko="권한이 없습니다.", en="This is not allowed."),
    404: Text(ko="찾을 수 없습니다.", en="There is nothing here."),
    405: Text(ko="지원하지 않는 요청입니다.", en="This kind of request is not possible here."),
    406: Text(ko="지원하지 않는 형식입니다.", en="That format is not available."),
    409: Text(ko="현재 상태에서는 할 수 없습니다.", en="That is not possible at present."),
    413: Text(ko="보내신 내용이 너무 큽니다.", en="What was sent is too large."),
    415: Text(ko="지원하지 않는 형식입니다.", en="That format is not understood."),
    422: Text(ko="입력값을 확인해 주십시오.", en="Please check what you entered."),
    429: Text(ko="요청이 너무 잦습니다. 잠시 후 다시 시도해 주십시오.",
              en="Too many requests. Please wait a moment."),
    500: Text(ko="오류가 발생했습니다. 잠시 후 다시 시도해 주십시오.",
              en="Something went wrong on our side. Please try again."),
}  # fmt: skip


def language() -> str:
    """The language of the current request ("ko" or "en")."""
    return "en" if (get_language() or "ko").startswith("en") else "ko"


def document(
    status: int,
    code: str,
    detail: str,
    *,
    fields: Mapping[str, Any] | None = None,
    extra: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Build the body of a problem response."""
    return {
        "type": f"urn:mungchi:problem:{code}",
        "title": TITLES.get(status, TITLES[500]).say(language()),
        "status": status,
        "code": code,
        "detail": detail,
        "fields": dict(fields or {}),
        "request_id": request_id.get(),
        **(extra or {}),
    }


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Turn what a view raised into a problem response; None leaves it to Django (500)."""
    if isinstance(exc, Http404):
        exc = NotFound()
    elif isinstance(exc, PermissionDenied):
        exc = exceptions.PermissionDenied()
    elif isinstance(exc, IntegrityError):
        exc = _by_database(exc)
    if isinstance(exc, Refused):
        set_rollback()
        body = _refusal(exc)
        headers = {"WWW-Authenticate": "Bearer"} if exc.status == 401 else None
        return Response(body, status=exc.status, headers=headers, content_type=CONTENT_TYPE)
    if not isinstance(exc, exceptions.APIException):
        return None
    set_rollback()
    return _from_rest_framework(exc)


def _by_database(exc: IntegrityError) -> Exception:
    name = getattr(getattr(exc.__cause__, "diag", None), "constraint_name", None)
    refusal = REFUSED_BY_DATABASE.get(name or "")
    return refusal() if refusal else exc


def _refusal(exc: Refused) -> dict[str, Any]:
    spoken = {
        name: [{"code": code, "message": text.say(language())} for code, text in entries]
        for name, entries in exc.fields.items()
    }
    return document(exc.status, exc.code, exc.text.say(language()), fields=spoken, extra=exc.extra)


def _from_rest_framework(exc: exceptions.APIException) -> Response:
    status = exc.status_code
    headers = {}
    if isinstance(exc, exceptions.ValidationError):
        status = 422
        body = document(
            status, "invalid", TITLES[422].say(language()), fields=_field_entries(exc.detail)
        )
    else:
        code = exc.get_codes()
        body = document(
            status, code if isinstance(code, str) else "error", _sentence(status, exc.detail)
        )
    if header := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = header
    if wait := getattr(exc, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return Response(body, status=status, headers=headers, content_type=CONTENT_TYPE)


def _sentence(status: int, detail: Any) -> str:
    """Ours where we have one: the framework's may quote the parser's English at a reader."""
    return TITLES[status].say(language()) if status in TITLES else str(detail)


def _field_entries(detail: Any, prefix: str = "") -> dict[str, list[dict[str, str]]]:
    """Flatten nested validation errors: {"tiers.1.unit_price": [{"code", "message"}]}."""
    entries: dict[str, list[dict[str, str]]] = {}
    if isinstance(detail, dict):
        for name, inner in detail.items():
            entries |= _field_entries(inner, f"{prefix}.{name}" if prefix else str(name))
    elif isinstance(detail, list) and any(isinstance(inner, dict | list) for inner in detail):
        for index, inner in enumerate(detail):
            if inner:
                entries |= _field_entries(inner, f"{prefix}.{index}" if prefix else str(index))
    else:
        errors = detail if isinstance(detail, list) else [detail]
        name = "" if prefix in {"", "non_field_errors"} else prefix
        entries[name.removesuffix(".non_field_errors")] = [
            {"code": getattr(error, "code", "invalid"), "message": str(error)} for error in errors
        ]
    return entries


def _plain(status: int, code: str) -> HttpResponse:
    body = document(status, code, TITLES[status].say(language()))
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's own 404, in the shape of all others."""
    return _plain(404, "not_found")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's own 400."""
    return _plain(400, "parse_error")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's own 403."""
    return _plain(403, "not_allowed")


def refused(exc: Refused) -> HttpResponse:
    """A refusal outside the API's own views."""
    return JsonResponse(_refusal(exc), status=exc.status, content_type=CONTENT_TYPE)


def too_many_requests(*, retry_after: int) -> HttpResponse:
    """429 outside the API's own views: come back in `retry_after` seconds."""
    response = _plain(429, "throttled")
    response["Retry-After"] = str(retry_after)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's own 500; the traceback is in the log under the same request id."""
    return _plain(500, "server_error")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A missing or stale CSRF token: the client reads a fresh one and tries again."""
    return _plain(403, "csrf_failed")
