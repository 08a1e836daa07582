"""Reading payments: which rows a seat sees, and what waits to be asked for or returned."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.models import Campaign
from mungchi.common.errors import NotFound
from mungchi.orders.models import Order
from mungchi.payments.domain.states import CONTESTED, OWED
from mungchi.payments.models import Dispute, Payment
from mungchi.payments.queries.bank import (
    allotment_seen_by,
    bank_line_seen_by,
    bank_lines_visible_to,
    certain_matches,
    entry_of,
    locked_line,
    locked_statement,
    matches_of,
    paid_in_part,
    payments_named,
    previewed,
    remembered_mapping,
    settling_entries,
    standing_allotments,
    statement_lines,
    statement_seen_by,
    statements_visible_to,
    suspense_of,
    taken_before,
    times_booked,
    to_return,
    untied,
    with_payments,
)
from mungchi.payments.queries.books import (
    Balance,
    CampaignMoney,
    Days,
    Sheet,
    TooMany,
    balances_of,
    campaigns_to_book_as_sold,
    entries_visible_to,
    last_received,
    lines_of,
    money_of,
    own_sheets,
    paid_and_not_booked_as_sold,
    sale_of,
    sheets_of,
    times_received,
    unbooked_subsidy,
    with_lines,
)
from mungchi.payments.queries.debts import debt_of_office, debts_visible_to
from mungchi.payments.queries.lapsing import (
    Lapses,
    Outlook,
    campaigns_to_lapse,
    campaigns_to_remind,
    delivery_of,
    lapses_of,
    locked_to_lapse,
    locked_to_remind,
    payments_outlook,
)
from mungchi.payments.queries.online import (
    KEY,
    WEBHOOK,
    Depending,
    KeyUnreadable,
    accounts_of,
    agreed_for,
    being_charged,
    consents_visible_to,
    customer_of,
    depending_on,
    key_of,
    locked_account,
    locked_key_change,
    locked_mandate,
    mandate_of,
    mandate_seen_by,
    mandates_to_finish,
    mandates_to_forget,
    mandates_visible_to,
    pending_mandate,
    secret_of,
    standing_consent,
    unsettled_by,
    usable_mandates,
    waiting_key_change,
    webhook_of,
)
from mungchi.payments.queries.payouts import (
    Owing,
    account_of,
    amounts_taken_back,
    fees_of,
    locked_payout,
    name_of_payout,
    not_received,
    owed_to_supplier,
    paid_by,
    payable_of,
    payout_meant,
    payout_seen_by,
    payout_totals,
    payouts_for_providers,
    payouts_visible_to,
    with_approval,
)
from mungchi.payments.queries.refunds import (
    OF_ORDER,
    campaigns_with_less,
    confirmed_parts_of,
    due_entry,
    is_sold,
    left_of,
    less_to_settle,
    lines_booked,
    locked_refund,
    parts_of,
    refund_seen_by,
    refunded_entry,
    refunded_shares,
    refunds_by_payment,
    refunds_for_providers,
    refunds_of,
    refunds_visible_to,
    sale_of_shares,
    shares_of_order,
    sums_of_refunds,
    taken_by,
    times_refunded,
)

__all__ = [
    "KEY",
    "OF_ORDER",
    "WEBHOOK",
    "Balance",
    "CampaignMoney",
    "Days",
    "Depending",
    "KeyUnreadable",
    "Lapses",
    "Outlook",
    "Owing",
    "Paid",
    "Sheet",
    "TooMany",
    "account_of",
    "accounts_of",
    "agreed_for",
    "allotment_seen_by",
    "amounts_taken_back",
    "balances_of",
    "bank_line_seen_by",
    "bank_lines_visible_to",
    "being_charged",
    "campaigns_to_book_as_sold",
    "campaigns_to_lapse",
    "campaigns_to_remind",
    "campaigns_with_less",
    "certain_matches",
    "confirmed_parts_of",
    "consents_visible_to",
    "customer_of",
    "debt_of_office",
    "debts_visible_to",
    "delivery_of",
    "depending_on",
    "due_entry",
    "entries_visible_to",
    "entry_of",
    "fees_of",
    "is_sold",
    "key_of",
    "lapses_of",
    "last_received",
    "left_of",
    "less_to_settle",
    "lines_booked",
    "lines_of",
    "locked_account",
    "locked_key_change",
    "locked_line",
    "locked_mandate",
    "locked_payout",
    "locked_refund",
    "locked_statement",
    "locked_to_lapse",
    "locked_to_remind",
    "mandate_of",
    "mandate_seen_by",
    "mandates_to_finish",
    "mandates_to_forget",
    "mandates_visible_to",
    "matches_of",
    "money_of",
    "name_of_payout",
    "not_received",
    "owed_to_supplier",
    "own_sheets",
    "paid_and_not_booked_as_sold",
    "paid_by",
    "paid_in_part",
    "parts_of",
    "payable_of",
    "payments_named",
    "payments_outlook",
    "payout_meant",
    "payout_seen_by",
    "payout_totals",
    "payouts_for_providers",
    "payouts_visible_to",
    "pending_mandate",
    "previewed",
    "refund_seen_by",
    "refunded_entry",
    "refunded_shares",
    "refunds_by_payment",
    "refunds_for_providers",
    "refunds_of",
    "refunds_visible_to",
    "remembered_mapping",
    "sale_of",
    "sale_of_shares",
    "secret_of",
    "settling_entries",
    "shares_of_order",
    "sheets_of",
    "standing_allotments",
    "standing_consent",
    "statement_lines",
    "statement_seen_by",
    "statements_visible_to",
    "sums_of_refunds",
    "suspense_of",
    "taken_before",
    "taken_by",
    "times_booked",
    "times_received",
    "times_refunded",
    "to_return",
    "unbooked_subsidy",
    "unsettled_by",
    "untied",
    "usable_mandates",
    "waiting_key_change",
    "webhook_of",
    "with_approval",
    "with_lines",
    "with_payments",
]


def visible_to(actor: Actor) -> QuerySet[Payment]:
    """The office sees what it collects; a firm what it owes."""
    rows = Payment.objects.select_related("order__campaign", "firm", "cooperative")
    if actor.is_office:
        return rows.filter(cooperative_id=actor.cooperative_id)
    return rows.filter(firm_id=actor.firm_id) if actor.is_firm else rows.none()


def seen_by(actor: Actor, pk: UUID) -> Payment:
    """One payment that the actor may see; raise NotFound."""
    row = visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def locked(pk: UUID) -> Payment:
    """Lock a payment; the campaign's lock comes before it, the order's after."""
    return (
        Payment.objects.select_related("order__campaign", "firm", "cooperative")
        .select_for_update(no_key=True, of=("self",))
        .get(pk=pk)
    )


def orders_to_ask_for(campaign_id: UUID) -> Sequence[tuple[UUID, UUID, int, str]]:
    """Orders that await money nobody was asked for: (id, firm, total, currency), oldest first."""
    rows = Order.objects.filter(
        campaign_id=campaign_id, state="awaiting_payment", total__gt=0, payment__isnull=True
    ).order_by("id")
    return list(rows.values_list("id", "firm_id", "total", "currency"))


def campaigns_to_ask_for() -> list[UUID]:
    """Campaigns being settled with orders that await money nobody was asked for."""
    orders = Order.objects.filter(
        campaign_id=OuterRef("pk"), state="awaiting_payment", payment__isnull=True
    )
    return list(Campaign.objects.filter(Exists(orders), state="settling").values_list(
        "pk", flat=True))  # fmt: skip


def cooperatives_with_new_account() -> list[Cooperative]:
    """Cooperatives that have named an account since they first asked for money without one."""
    waiting = Payment.objects.filter(
        cooperative_id=OuterRef("pk"), state="awaiting_transfer", instructions__has_key="notice"
    )
    return list(
        Cooperative.objects.filter(Exists(waiting)).exclude(
            Q(bank_name="") | Q(bank_account="") | Q(bank_holder="")
        )
    )


def failed_campaigns_with_money() -> list[UUID]:
    """Failed campaigns with payments that are neither cancelled nor on their way back."""
    rows = Payment.objects.filter(order__campaign_id=OuterRef("pk"))
    standing = rows.filter(
        Q(state__in=[*OWED, "paid"]) | Q(state__in=CONTESTED, refunds__isnull=True)
    )
    return list(
        Campaign.objects.filter(Exists(standing), state="failed").values_list("pk", flat=True)
    )


class Paid(NamedTuple):
    """A payment that was paid, with the parts of its order (columns OF_ORDER), and what of it its
    payer's bank has taken back (`taken`, minor units)."""

    pk: UUID
    firm: UUID
    amount: int
    taken: int
    parts: tuple[int, ...]


