"""A browser as the server sees it: cookies, the CSRF header read from one, a language."""

import json
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
