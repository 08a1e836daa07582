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
from mungchi.payments.operations.taking_on_account import (
    Held,
    Taken,
    decide,
    hold_limits,
    write_taken,
)
from mungchi.payments.providers import BANK_TRANSFER, INVOICE
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

    What a firm agreed to be charged for is `scheduled`, at once, by the method that it saved. What
    it wants to pay on terms is `on_account` where its limit holds. All else waits for a transfer.
    """
    with transaction.atomic():
        campaign = campaigns.locked(campaign_id)
        if campaign.state != "settling":
            return 0
        limits = hold_limits(campaign)
        at = clock.now()
        free = order_operations.mark_free_orders_paid(campaign_id=campaign.pk, at=at)
        asked = _ask(campaign, limits, at)
        return free + asked


def _ask(campaign: Campaign, limits: Held, at: datetime) -> int:
    orders = queries.orders_to_ask_for(campaign.pk)
    if not orders:
        return 0
    due_at = campaign.payment_due_at
    assert due_at is not None  # noqa: S101 - set by the clearing that led to settling
    lapses_at = end_of_grace(due_at, campaign.grace_days, campaign.host.timezone)
    numbers = next_numbers("payments_reference", len(orders))
    references = BANK_TRANSFER.references(numbers)
    instructions = Jsonb(dict(BANK_TRANSFER.instructions(campaign.host)))

    owed = {firm: total for _, firm, total, _ in orders}
    agreed = opened.ways_agreed(campaign, owed)
    taking = decide(limits, campaign, owed, at)
    payments = [
        (uuid7(), order_id, campaign.host_id, firm_id,
         *_way(agreed.get(firm_id), taking.taken.get(firm_id)), total, currency, reference,
         *_until(taking.taken.get(firm_id), due_at, lapses_at), instructions, "",
         *_when(agreed.get(firm_id), at), at)
        for (order_id, firm_id, total, currency), reference in zip(orders, references, strict=True)
    ]  # fmt: skip
    asked = copy_rows(Payment, FIELDS, payments)
    made = {row[3]: (row[0], row[1], row[6]) for row in payments}
    write_taken(taking, campaign, made, at)
    day = at.astimezone(campaign.host.timezone).date()
    books = Books(campaign.host_id, campaign.pk, campaign.currency, day, at)
    book_all(
        books,
        (
            Booking("asked", payment[0], firm_id, ledger.asked(total, firm_id))
            for payment, (_, firm_id, total, _) in zip(payments, orders, strict=True)
        ),
    )
    if len(taking.taken) == len(orders):
        # Nothing is waited for.
        return asked
    record(
        campaign,
        kind="payments_asked",
        actor=SYSTEM,
        at=at,
        thread=campaign.pk,
        cooperative_id=campaign.host_id,
        data={"payments": asked - len(taking.taken),
              "amount": sum(owed[firm] for firm in owed if firm not in taking.taken),
              "due_at": due_at.isoformat(),
              "lapses_at": lapses_at and lapses_at.isoformat()},
    )  # fmt: skip
    return asked


def _way(agreed: opened.Agreed | None, taken: Taken | None) -> tuple[str, str]:
    """By which provider, and the state in which it begins."""
    if taken:
        return INVOICE.name, "on_account"
    return (agreed.provider, "scheduled") if agreed else (BANK_TRANSFER.name, "awaiting_transfer")


def _until(
    taken: Taken | None, due_at: datetime, lapses_at: datetime | None
) -> tuple[datetime, datetime | None]:
    """When it is due and when it lapses; what is on account does not."""
    return (taken.due_at, None) if taken else (due_at, lapses_at)


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
