"""Bodies that no client of good will sends, and values that no field holds."""

import gzip
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

JSON = "application/json"
NIGHT = bool(os.environ.get("MUNGCHI_NIGHT"))


@dataclass(frozen=True)
class Bad:
    """Bytes to send as they are."""

    name: str
    content: bytes
    content_type: str = JSON
    encoding: str = ""


def _deep(opening: bytes, closing: bytes, depth: int = 10_000) -> bytes:
    return opening * depth + b"1" + closing * depth


WHOLE = [
    Bad("nothing", b""),
    Bad("a space", b" "),
    Bad("cut off", b'{"quantity": 1'),
    Bad("trailing comma", b'{"quantity": 1,}'),
    Bad("single quotes", b"{'quantity': 1}"),
    Bad("two documents", b"{}{}"),
    Bad("null", b"null"),
    Bad("an array", b"[]"),
    Bad("an array of objects", b'[{"quantity": 1}]'),
    Bad("a string", b'"quantity"'),
    Bad("a number", b"7"),
    Bad("true", b"true"),
    Bad("NUL raw", b'{"why": "a\x00b", "name": "a\x00b", "title": "a\x00b"}'),
    Bad("NUL escaped", b'{"why": "a\\u0000b", "name": "a\\u0000b", "title": "a\\u0000b"}'),
    Bad("NUL in a key", b'{"a\\u0000b": 1}'),
    Bad("invalid UTF-8", b'{"why": "\xff\xfe", "name": "\xc3\x28"}'),
    Bad("overlong UTF-8", b'{"why": "\xc0\xaf"}'),
    Bad("lone surrogate", b'{"why": "\\ud800", "name": "\\udfff", "title": "\\ud800"}'),
    Bad("surrogates the wrong way round", b'{"why": "\\udc00\\ud800"}'),
    Bad("NaN", b'{"quantity": NaN, "amount": NaN, "closes_at": NaN}'),
    Bad("Infinity", b'{"quantity": Infinity, "amount": -Infinity}'),
    Bad("beyond a float", b'{"quantity": 1e999, "amount": 1e999, "lead_time_days": 1e999}'),
    Bad("5,000 digits", b'{"quantity": ' + b"9" * 5_000 + b"}"),
    Bad("10,000 arrays deep", _deep(b"[", b"]")),
    Bad("10,000 objects deep", _deep(b'{"tiers":', b"}")),
    Bad("10 MB of text", b'{"why": "' + b"x" * (10 * 1024 * 1024) + b'"}'),
    Bad("the same key twice", b'{"why": "a", "why": "b", "quantity": 1, "quantity": 2}'),
    Bad("UTF-16", '{"quantity": 1}'.encode("utf-16")),
    Bad("a byte order mark", b'\xef\xbb\xbf{"quantity": 1}'),
    Bad("an unknown charset", b'{"quantity": "x"}', "application/json; charset=klingon"),
    Bad("a codec that is none for text", b'{"quantity": "x"}', "application/json; charset=hex"),
    Bad("UTF-7", b"+AHs-+AH0-", "application/json; charset=utf-7"),
    Bad("plain text", b"quantity=1", "text/plain"),
    Bad("a form", b"quantity=1&why=x", "application/x-www-form-urlencoded"),
    Bad("XML", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "text/xml"),
    Bad("multipart without boundary", b"--x\r\n\r\n--x--", "multipart/form-data"),
    Bad("multipart cut off", b"--x\r\nContent-Dispos", "multipart/form-data; boundary=x"),
    Bad("a zip bomb", gzip.compress(b'{"why": "' + b"x" * 20_000_000 + b'"}'), JSON, "gzip"),
    Bad("no content type", b'{"quantity": 1}', ""),
    Bad("an absurd content type", b"{}", "////;;;=\xc3"),
]  # fmt: skip

# In place of the value of each field in turn.
VALUES: list[Any] = [
    None, "", " ", [], {}, True, False, [[]], [None], {"id": 1},
    -1, 0, 0.5, 2**31, 2**63, -(2**63) - 1, 10**40, 1e308,
    "NaN", "Infinity", "-0", "1e400", "1_000", "١٢٣", "0x10", "½",
    "2026-02-30", "0001-01-01", "9999-12-31", "2026-13-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-01-01T00:00:00+99:99",
    "00000000-0000-0000-0000-000000000000", "not-a-uuid", "x" * 200_000,
    "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "\u202etxet", "%00", "' OR 1=1 --",
    "../../etc/passwd", "{{7*7}}", "\ufeff", "\u2028",
]  # fmt: skip

# What a form must not set by being told to.
SMUGGLED: dict[str, Any] = {
    "id": "00000000-0000-7000-8000-000000000000",
    "state": "completed",
    "status": "active",
    "host": "00000000-0000-7000-8000-000000000000",
    "host_id": "00000000-0000-7000-8000-000000000000",
    "cooperative_id": "00000000-0000-7000-8000-000000000000",
    "firm": "00000000-0000-7000-8000-000000000000",
    "firm_id": "00000000-0000-7000-8000-000000000000",
    "supplier_id": "00000000-0000-7000-8000-000000000000",
    "actor": {"role": "operator"},
    "role": "operator",
    "is_staff": True,
    "vat_rate_bp": 0,
    "currency": "USD",
    "total": 1,
    "unit_price": "0.000001",
    "accepted_at": "2020-01-01T00:00:00Z",
    "created_at": "2020-01-01T00:00:00Z",
    "arrival": 1,
    "awarded_offer": "00000000-0000-7000-8000-000000000000",
    "__class__": "x",
}


def spoiled(body: Any) -> Iterator[tuple[str, Any]]:
    """Yield copies of a body with one value, at any depth, replaced by VALUES.

    By day each field gets every third value, another third than the field before it.
    """
    for index, place in enumerate(_places(body)):
        for value in VALUES if NIGHT else VALUES[index % 3 :: 3]:
            yield (
                f"{'.'.join(map(str, place))} = {str(value)[:40]!r}",
                _replaced(body, place, value),
            )


def without_each(body: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield copies of a body that lack one member each."""
    for name in body:
        yield f"without {name}", {key: value for key, value in body.items() if key != name}


def _places(body: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = body.items() if isinstance(body, dict) else (
        enumerate(body) if isinstance(body, list) else ()
    )  # fmt: skip
    for key, value in inner:
        yield (*before, key)
        yield from _places(value, (*before, key))


def _replaced(body: Any, place: tuple[Any, ...], value: Any) -> Any:
    if not place:
        return value
    copy = dict(body) if isinstance(body, dict) else list(body)
    copy[place[0]] = _replaced(copy[place[0]], place[1:], value)
    return copy
