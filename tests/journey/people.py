"""People who ask over HTTP, in the same words whether the server is this process or another."""

import http.client
import json
import uuid
from collections.abc import Mapping
from typing import Any, Protocol

from django.test import Client

AUTH = "/api/auth/browser/v1"
PASSWORD = "garden-lamp-9041"


class Transport(Protocol):
    """Sends one request; keeps cookies."""

    def __call__(
        self, method: str, path: str, content: bytes, headers: Mapping[str, str]
    ) -> tuple[int, bytes]: ...

    def cookie(self, name: str) -> str: ...


class InProcess:
    """Through Django's test client, CSRF checked as for anybody."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)

    def __call__(
        self, method: str, path: str, content: bytes, headers: Mapping[str, str]
    ) -> tuple[int, bytes]:
        kind = headers.get("Content-Type", "application/json")
        answer = self.client.generic(method, path, content, kind, headers=dict(headers))
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return answer.status_code, body

    def cookie(self, name: str) -> str:
        morsel = self.client.cookies.get(name)
        return morsel.value if morsel else ""


class OverTheWire:
    """Through a connection to a running installation."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def __call__(
        self, method: str, path: str, content: bytes, headers: Mapping[str, str]
    ) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=30)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        origin = {"Cookie": cookies, "Origin": f"http://localhost:{self.port}"}
        connection.request(method, path, content, {**headers, **origin})
        answer = connection.getresponse()
        body = answer.read()
        for value in answer.headers.get_all("Set-Cookie", []):
            name, _, rest = value.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        connection.close()
        return answer.status, body

    def cookie(self, name: str) -> str:
        return self.cookies.get(name, "")


class Person:
    """Somebody with a browser and, once there is one, a seat."""

    def __init__(self, transport: Transport, language: str = "ko") -> None:
        self.transport, self.language = transport, language
        self.seat = ""
        self.ask("GET", f"{AUTH}/config")

    def ask(self, method: str, path: str, body: Any = None, *, expect: int = 200) -> Any:
        """Send a request (paths without a leading slash are the API's); the parsed answer."""
        content = b"" if body is None else json.dumps(body, default=str).encode()
        return self._send(method, path, content, "application/json", expect)

    def get(self, path: str, **more: Any) -> Any:
        return self.ask("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> Any:
        return self.ask("POST", path, body, **more)

    def upload(self, path: str, name: str, content: bytes) -> Any:
        """Send a file as a form does."""
        mark = uuid.uuid4().hex
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{mark}--\r\n".encode()
        return self._send("POST", path, body, f"multipart/form-data; boundary={mark}", 201)

    def sign_in(self, email: str) -> "Person":
        """Sign in with the password that all have."""
        self.post(f"{AUTH}/auth/login", {"email": email, "password": PASSWORD})
        self.seat = self.get("me")["seat"] or ""
        return self

    def _send(self, method: str, path: str, content: bytes, kind: str, expect: int) -> Any:
        headers = {
            "Content-Type": kind,
            "Accept": "application/json",
            "Accept-Language": self.language,
            "X-CSRFToken": self.transport.cookie("csrftoken"),
            **({"X-Seat": self.seat} if self.seat else {}),
        }
        address = path if path.startswith("/") else f"/api/v1/{path}"
        status, text = self.transport(method, address, content, headers)
        assert status == expect, f"{method} {address}: {status} {text.decode()[:600]}"
        return json.loads(text) if text else None
