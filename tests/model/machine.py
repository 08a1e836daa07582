"""Hypothesis plays a campaign: every deed is done to the product and to the paper (plain.py)."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import DatabaseError, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.factories.accounts import buyer_of, member
from tests.factories.campaigns import Story
from tests.factories.orders import today
from tests.model.plain import ALONE, CAPACITY, PACK, THRESHOLD, TIERS, Paper, Terms

from mungchi.accounts import operations as accounts
from mungchi.accounts.access import SYSTEM, Actor
from mungchi.accounts.models import Firm
from mungchi.campaigns import operations as campaigns
from mungchi.campaigns.models import (
    ApprovalRequest,
    Campaign,
    ClearingLine,
    ClearingRun,
    Commitment,
)
from mungchi.common import clock
from mungchi.common.errors import Refused
from mungchi.deliveries import operations as deliveries
from mungchi.deliveries.models import Shipment
from mungchi.orders import operations as orders
from mungchi.orders.models import Order, PurchaseOrder
from mungchi.payments import operations as payments
from mungchi.payments.models import Payment
from mungchi.reports.invariants import breaches

FIRMS = 4
firms = st.integers(0, FIRMS - 1)
LIMITS = [None, None, 125, 120, 100, 95, 90, 85]
terms = st.builds(
    Terms, quantity=st.integers(1, 24), tolerance=st.sampled_from([0, 0, 1, 3]),
    minimum=st.sampled_from([0, 0, 0, 4, 12]), limit=st.sampled_from(LIMITS),
)  # fmt: skip


def code_of(deed: Callable[[], object]) -> str | None:
    """Do it; None when it was accepted, else the code of the refusal."""
    try:
        with transaction.atomic():
            deed()
    except Refused as refused:
        return refused.code
    except DatabaseError as error:
        return f"the database refused: {error}"
    return None


class Play(RuleBasedStateMachine):
    """One campaign with four member firms, from its opening on."""

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.ahead = timedelta()
        self.parcels = 0

    @initialize(fill_hours=st.sampled_from([0, 24]))
    def open(self, fill_hours: int) -> None:
        given = {"threshold_quantity": THRESHOLD.quantity, "threshold_firms": THRESHOLD.firms,
                 "fill_hours": fill_hours}  # fmt: skip
        ladder = [(least, str(price)) for least, price in TIERS]
        self.story = Story(tiers=ladder, pack_size=PACK, capacity=CAPACITY, given=given).opened()
        self.firms = [member(self.story.host) for _ in range(FIRMS)]
        self.buyers = [
            buyer_of(Firm.objects.get(pk=owner.firm_id), "buyer") for owner in self.firms
        ]
        for owner in self.firms:
            accounts.set_approval_limit(actor=owner, amount=ALONE, currency="KRW")
        self.key = self.story.campaign.pk
        self.paper = Paper(
            closes_at=self.story.campaign.closes_at,
            valid_until=self.story.offer.valid_until,
            fill_hours=fill_hours,
        )

    def both(self, deed: Callable[[], object], on_paper: Callable[[Any], str | None]) -> None:
        """Do it in the product and on paper, at the same time; they must answer alike."""
        with clock.shifted(self.ahead):
            expected = on_paper(clock.now())
            answer = code_of(deed)
        assert answer == expected, f"the product says {answer}, the paper {expected}"

    # Waiting: most of the time before the deadline, sometimes over it.
    @rule(hours=st.sampled_from([1, 5, 30, 90]))
    def wait(self, hours: int) -> None:
        self.ahead += timedelta(hours=hours)

    @precondition(lambda self: self.paper.state == "open" and self.paper.fill_hours)
    @rule(now=st.sampled_from([False, False, True]))
    def over(self, now: bool) -> None:
        """The deadline has just come, and the clock closes or begins to fill."""
        if now:
            with clock.shifted(self.ahead):
                left = self.paper.closes_at - clock.now()
            self.ahead += max(left, timedelta()) + timedelta(seconds=1)
            self.close(by_clock=True)

    @rule(firm=firms, wanted=terms)
    def join(self, firm: int, wanted: Terms) -> None:
        self._commit(self.firms[firm], wanted, lambda now: self.paper.join(firm, wanted, now))

    @rule(firm=firms, wanted=terms)
    def ask(self, firm: int, wanted: Terms) -> None:
        self._commit(self.buyers[firm], wanted, lambda now: self.paper.ask(firm, wanted, now))

    def _commit(self, actor: Actor, wanted: Terms, on_paper: Callable[[Any], str | None]) -> None:
        limit = None if wanted.limit is None else Decimal(wanted.limit)
        self.both(
            lambda: campaigns.commit(
                actor=actor, campaign_id=self.key, quantity=wanted.quantity,
                tolerance=wanted.tolerance, minimum=wanted.minimum, price_limit=limit,
            ),
            on_paper,
        )  # fmt: skip

    @precondition(lambda self: self.paper.waiting)
    @rule(pick=st.integers(0, 99), yes=st.booleans())
    def answer(self, pick: int, yes: bool) -> None:
        firm = sorted(self.paper.waiting)[pick % len(self.paper.waiting)]
        actor, row = self.firms[firm], ApprovalRequest.objects.get(
            campaign=self.key, firm_id=self.firms[firm].firm_id, state="waiting"
        )  # fmt: skip
        if yes:
            self.both(
                lambda: campaigns.approve_commitment(actor=actor, request_id=row.pk),
                lambda now: self.paper.approve(firm, now),
            )
        else:
            self.both(
                lambda: campaigns.decline_commitment(actor=actor, request_id=row.pk, why="예산"),
                lambda now: self.paper.decline(firm),
            )

    @precondition(lambda self: self.paper.waiting)
    @rule()
    def lapse(self) -> None:
        for row in ApprovalRequest.objects.filter(campaign=self.key, state="waiting"):
            campaigns.lapse_approval(request_id=row.pk)
        self.paper.lapse()

    @rule(firm=firms)
    def withdraw(self, firm: int) -> None:
        actor = self.firms[firm]
        self.both(
            lambda: campaigns.withdraw_commitment(actor=actor, campaign_id=self.key),
            lambda now: self.paper.withdraw(firm, now),
        )

    @rule(hours=st.sampled_from([-5, 0, 24, 72]))
    def extend(self, hours: int) -> None:
        to = self.paper.closes_at + timedelta(hours=hours)
        self.both(
            lambda: campaigns.extend_campaign(
                actor=self.story.office, campaign_id=self.key, closes_at=to, why="더 모으려고"
            ),
            lambda now: self.paper.extend(to, now),
        )

    @rule(by_clock=st.booleans())
    def close(self, by_clock: bool) -> None:
        actor = SYSTEM if by_clock else self.story.office
        self.both(
            lambda: campaigns.close_campaign(actor=actor, campaign_id=self.key),
            lambda now: self.paper.close(now, clock=by_clock),
        )

    @precondition(lambda self: self.paper.state != "open" or len(self.paper.commitments) == 1)
    @rule()
    def cancel(self) -> None:
        self.both(
            lambda: campaigns.cancel_campaign(
                actor=self.story.office, campaign_id=self.key, why="공급 중단"
            ),
            lambda now: self.paper.cancel(),
        )

    @rule()
    def clear(self) -> None:
        self.both(
            lambda: campaigns.clear_campaign(campaign_id=self.key), lambda now: self.paper.clear()
        )

    @rule()
    def place_orders(self) -> None:
        self.both(lambda: orders.place_orders(campaign_id=self.key),
                  lambda now: self.paper.place_orders())  # fmt: skip

    @precondition(lambda self: self.paper.orders)
    @rule()
    def ask_for_money(self) -> None:
        self.both(lambda: payments.ask_for_payment(campaign_id=self.key),
                  lambda now: self.paper.ask_for_money())  # fmt: skip

    @precondition(lambda self: self.paper.asked)
    @rule(pick=st.integers(0, 99), right=st.sampled_from([True, True, True, False]))
    def pay(self, pick: int, right: bool) -> None:
        self._pay(self._ordered(pick), right)

    @precondition(lambda self: self.paper.asked)
    @rule()
    def pay_all(self) -> None:
        for firm in list(self.paper.orders):
            self._pay(firm, True)

    def _pay(self, firm: int, right: bool) -> None:
        payment = self._payment(firm)
        self.both(
            lambda: payments.confirm_transfer(
                actor=self.story.office, payment_id=payment.pk, depositor="홍길동",
                amount=payment.amount + (not right), received_date=today(),
            ),
            lambda now: self.paper.pay(firm, right_amount=right),
        )  # fmt: skip

    @precondition(lambda self: self.paper.asked)
    @rule(pick=st.integers(0, 99))
    def undo(self, pick: int) -> None:
        firm = self._ordered(pick)
        self.both(
            lambda: payments.undo_confirmation(
                actor=self.story.office, payment_id=self._payment(firm).pk, why="잘못 봄"
            ),
            lambda now: self.paper.undo(firm),
        )

    @precondition(lambda self: self.paper.asked)
    @rule()
    def order_goods(self) -> None:
        self.both(lambda: orders.issue_purchase_order(campaign_id=self.key),
                  lambda now: self.paper.order_goods())  # fmt: skip

    @precondition(lambda self: self.paper.state in {"settling", "ordered"} and self.parcels == 0)
    @rule(really=st.sampled_from([False, False, True]))
    def fail(self, really: bool) -> None:
        if really:
            self.both(
                lambda: campaigns.fail_campaign(
                    actor=self.story.office, campaign_id=self.key, why="입금 없음"
                ),
                lambda now: self.paper.fail(),
            )

    @precondition(lambda self: self.paper.purchase_order)
    @rule()
    def confirm(self) -> None:
        row = PurchaseOrder.objects.get(campaign=self.key)
        self.both(
            lambda: orders.confirm_purchase_order(
                actor=self.story.supplier, purchase_order_id=row.pk
            ),
            lambda now: self.paper.confirm(),
        )

    @precondition(lambda self: self.paper.purchase_order)
    @rule(pick=st.integers(0, 99), part=st.sampled_from([0.3, 1, 1, 1, 1.2]))
    def ship(self, pick: int, part: float) -> None:
        firm = self._ordered(pick)
        quantity = max(round(self.paper.orders[firm].quantity * part), 1)
        self.parcels += 1
        parcel = deliveries.Parcel(self._order(firm).pk, quantity, f"T{self.parcels}")
        self.both(
            lambda: deliveries.ship(actor=self.story.supplier, carrier="한빛택배",
                                    shipped_date=today(), parcels=[parcel]),
            lambda now: self.paper.ship(firm, quantity),
        )  # fmt: skip

    @precondition(lambda self: any(order.parcels for order in self.paper.orders.values()))
    @rule(pick=st.integers(0, 99), less=st.sampled_from([0, 0, 0, 1, -1]))
    def receive(self, pick: int, less: int) -> None:
        with_parcels = [f for f, order in self.paper.orders.items() if order.parcels]
        firm = with_parcels[pick % len(with_parcels)]
        place = pick % len(self.paper.orders[firm].parcels)
        row = Shipment.objects.filter(order=self._order(firm)).order_by("created_at", "id")[place]
        quantity = max(row.quantity - less, 0)
        self.both(
            lambda: deliveries.receive_shipment(
                actor=self.firms[firm], shipment_id=row.pk, quantity=quantity, note="확인"
            ),
            lambda now: self.paper.receive(firm, place, quantity),
        )

    @rule()
    def complete(self) -> None:
        self.both(lambda: deliveries.complete_campaign(campaign_id=self.key),
                  lambda now: self.paper.complete())  # fmt: skip

    def _ordered(self, pick: int) -> int:
        return sorted(self.paper.orders)[pick % len(self.paper.orders)]

    def _order(self, firm: int) -> Order:
        return Order.objects.get(campaign=self.key, firm_id=self.firms[firm].firm_id)

    def _payment(self, firm: int) -> Payment:
        return Payment.objects.get(order__campaign=self.key, firm_id=self.firms[firm].firm_id)

    @invariant()
    def the_product_and_the_paper_are_in_the_same_state(self) -> None:
        if not hasattr(self, "paper"):
            return
        names = {actor.firm_id: number for number, actor in enumerate(self.firms)}
        campaign = Campaign.objects.get(pk=self.key)
        assert (campaign.state, campaign.closes_at) == (self.paper.state, self.paper.closes_at)
        assert campaign.fills_until == self.paper.fills_until
        rows = Commitment.objects.filter(campaign=self.key, state="active").order_by("arrival")
        standing = [
            (names[r.firm_id], Terms(r.quantity, r.tolerance, r.minimum,
                                     None if r.price_limit is None else int(r.price_limit)))
            for r in rows
        ]  # fmt: skip
        waiting = {names[row.firm_id]: row.quantity for row in
                   ApprovalRequest.objects.filter(campaign=self.key, state="waiting")}  # fmt: skip
        assert waiting == {f: wanted.quantity for f, wanted in self.paper.waiting.items()}
        queue = [firm for firm in self.paper.queue if firm in self.paper.commitments]
        assert standing == [(firm, self.paper.commitments[firm]) for firm in queue]
        states = {names[o.firm_id]: (o.quantity, o.state) for o in
                  Order.objects.filter(campaign=self.key).exclude(state="cancelled")}  # fmt: skip
        assert states == {f: (o.quantity, o.state) for f, o in self.paper.orders.items()}
        run = ClearingRun.objects.filter(campaign=self.key).first()
        if run is not None:
            price = None if run.unit_price is None else int(run.unit_price)
            lines = {names[line.firm_id]: line.awarded for line in
                     ClearingLine.objects.filter(run=run)}  # fmt: skip
            assert (price, lines) == (self.paper.price, self.paper.awards)

    def teardown(self) -> None:
        """Every rule of the business holds at the end, and nothing stays."""
        try:
            if hasattr(self, "paper"):
                broken = [str(one) for one in breaches() if one.rule != "nothing_is_stuck"]
                assert not broken, broken
        finally:
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)
