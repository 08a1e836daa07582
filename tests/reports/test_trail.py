"""Trails in words: who, when, before and after, and nothing that the reader may not see."""

import ast
import csv
import io
import os
import tracemalloc
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import (
    CooperativeFactory,
    MembershipFactory,
    SeatFactory,
    coordinator_of,
    member,
)
from tests.factories.campaigns import Story
from tests.factories.clients import client_for
from tests.factories.orders import Deal

import mungchi
from mungchi.accounts import operations as accounts
from mungchi.accounts.access import Actor, actor_for
from mungchi.accounts.models import Firm
from mungchi.common import clock
from mungchi.common.models import Change
from mungchi.reports.domain.events import EVENTS

pytestmark = pytest.mark.django_db


def ask(who: Actor, path: str, language: str = "ko", **query: Any) -> list[dict[str, Any]]:
    answer = client_for(who, language).get(f"/api/v1/{path}", {"page_size": 100, **query})
    assert answer.status_code == 200, answer.content
    return list(answer.json()["results"])


def lines(rows: list[dict[str, Any]], said: str) -> dict[str, tuple[str, str]]:
    """The newest row that says so, as {name: (before, after)}."""
    row = next(row for row in rows if row["said"] == said)
    return {line["name"]: (line["before"], line["after"]) for line in row["lines"]}


def test_every_kind_of_event_in_the_code_has_words() -> None:
    found: set[str] = set()
    for path in Path(mungchi.__file__).parent.rglob("operations*/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                named = [k.value for k in node.keywords if k.arg == "kind"]
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                placed = node.args[2:3] if name in {"_record", "_move", "_note", "_event"} else []
                for value in (*named, *placed):
                    found |= {
                        c.value for c in ast.walk(value)
                        if isinstance(c, ast.Constant) and "_" in str(c.value)
                    }  # fmt: skip
    letters = {"account_letter", "seat_invitation", "seat_removed"}
    partly = {"purchase_order_", "less_", "left_out_", "_suggested", "awaiting_payment"}
    assert len(found) > 80
    assert found - set(EVENTS) - letters - partly == set()


def test_a_payment_tells_who_confirmed_what_in_both_languages() -> None:
    deal = Deal().placed(30, 40)
    payment = deal.payments()[0]
    client = client_for(deal.office)
    body = {"amount": payment.amount, "depositor": "홍길동", "received_date": "2026-01-02"}
    assert client.post(f"/api/v1/payments/{payment.pk}/confirm", body).status_code == 200
    rows = ask(deal.office, f"orders/{payment.order_id}/history")
    found = lines(rows, "입금 변경")
    assert found["상태"] == ("입금 대기", "결제 완료")
    assert found["입금자"] == ("", "홍길동")
    assert found["입금일"] == ("", "2026-01-02")
    made_of = lines(rows, "입금 만듦")
    assert made_of["금액"] == ("", f"{payment.amount:,}원")
    last = (payment.due_at - timedelta(seconds=1)).astimezone(deal.host.timezone).date()
    assert made_of["입금 기한"] == ("", last.isoformat())
    english = ask(deal.office, f"orders/{payment.order_id}/history", "en")
    assert lines(english, "Payment changed")["State"] == ("awaiting transfer", "paid")
    told = next(row for row in english if row["said"] == "Payment confirmed")
    assert (told["who"], told["role"], told["event"]) == (
        deal.office.user_name,
        "Coordinator",
        True,
    )
    # Payments were asked for by the pipeline: in that transaction nobody stood behind the wall.
    assert next(row for row in english if row["said"] == "Payment made")["who"] == "The system"
    assert all(row["outside"] == "" for row in english)


def test_sql_by_hand_is_told_as_written_from_outside() -> None:
    office = coordinator_of(CooperativeFactory())
    row = MembershipFactory(cooperative_id=office.cooperative_id, member_code="A-1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('mungchi.act', '', true)")
        cursor.execute("UPDATE accounts_membership SET member_code = 'A-2' WHERE id = %s", [row.pk])
    rows = ask(office, f"members/{row.pk}/history")
    assert lines(rows, "조합원 자격 변경") == {"조합원 코드": ("A-1", "A-2")}
    user = connection.settings_dict["USER"]
    assert rows[0]["who"] == user
    assert rows[0]["outside"].startswith(user)


def test_who_reads_what_of_a_campaign() -> None:
    story = Story(given={"reach": "all"}).opened()
    partner = CooperativeFactory()
    mine, other, guest = member(story.host), member(story.host), member(partner)
    for firm, limit in ((mine, "111"), (other, "112"), (guest, "113")):
        story.join(10, limit, firm=firm)
    path = f"campaigns/{story.campaign.pk}/history"

    def limits(who: Actor) -> set[str]:
        return {
            line["after"] for row in ask(who, path) for line in row["lines"]
            if line["field"] == "price_limit"
        }  # fmt: skip

    assert limits(story.office) == {"111원", "112원", "113원"}
    assert limits(mine) == {"111원"}
    assert limits(guest) == limits(coordinator_of(partner)) == {"113원"}
    assert "campaign_opened" in {row["what"] for row in ask(mine, path)}
    assert client_for(coordinator_of(CooperativeFactory())).get(
        f"/api/v1/orders/{story.campaign.pk}/history"
    ).status_code == 404  # fmt: skip


def test_a_sealed_offer_is_not_in_its_hosts_trails_before_it_is_due() -> None:
    story = Story(given={"sealed": True}).offered()
    paths = (f"campaigns/{story.campaign.pk}/history", "cooperative/history")

    def prices(who: Actor, path: str) -> set[str]:
        return {
            line["after"] for row in ask(who, path) for line in row["lines"]
            if line["field"] == "unit_price"
        }  # fmt: skip

    for path in paths:
        assert prices(story.office, path) == set()
    assert "80원" in prices(story.supplier, "firm/history")
    with clock.shifted(timedelta(days=3)):
        for path in paths:
            assert "80원" in prices(story.office, path)


def test_a_firm_reads_its_own_trail_and_a_buyer_nothing_of_people() -> None:
    host = CooperativeFactory()
    owner = member(host)
    firm = Firm.objects.get(pk=owner.firm_id)
    buyer = actor_for(SeatFactory(firm=firm, role="buyer"))
    stranger = member(host)
    accounts.change_firm(actor=owner, phone="02-222-2222")
    seen = ask(owner, "firm/history")
    assert lines(seen, "기업 변경")["전화"][1] == "02-222-2222"
    assert {"소속 만듦", "기업 변경"} <= {row["said"] for row in seen}
    of_buyer = {row["said"] for row in ask(buyer, "firm/history")}
    assert "기업 변경" in of_buyer
    assert not any("소속" in said for said in of_buyer)
    assert "02-222-2222" not in str(ask(stranger, "firm/history"))


def test_filters_narrow_by_group_sort_person_and_time() -> None:
    deal = Deal().placed(30, 40)
    path = f"campaigns/{deal.campaign.pk}/history"
    everything = ask(deal.office, path)
    groups = {name: ask(deal.office, path, group=name) for name in ("campaigns", "trade")}
    assert sum(map(len, groups.values())) == len(everything)
    assert {row["event"] for row in ask(deal.office, path, only="events")} == {True}
    assert {row["event"] for row in ask(deal.office, path, only="changes")} == {False}
    name = deal.office.user_name
    assert {row["who"] for row in ask(deal.office, path, person=name)} == {name}
    today = clock.now().astimezone(deal.host.timezone).date()
    assert ask(deal.office, path, since=today + timedelta(days=1)) == []
    assert ask(deal.office, path, until=today - timedelta(days=1)) == []
    assert len(ask(deal.office, path, since=today, until=today)) == len(everything)
    bad = client_for(deal.office).get(f"/api/v1/{path}", {"group": "x"})
    assert bad.status_code == 422


def test_pages_of_a_trail_are_stable_and_cost_the_same_queries() -> None:
    deal = Deal().placed(30, 40)
    client = client_for(deal.office)
    path = f"/api/v1/campaigns/{deal.campaign.pk}/history?only=changes&group=trade"
    counts = []
    for size in (1, 3):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"{path}&page_size={size}").json()
        assert len(page["results"]) == size
        counts.append(len(queries))
    assert counts[0] == counts[1]
    ids, url = [], f"{path}&page_size=2"
    while url:
        page = client.get(url).json()
        ids += [row["id"] for row in page["results"]]
        url = page["next"]
    assert ids == sorted(set(ids), reverse=True)


