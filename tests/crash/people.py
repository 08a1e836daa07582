"""What people do while everything dies around them: they look, do what is next, and try again.

Nobody keeps in mind what was done: after an error a person looks at how things stand, as it would
look at its page again. So it does not matter whether what failed had happened.
"""

import threading
import time
import traceback
from dataclasses import dataclass, field

import psycopg
from django.db import InterfaceError, OperationalError, connection, connections
from django.db.models import F
from tests.crash.buying import BY_TRANSFER, Buy, Buyer
from tests.factories.orders import today
from tests.simulated import ControlRefused, Simulated

from mungchi.campaigns import operations as campaigns
from mungchi.campaigns import queries as standing
from mungchi.campaigns.models import Campaign, Hold
from mungchi.common import clock
from mungchi.common.errors import Refused
from mungchi.orders import operations as orders
from mungchi.orders.models import PurchaseOrder
from mungchi.payments import operations
from mungchi.payments.domain.states import LAPSING, PAYOUT_LIVE
from mungchi.payments.models import Attempt, Payee, Payment, Payout, Refund

# So often the office has a provider send a payout before it sends it itself.
SENT_BY_PROVIDER = 3


@dataclass
class People(threading.Thread):
    """Everybody who does something in some campaigns, one after the other."""

    # Each with how many seconds after the beginning it is closed.
    buys: list[tuple[float, Buy]]
    simulator: Simulated
    # A purchase order, a payout: what happens in the office is not over in a moment.
    pause_seconds: float
    errors: list[str] = field(default_factory=list)
    # What somebody was told last instead of what it wanted, by what it wanted.
    told: dict[str, str] = field(default_factory=dict)
    tried_again: int = 0
    done: int = 0

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self.enough = threading.Event()

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        """Go round until told that it is enough."""
        begun = time.monotonic()
        left = list(self.buys)
        try:
            # The fewer are left, the sooner they are looked at again.
            while not self.enough.wait(self.pause_seconds * max(1, len(left)) / len(self.buys)):
                for closes_after, buy in left[:]:
                    if time.monotonic() - begun >= closes_after:
                        self._go_on(buy)
                        if self._is_over(buy):
                            left.remove((closes_after, buy))
        except BaseException:  # noqa: BLE001 - told to the test by whoever joins
            self.errors.append(traceback.format_exc())
        finally:
            connections.close_all()

    def _go_on(self, buy: Buy) -> None:
        for step in (
            self._campaign,
            self._pay,
            self._sell,
            self._connect,
            self._give_back,
            self._pay_out,
        ):
            if self.enough.is_set():
                return
            try:
                step(buy)
            except (InterfaceError, OperationalError, psycopg.OperationalError):
                self.tried_again += 1
                connection.close()
            except (Refused, ControlRefused, OSError) as error:
                self.tried_again += 1
                self.told[step.__name__] = repr(error)

    def _is_over(self, buy: Buy) -> bool:
        """Whether nobody has anything to do any more: its supplier is paid, or all went back."""
        try:
            if buy.end != "fail":
                return Payout.objects.filter(campaign=buy.campaign, state="succeeded").exists()
            rows = Payment.objects.filter(order__campaign=buy.campaign)
            failed = Campaign.objects.filter(pk=buy.campaign, state="failed").exists()
            return failed and not rows.exclude(state__in=["lapsed", "refunded"]).exists()
        except (InterfaceError, OperationalError, psycopg.OperationalError):
            connection.close()
            return False

    def _campaign(self, buy: Buy) -> None:
        """The office closes it, and decides where the rest does not carry the price."""
        campaign = Campaign.objects.get(pk=buy.campaign)
        if campaign.state == "open":
            campaigns.close_campaign(actor=buy.story.office, campaign_id=buy.campaign)
        run = standing.undecided(campaign)
        if run is not None and not _waits(buy):
            campaigns.decide_rest(
                actor=buy.story.office, campaign_id=buy.campaign, run_id=run.pk, choice=buy.end,
                reason="남은 기업과 협의함", typed=campaign.title,
            )  # fmt: skip
        for row in Hold.objects.filter(campaign_id=buy.campaign, state="asked"):
            campaigns.answer_word(actor=buy.story.supplier, hold_id=row.pk, accept=True, why="좋음")

    def _pay(self, buy: Buy) -> None:
        """Firms pay what is not charged by itself; time passes for those that do not."""
        rows = Payment.objects.filter(order__campaign_id=buy.campaign)
        for payment in rows.exclude(state__in=["paid", "lapsed", "cancelled", "scheduled"]):
            buyer = buy.buyers[payment.firm_id]
            try:
                if payment.state in LAPSING and not buyer.pays:
                    _lapse(payment)
                elif buyer.pays:
                    self._pay_one(buy, buyer, payment)
            except (Refused, ControlRefused):
                self.tried_again += 1

    def _pay_one(self, buy: Buy, buyer: Buyer, payment: Payment) -> None:
        if buyer.fate in BY_TRANSFER and payment.state == "awaiting_transfer":
            operations.confirm_transfer(
                actor=buy.story.office, payment_id=payment.pk, amount=payment.amount,
                depositor="홍길동", received_date=today(),
            )  # fmt: skip
        elif buyer.fate == "other way" and payment.state == "requires_action":
            operations.choose_transfer(actor=buyer.actor, payment_id=payment.pk)
        elif buyer.fate == "bank" and payment.state == "requires_action":
            self._step_at_the_bank(buyer, payment)
        elif buyer.fate == "soft" and payment.state == "retrying":
            self.simulator.control("method", method=buyer.method, outcome="")
            Payment.objects.filter(pk=payment.pk, state="retrying").update(charge_at=clock.now())
        elif buyer.fate == "slow" and payment.state == "processing":
            for charge in _charges(payment, "processing"):
                self.simulator.control("settle", charge=charge)
        else:
            return
        self.done += 1

    def _step_at_the_bank(self, buyer: Buyer, payment: Payment) -> None:
        paying = operations.pay_on_line(
            actor=buyer.actor, payment_id=payment.pk, mandate_id=payment.mandate_id
        )
        if paying.next_url is not None:
            for charge in _charges(payment, "requires_action"):
                self.simulator.control("authenticate", id=charge)
            operations.sync_payment(actor=buyer.actor, payment_id=payment.pk)

    def _sell(self, buy: Buy) -> None:
        """The supplier takes the order."""
        for order in PurchaseOrder.objects.filter(campaign_id=buy.campaign, state="issued"):
            orders.confirm_purchase_order(actor=buy.story.supplier, purchase_order_id=order.pk)

    def _connect(self, buy: Buy) -> None:
        """The supplier who has an order connects its account, and gives all that is asked."""
        if (
            not buy.transferred
            or not PurchaseOrder.objects.filter(campaign_id=buy.campaign).exists()
        ):
            return
        supplier = buy.story.supplier
        payee = Payee.objects.filter(account=buy.account, firm_id=supplier.firm_id).first()
        if payee is None or not payee.external_id:
            operations.connect_payee(actor=supplier, cooperative_id=buy.account.cooperative_id)
            self.done += 1
        elif not payee.payable:
            self.simulator.control("payee", payee=payee.external_id, outcome="complete")
            operations.look_at_payee(actor=supplier, payee_id=payee.pk)
            self.done += 1

    def _give_back(self, buy: Buy) -> None:
        """What was agreed with firms, once; and transfers that the office makes."""
        rows = Payment.objects.filter(order__campaign_id=buy.campaign, state="paid")
        if Campaign.objects.filter(pk=buy.campaign, state="delivering").exists():
            agreed = {firm: one.back for firm, one in buy.buyers.items() if one.back}
            for payment in rows.filter(firm_id__in=agreed).exclude(refunds__isnull=False):
                operations.refund_part(
                    actor=buy.story.office, payment_id=payment.pk, why="일부 파손",
                    amount=back_of(payment, agreed[payment.firm_id]),
                )  # fmt: skip
                self.done += 1
        by_hand = Refund.objects.filter(payment__order__campaign_id=buy.campaign,
                                        way="bank_transfer", state="requested")  # fmt: skip
        for refund in by_hand:
            operations.mark_refund_sent(actor=buy.story.office, refund_id=refund.pk, note="이체")
            self.done += 1

    def _pay_out(self, buy: Buy) -> None:
        """Prepared by one, approved by the other, sent: when nothing is to go back any more."""
        if not Campaign.objects.filter(pk=buy.campaign, state="delivering").exists():
            return
        agreed = [firm for firm, one in buy.buyers.items() if one.back and one.pays]
        asked = Refund.objects.filter(payment__order__campaign_id=buy.campaign).count()
        if asked < len(agreed):
            return
        rows = Payout.objects.filter(campaign_id=buy.campaign)
        payout = rows.filter(state__in=PAYOUT_LIVE).first()
        if payout is None:
            if rows.filter(state="succeeded").exists():
                return
            failed = rows.filter(state="failed").count()
            operations.prepare_payout(
                actor=buy.story.office, campaign_id=buy.campaign, early="공급사와 합의함",
                way="stripe" if buy.transferred and failed < SENT_BY_PROVIDER else "bank_transfer",
            )  # fmt: skip
        elif payout.state == "requested":
            operations.approve_payout(actor=buy.second, payout_id=payout.pk)
        elif payout.way == "bank_transfer":
            operations.mark_paid_out(actor=buy.story.office, payout_id=payout.pk,
                                     sent_date=today(), note="이체 1")  # fmt: skip
        elif payout.state == "approved":
            operations.send_payout(actor=buy.story.office, payout_id=payout.pk)
        else:
            return
        self.done += 1


