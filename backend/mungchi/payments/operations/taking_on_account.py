"""Orders that are paid on terms: taken on account under the lock of the firm's limit, and reminded
of when they are due.

What is open of a limit rises only under the lock of its credit line, so that two campaigns that
close at once cannot both use what is left of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.common.bulk import copy_rows
from mungchi.common.history import event, record_all
from mungchi.common.ids import uuid7
from mungchi.orders import operations as order_operations
from mungchi.payments.domain.terms import REMINDERS, due_at, reminder_of
from mungchi.payments.models import CreditLine, OnAccount, Payment, TermsChoice
from mungchi.payments.queries import terms as queries

FIELDS = (
    "id", "payment_id", "credit_id", "cooperative_id", "firm_id", "currency", "basis", "days",
    "amount", "limit", "before", "made_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """What firms of a campaign chose, and their (locked) limits."""

    choices: Mapping[UUID, TermsChoice]
    credit: Mapping[UUID, CreditLine]


@dataclass(frozen=True, slots=True)
class Taken:
    """That an order is paid on terms: by when, and what was open of the limit before."""

    choice: TermsChoice
    credit: CreditLine
    due_at: datetime
    before: int


@dataclass(frozen=True, slots=True)
class Taking:
    """Firm -> that its order is taken on account, and firm -> why not (a code of NOT_GIVEN)."""

    taken: Mapping[UUID, Taken]
    refused: Mapping[UUID, str]


def hold_limits(campaign: Campaign) -> Held:
    """Lock the limits of the firms of a (locked) campaign that want to pay on terms. The clock is
    read after it."""
    choices = queries.choices_of(campaign.pk)
    return Held(choices, queries.locked_credit(campaign.host_id, choices) if choices else {})


def decide(held: Held, campaign: Campaign, owed: Mapping[UUID, int], at: datetime) -> Taking:
    """Whose orders (firm -> amount, minor units) are taken on account: what fits the limit."""
    taken: dict[UUID, Taken] = {}
    refused: dict[UUID, str] = {}
    if not held.choices:
        return Taking(taken, refused)
    terms = queries.terms_of(campaign.host)
    open_ = queries.open_of(line.pk for line in held.credit.values())
    closed_at = campaign.closed_at or at
    for firm_id, choice in held.choices.items():
        if firm_id not in owed:
            continue
        credit = held.credit.get(firm_id)
        was = open_.get(credit.pk, queries.NOTHING_OPEN) if credit else queries.NOTHING_OPEN
        standing = queries.standing_of(terms, credit, was, campaign.currency, at)
        why = standing.refuses(owed[firm_id])
        if why or credit is None:
            refused[firm_id] = why
            continue
        due = due_at(choice.basis, choice.days, closed_at, campaign.host.timezone)
        taken[firm_id] = Taken(choice, credit, due, was.amount)
    return Taking(taken, refused)


def write_taken(
    taking: Taking,
    campaign: Campaign,
    payments: Mapping[UUID, tuple[UUID, UUID, int]],
    at: datetime,
) -> None:
    """Write what was taken on account, that its orders wait for no money, and who has to transfer
    after all. payments: firm -> (payment, order, amount) of the rows that were just made."""
    rows, events = [], []
    for firm_id, one in taking.taken.items():
        payment_id, _, amount = payments[firm_id]
        rows.append(
            (uuid7(), payment_id, one.credit.pk, campaign.host_id, firm_id, campaign.currency,
             one.choice.basis, one.choice.days, amount, one.credit.amount, one.before, at)
        )  # fmt: skip
        events.append(
            event(_named(payment_id), kind="payment_on_account", actor=SYSTEM, at=at,
                  moved=("", "on_account"), thread=campaign.pk, cooperative_id=campaign.host_id,
                  firm_id=firm_id,
                  data={"amount": amount, "currency": campaign.currency,
                        "due_at": one.due_at.isoformat(), "limit": one.credit.amount,
                        "before": one.before})
        )  # fmt: skip
    events += [
        event(_named(payments[firm_id][0]), kind="terms_refused", actor=SYSTEM, at=at,
              thread=campaign.pk, cooperative_id=campaign.host_id, firm_id=firm_id,
              data={"amount": payments[firm_id][2], "currency": campaign.currency, "reason": why})
        for firm_id, why in taking.refused.items()
    ]  # fmt: skip
    if rows:
        copy_rows(OnAccount, FIELDS, rows)
        orders = [payments[firm_id][1] for firm_id in taking.taken]
        order_operations.mark_orders_on_account(order_ids=orders, at=at)
    record_all(events)


def _named(payment_id: UUID) -> Payment:
    """A payment of which nothing but the id is needed."""
    return Payment(pk=payment_id)


def remind_of_accounts(*, campaign_id: UUID) -> int:
    """Write down which reminders of what is on account have come due; how many. Again: none."""
    with transaction.atomic():
        at = clock.now()
        rows = queries.locked_accounts_to_remind(campaign_id, at)
        for row in rows:
            row.reminded = reminder_of(row.created_at, row.due_at, at)
        Payment.objects.bulk_update(rows, ["reminded"], batch_size=2000)
        record_all([
            event(row, kind=REMINDERS[row.reminded], actor=SYSTEM, at=at, thread=campaign_id,
                  cooperative_id=row.cooperative_id, firm_id=row.firm_id)
            for row in rows
        ])  # fmt: skip
        return len(rows)
