"""The ledger between cooperatives and its evidence: who bought what where, and no single firm."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from tests.campaigns.test_between_cooperatives import Joint
from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    auditor_of,
    buyer_of,
    coordinator_of,
    member,
)
from tests.factories.clients import client_for
from tests.factories.orders import Deal, today

from mungchi.accounts.access import Actor
from mungchi.campaigns import operations as campaigns
from mungchi.campaigns.models import ClearingRun
from mungchi.common import clock
from mungchi.orders import stage as orders
from mungchi.payments import stage as payments

pytestmark = pytest.mark.django_db


def traded(joint: Joint, *, paying: bool = True) -> Joint:
    """Bring an open joint campaign past its payments."""
    joint.cleared()
    orders.place_orders()
    payments.ask_for_payment()
    if paying:
        for payment in joint.payments():
            joint.pay(payment)
        orders.issue_purchase_orders()
    return joint


def joined(ours: tuple[int, ...], others: tuple[int, ...], **given: Any) -> Joint:
    joint = Joint(**given)
    joint.opened()
    for quantity in ours:
        joint.ours(quantity)
    for quantity in others:
        joint.join(quantity)
    return joint


def ledger(actor: Actor, query: str = "") -> list[dict[str, Any]]:
    return client_for(actor).get(f"/api/v1/trade{query}").json()["pairs"]


def sheets(actor: Actor, query: str = "") -> dict[str, list[tuple[Any, ...]]]:
    answer = client_for(actor).get(f"/api/v1/trade/evidence{query}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith('attachment; filename="evidence-')
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_the_ledger_is_the_same_from_both_sides() -> None:
    joint = traded(joined((10, 20), (70,)))
    for actor in (joint.office, joint.outside, auditor_of(joint.partner)):
        (row,) = ledger(actor)
        assert row["host"]["name"] == "주관협동조합"
        assert row["cooperative"]["name"] == "파트너협동조합"
        # 100 in all: the tier at 90.
        assert (row["campaigns"], row["firms"], row["quantity"], row["supply_value"]) == (
            1, 2, 30, 2700,
        )  # fmt: skip
        assert (row["unit"], row["currency"]) == (joint.item.unit, "KRW")
    assert ledger(coordinator_of(CooperativeFactory())) == []


def test_only_what_was_paid_counts_and_only_between_cooperatives() -> None:
    unpaid = traded(joined((10, 20), (70,)), paying=False)
    assert ledger(unpaid.office) == []
    failed = traded(joined((10, 20), (70,)))
    campaigns.fail_campaign(actor=failed.office, campaign_id=failed.campaign.pk, why="공급 불가")
    orders.cancel_orders()
    assert ledger(failed.office) == []
    own = Deal().ordered()
    assert ledger(own.office) == []


def test_the_period_is_of_whole_days_in_the_offices_zone_and_one_partner_at_a_time() -> None:
    joint = traded(joined((10, 20), (70,)))
    day = today()
    assert ledger(joint.office, f"?since={day}&until={day}")
    yesterday = day - timedelta(days=1)
    assert ledger(joint.office, f"?since={yesterday}&until={yesterday}") == []
    tomorrow = day + timedelta(days=1)
    assert ledger(joint.office, f"?since={tomorrow}&until={tomorrow}") == []
    assert ledger(joint.office, f"?partner={joint.partner.pk}")
    assert ledger(joint.office, f"?partner={CooperativeFactory().pk}") == []
    client = client_for(joint.office)
    for query, code in (
        (f"?since={tomorrow}&until={day}", "period_wrong"),
        ("?since=0001-01-01&until=0001-01-01", "period_wrong"),
        ("?until=9999-12-31", "period_wrong"), ("?since=x", "invalid"), ("?partner=x", "invalid"),
    ):  # fmt: skip
        answer = client.get(f"/api/v1/trade{query}")
        assert (answer.status_code, answer.json()["code"]) == (422, code), query


def test_the_evidence_of_the_host_has_every_volume_and_the_records_hash() -> None:
    joint = joined((10, 20), (70,), takes_guests=True)
    guest = buyer_of(FirmFactory())
    campaigns.admit_guest(
        actor=joint.office, campaign_id=joint.campaign.pk,
        business_number=guest_number(guest),
    )  # fmt: skip
    joint.join(5, firm=guest)
    traded(joint)
    book = sheets(joint.office)
    assert list(book) == ["안내", "협동조합 사이 거래", "공동구매", "조합별 물량", "마감 정산 기록"]
    volumes = {row[2]: row[3:5] for row in book["조합별 물량"][1:]}
    assert volumes == {
        "주관협동조합": (1, 70), "파트너협동조합": (2, 30), "주관협동조합 손님 기업": (1, 5),
    }  # fmt: skip
    run = ClearingRun.objects.get(campaign=joint.campaign)
    assert book["마감 정산 기록"][1][-1] == run.inputs_hash
    assert book["공동구매"][1][9] == run.firms == 4
    assert sum(row[4] for row in book["조합별 물량"][1:]) == run.quantity


def guest_number(actor: Actor) -> str:
    from mungchi.accounts.models import Firm

    return str(Firm.objects.get(pk=actor.firm_id).business_number)


def test_the_evidence_of_an_outside_office_gives_no_single_firm_away() -> None:
    joint = traded(joined((10, 20), (1237,)))
    book = sheets(joint.outside)
    volumes = {row[2]: row[3:5] for row in book["조합별 물량"][1:]}
    assert volumes == {"파트너협동조합": (2, 30), "그 밖의 참여 기업": (1, "비공개")}
    text = str(book)
    for secret in ("1237", "1,237", "1267", "1,267"):
        assert secret not in text
    several = traded(joined((10, 20), (1237, 55)))
    volumes = {row[2]: row[3:5] for row in sheets(several.outside)["조합별 물량"][1:]}
    assert volumes["그 밖의 참여 기업"] == (2, 1292)


def test_names_that_look_like_formulas_stay_text() -> None:
    joint = Joint(title="=1+1")
    joint.opened()
    joint.ours(10)
    joint.join(50)
    traded(joint)
    answer = client_for(joint.office).get("/api/v1/trade/evidence")
    cell = openpyxl.load_workbook(io.BytesIO(answer.content))["공동구매"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: Any) -> None:
    joint = traded(joined((10, 20), (70, 80)))
    client = client_for(joint.office)
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(40) as seen:
            assert client.get("/api/v1/trade").status_code == 200
            assert client.get("/api/v1/trade/evidence").status_code == 200
        counts.append(len(seen))
        for _ in range(2):
            again = Joint.__new__(Joint)
            again.partner, again.outside = joint.partner, joint.outside
            Deal.__init__(
                again, host=joint.host,
                given={"reach": "partners", "partners": [joint.partner.pk]},
            )  # fmt: skip
            again.opened()
            again.join(10, firm=member(joint.partner))
            again.join(60)
            traded(again)
    assert counts[0] == counts[1]
    assert ledger(joint.office)[0]["campaigns"] == 5 or len(ledger(joint.office)) > 1


def test_english_readers_get_english_sheets() -> None:
    joint = traded(joined((10, 20), (70,)))
    answer = client_for(joint.office, "en").get("/api/v1/trade/evidence")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == [
        "About", "Between cooperatives", "Campaigns", "Volumes", "Clearing records",
    ]  # fmt: skip
    assert clock.now().year >= 2024