@dataclass
class Everybody:
    """All people of all campaigns, some groups of them at the same time. `seconds_apart`: how long
    after each other the campaigns are closed."""

    buys: list[Buy]
    simulator: Simulated
    seconds_apart: float
    at_once: int = 1
    pause_seconds: float = 0.2
    groups: list[People] = field(default_factory=list)

    def __enter__(self) -> "Everybody":
        timed = [(number * self.seconds_apart, buy) for number, buy in enumerate(self.buys)]
        self.groups = [
            People(timed[first :: self.at_once], self.simulator, self.pause_seconds)
            for first in range(self.at_once)
        ]
        for people in self.groups:
            people.start()
        return self

    def __exit__(self, *error: object) -> None:
        for people in self.groups:
            people.enough.set()
        for people in self.groups:
            people.join(60)
        assert not self.errors, self.errors[0]

    @property
    def errors(self) -> list[str]:
        """What went wrong in a way that no person can try again."""
        return [error for people in self.groups for error in people.errors]

    @property
    def told(self) -> dict[str, str]:
        """What somebody was told last instead of what it wanted, by what it wanted."""
        return {want: what for people in self.groups for want, what in people.told.items()}

    @property
    def done(self) -> int:
        """How many things were done."""
        return sum(people.done for people in self.groups)

    @property
    def tried_again(self) -> int:
        """How often somebody had to try again."""
        return sum(people.tried_again for people in self.groups)


def back_of(payment: Payment, thousandths: int) -> int:
    """How much of a payment a firm gets back by agreement."""
    return max(1, payment.amount * thousandths // 1000)


def _charges(payment: Payment, state: str) -> list[str]:
    rows = Attempt.objects.filter(payment=payment, state=state).exclude(external_id="")
    return list(rows.values_list("external_id", flat=True))


def _waits(buy: Buy) -> bool:
    """Whether somebody may still pay, or lapse: a decision would be of no use then, and money that
    comes after it has to be sent back by hand."""
    rows = Payment.objects.filter(order__campaign_id=buy.campaign)
    return rows.exclude(state__in=["paid", "lapsed"]).exists()


def _lapse(payment: Payment) -> None:
    """Days pass: the grace of a payment is over."""
    ended = clock.now()
    Payment.objects.filter(pk=payment.pk, state__in=LAPSING, lapses_at__gt=ended).update(
        due_at=F("due_at") - (F("lapses_at") - ended), lapses_at=ended
    )
