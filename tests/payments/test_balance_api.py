"""Movements of a provider's balance by day: of the office's own calendar, as they are exported."""

import io
from datetime import UTC, datetime

import openpyxl
import pytest
from tests.factories.accounts import CooperativeFactory, coordinator_of
from tests.factories.clients import client_for

from mungchi.common import clock
from mungchi.payments.models import BalanceLine, ProviderAccount

pytestmark = pytest.mark.django_db
PATH = "/api/v1/balance-lines"
# A minute before May begins in Seoul, its first moment, its last minute, and a moment after it.
MOVED = {
    "april": datetime(2026, 4, 30, 14, 59, tzinfo=UTC),
    "first": datetime(2026, 4, 30, 15, 0, tzinfo=UTC),
    "last": datetime(2026, 5, 31, 14, 59, tzinfo=UTC),
    "june": datetime(2026, 5, 31, 15, 0, tzinfo=UTC),
}


@pytest.mark.parametrize(("zone", "within"), [
    ("Asia/Seoul", {"first", "last"}), ("UTC", {"last", "june"}),
])  # fmt: skip
def test_days_are_those_of_the_offices_own_calendar(zone: str, within: set[str]) -> None:
    host = CooperativeFactory(zone=zone)
    account = ProviderAccount.objects.create(
        cooperative=host, provider="stripe", created_at=clock.now()
    )
    for name, at in MOVED.items():
        BalanceLine.objects.create(
            account=account, cooperative=host, external_id=name, kind="charge", amount=100, fee=3,
            net=97, currency="KRW", at=at, available_on=at.date(), read_at=at,
        )  # fmt: skip
    client = client_for(coordinator_of(host))
    days = f"{PATH}?since=2026-05-01&until=2026-05-31"
    assert {row["external_id"] for row in client.get(days).json()["results"]} == within
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{days}&export=xlsx").content)).active
    shown = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert {(at.year, at.month) for at in shown} == {(2026, 5)}
    for least, most in (("0001-01-01", "9999-12-31"), ("9999-12-31", "0001-01-01")):
        answer = client.get(f"{PATH}?since={least}&until={most}")
        assert answer.status_code == 200
        assert len(answer.json()["results"]) == (len(MOVED) if least < most else 0)
