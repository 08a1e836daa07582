"""Decisions of an office that a supplier overtakes, who does not see them, are closed."""

from collections.abc import Iterator

import pytest
from tests.campaigns.test_second_coordinator import works_for
from tests.factories.accounts import coordinator_of
from tests.factories.clients import client_for
from tests.factories.lapses import decide, hold, lapsed
from tests.factories.orders import Deal
from tests.permissions.test_wall import behind

from mungchi.campaigns import operations
from mungchi.campaigns.models import Decision
from mungchi.common.models import History
from mungchi.common.wall import in_front
from mungchi.orders import operations as orders
from mungchi.orders import stage as order_stage
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_broken() -> Iterator[None]:
    """After each of these stories, every invariant holds."""
    yield
    assert [str(breach) for breach in breaches()] == []


def waiting(deal: Deal) -> Decision:
    """A coordinator whose own firm is in it asks a second one to let an ordered campaign fail."""
    works_for(deal.office, deal.people[0])
    coordinator_of(deal.host)
    operations.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="가격")
    return Decision.objects.get(kind="fail", state="waiting")


@pytest.mark.parametrize(
    ("answer", "state", "word"), [("refuse", "failed", "무산"), ("confirm", "delivering", "확인")]
)
def test_the_suppliers_answer_closes_what_waits_with_a_reason(
    answer: str, state: str, word: str
) -> None:
    deal = Deal().ordered()
    row = waiting(deal)
    said = client_for(deal.supplier).post(
        f"/api/v1/purchase-orders/{deal.purchase_order.pk}/{answer}",
        {"why": "재고 없음"} if answer == "refuse" else {},
    )
    assert said.status_code == 200, said.json()
    row.refresh_from_db()
    assert (deal.state(), row.state) == (state, "lapsed")
    event = History.objects.get(subject_id=row.pk, kind="decision_lapsed")
    assert word in event.why
    assert event.data["why_en"]


def test_a_price_that_the_cooperative_holds_ends_with_the_suppliers_no() -> None:
    deal = lapsed(Deal().placed(30, 40, 50), 0)
    decide(deal, "pay")
    assert order_stage.issue_purchase_orders() == 1
    with behind(deal.supplier):
        orders.refuse_purchase_order(
            actor=deal.supplier, purchase_order_id=deal.purchase_order.pk, why="재고 없음"
        )
    assert (deal.state(), hold(deal).state) == ("failed", "lapsed")


def test_one_step_in_front_inside_another_ends_with_the_outer_one() -> None:
    deal = Deal().ordered()
    row = waiting(deal)
    seen = Decision.objects.filter(pk=row.pk)
    with behind(deal.supplier):
        assert not seen.exists()
        with in_front():
            with in_front():
                assert seen.exists()
            assert seen.exists()
        assert not seen.exists()
    operations.withdraw_decision(actor=deal.office, decision_id=row.pk)
