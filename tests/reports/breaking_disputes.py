"""Ways to break what is promised of disputes; see breaking."""

from collections.abc import Callable
from datetime import datetime, timedelta

from tests.factories.accounts import coordinator_of
from tests.factories.charging import Charged
from tests.factories.orders import Deal, today
from tests.reports.breaking_charging import by_hand, charged

from mungchi.accounts.models import Seat
from mungchi.common import clock
from mungchi.orders import operations as orders
from mungchi.orders import stage as order_stage
from mungchi.payments import operations, stage
from mungchi.payments.models import Attempt
from mungchi.payments.providers.facts import DisputeFact


def disputed(deal: Charged | None = None) -> Charged:
    """A campaign one of whose charges a bank has taken back, and has not decided on."""
    deal = deal or charged("pays", "pays")
    attempt, at = Attempt.objects.filter(state="succeeded").earliest("id"), clock.now()
    operations.apply_dispute(attempt_id=attempt.pk, fact=fact_of(attempt, at), asked_at=at)
    return deal


def fact_of(attempt: Attempt, at: datetime) -> DisputeFact:
    """A bank has just taken back all of a charge."""
    return DisputeFact(
        id="dp_1", charge_id=attempt.external_id, state="needs_response", amount=attempt.amount,
        currency=attempt.currency, reason="general", inquiry=False, due_by=at + timedelta(days=7),
        at=at, taken=attempt.amount,
    )  # fmt: skip


def disputed_later() -> Charged:
    """One whose supplier had been paid before."""
    deal = charged("pays", "pays")
    order_stage.issue_purchase_orders()
    orders.confirm_purchase_order(actor=deal.supplier, purchase_order_id=deal.purchase_order.pk)
    stage.book_sales()
    Seat.objects.filter(pk=deal.supplier.seat_id).update(role="owner")
    operations.name_account(
        actor=deal.supplier, bank_name="신한은행", bank_account="110-1", bank_holder="대한종이"
    )
    payout = operations.prepare_payout(
        actor=deal.office, campaign_id=deal.campaign.pk, early="먼저 주기로 함"
    )
    operations.approve_payout(actor=coordinator_of(deal.host), payout_id=payout.pk)
    operations.mark_paid_out(actor=deal.office, payout_id=payout.pk, sent_date=today(), note="이체")
    return disputed(deal)


DISPUTE_BREAKS: list[tuple[str, Callable[[], Deal], Callable[[Deal], None]]] = [
    ("a_dispute_is_booked", disputed, by_hand("taken = taken - 1", "payments_dispute")),
    ("a_disputed_payment_says_so", disputed, by_hand("inquiry = true", "payments_dispute")),
    ("what_is_asked_for_again_is_owed", disputed,
     by_hand("again = 'asked', again_amount = 5, again_due = now()", "payments_dispute")),
    ("nobody_is_paid_while_it_is_disputed", disputed_later,
     by_hand("found_at = found_at - interval '1 hour'", "payments_dispute")),
]  # fmt: skip
