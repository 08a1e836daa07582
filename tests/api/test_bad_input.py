"""Every write endpoint with everything that should not be sent to it.

Never a 5xx; and what is refused has written nothing, in any table.
"""

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

import pytest
import yaml
from django.core.cache import cache as attempts
from django.db import connection, transaction
from tests.api.bad_bodies import NIGHT, SMUGGLED, WHOLE, Bad, spoiled, without_each
from tests.around import around
from tests.permissions.cells import refusal
from tests.permissions.line import EVERYBODY, Line
from tests.permissions.matrix import LINES
from tests.permissions.standing import people, world
from tests.permissions.world import SIDES, World

from devtools.places import ROOT
from mungchi.campaigns.models import Campaign
from mungchi.common.charset import read_charset

__all__ = ["people", "world"]
pytestmark = pytest.mark.django_db
# Sessions and sign-in limits are touched by asking, not by what is asked.
DESCRIPTION = ROOT / "docs" / "api" / "openapi.yml"
NOT_OURS = ("accounts_session", "common_cache")
WRITING = [line for line in LINES if line.method != "GET"]
READING = [line for line in LINES if line.method == "GET"]
# Members that name when, or by which key, something was made differ from run to run.
VOLATILE = (
    "id",
    "at",
    "date",
    "number",
    "reference",
    "answer_by",
    "now",
    "who",
    "seat",
    "inputs_hash",
    "pool",
    "key",
    "prefix",
    "introduction",
    "url",
)


def named(line: Line) -> str:
    return line.name


