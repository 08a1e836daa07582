"""The mail view of `make up`: what would have been sent, as its readers would see it.

Reads the files into which development puts its e-mails. Only for this machine: mails hold links
that open accounts, so nobody is answered who calls it by another name.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from devtools.places import MAIL

# How Django's backend divides the messages of one file.
DIVIDER = b"\n" + b"-" * 79 + b"\n"
SHOWN = 200
PLACE = re.compile(r"/(mail|html)/([\w.-]+)/(\d+)")
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'"
# What is in a mail runs nothing and fetches nothing; its links open beside it.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
    " sandbox allow-popups allow-popups-to-escape-sandbox"
)
STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .375rem .5rem; border-bottom: 1px solid #8884; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
iframe { width: 100%; height: 40rem; border: 1px solid #8884; background: Canvas; resize: both; }
pre { padding: 1rem; border: 1px solid #8884; white-space: pre-wrap; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .125rem 1rem; overflow-wrap: anywhere; }
dt { opacity: .7; } dd { margin: 0; }
"""


@dataclass(frozen=True)
class Sent:
    """One mail: where it stands, and what it is."""

    file: str
    number: int
    message: EmailMessage

    @property
    def place(self) -> str:
        """The rest of its addresses."""
        return f"{quote(self.file)}/{self.number}"

    def head(self, name: str) -> str:
        """A line of its head, without what folding leaves before it."""
        return str(self.message[name] or "").strip()

    def body(self, kind: str) -> str:
        """Its text ("plain") or its HTML ("html"); empty when it has none."""
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part is not None else ""


def mails(folder: Path) -> Iterator[Sent]:
    """All mails of a folder, newest first."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.name, reverse=True)
    for file in files:
        yield from reversed(in_file(file))


def in_file(file: Path) -> list[Sent]:
    """The mails of one file, in the order in which they went."""
    found = []
    for number, raw in enumerate(file.read_bytes().split(DIVIDER)):
        if raw.strip():
            message = message_from_bytes(raw.lstrip(), policy=policy.default)
            found.append(Sent(file.name, number, message))
    return found


def one(folder: Path, name: str, number: int) -> Sent | None:
    """A single mail; None when it is not, or no longer, there."""
    file = folder / name
    if not file.is_file() or file.parent != folder:
        return None
    return next((mail for mail in in_file(file) if mail.number == number), None)


def list_page(folder: Path, wanted: str) -> str:
    """The page with all mails, or those whose address or subject has the word in it."""
    rows: list[str] = []
    more = False
    for mail in mails(folder):
        to, subject = mail.head("To"), mail.head("Subject")
        if wanted.lower() not in f"{to} {subject}".lower():
            continue
        if len(rows) == SHOWN:
            more = True
            break
        rows.append(
            f"<tr><td>{escape(when(mail))}</td><td>{escape(to)}</td>"
            f'<td><a href="/mail/{mail.place}">{escape(subject)}</a></td></tr>'
        )
    none = "<p>No mail yet. The worker sends what waits every ten seconds.</p>"
    table = f"<table><tr><th>When</th><th>To</th><th>Subject</th></tr>{''.join(rows)}</table>"
    return page(
        "Mails",
        f'<form><input name="q" aria-label="search" value="{escape(wanted)}">'
        f" <button>Search</button></form>{table if rows else none}"
        + (f"<p>The newest {SHOWN} are shown.</p>" if more else ""),
    )


def mail_page(mail: Sent) -> str:
    """One mail: heads, HTML in a frame of its own, text."""
    heads = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(str(value))}</dd>"
        for name, value in mail.message.items()
        if not name.startswith(("Content-", "MIME-"))
    )
    html = f'<h2>HTML</h2><iframe title="HTML" src="/html/{mail.place}"></iframe>'
    return page(
        mail.head("Subject"),
        f'<p><a href="/">All mails</a></p><dl>{heads}</dl>{html if mail.body("html") else ""}'
        f"<h2>Text</h2><pre>{escape(mail.body('plain'))}</pre>",
    )


def when(mail: Sent) -> str:
    """Its date in its own zone."""
    date = mail.message["Date"]
    return f"{parsedate_to_datetime(str(date)):%Y-%m-%d %H:%M:%S}" if date else ""


def page(title: str, body: str) -> str:
    """A page around a body."""
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style>'
        f"<h1>{escape(title)}</h1>{body}</html>"
    )


class View(BaseHTTPRequestHandler):
    """Answers GET for the folder of the class."""

    folder = MAIL

    def do_GET(self) -> None:
        """The list, a mail, or a mail's HTML."""
        host = (self.headers.get("Host") or "").rpartition(":")[0]
        if host not in {"localhost", "127.0.0.1"}:
            self._answer(HTTPStatus.FORBIDDEN, page("Not here", ""))
            return
        url = urlsplit(self.path)
        if url.path == "/":
            self._answer(
                HTTPStatus.OK, list_page(self.folder, parse_qs(url.query).get("q", [""])[0])
            )
            return
        found = PLACE.fullmatch(url.path)
        mail = one(self.folder, found[2], int(found[3])) if found else None
        if mail is None or found is None:
            self._answer(HTTPStatus.NOT_FOUND, page("No such mail", '<a href="/">All mails</a>'))
        elif found[1] == "mail":
            self._answer(HTTPStatus.OK, mail_page(mail))
        else:
            html = mail.body("html").replace("<head>", '<head><base target="_blank">', 1)
            self._answer(HTTPStatus.OK, html, MAIL_POLICY)

    def _answer(self, status: HTTPStatus, body: str, rules: str = PAGE_POLICY) -> None:
        content = body.encode()
        self.send_response(status)
        for name, value in (
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(content))),
            ("Content-Security-Policy", rules),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cache-Control", "no-store"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), View).serve_forever()
