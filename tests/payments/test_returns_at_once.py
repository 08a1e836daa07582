"""Refunds and payouts of one campaign, asked for at the same moment."""

import pytest
from tests.committing import committing  # noqa: F401 - a fixture
from tests.factories.accounts import coordinator_of
from tests.factories.orders import Deal, today
from tests.payments.test_at_once import at_once
from tests.payments.test_payouts import done

from mungchi.payments import operations, queries
from mungchi.payments.models import LedgerEntry, Payout, Refund
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.usefixtures("committing")


def test_no_more_is_agreed_on_than_was_paid_whoever_is_first() -> None:
    deal = done()
    for payment in deal.payments():
        most = payment.amount // 2 + 1
        at_once(*(
            lambda payment=payment, most=most: operations.refund_part(
                actor=deal.office, payment_id=payment.pk, amount=most, why="파손")
            for _ in range(3)
        ))  # fmt: skip
        assert Refund.objects.filter(payment=payment).count() == 1
    assert [str(breach) for breach in breaches()] == []


def test_a_refund_and_a_payout_never_spend_the_same_money() -> None:
    for _ in range(3):
        deal = done()
        payment = deal.payments()[0]
        at_once(
            lambda deal=deal, payment=payment: operations.refund_part(
                actor=deal.office, payment_id=payment.pk, amount=1_000, why="파손"),
            lambda deal=deal: operations.prepare_payout(
                actor=deal.office, campaign_id=deal.campaign.pk),
        )  # fmt: skip
        owed = queries.owed_to_supplier(deal.campaign)
        payout = Payout.objects.get(campaign=deal.campaign)
        assert owed.open == 0
        assert payout.amount == owed.ordered - owed.deducted
    assert [str(breach) for breach in breaches()] == []


def test_what_two_people_do_at_once_happens_once() -> None:
    deal: Deal = done()
    first, second = coordinator_of(deal.host), coordinator_of(deal.host)
    at_once(*(
        lambda who=who: operations.prepare_payout(actor=who, campaign_id=deal.campaign.pk)
        for who in (first, second)
    ))  # fmt: skip
    payout = Payout.objects.get()
    at_once(*(
        lambda who=who: operations.approve_payout(actor=who, payout_id=payout.pk)
        for who in (first, second, deal.office)
    ))  # fmt: skip
    at_once(*(
        lambda who=who: operations.mark_paid_out(
            actor=who, payout_id=payout.pk, sent_date=today(), note="이체")
        for who in (first, second, deal.office)
    ))  # fmt: skip
    payout.refresh_from_db()
    assert payout.state == "succeeded"
    assert payout.approved_by_id != payout.requested_by_id
    assert LedgerEntry.objects.filter(kind="paid_out").count() == 1
    assert [str(breach) for breach in breaches()] == []
