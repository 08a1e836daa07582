"""A charset that is none for text makes no request fail, with a query or without."""

import io
from typing import Any

import pytest

from config.wsgi import application


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["hex", "klingon", "utf-8", "rot13"])
def test_the_server_answers_whatever_charset_a_body_is_said_to_have(charset: str) -> None:
    seen: list[str] = []

    def start(status: str, headers: Any) -> None:
        seen.append(status)

    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/api/v1/unsubscribe", "QUERY_STRING": "token=x",
        "CONTENT_TYPE": f"application/json; charset={charset}", "CONTENT_LENGTH": "2",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(b"{}"), "REMOTE_ADDR": "127.0.0.1",
    }  # fmt: skip
    b"".join(application(environ, start))
    assert seen == ["404 Not Found"]