def the_file(who: Actor, **query: Any) -> Any:
    asked = {"since": "2020-01-01", "until": "2030-01-01", **query}
    return client_for(who).get("/api/v1/cooperative/history/file", asked)


def test_the_auditors_file_holds_the_trail_in_both_forms_without_formulas() -> None:
    deal = Deal().placed(30, 40)
    accounts.change_cooperative(actor=deal.office, representative="=HYPERLINK(1)")
    auditor = actor_for(SeatFactory(cooperative=deal.host, role="auditor"))
    shown = ask(auditor, "cooperative/history", ordering="at")
    answer = the_file(auditor)
    page = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
    rows = list(page.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows][: len(shown)] == [row["id"] for row in shown]
    assert "=HYPERLINK(1)" in next(r for r in rows if r[5] == "협동조합 변경")[8]
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    text = the_file(auditor, export="csv").getvalue().decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text)))
    assert [int(row[0]) for row in table[1:]] == [row[0] for row in rows]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in table for cell in row)


def test_the_file_is_of_the_period_and_says_when_there_is_too_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = coordinator_of(CooperativeFactory())
    empty = the_file(office, since="2020-01-01", until="2020-12-31", export="csv")
    assert len(empty.getvalue().decode("utf-8-sig").splitlines()) == 1
    assert the_file(office, since="2021-01-01", until="2020-12-31").status_code == 422
    monkeypatch.setattr("mungchi.reports.operations.trail_export.MOST_ROWS", 1)
    refused = the_file(office)
    assert (refused.status_code, refused.json()["code"]) == (422, "period_too_long")


def many(cooperative_id: Any, count: int) -> None:
    """So many changes of one row, by one statement into the table that the owner may fill."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO common_change (act, at, op, subject_type, subject_id, cooperative_id,"
            " before, after, role, request_id, database_user, program)"
            " SELECT n, now(), 'changed', 'accounts.cooperative', %s, %s,"
            " jsonb_build_object('phone', n), jsonb_build_object('phone', n + 1), '', '', 'x', ''"
            " FROM generate_series(1, %s) n",
            [cooperative_id, cooperative_id, count],
        )


def test_memory_does_not_grow_with_the_file() -> None:
    """100,000 rows in `make night`; the shape of it with fewer."""
    most = 100_000 if os.environ.get("MUNGCHI_NIGHT") else 2_100
    office = coordinator_of(CooperativeFactory())
    many(office.cooperative_id, most)
    peaks = {}
    for form in ("csv", "xlsx"):
        tracemalloc.start()
        answer = the_file(office, export=form)
        assert answer.status_code == 200
        assert sum(len(piece) for piece in answer) > most
        peaks[form] = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
    assert max(peaks.values()) < 60, peaks
    assert Change.objects.filter(cooperative_id=office.cooperative_id).count() >= most
