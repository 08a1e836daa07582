"""Items between our books and a provider's that the office has to settle: found, and settled."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.accounts.models import Cooperative
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotFound
from mungchi.common.history import record, set_state
from mungchi.common.text import Text
from mungchi.payments.domain import ledger
from mungchi.payments.domain.open_items import HOLDING, outcomes_of
from mungchi.payments.domain.states import OPEN_ITEM
from mungchi.payments.models import Attempt, OpenItem, ProviderAccount
from mungchi.payments.operations.booking import Booking, book
from mungchi.payments.operations.confirming import books_of


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


def open_item(
    attempt: Attempt,
    kind: str,
    external_id: str,
    at: datetime,
    *,
    ours: int | None = None,
    theirs: int | None = None,
    note: str = "",
) -> bool:
    """Open an item about a try, in the transaction that found it; False when it is known."""
    payment = attempt.payment
    return _open(
        attempt.account, kind, external_id, at,
        {"campaign_id": payment.order.campaign_id, "payment_id": payment.pk,
         "attempt_id": attempt.pk, "ours": ours, "theirs": theirs, "currency": attempt.currency,
         "note": note},
    )  # fmt: skip


def open_unknown(
    account: ProviderAccount, external_id: str, at: datetime, *, note: str = ""
) -> bool:
    """Open an item about something of a provider's that we know nothing of; False when known."""
    return _open(account, "unknown_object", external_id, at, {"note": note})


def _open(
    account: ProviderAccount, kind: str, external_id: str, at: datetime, about: dict[str, object]
) -> bool:
    item, made = OpenItem.objects.get_or_create(
        account=account, kind=kind, external_id=external_id,
        defaults={"cooperative_id": account.cooperative_id, "found_at": at, **about},
    )  # fmt: skip
    if made:
        record(
            Cooperative(pk=account.cooperative_id), kind="open_item_found", actor=SYSTEM, at=at,
            thread=item.campaign_id, cooperative_id=account.cooperative_id,
            data={"item": str(item.pk), "what": kind, "amount": item.theirs,
                  "currency": item.currency, "external_id": external_id},
        )  # fmt: skip
    return made


def settle_item(*, actor: Actor, item_id: UUID, outcome: str, why: str) -> OpenItem:
    """The office says what became of an item, with a reason; what that moved is booked.

    Again alike: changes nothing. Raises NotFound, AlreadySettled, OutcomeDoesNotFit.
    """
    with transaction.atomic():
        item = (
            OpenItem.objects.select_related("payment__order__campaign", "payment__cooperative")
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
        item.outcome, item.why, item.settled_at, item.settled_by_id = (
            outcome, why, at, actor.user_id)  # fmt: skip
        set_state(
            item, "settled", machine=OPEN_ITEM, kind="open_item_settled", actor=actor, at=at,
            also=("outcome", "why", "settled_at", "settled_by"), why=why,
            thread=item.campaign_id, cooperative_id=item.cooperative_id,
            data={"outcome": outcome, "what": item.kind},
        )  # fmt: skip
        if item.kind in HOLDING:
            _book_return(item, at)
        return item


def _book_return(item: OpenItem, at: datetime) -> None:
    payment = item.payment
    assert payment is not None  # noqa: S101 - of those kinds both are set
    assert item.theirs is not None  # noqa: S101
    by_provider = item.outcome == "returned"
    lines = ledger.late_returned if by_provider else ledger.late_kept
    day = at.astimezone(payment.cooperative.timezone).date()
    book(books_of(payment, day, at),
         Booking("late_returned" if by_provider else "late_kept", payment.pk, payment.firm_id,
                 lines(item.theirs, payment.firm_id), about=item.pk))  # fmt: skip
