"""A browser as the server sees it: cookies, the CSRF header read from one, a language."""

import base64
import hmac
import json
import struct
import time
from typing import Any

from django.test import Client

AUTH = "/api/auth/browser/v1"


class Browser:
    """Cookies of one browser; every write carries the CSRF token unless told otherwise."""

    def __init__(self, language: str = "ko") -> None:
        self.client = Client(enforce_csrf_checks=True, headers={"Accept-Language": language})
        self.get(f"{AUTH}/config")

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers=headers)

    def send(self, method: str, path: str, body: Any = None, *, token: bool = True) -> Any:
        headers = {"X-CSRFToken": self.cookie("csrftoken")} if token else {}
        content = b"" if body is None else json.dumps(body).encode()
        return self.client.generic(method, path, content, "application/json", headers=headers)

    def post(self, path: str, body: Any = None, **more: Any) -> Any:
        return self.send("POST", path, body, **more)

    def cookie(self, name: str) -> str:
        morsel = self.client.cookies.get(name)
        return morsel.value if morsel else ""

    def sign_up(self, email: str, password: str) -> Any:
        return self.post(f"{AUTH}/auth/signup", {"email": email, "password": password})

    def sign_in(self, email: str, password: str) -> Any:
        return self.post(f"{AUTH}/auth/login", {"email": email, "password": password})

    def sign_out(self) -> Any:
        return self.send("DELETE", f"{AUTH}/auth/session")

    def prove(self, password: str) -> Any:
        """Say the password once more."""
        return self.post(f"{AUTH}/auth/reauthenticate", {"password": password})

    def add_app(self, password: str) -> str:
        """Set up an authenticator app; returns its secret."""
        assert self.prove(password).status_code == 200
        secret = str(self.get(TOTP).json()["meta"]["secret"])
        done = self.post(TOTP, {"code": code_of(secret)})
        assert done.status_code == 200, done.content
        return secret

    def second_step(self, code: str) -> Any:
        return self.post(f"{AUTH}/auth/2fa/authenticate", {"code": code})


FACTORS = f"{AUTH}/account/authenticators"
TOTP, CODES = f"{FACTORS}/totp", f"{FACTORS}/recovery-codes"


def code_of(secret: str, *, steps: int = 0) -> str:
    """What an authenticator app shows now, or so many times half a minute away (RFC 6238)."""
    key = base64.b32decode(secret)
    moment = int(time.time()) // 30 + steps
    hashed = hmac.new(key, struct.pack(">Q", moment), "sha1").digest()
    at = hashed[-1] & 15
    number = struct.unpack(">I", hashed[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
