"""Times in spreadsheets stand on the clock of the cooperative, and the heading says so."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import member
from tests.factories.clients import client_for
from tests.factories.orders import Deal
from tests.factories.outreach import asked

from mungchi.campaigns import operations as campaigns
from mungchi.common import clock
from mungchi.outreach import operations as outreach

pytestmark = pytest.mark.django_db

SEOUL = ZoneInfo("Asia/Seoul")
# For an office: the list, and which of its columns are moments. All of them are made at night.
OF_AN_OFFICE = [
    ("/api/v1/campaigns", "마감", "Closes"),
    ("/api/v1/campaigns/{campaign}/questions", "물은 때", "Asked"),
    ("/api/v1/campaigns/{campaign}/questions", "답한 때", "Answered"),
    ("/api/v1/ledger/entries", "기록 시각", "Booked"),
    ("/api/v1/reports/savings/lines?against=list_price", "마감", "Closed"),
    ("/api/v1/members", "가입", "Joined"),
    ("/api/v1/contacts", "때", "When"),
    ("/api/v1/introductions/office", "제안", "Proposed"),
]


def until_half_past_midnight() -> timedelta:
    """From now to the next 00:30 in Seoul, when it is still the day before in UTC."""
    now = clock.now().astimezone(SEOUL)
    night = (now + timedelta(days=1)).replace(hour=0, minute=30, second=0, microsecond=0)
    return night - now


@pytest.fixture
def night() -> Iterator[datetime]:
    with clock.shifted(until_half_past_midnight()):
        yield clock.now()


@pytest.fixture
def deal(night: datetime) -> Deal:
    """A campaign that was paid for, with all that an office's lists show beside it."""
    deal = Deal().sourcing()
    question = campaigns.ask_question(
        actor=deal.supplier, campaign_id=deal.campaign.pk, text="나눌 수 있습니까?"
    )
    campaigns.answer_question(actor=deal.office, question_id=question.pk, answer="됩니다.")
    deal.sourcing = lambda: deal
    deal.ordered(30, 40)
    spoken = member(deal.host)
    outreach.record_contact(actor=deal.office, firm_id=spoken.firm_id, how="telephone")
    asked(deal.host)
    return deal


def sheet_of(who: Any, path: str, language: str = "ko") -> list[tuple[Any, ...]]:
    path += ("&" if "?" in path else "?") + "export=xlsx"
    answer = client_for(who, language).get(path)
    assert answer.status_code == 200, answer.content
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return list(book.active.iter_rows(values_only=True))


@pytest.mark.parametrize(("path", "korean", "english"), OF_AN_OFFICE)
def test_half_past_midnight_in_seoul_is_that_day_whatever_it_is_in_utc(
    deal: Deal, night: datetime, path: str, korean: str, english: str
) -> None:
    here = night.astimezone(SEOUL)
    assert here.date() != night.astimezone(UTC).date()
    path = path.format(campaign=deal.campaign.pk)
    for language, heading in (("ko", f"{korean}(한국 시각)"), ("en", f"{english} (Seoul time)")):
        headings, *rows = sheet_of(deal.office, path, language)
        assert heading in headings
        assert not [one for one in headings if "UTC" in str(one)]
        found = [row[headings.index(heading)] for row in rows]
        assert here.replace(tzinfo=None, second=0, microsecond=0) in [
            each and each.replace(second=0, microsecond=0) for each in found
        ], found


def test_a_firm_reads_the_clock_of_the_cooperative_too(deal: Deal, night: datetime) -> None:
    Deal(host=deal.host).opened().join(5, firm=deal.people[0])
    headings, row = sheet_of(deal.people[0], "/api/v1/commitments")
    closes = row[headings.index("마감(한국 시각)")]
    assert closes.date() == night.astimezone(SEOUL).date() + timedelta(days=7)


@pytest.mark.parametrize("path", ["/api/v1/ledger/entries", "/api/v1/campaigns"])
def test_naming_the_zone_asks_nothing_more_for_more_rows(deal: Deal, path: str) -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked_:
            sheet_of(deal.office, path)
        counts.append(len(asked_))
        Deal(host=deal.host).ordered(30, 40, 50)
    assert counts[0] == counts[1]
