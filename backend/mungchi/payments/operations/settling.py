"""The office settles an open item: what that moves is booked, and what then agrees is tied."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotFound
from mungchi.common.locks import hold, lock_shared
from mungchi.common.text import Text
from mungchi.payments import queries
from mungchi.payments.domain import ledger
from mungchi.payments.domain.open_items import FOUND_ANEW, HOLDING, outcomes_of
from mungchi.payments.domain.states import PAID, REFUND_TO_SEND
from mungchi.payments.models import BalanceLine, OpenItem, Payment, Refund
from mungchi.payments.operations.booking import Booking, Books, book
from mungchi.payments.operations.comparing import compare_balance
from mungchi.payments.operations.dispute_booking import book_dispute_fee
from mungchi.payments.operations.open_items import book_return, settle_as
from mungchi.payments.operations.refunding import refund_part, went_back
from mungchi.payments.queries.disputes import dispute_called, locked_dispute


class AlreadySettled(Conflict):
    """Somebody settled it meanwhile, otherwise."""

    code = "already_settled"
    message = Text(ko="이미 정리된 항목입니다.", en="This was settled already.")


class OutcomeDoesNotFit(Invalid):
    """The item cannot be settled in this way."""

    code = "outcome_does_not_fit"
    field = "outcome"
    message = Text(
        ko="이 항목은 그 방법으로 정리할 수 없습니다.", en="This cannot be settled in that way."
    )


class CannotBeTakenIn(Conflict):
    """No refund of this amount waits, and none can be agreed on now."""

    code = "cannot_be_taken_in"
    message = Text(
        ko="이 금액의 보낼 환불이 없고, 지금은 새 환불도 만들 수 없습니다(공급사가 수주를 확인하기 "
        "전이거나 남은 금액이 모자랍니다). 조합이 부담하는 것이면 공동구매와 무관한 것으로 정리해 "
        "주십시오.",
        en="No refund of this amount waits to be sent, and none can be agreed on now (the supplier "
        "has not taken the order, or less is left of the payment). If the cooperative bears it, "
        "settle it as none of group purchases.",
    )


def settle_item(*, actor: Actor, item_id: UUID, outcome: str, why: str) -> OpenItem:
    """The office says what became of an item, with a reason; what that moved is booked.

    What then agrees with the provider's balance is tied to it at once. Again alike: changes
    nothing. Raises NotFound, AlreadySettled, OutcomeDoesNotFit, CannotBeTakenIn, and what
    refund_part raises.
    """
    with transaction.atomic():
        hold(f"balance of {actor.cooperative_id}")
        item = (
            OpenItem.objects.select_related(
                "payment__order__campaign", "payment__cooperative", "account__cooperative"
            )
            .select_for_update(no_key=True, of=("self",))
            .filter(pk=item_id, cooperative_id=actor.cooperative_id)
            .first()
        )
        if item is None or not actor.is_office:
            raise NotFound
        if item.state == "settled":
            if item.outcome == outcome:
                return item
            raise AlreadySettled
        if outcome not in outcomes_of(item.kind):
            raise OutcomeDoesNotFit
        at = clock.now()
        if outcome == "taken_in":
            take_in(item, actor, at, why)
        elif outcome == "as_provider":
            _take_fee(item, at)
        settle_as(item, actor, at, outcome, why)
        if item.kind in HOLDING:
            book_return(item, at)
        if item.kind in FOUND_ANEW:
            compare_balance(account=item.account, at=at, tell=False)
        return item


def _take_fee(item: OpenItem, at: datetime) -> None:
    """The provider's fee is what it took: the difference is booked. The comparison then ties it."""
    line = BalanceLine.objects.get(pk=item.balance_line_id)
    difference = line.fee - (item.ours or 0)
    day = line.at.astimezone(line.cooperative.timezone).date()
    if line.kind == "dispute":
        _take_dispute_fee(item, line.source_id, difference, day, at)
        return
    book(Books(line.cooperative_id, item.campaign_id, line.currency, day, at),
         Booking("provider_fee", None, None, ledger.provider_fee(difference), about=line.pk,
                 balance_line_id=line.pk))  # fmt: skip


def _take_dispute_fee(item: OpenItem, name: str, difference: int, day: date, at: datetime) -> None:
    """What is told of the dispute next is then no difference, and not booked once more."""
    assert item.payment is not None  # noqa: S101 - whose entries were compared
    lock_shared(Campaign, item.payment.order.campaign_id)
    payment = queries.locked(item.payment.pk)
    known = dispute_called(item.account, name)
    assert known is not None  # noqa: S101 - its entries were compared
    dispute = locked_dispute(known)
    dispute.fee += difference
    dispute.save(update_fields=["fee"])
    book_dispute_fee(dispute, payment, difference, at, day=day)


def take_in(item: OpenItem, actor: Actor, at: datetime, why: str) -> None:
    """A refund that was made by hand at the provider becomes one of ours, which went back.

    The one of that amount that waits to be sent; else one that was agreed on with the firm.
    """
    if item.payment is None or item.theirs is None:
        raise CannotBeTakenIn
    amount = abs(item.theirs)
    # The campaign comes before its payments, and agreeing on a refund takes it whole.
    campaigns.locked(item.payment.order.campaign_id)
    payment = queries.locked(item.payment.pk)
    waiting = Refund.objects.filter(payment=payment, amount=amount, state__in=REFUND_TO_SEND)
    refund = waiting.order_by("number").first() or _agreed(actor, payment, amount, why)
    payment = queries.locked(payment.pk)
    refund = queries.locked_refund(refund.pk)
    refund.way, refund.external_id = item.account.provider, item.external_id
    went_back(refund, payment, actor, at, note=why)


def _agreed(actor: Actor, payment: Payment, amount: int, why: str) -> Refund:
    left = queries.left_of(payment).amount
    if payment.state not in PAID or not queries.is_sold(payment) or amount > left:
        raise CannotBeTakenIn
    return refund_part(actor=actor, payment_id=payment.pk, amount=amount, why=why)
