"""Claiming, answering, settling, paying out and refunding beside: any two at one moment."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from tests.concurrency.test_pairs import WORLDS, Operation, World, differing
from tests.factories.accounts import coordinator_of
from tests.factories.charging import charge_saved_methods
from tests.factories.claims import NONE, REFUND, answer, decide, opened, reply
from tests.factories.disputing import Disputed
from tests.factories.orders import Deal, today
from tests.factories.provider import Till, serving
from tests.payments.test_payouts import named
from tests.reports.breaking_disputes import fact_of

from mungchi.common import clock
from mungchi.deliveries import operations
from mungchi.deliveries.models import Claim
from mungchi.payments import operations as payments
from mungchi.payments import stage as payment_stage
from mungchi.payments.models import Dispute, Payout, Refund, SupplierDebt
from mungchi.reports.invariants import breaches


class Claimed(World):
    """A world that also says what was claimed, what goes back and what the supplier gets."""

    def end_state(self) -> tuple[Any, ...]:
        of = {"payment__order__campaign": self.key}
        return (
            *super().end_state(),
            sorted(
                Claim.objects.filter(order__campaign=self.key).values_list(
                    "kind", "state", "quantity", "remedy"
                )
            ),
            sorted(Refund.objects.filter(**of).values_list("cause", "amount", "state")),
            sorted(
                Payout.objects.filter(campaign=self.key).values_list("number", "state", "amount")
            ),
            sorted(SupplierDebt.objects.filter(campaign=self.key).values_list("state", "amount")),
            list(Dispute.objects.filter(campaign=self.key).values_list("again", "again_amount")),
        )  # fmt: skip


def received_world(shared: dict[str, Any]) -> World:
    """Everything was received and is booked; the first firm has made a claim."""
    deal = Deal(**shared).received(30, 90)
    payment_stage.book_sales()
    named(deal)
    world = Claimed(deal)
    world.claim = opened(deal, 12)
    world.first = deal.payments()[0]
    return world


def disputed_world(shared: dict[str, Any]) -> World:
    """The supplier has refused, and the office is asked."""
    world = received_world(shared)
    answer(world.deal, world.claim, NONE, words="아닙니다")
    reply(world.deal, world.claim, agree=False, words="맞습니다")
    return world


def accepted_world(shared: dict[str, Any]) -> World:
    """The claim is accepted, and its refund not asked for."""
    world = received_world(shared)
    answer(world.deal, world.claim, REFUND, 12)
    return world


def approved_world(shared: dict[str, Any]) -> World:
    """The payout is approved; nothing is claimed yet."""
    world = received_world(shared)
    operations.withdraw_claim(
        actor=world.deal.buyer(world.claim.order), claim_id=world.claim.pk, words=""
    )
    deal = world.deal
    world.payout = payments.prepare_payout(actor=deal.office, campaign_id=deal.campaign.pk)
    payments.approve_payout(actor=coordinator_of(deal.host), payout_id=world.payout.pk)
    return world


def lost_world(shared: dict[str, Any]) -> World:
    """A firm's bank has taken its payment for good; its claim is accepted, and not settled."""
    deal = Disputed(item=shared["item"])
    deal.host.bank_account = "1-2"
    deal.host.save()
    with serving(Till()):
        deal.scheduled("pays", "pays")
        charge_saved_methods()
    deal.sold()
    world = Claimed(deal)
    world.first = deal.payment
    world.claim = answer(deal, opened(deal, 12), REFUND, 12)
    world.dispute = _told(world, state="lost").pk
    return world


def _told(world: World, **said: Any) -> Dispute:
    attempt = world.first.attempts.get(state="succeeded")
    fact = replace(fact_of(attempt, clock.now()), **said)
    return payments.apply_dispute(
        attempt_id=attempt.pk, fact=fact, asked_at=clock.now() + timedelta(minutes=1)
    )


def refunding_world(shared: dict[str, Any]) -> World:
    """A claim is accepted of a payment of which something is to be sent back already."""
    world = accepted_world(shared)
    payments.refund_part(actor=world.deal.office, payment_id=world.first.pk, amount=50, why="합의")
    return world


RECEIVED: dict[str, Operation] = {
    "claim rest": lambda w: opened(w.deal, 18, kind="wrong", words="다른 물건").state,
    "claim more": lambda w: opened(w.deal, 10, kind="wrong", words="또 다른 물건").state,
    "accept": lambda w: answer(w.deal, w.claim, REFUND, 12).state,
    "propose": lambda w: answer(w.deal, w.claim, REFUND, 5, words="다섯 개만").state,
    "withdraw": lambda w: (
        operations.withdraw_claim(
            actor=w.deal.buyer(w.claim.order), claim_id=w.claim.pk, words=""
        ).state
    ),
    "prepare": lambda w: (
        payments.prepare_payout(actor=w.deal.office, campaign_id=w.key).state
    ),
    "complete": lambda w: operations.complete_campaign(campaign_id=w.key),
}  # fmt: skip
DISPUTED: dict[str, Operation] = {
    "decide": lambda w: decide(w.deal, w.claim, REFUND, 9).state,
    "refuse": lambda w: decide(w.deal, w.claim, NONE).state,
    "withdraw": RECEIVED["withdraw"],
    "claim rest": RECEIVED["claim rest"],
}
ACCEPTED: dict[str, Operation] = {
    "settle": lambda w: operations.settle_claim(claim_id=w.claim.pk),
    "refund": lambda w: (
        payments.refund_part(
            actor=w.deal.office, payment_id=w.first.pk, amount=w.first.amount - 10, why="x"
        ).state
    ),
    "prepare": RECEIVED["prepare"],
    "claim rest": RECEIVED["claim rest"],
    "complete": RECEIVED["complete"],
}
APPROVED: dict[str, Operation] = {
    "claim": lambda w: opened(w.deal, 7, kind="wrong", words="다른 물건").state,
    "pay": lambda w: (
        payments.mark_paid_out(
            actor=w.deal.office, payout_id=w.payout.pk, sent_date=today(), note=""
        ).state
    ),
    "call off": lambda w: (
        payments.cancel_payout(actor=w.deal.office, payout_id=w.payout.pk, why="x").state
    ),
}
LOST: dict[str, Operation] = {
    "settle": ACCEPTED["settle"],
    "ask again": lambda w: payments.ask_firm_again(
        actor=w.deal.office, dispute_id=w.dispute, due=today() + timedelta(days=7), why="x"
    ).again,
    "won": lambda w: _told(w, state="won", taken=0).state,
}  # fmt: skip
REFUNDING: dict[str, Operation] = {
    "settle": ACCEPTED["settle"],
    "all sent": lambda w: (
        payments.mark_refunded(actor=w.deal.office, payment_id=w.first.pk, why="이체").state
    ),
    "refund": ACCEPTED["refund"],
}
KINDS = {
    "claimed": (received_world, RECEIVED),
    "not agreed": (disputed_world, DISPUTED),
    "accepted claim": (accepted_world, ACCEPTED),
    "approved payout": (approved_world, APPROVED),
    "lost payment": (lost_world, LOST),
    "refund to send": (refunding_world, REFUNDING),
}


@pytest.mark.parametrize("kind", KINDS)
def test_any_two_at_once_end_as_one_after_the_other(db, kind: str, monkeypatch) -> None:
    build, does = KINDS[kind]
    monkeypatch.setitem(WORLDS, kind, (build, does))
    wrong, meanwhile = differing(kind, list(product(does, repeat=2)), monkeypatch)
    assert wrong == []
    assert "waited" in meanwhile
    assert [str(breach) for breach in breaches()] == []