def fingerprint() -> list[Any]:
    """How many rows every table has, and a sum over all their contents."""
    tables = [t for t in connection.introspection.table_names() if t not in NOT_OURS]
    assert len(tables) > 30
    each = " UNION ALL ".join(
        f"SELECT '{table}', count(*), sum(hashtextextended(t::text, 0)) FROM \"{table}\" t"
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(each)
        # The database may read the tables in any order, several at once.
        return sorted(cursor.fetchall(), key=lambda row: row[0])


class Asker:
    """Somebody who may do what a line says, with a row to do it to."""

    def __init__(self, line: Line, world: World) -> None:
        self.line, self.world = line, world
        # Mostly one's own; a partnership is proposed to somebody else.
        side = next((side for side in SIDES if line.sees.get(side)), "own")
        self.row = self.world.row(line.make, side) if line.make else None
        self.role = next(
            role for role in EVERYBODY
            if refusal(line, role) is None
            and (line.make is None or role in line.sees[side])
            and (side if line.make else "none", role) not in line.but
        )  # fmt: skip
        key = None if self.row is None else line.key(self.row)
        self.path = "/api/v1/" + line.path.replace("<uuid:pk>", str(key))
        self.body = line.body(self.world, self.row) if line.body else None
        self.before = fingerprint()
        self.again()

    def again(self) -> None:
        """Count from here, as the limits of attempts do."""
        attempts.clear()
        self.asked = self.refused = 0

    def send(self, content: bytes, content_type: str = "application/json", **more: Any) -> Any:
        """Send bytes; the answer. What was taken is undone; what was refused should not need it."""
        client = self.world.clients[self.role]
        if not hasattr(client, "bare"):
            # As config.wsgi does, which test clients pass by.
            client.bare = client.handler
            client.handler = lambda environ: (read_charset(environ), client.bare(environ))[1]
        with around():
            answer = client.generic(self.line.method, self.path, content, content_type, **more)
            transaction.set_rollback(answer.status_code < 400)
        self.asked += 1
        self.refused += answer.status_code >= 400
        return answer

    def wrote(self) -> set[str]:
        """The tables in which any of what was refused has left something behind."""
        return {table for table, *_ in set(fingerprint()) ^ set(self.before)}

    def send_json(self, body: Any) -> Any:
        return self.send(json.dumps(body, default=str).encode())


def survive(name: str, ask: Callable[[], Any], *, refused: bool = False) -> str | None:
    """Ask; return what is wrong with the answer, or None."""
    try:
        answer = ask()
    except Exception as error:  # noqa: BLE001 - whatever it is belongs in the list
        return f"{name}: {type(error).__name__} {error}"
    if answer.status_code >= 500:
        return f"{name}: {answer.status_code} {answer.content[:200]!r}"
    if refused and answer.status_code < 400:
        return f"{name}: taken with {answer.status_code} {answer.content[:200]!r}"
    if answer.status_code >= 400 and answer["Content-Type"] != "application/problem+json":
        return f"{name}: no problem document but {answer['Content-Type']}"
    return None


T = TypeVar("T")


def _turn(line: Line, lines: Sequence[Line], all_of: Sequence[T]) -> Sequence[T]:
    """A third of them, another third for the next line: where the same code (parsers, kinds of
    fields) reads all for all lines. By night each line gets all."""
    return all_of if NIGHT else all_of[lines.index(line) % 3 :: 3]


def sent_raw(asker: Asker, bad: Bad) -> Callable[[], Any]:
    more = {"headers": {"Content-Encoding": bad.encoding}} if bad.encoding else {}
    return lambda: asker.send(bad.content, bad.content_type, **more)


# All that may be said there may be left out.
TAKES_LESS = {
    "me", "notifications/read", "proposed-needs/<uuid:pk>/accept", "campaigns/<uuid:pk>/close",
    "bundles/<uuid:pk>/campaign", "payouts/<uuid:pk>/approve", "campaigns/<uuid:pk>/payout",
    "claims/<uuid:pk>/withdraw",
}  # fmt: skip


# What is refused there is counted, and leaves nothing else behind.
COUNTED = {"webhooks/stripe/<uuid:pk>": {"payments_refusedevents"}}


@pytest.mark.parametrize("line", WRITING, ids=named)
def test_nothing_that_is_sent_breaks_it(line: Line, world: World) -> None:
    """In one test for an address: its row takes longer to make than a dozen answers."""
    asker = Asker(line, world)
    no_body_breaks_it(line, asker)
    if line.body is not None and not line.multipart:
        asker.again()
        no_value_of_a_field_breaks_it(line, asker)
        members_that_are_not_asked_for_set_nothing(line, asker)


def no_body_breaks_it(line: Line, asker: Asker) -> None:
    optional = line.body is None or line.path in TAKES_LESS or (
        line.method == "PATCH"
    )  # fmt: skip
    bodies = WHOLE if line.multipart else _turn(line, WRITING, WHOLE)
    wrong = [
        said
        for bad in bodies
        # What needs no body, or nothing in it, may take an empty one; no body is never read.
        if (said := survive(bad.name, sent_raw(asker, bad), refused=not optional))
    ]
    assert not wrong, "\n".join(wrong)
    assert asker.wrote() == COUNTED.get(line.path, set())
    assert asker.asked == len(bodies)
    assert optional or asker.refused == asker.asked


def test_there_are_as_many_bad_bodies_as_promised() -> None:
    """And what takes turns leaves none out."""
    assert len(WHOLE) >= 40
    sent = {bad.name for line in WRITING for bad in _turn(line, WRITING, WHOLE)}
    assert sent == {bad.name for bad in WHOLE}


def no_value_of_a_field_breaks_it(line: Line, asker: Asker) -> None:
    plain = json.loads(json.dumps(asker.body, default=str))
    assert survive("as it should be", lambda: asker.send_json(plain)) is None
    # What there is nothing to do for is refused with a good body as well.
    assert asker.refused == int(line.ok >= 400)
    wrong = [
        said
        for name, body in (*_turn(line, WRITING, list(spoiled(plain))), *without_each(plain))
        if (said := survive(name, lambda body=body: asker.send_json(body)))
    ]
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:40])
    assert not asker.wrote()
    assert asker.refused > asker.asked // 10


def test_control_a_refusal_that_wrote_something_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mungchi.campaigns import operations
    from mungchi.common.errors import Conflict

    def careless(*, actor: Any, campaign_id: Any, **given: Any) -> None:
        Campaign.objects.filter(pk=campaign_id).update(title="남은 흔적")
        raise Conflict

    asker = Asker(next(li for li in WRITING if li.path.endswith("/cancel")), world)
    monkeypatch.setattr(operations, "cancel_campaign", careless)
    assert asker.send_json(asker.body).status_code == 409
    assert asker.wrote()


def members_that_are_not_asked_for_set_nothing(line: Line, asker: Asker) -> None:
    plain = json.loads(json.dumps(asker.body, default=str))
    added = {key: value for key, value in SMUGGLED.items() if key not in plain}
    usual, smuggled = asker.send_json(plain), asker.send_json({**plain, **added})
    assert usual.status_code == smuggled.status_code == line.ok
    assert _steady(smuggled) == _steady(usual)


