"""Every text of a stranger carries a mark; whatever the others can reach must not show it.

The matrix asks whether a row is in a list; this asks whether anything of it is anywhere: in another
row, a count, an export, a search, a notification, an e-mail.
"""

import io
import os
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import IntegrityError, connection, models, transaction
from tests.permissions import walk
from tests.permissions.matrix import LINES
from tests.permissions.rows import mailed, received
from tests.permissions.rows_cooperatives import guested
from tests.permissions.standing import standing
from tests.permissions.world import SIDES, World

from mungchi import pipeline
from mungchi.accounts.models import User
from mungchi.campaigns import queries
from mungchi.campaigns.models import Campaign
from mungchi.common.models import History

pytestmark = [pytest.mark.django_db]

FOREIGN, SIBLING = "가나리아x7f", "가나리아s3b"
# Every kind of row that a side can have, in the order of the table.
# But for guests: who is admitted to one campaign of a stranger is shown it.
NIGHT = bool(os.environ.get("MUNGCHI_NIGHT"))
SECRET = [line for line in LINES if line.make is not guested]
MAKERS = (*dict.fromkeys(line.make for line in SECRET if line.make), received, mailed)
ASKED = ("page_size=100&quantity=5", "export=xlsx&quantity=5", f"search={FOREIGN}",
         f"search={SIBLING}")  # fmt: skip
# Codes that programs read, and what is made unique or checked by its form.
NOT_TEXT = {
    "state", "kind", "role", "currency", "zone", "default_rationing", "language", "reach",
    "rationing", "outcome",
    "applied", "verdict", "provider", "subject_type", "from_state", "to_state", "machine",
    "mail_state", "business_number", "digest", "inputs_hash", "link", "reason", "problem", "slug",
    "password", "key_hash", "vat_class", "unit", "email", "number", "reference", "member_code",
    "session_key", "session_data", "prefix", "about", "how", "answer", "end", "content_type",
    "rhythm",
}  # fmt: skip
# Of a sibling, members of the same cooperative see the campaigns, items, suppliers and pools.
OF_A_FIRM_ALONE = {
    "outreach.introduction", "outreach.contact",
    "demand.need", "demand.purchase", "orders.order", "payments.payment", "payments.mandate",
    "payments.consent", "payments.creditline", "payments.credit", "payments.monthlystatement",
    "deliveries.shipment",
    "deliveries.receipt", "campaigns.clearingline",
    "campaigns.approvalrequest", "campaigns.planbresult", "notifications.notification",
    "notifications.mailbox",
    "common.history",
}  # fmt: skip


# A campaign's own events are shown to all who see the campaign.
SHOWN = " AND subject_type <> 'campaigns.campaign'"


def text_columns(model: type[models.Model]) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        if isinstance(field, models.CharField | models.TextField) and field.name not in NOT_TEXT:
            yield field


def mark(canary: str, only: set[str] | None = None) -> int:
    """Put the canary into every text of every row that has none yet; return how many texts."""
    done = 0
    with connection.cursor() as cursor:
        # Records that never change, and names that are unique: this once they do.
        cursor.execute("SET session_replication_role = replica")
        for model in apps.get_models():
            if not model.__module__.startswith("mungchi.") or not model._meta.managed:
                continue
            if only is not None and model._meta.label_lower not in only:
                continue
            for field in text_columns(model):
                name = connection.ops.quote_name(str(field.column))
                table = connection.ops.quote_name(model._meta.db_table)
                room = getattr(field, "max_length", None) or 200
                # What the database holds to a list of words is a code for programs, and no text.
                with suppress(IntegrityError), transaction.atomic():
                    cursor.execute(
                        f"UPDATE {table} SET {name} = left(%s || {name}, %s)"
                        f" WHERE {name} <> '' AND {name} NOT LIKE '%%가나리아%%'"
                        + (SHOWN if model is History and only else ""),
                        [canary, room],
                    )
                    done += cursor.rowcount
        cursor.execute("SET session_replication_role = origin")
    return done


