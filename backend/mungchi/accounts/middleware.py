"""Noting from where and when sessions are used."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse


class SeenMiddleware:
    """Tells the session engine who asks, and has it note the visit (accounts.models.sessions)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session: Any = request.session
        session.visitor = lambda: (
            get_adapter().get_client_ip(request),
            request.headers.get("User-Agent", ""),
        )
        response = self.get_response(request)
        session.note_visit()
        return response
