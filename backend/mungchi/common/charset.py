"""A charset that is none for text, before Django makes a request of it.

Django reads the query by the charset that the body is said to have. Python knows codecs that are
none for text ("hex"); with one of those and a query, making the request itself fails, outside of
all that answers errors. An unknown charset does no harm: Django passes over it, and parsers refuse.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

_CHARSET = re.compile(r"(charset\s*=\s*\"?)([^\s;\"]+)", re.IGNORECASE)
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def read_charset(environ: dict[str, Any]) -> None:
    """Call a charset unknown that is a codec but none for text."""
    given = environ.get("CONTENT_TYPE") or ""
    found = _CHARSET.search(given)
    if found is None:
        return
    try:
        # Of nothing at all Python asks no codec.
        b"a".decode(found[2], "replace")
    except LookupError:
        environ["CONTENT_TYPE"] = _CHARSET.sub(r"\1unknown", given)


def reading_charsets(application: Application) -> Application:
    """A WSGI application that looks at the charset first."""

    def read(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        read_charset(environ)
        return application(environ, start_response)

    return read