def read(answer: Any) -> str:
    """What an answer says, unpacked when it is a spreadsheet."""
    content = b"".join(answer) if answer.streaming else answer.content
    return _inside(content) + str(dict(answer.headers))


def _inside(content: bytes) -> str:
    """What can be read in it, also where an archive has spreadsheets in it."""
    if not content.startswith(b"PK\x03\x04"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(name + _inside(book.read(name)) for name in book.namelist())


def crawl(world: World, role: str) -> Iterator[tuple[str, str]]:
    """Everything a role can read: each address for the rows of each side, exports, searches."""
    for address in walk.api():
        if "GET" not in address.methods:
            continue
        for path in _paths(world, address.route):
            for asked in ASKED if "<" not in address.route else ASKED[:2]:
                answer = world.clients[role].get(f"{path}?{asked}")
                assert answer.status_code < 500, path
                # The address of the next page repeats what was asked.
                yield path, read(answer).replace(asked, "")


def _paths(world: World, route: str) -> list[str]:
    if "<" not in route:
        return ["/api/v1/" + route]
    return [
        "/api/v1/" + route.replace("<uuid:pk>", str(line.key(world.row(line.make, side))))
        for line in SECRET
        if line.make and line.method == "GET" and line.path.partition("?")[0] == route
        for side in SIDES
    ]


@pytest.fixture(scope="module")
def marked(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The same for all tests here, since it takes long to make."""
    with standing(django_db_blocker, _marked) as made:
        yield made


@pytest.fixture
def world(marked: World, db: None) -> World:
    """Three sides with rows of every kind; what the other two have in secret is marked."""
    return marked.again()


def _marked() -> World:
    made = World()
    for maker in MAKERS:
        made.row(maker, "foreign")
    assert mark(FOREIGN) > 200
    assert mark_changes(made, "foreign", FOREIGN) > 20
    _unmark(made)
    for maker in MAKERS:
        made.row(maker, "sibling")
    assert mark(SIBLING, OF_A_FIRM_ALONE) > 50
    assert mark_changes(made, "sibling", SIBLING) > 20
    for maker in MAKERS:
        made.row(maker, "own")
    return made


def _unmark(world: World) -> None:
    """Those who ask, their firms and cooperatives were there before; they are nobody's secret."""
    people = [client.session.get("_auth_user_id") for client in world.clients.values()]
    own, sibling = world.sides["own"], world.sides["sibling"]
    # Whoever is introduced shows who they are.
    people += [sibling.firm.user_id, sibling.supplier.user_id]
    # So is who of their office has done something with them: a trail says who it was.
    done = History.objects.filter(cooperative_id=own.cooperative.pk, user_id__isnull=False)
    people += done.values_list("user_id", flat=True)
    firms = [one.firm_id for side in (own, sibling) for one in (side.firm, side.supplier)]
    with connection.cursor() as cursor:
        # What the test takes back is no change that anybody made.
        cursor.execute("SET session_replication_role = replica")
        for table, column, ids in (
            ("accounts_user", "name", [str(one) for one in people if one]),
            ("accounts_firm", "name", firms),
            ("accounts_firm", "representative", firms),
            ("accounts_firm", "address", firms),
            ("accounts_firm", "phone", firms),
            ("accounts_cooperative", "name", [own.cooperative.pk]),
            ("accounts_cooperative", "name_en", [own.cooperative.pk]),
            ("accounts_cooperative", "region", [own.cooperative.pk]),
            ("accounts_cooperative", "bank_name", [own.cooperative.pk]),
            ("accounts_cooperative", "bank_account", [own.cooperative.pk]),
            ("accounts_cooperative", "bank_holder", [own.cooperative.pk]),
        ):
            cursor.execute(
                f"UPDATE {table} SET {column} = replace({column}, %s, '')"
                " WHERE id = ANY(%s::uuid[])",
                [FOREIGN, [str(one) for one in ids]],
            )
        cursor.execute("SET session_replication_role = origin")


# What the database kept of rows, where people write in words.
WORDS = ["name", "title", "description", "note", "address", "phone", "representative", "depositor",
         "message", "reason", "email", "filename", "carrier", "reference", "number"]  # fmt: skip


def mark_changes(world: World, side: str, canary: str) -> int:
    """The same in what the database kept of a side's firms."""
    one = world.sides[side]
    marked = ", ".join(
        f"{column} = (SELECT jsonb_object_agg(key, CASE WHEN key = ANY (%(words)s)"
        " AND jsonb_typeof(value) = 'string'"
        " THEN to_jsonb(%(canary)s || (value #>> '{}')) ELSE value END)"
        f" FROM jsonb_each({column}))"
        for column in ("before", "after")
    )
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            f"UPDATE common_change SET {marked} WHERE firm_id = ANY (%(firms)s::uuid[])"
            " AND NOT coalesce(after, before)::text LIKE '%%가나리아%%'",
            {"words": WORDS, "canary": canary,
             "firms": [str(one.firm.firm_id), str(one.supplier.firm_id)]},
        )  # fmt: skip
        done = cursor.rowcount
        cursor.execute("SET session_replication_role = origin")
    return done


# Public by intention: cooperatives that can be applied to, firms that can be invited to offer.
PUBLIC = ("/api/v1/cooperatives", "/api/v1/suppliers", "/api/v1/categories")
FIRMS = ("owner", "buyer", "viewer", "supplier")
OTHERS = ("coordinator", "auditor", "seatless", "operator")


# One of each kind; what the others may read is told apart cell by cell (test_matrix), and by night.
CRAWLING = (*FIRMS, *OTHERS) if NIGHT else ("owner", "supplier", "coordinator", "operator")


def test_nothing_of_a_stranger_is_anywhere(world: World) -> None:
    asked = 0
    for role in CRAWLING:
        for path, body in crawl(world, role):
            asked += 1
            if not path.startswith(PUBLIC) and not (
                role == "operator" and path.startswith(("/api/v1/items", "/api/v1/platform/"))
            ):
                assert FOREIGN not in body, (role, path, body[:2000])
            if role in FIRMS:
                assert SIBLING not in body, (role, path, body[:2000])
    assert asked > 1_000


def test_nobody_is_told_of_a_stranger(world: World) -> None:
    for _ in range(3):
        pipeline.run_stages()
    mine = {
        User.objects.get(pk=client.session["_auth_user_id"]).email
        for client in world.clients.values()
        if client.session.get("_auth_user_id")
    }
    letters = [letter for letter in mail.outbox if set(letter.to) & mine]
    assert letters
    for letter in letters:
        assert FOREIGN not in f"{letter.subject}{letter.body}{letter.alternatives}"


def test_no_calendar_has_anything_of_a_stranger(world: World) -> None:
    for role in (*FIRMS, "coordinator", "auditor", "operator"):
        made = world.clients[role].post("/api/v1/calendar")
        path = made.json()["address"].partition("/api/")[2]
        feed = world.clients["anonymous"].get(f"/api/{path}").content.decode()
        # Long lines are folded.
        feed = feed.replace("\r\n ", "")
        assert "BEGIN:VCALENDAR" in feed
        assert FOREIGN not in feed, (role, feed)
        assert role not in FIRMS or SIBLING not in feed, (role, feed)


def test_control_an_answer_that_says_too_much_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A campaign's title is behind no second wall: the list that forgets its filter shows it."""
    monkeypatch.setattr(queries, "visible_to", lambda actor: Campaign.objects.all())
    found = (path for path, body in crawl(world, "owner") if FOREIGN in body)
    # Without their filter, later addresses take long; the first is what is asked for.
    assert "/api/v1/campaigns" in found
