"""Items between our books and a provider's that the office has to settle: found, and settled."""

from datetime import datetime
from typing import Final

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.accounts.models import Cooperative
from mungchi.common.history import record, set_state
from mungchi.payments.domain import ledger
from mungchi.payments.domain.states import OPEN_ITEM
from mungchi.payments.models import (
    Attempt,
    OpenItem,
    ProviderAccount,
)
from mungchi.payments.operations.booking import Booking, book
from mungchi.payments.operations.confirming import books_of

# What the office is told of one by one.
FOUND: Final = "open_item_found"


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


def open_about(
    account: ProviderAccount,
    kind: str,
    name: str,
    at: datetime,
    *,
    told: bool = True,
    **about: object,
) -> bool:
    """Open an item that reading the balance found; False when it is known.

    `told`: the office hears of this one by itself; a comparison tells of all that it found at once.
    """
    return _open(account, kind, name[:100], at, about, event=FOUND if told else "open_item_opened")


def _open(
    account: ProviderAccount,
    kind: str,
    external_id: str,
    at: datetime,
    about: dict[str, object],
    event: str = FOUND,
) -> bool:
    item, made = OpenItem.objects.get_or_create(
        account=account, kind=kind, external_id=external_id,
        defaults={"cooperative_id": account.cooperative_id, "found_at": at, **about},
    )  # fmt: skip
    if made:
        record(
            Cooperative(pk=account.cooperative_id), kind=event, actor=SYSTEM, at=at,
            thread=item.campaign_id, cooperative_id=account.cooperative_id,
            data={"item": str(item.pk), "what": kind, "amount": item.theirs,
                  "currency": item.currency, "external_id": external_id},
        )  # fmt: skip
    return made


def agrees_by_itself(item: OpenItem, at: datetime) -> None:
    """A (locked) item is no difference any more: nobody has to see to it."""
    settle_as(item, SYSTEM, at, "by_itself", "")


def returned_by_itself(item: OpenItem, at: datetime, refund: str) -> None:
    """Money that was owed for nothing went back at the provider: a (locked) item is settled and
    booked as if somebody had said so. `refund`: the provider's name of it."""
    if item.state == "open":
        settle_as(item, SYSTEM, at, "returned", refund)
        book_return(item, at)


def reopen(item: OpenItem, at: datetime) -> None:
    """What had agreed by itself differs again."""
    item.outcome, item.why, item.settled_at, item.settled_by_id = "", "", None, None
    set_state(
        item, "open", machine=OPEN_ITEM, kind="open_item_reopened", actor=SYSTEM, at=at,
        also=("outcome", "why", "settled_at", "settled_by"), thread=item.campaign_id,
        cooperative_id=item.cooperative_id, data={"what": item.kind},
    )  # fmt: skip


def settle_as(item: OpenItem, actor: Actor, at: datetime, outcome: str, why: str) -> None:
    """Settle a (locked) item; what that moves in the books is the caller's."""
    item.outcome, item.why, item.settled_at, item.settled_by_id = outcome, why, at, actor.user_id
    set_state(
        item, "settled", machine=OPEN_ITEM, kind="open_item_settled", actor=actor, at=at,
        also=("outcome", "why", "settled_at", "settled_by"), why=why,
        thread=item.campaign_id, cooperative_id=item.cooperative_id,
        data={"outcome": outcome, "what": item.kind},
    )  # fmt: skip


def book_return(item: OpenItem, at: datetime) -> None:
    """Book how money that was owed for nothing went back, as the item says."""
    payment = item.payment
    assert payment is not None  # noqa: S101 - of those kinds both are set
    assert item.theirs is not None  # noqa: S101
    by_provider = item.outcome == "returned"
    lines = ledger.late_returned if by_provider else ledger.late_kept
    day = at.astimezone(payment.cooperative.timezone).date()
    book(books_of(payment, day, at),
         Booking("late_returned" if by_provider else "late_kept", payment.pk, payment.firm_id,
                 lines(item.theirs, payment.firm_id), about=item.pk))  # fmt: skip
