"""Refunds of which the provider tells: ours are settled at once, others are taken in."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.charging import Charged, hear
from tests.payments.test_reconciling import charge_of, charged, difference, on, open_kinds, read
from tests.simulated import Simulated

from mungchi.campaigns import operations as campaigns
from mungchi.common import clock
from mungchi.orders import operations as orders
from mungchi.orders import stage as order_stage
from mungchi.payments import operations, stage
from mungchi.payments.domain.reconciling import Moved
from mungchi.payments.models import Attempt, OpenItem, ProviderEvent, Refund
from mungchi.payments.operations import applying_events
from mungchi.payments.queries import balance
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db


def failed(simulator: Simulated) -> Charged:
    """A campaign that failed after both firms were charged: both are owed all back."""
    deal = charged(simulator)
    campaigns.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="공급 불가")
    stage.return_money()
    return deal


def sold(simulator: Simulated) -> Charged:
    """A campaign whose firms were charged and whose supplier has taken the order."""
    deal = charged(simulator)
    order_stage.issue_purchase_orders()
    orders.confirm_purchase_order(actor=deal.supplier, purchase_order_id=deal.purchase_order.pk)
    stage.book_sales()
    return deal


def unanswered(simulator: Simulated) -> Charged:
    """Refunds that the provider made, and whose answers were lost."""
    deal = failed(simulator)
    simulator.fault("drop", "refund_create", times=6)
    stage.send_refunds()
    simulator.control("faults", clear=True)
    assert set(Refund.objects.values_list("state", flat=True)) == {"unknown"}
    return deal


def test_an_event_settles_a_refund_at_once(simulator: Simulated) -> None:
    unanswered(simulator)
    hear()
    assert set(Refund.objects.values_list("state", flat=True)) == {"succeeded"}
    told = ProviderEvent.objects.filter(kind__in=["refund.created", "charge.refunded"])
    assert set(told.values_list("state", flat=True)) == {"applied"}
    assert [str(one) for one in breaches()] == []


def test_control_without_taking_refunds_in_it_waits_for_the_poll(
    simulator: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    unanswered(simulator)
    monkeypatch.setattr(applying_events, "take_refund", lambda *_: False)
    hear()
    assert set(Refund.objects.values_list("state", flat=True)) == {"unknown"}


@pytest.mark.parametrize("kind", ["charge.refunded", "refund.created"])
def test_each_of_the_events_is_enough(simulator: Simulated, kind: str) -> None:
    unanswered(simulator)
    hear()
    assert Refund.objects.filter(state="succeeded").count() == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM payments_providerevent WHERE kind = %s", [kind])
        assert cursor.fetchone()[0] == 2


def test_a_refund_that_fails_days_later_is_told_by_an_event(simulator: Simulated) -> None:
    deal = failed(simulator)
    stage.send_refunds()
    first = Refund.objects.order_by("pk")[0]
    simulator.control("fail_refund", refund=first.external_id)
    with clock.shifted(timedelta(minutes=6)):
        hear()
    first.refresh_from_db()
    assert first.state == "reversed"
    read(deal, timedelta(minutes=7))
    assert open_kinds() == []
    assert difference(deal) == {}


def test_a_refund_by_hand_is_taken_in_as_the_one_that_waits(simulator: Simulated) -> None:
    deal = failed(simulator)
    simulator.control("refund_elsewhere", charge=charge_of(deal))
    hear()
    item = OpenItem.objects.get()
    assert (item.kind, item.state) == ("refund_elsewhere", "open")
    assert item.campaign_id == deal.campaign.pk
    read(deal)
    assert OpenItem.objects.count() == 1
    operations.settle_item(
        actor=deal.office, item_id=item.pk, outcome="taken_in", why="화면에서 환불"
    )
    one = Refund.objects.get(payment_id=item.payment_id)
    assert (one.state, one.way, one.external_id) == ("succeeded", "stripe", item.external_id)
    assert difference(deal) == {}
    stage.send_refunds()
    assert Refund.objects.filter(state="succeeded").count() == 2
    assert simulator.state()["counts"]["refund"] == 2
    assert [str(one) for one in breaches()] == []


def test_one_that_nobody_waits_for_is_agreed_on_once_the_order_is_taken(
    simulator: Simulated,
) -> None:
    deal = sold(simulator)
    simulator.control("refund_elsewhere", charge=charge_of(deal), amount=1_000)
    read(deal)
    item = OpenItem.objects.get(kind="refund_elsewhere")
    operations.settle_item(actor=deal.office, item_id=item.pk, outcome="taken_in", why="파손 합의")
    one = Refund.objects.get()
    assert (one.state, one.amount, one.cause) == ("succeeded", 1_000, "agreed")
    assert difference(deal) == {}
    assert [str(one) for one in breaches()] == []


def test_taking_one_in_locks_the_campaign_before_its_payment(simulator: Simulated) -> None:
    """As everybody does; the other way round it and a confirmation would wait for each other."""
    deal = sold(simulator)
    simulator.control("refund_elsewhere", charge=charge_of(deal), amount=1_000)
    read(deal)
    item = OpenItem.objects.get(kind="refund_elsewhere")
    with CaptureQueriesContext(connection) as asked:
        operations.settle_item(actor=deal.office, item_id=item.pk, outcome="taken_in", why="합의")
    locked = [
        table
        for query in asked.captured_queries
        if " FOR " in query["sql"]
        for table in ("campaigns_campaign", "payments_payment")
        if f'FROM "{table}"' in query["sql"]
    ]
    assert locked[:2] == ["campaigns_campaign", "payments_payment"]


def test_a_movement_without_a_name_is_about_nothing_of_ours(simulator: Simulated) -> None:
    """A try of which no answer has come yet has no name either; they are not the same."""
    deal = charged(simulator)
    payment = deal.payments()[0]
    tried = payment.attempts.get()
    Attempt.objects.create(
        payment=payment, account=tried.account, cooperative=deal.host, firm_id=tried.firm_id,
        mandate=tried.mandate, number=2, amount=tried.amount, currency="KRW", state="created",
        key="without a name", parameters="", created_at=clock.now(),
    )  # fmt: skip
    known = balance.known_of(deal.host.pk, [
        Moved(pk=uuid4(), id="txn_1", kind="refund", source="", charge="", amount=-5, fee=0,
              currency="KRW", source_amount=None, source_currency="", at=clock.now()),
    ])  # fmt: skip
    assert known.charges == {}


def test_before_that_it_cannot_be_taken_in_but_the_cooperative_may_bear_it(
    simulator: Simulated,
) -> None:
    deal = charged(simulator)
    simulator.control("refund_elsewhere", charge=charge_of(deal), amount=1_000)
    read(deal)
    item = OpenItem.objects.get(kind="refund_elsewhere")
    with pytest.raises(operations.CannotBeTakenIn):
        operations.settle_item(actor=deal.office, item_id=item.pk, outcome="taken_in", why="x")
    item.refresh_from_db()
    assert item.state == "open"
    operations.settle_item(actor=deal.office, item_id=item.pk, outcome="not_ours", why="조합 부담")
    assert on("not_ours") == 1_000
    assert difference(deal) == {}
    assert [str(one) for one in breaches()] == []


def test_a_refund_of_somebody_elses_charge_is_left_alone(simulator: Simulated) -> None:
    deal = charged(simulator)
    key = simulator.credentials().secret_key
    made = simulator.control("pay_elsewhere", key=key, amount=50_000)
    simulator.control("refund_elsewhere", charge=made["id"])
    hear()
    assert open_kinds() == []
    read(deal)
    assert open_kinds() == ["orphan", "orphan"]
