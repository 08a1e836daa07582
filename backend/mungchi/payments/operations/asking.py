"""Asking firms for the money of their orders, all of a campaign at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from psycopg.types.json import Jsonb

from mungchi.accounts.access import SYSTEM
from mungchi.accounts.models import Cooperative
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.common.bulk import copy_rows, next_numbers
from mungchi.common.history import record
from mungchi.common.ids import uuid7
from mungchi.orders import operations as order_operations
from mungchi.payments import queries
from mungchi.payments.domain import ledger
from mungchi.payments.domain.grace import end_of_grace
from mungchi.payments.models import Payment
from mungchi.payments.operations.booking import Booking, Books, book_all
from mungchi.payments.providers import BANK_TRANSFER
from mungchi.payments.providers import accounts as opened

FIELDS = (
    "id", "order_id", "cooperative_id", "firm_id", "provider", "state", "amount", "currency",
    "reference", "due_at", "lapses_at", "instructions", "depositor", "mandate_id", "charge_at",
    "created_at",
)  # fmt: skip


def ask_for_payment(*, campaign_id: UUID) -> int:
    """Make a payment of every order of a campaign that has none; return how many.

    Due when the campaign says (set by its clearing). Again, or from two workers at
    once: the second finds nothing to do. The number of queries does not depend on n.

    What a firm agreed to be charged for is `scheduled`, at once, by the method that it saved; the
    others, and what is more than it agreed to, wait for a transfer.
    """
    with transaction.atomic():
        campaign = campaigns.locked(campaign_id)
        if campaign.state != "settling":
            return 0
        at = clock.now()
        free = order_operations.mark_free_orders_paid(campaign_id=campaign.pk, at=at)
        asked = _ask(campaign, at)
        return free + asked


def _ask(campaign: Campaign, at: datetime) -> int:
    orders = queries.orders_to_ask_for(campaign.pk)
    if not orders:
        return 0
    due_at = campaign.payment_due_at
    assert due_at is not None  # noqa: S101 - set by the clearing that led to settling
    lapses_at = end_of_grace(due_at, campaign.grace_days, campaign.host.timezone)
    numbers = next_numbers("payments_reference", len(orders))
    references = BANK_TRANSFER.references(numbers)
    instructions = Jsonb(dict(BANK_TRANSFER.instructions(campaign.host)))

    agreed = opened.ways_agreed(campaign, {firm: total for _, firm, total, _ in orders})

    payments = [
        (uuid7(), order_id, campaign.host_id, firm_id, *_way(agreed.get(firm_id)), total, currency,
         reference, due_at, lapses_at, instructions, "", *_when(agreed.get(firm_id), at), at)
        for (order_id, firm_id, total, currency), reference in zip(orders, references, strict=True)
    ]  # fmt: skip
    asked = copy_rows(Payment, FIELDS, payments)
    day = at.astimezone(campaign.host.timezone).date()
    books = Books(campaign.host_id, campaign.pk, campaign.currency, day, at)
    book_all(
        books,
        (
            Booking("asked", payment[0], firm_id, ledger.asked(total, firm_id))
            for payment, (_, firm_id, total, _) in zip(payments, orders, strict=True)
        ),
    )
    record(
        campaign,
        kind="payments_asked",
        actor=SYSTEM,
        at=at,
        thread=campaign.pk,
        cooperative_id=campaign.host_id,
        data={"payments": asked, "amount": sum(total for _, _, total, _ in orders),
              "due_at": due_at.isoformat(),
              "lapses_at": lapses_at and lapses_at.isoformat()},
    )  # fmt: skip
    return asked


def _way(agreed: opened.Agreed | None) -> tuple[str, str]:
    """By which provider, and the state in which it begins."""
    return (agreed.provider, "scheduled") if agreed else (BANK_TRANSFER.name, "awaiting_transfer")


def _when(agreed: opened.Agreed | None, at: datetime) -> tuple[UUID | None, datetime | None]:
    """Which saved method is charged, and when."""
    return (agreed.mandate_id, at) if agreed else (None, None)


def tell_account(*, cooperative: Cooperative) -> int:
    """Put the account on payments that were asked for before the cooperative had named one."""
    with transaction.atomic():
        told = Payment.objects.filter(
            cooperative=cooperative, state="awaiting_transfer", instructions__has_key="notice"
        ).update(instructions=dict(BANK_TRANSFER.instructions(cooperative)))
        if told:
            record(
                cooperative, kind="account_told", actor=SYSTEM, at=clock.now(),
                cooperative_id=cooperative.pk, data={"payments": told},
            )  # fmt: skip
        return told
