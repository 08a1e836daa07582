"""A supplier's offers are searched and taken away as a spreadsheet."""

import io
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from tests.factories.accounts import supplier
from tests.factories.campaigns import Story
from tests.factories.catalog import ItemFactory
from tests.factories.clients import client_for

from mungchi.campaigns import operations
from mungchi.common import clock

pytestmark = pytest.mark.django_db
URL = "/api/v1/offers"


def offered(actor, title, name):
    story = Story(item=ItemFactory(name=name), given={"title": title}).sourcing()
    operations.post_offer(
        actor=actor, campaign_id=story.campaign.pk,
        tiers=[(10, Decimal(12)), (100, Decimal("9.5"))],
        pack_size=5, capacity=500, lead_time_days=3, delivery_cost=2_000,
        valid_until=clock.now() + timedelta(days=60),
    )  # fmt: skip


def test_by_the_words_of_title_and_item() -> None:
    actor = supplier()
    offered(actor, "봄 공동구매", "복사용지")
    offered(actor, "가을 공동구매", "절삭유")
    client = client_for(actor)

    def found(search):
        rows = client.get(URL, {"search": search}).json()["results"]
        return {row["campaign"]["title"] for row in rows}

    assert found("공동구매") == {"봄 공동구매", "가을 공동구매"}
    assert found("절삭유 가을") == {"가을 공동구매"}
    assert found("절삭유 봄") == set()


def test_as_a_spreadsheet_with_its_own_alone() -> None:
    actor = supplier()
    offered(actor, "봄 공동구매", "복사용지")
    offered(supplier(), "남의 것", "장갑")
    answer = client_for(actor).get(URL, {"export": "xlsx"})
    heads, *lines = openpyxl.load_workbook(io.BytesIO(answer.content)).active.values
    (line,) = (dict(zip(heads, one, strict=True)) for one in lines)
    assert (line["공동구매"], line["상태"]) == ("봄 공동구매", "제출")
    assert (line["첫 구간 수량"], line["마지막 구간 단가"]) == (10, 9.5)
    assert (line["배송비"], line["납기(일)"]) == (2_000, 3)