def _steady(answer: Any) -> Any:
    return _without_volatile(json.loads(answer.content)) if answer.content else None


def _without_volatile(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: _without_volatile(inner)
            for name, inner in value.items()
            if not name.endswith(VOLATILE)
        }
    if isinstance(value, list):
        return [_without_volatile(inner) for inner in value]
    return value


UPLOADS = [
    ("nothing", b""),
    ("NULs", b"\x00" * 5_000),
    ("half a zip", b"PK\x03\x04" + b"\x00" * 30),
    ("invalid UTF-8", b"date,qty,price\n\xff\xfe\xfd,1,2\n"),
    ("one endless line", b"x" * 3_000_000),
    ("only commas", b"," * 100_000),
    ("an open quote", b'a,b,c\n"never ends,' + b"1,2\n" * 1_000),
    ("formulas", b"=cmd|' /C calc'!A0,@SUM(1),+1,-1\n=1+1,=1+1,=1+1,=1+1\n"),
    ("HTML", b"<html><body>404</body></html>"),
    ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content"), UPLOADS, ids=[name for name, _ in UPLOADS])
def test_no_upload_breaks_it(name: str, content: bytes, world: World) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    for filename in ("p.csv", "p.xlsx", "../../etc/passwd", "a\u202eb.csv", "ㄱ" * 300 + ".csv"):
        with around():
            answer = world.clients["coordinator"].post(
                "/api/v1/imports",
                {"file": SimpleUploadedFile(filename, content)},
                format="multipart",
            )
            transaction.set_rollback(True)
        assert answer.status_code in {201, 422}, (filename, answer.content[:300])


QUERIES = [
    "ordering=", "ordering=password", "ordering=-id;drop table", "page_size=0", "page_size=-1",
    "page_size=99999999999999999999", "page_size=abc", "cursor=", "cursor=%00", "cursor=AAAA",
    "cursor=cD0yMDI2", "cursor=bz05OTk5OTk5OTk5OTk5OTk5OTk5OQ%3D%3D", "cursor=%FF%FE",
    "cursor=cD1hYmM%3D", "cursor=cj0xJnA9%00", "search=%00", "search=%FF", "search=" + "x" * 5_000,
    "state=%00", "state=nonsense", "state=" + "," * 3_000, "campaign=not-a-uuid", "category=%00",
    "closing_before=9999-99-99", "closing_before=0001-01-01T00:00:00%2B14:00", "mine=maybe",
    "due_before=9999-12-31T23:59:59-12:00", "export=xlsx%00", "export=csv", "seat=x", "seat=%00",
    "quantity=%00", "quantity=1e9", "quantity=9223372036854775808", "price_limit=NaN",
    "unread=perhaps", "kind=%00", "order=%00", "firm=%00", "division=x", "status=%00", "reason=%00",
]  # fmt: skip


@cache
def parameters() -> dict[str, set[str]]:
    """What each address reads from its query, by the description of the API."""
    paths = yaml.load(DESCRIPTION.read_text(), yaml.CSafeLoader)["paths"]
    return {
        path.removeprefix("/api/v1/").replace("{id}", "<uuid:pk>"): {
            one["name"] for one in methods["get"].get("parameters", []) if one["in"] == "query"
        }
        for path, methods in paths.items()
        if "get" in methods
    }


# What every list reads in the same way (mungchi.common.listing).
OF_EVERY_LIST = ("ordering", "page_size", "cursor", "search", "seat", "export")


@pytest.mark.parametrize("line", READING, ids=named)
def test_no_query_breaks_a_list(line: Line, world: World) -> None:
    """One by one what the address reads, and at once everything that it does not."""
    asker = Asker(line, world)
    wrong = []
    known = parameters()[line.path.partition("?")[0]] | {"seat", "export", "cursor"}
    read = [query for query in QUERIES if query.partition("=")[0] in known]
    shared = _turn(line, READING, [q for q in read if q.partition("=")[0] in OF_EVERY_LIST])
    read = [q for q in read if q in shared or q.partition("=")[0] not in OF_EVERY_LIST]
    ignored = "&".join(query for query in QUERIES if query.partition("=")[0] not in known)
    for query in (*read, ignored):
        path = f"{asker.path}{'&' if '?' in asker.path else '?'}{query}"
        with around():
            answer = asker.world.clients[asker.role].get(path)
            if answer.streaming:
                b"".join(answer)
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            wrong.append(f"{query[:60]}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
