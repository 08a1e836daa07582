"""The mail view: every mail with its text and HTML, and nothing of it runs."""

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

from devtools import mail_view


@pytest.fixture
def view(tmp_path: Path) -> Iterator[str]:
    """The view on a folder with two mails that went on one connection."""
    backend = "django.core.mail.backends.filebased.EmailBackend"
    through = get_connection(backend, file_path=str(tmp_path))
    through.open()
    for name, to in (("첫 번째", "one@mungchi.example"), ("<b>두</b> 번째", "two@mungchi.example")):
        mail = EmailMultiAlternatives(name, f"본문 {name}", to=[to], connection=through)
        html = f"<html><head></head><p>{name}</p><script>steal()</script></html>"
        mail.attach_alternative(html, "text/html")
        mail.send()
    through.close()

    class View(mail_view.View):
        folder = tmp_path

        def log_message(self, *said: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), View)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def get(address: str, **headers: str) -> tuple[int, str, str]:
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode(), answer.headers["Content-Security-Policy"]
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers["Content-Security-Policy"]


def test_mails_are_listed_newest_first_and_found_by_address(view: str) -> None:
    _, body, _ = get(view + "/")
    assert body.index("two@") < body.index("one@")
    assert "&lt;b&gt;두" in body
    _, found, _ = get(view + "/?q=one@")
    assert "one@" in found
    assert "two@" not in found


def test_a_mail_is_shown_with_text_and_its_html_apart(view: str) -> None:
    _, body, _ = get(view + "/")
    place = body.split('href="/mail/')[1].split('"')[0]
    _, mail, _ = get(f"{view}/mail/{place}")
    assert "본문 &lt;b&gt;두" in mail
    assert f'src="/html/{place}"' in mail
    assert "<script>" not in mail
    _, html, policy = get(f"{view}/html/{place}")
    assert "<script>" in html
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy


def test_what_is_not_a_mail_or_comes_by_another_name_is_refused(view: str) -> None:
    for path in ("/mail/../run.json/0", "/mail/none.log/0", "/html/%2e%2e/0", "/etc/passwd"):
        assert get(view + path)[0] == 404
    status, body, _ = get(view + "/", Host="evil.example")
    assert status == 403
    assert "one@" not in body