def standing_of(campaign_id: UUID) -> tuple[list[Paid], list[tuple[UUID, UUID, int]]]:
    """What of a campaign's payments was paid, and what is awaited or on account: (id, firm,
    amount) of each.

    Also what a payer's bank contests: it is owed back like the others, and waits for the bank."""
    rows = Payment.objects.filter(order__campaign_id=campaign_id).order_by("id")
    disputes = Dispute.objects.filter(payment=OuterRef("pk")).order_by().values("payment")
    taken_back = disputes.annotate(sum=Sum("taken")).values("sum")
    fields = ("pk", "firm_id", "amount")
    parts = [f"order__{name}" for name in OF_ORDER]
    paid = [
        Paid(pk, firm, amount, taken, tuple(values))
        for pk, firm, amount, taken, *values in rows.filter(
            Q(state="paid") | Q(state__in=CONTESTED, refunds__isnull=True)
        )
        .annotate(taken=Coalesce(Subquery(taken_back), 0))
        .values_list(*fields, "taken", *parts)
    ]
    return paid, list(rows.filter(state__in=OWED).values_list(*fields))


def hosted_seen_by(actor: Actor, campaign_id: UUID) -> Campaign:
    """A campaign for which the actor's office collects; raise NotFound."""
    row = campaigns.hosted(actor).filter(pk=campaign_id).first()
    if row is None:
        raise NotFound
    return row
