"""The supplier confirms less than was ordered: asked, decided, carried out, and what follows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.factories.accounts import coordinator_of
from tests.factories.lapses import at
from tests.factories.less import (
    accept,
    asked,
    broken,
    followed,
    last_lines,
    less,
    pay_and_order,
)
from tests.factories.orders import Deal, today

from mungchi.accounts.models import Seat, User
from mungchi.campaigns import operations as campaigns
from mungchi.campaigns.models import ClearingRun, Decision
from mungchi.common.errors import NotFound
from mungchi.common.history import MoveNotDeclared
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.orders import operations, stage
from mungchi.orders.models import ConfirmedLess
from mungchi.orders.operations.less import (
    BrokenPack,
    DayWrong,
    LessChanged,
    NobodyCouldTakeIt,
    NotLess,
    PartsWrong,
)
from mungchi.orders.operations.purchasing import PurchaseOrderAnswered
from mungchi.payments.models import LedgerLine, Owed, Refund

pytestmark = pytest.mark.django_db


def test_what_is_confirmed_counts_and_the_difference_goes_back():
    deal = Deal(delivery_cost=33_333).ordered(30, 40, 50)
    was = {order.pk: order for order in deal.orders()}
    total = deal.purchase_order.total
    less(deal, 90)
    row = deal.purchase_order
    assert (row.state, row.quantity, row.ordered["quantity"]) == ("confirmed", 90, 120)
    assert row.due_date == today() + timedelta(days=10)
    assert deal.state() == "delivering"
    # Equal shares: 30, 30, 30.
    assert [order.quantity for order in deal.orders()] == [30, 30, 30]
    first, *others = deal.orders()
    assert first.ordered is None
    for order in others:
        before = was[order.pk]
        assert order.ordered["total"] == before.total
        assert order.unit_price == before.unit_price
        refund = Refund.objects.get(payment__order=order)
        assert (refund.cause, refund.state) == ("confirmed_less", "requested")
        assert refund.amount == before.total - order.total
        assert refund.vat == before.vat - order.vat
        assert refund.host_fee == before.host_fee - order.host_fee
        assert order.payment.state == "partially_refunded"
    assert Refund.objects.count() == 2
    back = sum(refund.amount for refund in Refund.objects.all())
    fees = sum(r.host_fee + r.host_fee_vat + r.partner_fee + r.partner_fee_vat
               for r in Refund.objects.all())  # fmt: skip
    assert total - row.total == back - fees
    # The books owe the supplier what is confirmed, and nothing was booked as owed before.
    assert Owed.objects.get(campaign=deal.campaign).ordered == row.total
    held = LedgerLine.objects.filter(entry__campaign=deal.campaign, account="member_funds")
    assert sum(line.amount for line in held) == 0
    assert broken() == []


def test_the_first_record_stays_and_the_second_names_it():
    deal = Deal().ordered(30, 40, 50)
    first = ClearingRun.objects.get(campaign=deal.campaign)
    before = list(first.lines.order_by("id").values())
    less(deal, 100)
    second = ClearingRun.objects.get(campaign=deal.campaign, reason="less")
    assert (second.previous, second.quantity, second.unit_price) == (first, 100, first.unit_price)
    assert list(first.lines.order_by("id").values()) == before
    assert sum(line.awarded for line in second.lines.all()) == 100
    with pytest.raises(IntegrityError), transaction.atomic():
        ClearingRun.objects.filter(pk=second.pk).update(quantity=1)


def test_who_would_get_too_little_gets_everything_back_and_its_order_is_closed():
    deal = Deal()
    deal.opened()
    deal.join(30)
    deal.join(40)
    deal.join(50, minimum=45)
    deal.cleared()
    pay_and_order(deal)
    less(deal, 100)
    out = deal.orders()[2]
    # 30 + 35 + 35 would be below its 45, so it is out, and the others have all they ordered.
    assert [order.quantity for order in deal.orders()[:2]] == [30, 40]
    assert out.state == "cancelled"
    assert out.ordered["quantity"] == 50
    refund = Refund.objects.get(payment__order=out)
    assert (refund.amount, refund.payment.state) == (out.total, "refund_due")
    assert deal.purchase_order.quantity == 70
    assert last_lines(deal)[out.firm_id].verdict == "below_minimum"
    assert broken() == []


def test_a_shallower_tier_raises_no_price():
    deal = Deal().ordered(60, 60)
    price = deal.purchase_order.unit_price
    less(deal, 10)
    run = ClearingRun.objects.get(campaign=deal.campaign, reason="less")
    assert run.outcome == "short"
    assert {order.unit_price for order in deal.orders()} == {price}
    assert deal.purchase_order.unit_price == price
    assert broken() == []


@pytest.mark.parametrize(
    ("quantity", "error"), [(0, NotLess), (120, NotLess), (121, NotLess), (-1, NotLess)]
)
def test_less_is_above_nothing_and_below_what_was_ordered(quantity, error):
    deal = Deal().ordered(30, 40, 50)
    with pytest.raises(error):
        asked(deal, quantity)
    assert not ConfirmedLess.objects.exists()


def test_whole_packs_a_day_ahead_and_no_variants_where_there_are_none():
    deal = Deal(pack_size=10).ordered(30, 40, 50)
    with pytest.raises(BrokenPack):
        asked(deal, 95)
    with pytest.raises(PartsWrong):
        asked(deal, 90, parts={deal.campaign.pk: 90})
    for day in (today() - timedelta(days=1), today() + timedelta(days=366)):
        with pytest.raises(DayWrong):
            operations.confirm_less(
                actor=deal.supplier, purchase_order_id=deal.purchase_order.pk, quantity=90,
                why="x", due_date=day,
            )  # fmt: skip


def test_nobody_elses_purchase_order_and_no_answered_one():
    deal, other = Deal().ordered(), Deal().confirmed()
    with pytest.raises(NotFound):
        operations.confirm_less(
            actor=other.supplier, purchase_order_id=deal.purchase_order.pk, quantity=90, why="x",
            due_date=today(),
        )  # fmt: skip
    with pytest.raises(PurchaseOrderAnswered):
        asked(other, 90)


def test_nothing_happens_before_the_office_has_answered_nor_by_itself_when_it_is_late():
    deal = Deal().ordered(30, 40, 50)
    row = asked(deal, 90)
    followed()
    assert deal.purchase_order.state == "issued"
    with at(row.answer_by - timedelta(hours=1)):
        assert (stage.remind_of_less(), stage.remind_of_less()) == (1, 0)
    with at(row.answer_by + timedelta(hours=1)):
        assert (stage.remind_of_less(), stage.remind_of_less()) == (1, 0)
        followed()
    row.refresh_from_db()
    assert (row.state, deal.purchase_order.state) == ("asked", "issued")
    notifications.tell_people()
    kinds = list(
        Notification.objects.filter(kind__startswith="less").values_list("kind", flat=True)
    )
    assert {"less_asked", "less_waits", "less_still_waits"} == set(kinds)


def test_the_supplier_may_answer_otherwise_until_it_is_accepted():
    deal = Deal().ordered(30, 40, 50)
    first = asked(deal, 90)
    assert asked(deal, 90).pk == first.pk
    second = asked(deal, 100)
    first.refresh_from_db()
    assert (first.state, second.state) == ("withdrawn", "asked")
    with pytest.raises(LessChanged):
        accept(deal, first)
    operations.confirm_purchase_order(actor=deal.supplier, purchase_order_id=deal.purchase_order.pk)
    second.refresh_from_db()
    assert (second.state, deal.purchase_order.quantity) == ("withdrawn", 120)
    followed()
    assert broken() == []


def test_what_is_accepted_stands_against_another_answer():
    deal = Deal().ordered(30, 40, 50)
    accept(deal, asked(deal, 90))
    for answer in (operations.confirm_purchase_order, operations.refuse_purchase_order):
        how = {"why": "x"} if answer is operations.refuse_purchase_order else {}
        with pytest.raises(PurchaseOrderAnswered):
            answer(actor=deal.supplier, purchase_order_id=deal.purchase_order.pk, **how)
    with pytest.raises(PurchaseOrderAnswered):
        asked(deal, 80)
    assert stage.confirm_less() == 1
    assert stage.confirm_less() == 0
    assert deal.purchase_order.quantity == 90


def test_the_office_ends_the_campaign_instead():
    deal = Deal().ordered(30, 40, 50)
    row = asked(deal, 60)
    operations.decide_less(actor=deal.office, less_id=row.pk, accept=False, reason="부족함")
    followed()
    row.refresh_from_db()
    assert (row.state, deal.state(), deal.purchase_order.state) == ("ended", "failed", "cancelled")
    assert {order.state for order in deal.orders()} == {"cancelled"}
    assert {refund.cause for refund in Refund.objects.all()} == {"campaign_failed"}
    assert sum(r.amount for r in Refund.objects.all()) == sum(p.amount for p in deal.payments())
    assert broken() == []


def test_a_campaign_that_is_called_off_otherwise_takes_it_along():
    deal = Deal().ordered(30, 40, 50)
    row = asked(deal, 60)
    campaigns.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="다른 까닭")
    stage.cancel_orders()
    row.refresh_from_db()
    assert (row.state, row.reason) == ("ended", "다른 까닭")


def test_where_nobody_would_take_so_little_the_campaign_can_only_be_ended():
    deal = Deal()
    deal.opened()
    deal.join(60, minimum=60)
    deal.join(60, minimum=60)
    deal.cleared()
    pay_and_order(deal)
    row = asked(deal, 50)
    with pytest.raises(NobodyCouldTakeIt):
        accept(deal, row)


def test_a_second_coordinator_confirms_where_the_own_firm_is_concerned():
    deal = Deal().ordered(30, 40, 50)
    row = asked(deal, 90)
    mine = User.objects.get(pk=deal.office.user_id)
    Seat.objects.create(user=mine, firm_id=deal.orders()[0].firm_id, role="viewer")
    second = coordinator_of(deal.host)
    accept(deal, row)
    followed()
    row.refresh_from_db()
    assert row.state == "asked"
    decision = Decision.objects.get(campaign=deal.campaign, kind="less")
    campaigns.confirm_decision(actor=second, decision_id=decision.pk)
    followed()
    row.refresh_from_db()
    assert (row.state, row.decided_by_id, row.reason) == ("done", second.user_id, "그래도 필요함")
    assert deal.purchase_order.quantity == 90


def test_the_database_lets_nobody_decide_about_its_own_firm():
    deal = Deal().ordered(30, 40, 50)
    row = asked(deal, 90)
    mine = User.objects.get(pk=deal.office.user_id)
    Seat.objects.create(user=mine, firm_id=deal.orders()[0].firm_id, role="viewer")
    with pytest.raises(IntegrityError, match="decides about"), transaction.atomic():
        ConfirmedLess.objects.filter(pk=row.pk).update(
            state="accepted", decided_by=mine, reason="x", decided_at=row.asked_at
        )


def test_a_decision_about_what_was_taken_back_does_nothing():
    deal = Deal().ordered(30, 40, 50)
    row = asked(deal, 90)
    mine = User.objects.get(pk=deal.office.user_id)
    Seat.objects.create(user=mine, firm_id=deal.orders()[0].firm_id, role="viewer")
    second = coordinator_of(deal.host)
    accept(deal, row)
    decision = Decision.objects.get(campaign=deal.campaign, kind="less")
    asked(deal, 80)
    decision.refresh_from_db()
    assert decision.state == "lapsed"
    with pytest.raises(MoveNotDeclared):
        campaigns.confirm_decision(actor=second, decision_id=decision.pk)
