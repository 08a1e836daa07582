"""Reading the books: entries, balances of accounts, a campaign's money, a firm's account sheet."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative, Firm, Membership
from mungchi.campaigns.models import Campaign
from mungchi.common.errors import Invalid, NotFound
from mungchi.common.text import Text
from mungchi.orders.models import Order, PurchaseOrder
from mungchi.payments.domain.ledger import OF_A_FIRM, Sale
from mungchi.payments.domain.states import CONTESTED, COVERED
from mungchi.payments.models import LedgerEntry, LedgerLine, Payment

# More are not read on a screen, nor checked by hand.
MOST_LINES = 2000
# A campaign that was completed is booked before; for so long a stage that failed is made up for.
MADE_UP_FOR = timedelta(days=90)
# Money of a payment that came: to the account, or out of suspense.
CAME = (
    "received", "received_undone", "allotted", "allotted_undone", "tied", "tied_undone",
)  # fmt: skip

# Money that left the account, and what of it turned out not to have left.
RETURNED = ("refunded", "refunded_undone")
PAID_OUT = ("paid_out", "paid_out_undone")


class TooMany(Invalid):
    """More lines than are shown at once."""

    code = "too_many_lines"
    field = "since"
    message = Text(
        ko=f"한 번에 {MOST_LINES:,}건까지 볼 수 있습니다. 기간을 줄여 주십시오.",
        en=f"No more than {MOST_LINES:,} lines are shown at once. Please choose fewer days.",
    )


class DaysWrong(Invalid):
    """No day lies between them, or none that is kept."""

    code = "days_wrong"
    field = "until"
    message = Text(
        ko="기간이 올바르지 않습니다. 시작일과 종료일을 확인해 주십시오.",
        en="These days are not a period. Please look at the first and the last day.",
    )


class Days(NamedTuple):
    """From the first day to the last, both included."""

    first: date
    last: date

    @classmethod
    def between(cls, first: date, last: date) -> "Days":
        """A period; raises DaysWrong."""
        if last < first:
            raise DaysWrong
        return cls(first, last)


def sale_of(order: Order) -> Sale:
    """What becomes of what is paid for an order; its parts sum to the order's total."""
    return Sale(
        supplier=order.supply_value + order.delivery_share + order.vat,
        fee=order.host_fee,
        fee_vat=order.fee_vat - order.partner_fee_vat,
        partner_fee=order.partner_fee + order.partner_fee_vat,
    )


def campaigns_to_book_as_sold(at: datetime) -> list[UUID]:
    """Campaigns whose supplier has taken the order, with money that is still booked as held."""
    booked = LedgerEntry.objects.filter(campaign_id=OuterRef("pk"), kind="ordered")
    paid = Payment.objects.filter(order__campaign_id=OuterRef("pk"), state__in=SOLD)
    return list(
        Campaign.objects.filter(
            Q(state="delivering") | Q(state="completed", closed_at__gte=at - MADE_UP_FOR),
            ~Exists(booked),
            Exists(paid),
        ).values_list("pk", flat=True)
    )


def paid_and_not_booked_as_sold(campaign: Campaign) -> list[Payment]:
    """What was paid, or is on account, in a campaign whose supplier has taken the order, and is
    booked as held."""
    taken = PurchaseOrder.objects.filter(campaign=campaign, state__in=["confirmed", "fulfilled"])
    if not taken.exists():
        return []
    booked = LedgerEntry.objects.filter(payment_id=OuterRef("pk"), kind="ordered")
    rows = Payment.objects.filter(~Exists(booked), order__campaign=campaign, state__in=SOLD)
    # What a bank contests stays so, also where its supplier confirmed nothing of the order.
    rows = rows.exclude(order__state="cancelled")
    return list(rows.select_related("order").order_by("id"))


def unbooked_subsidy(campaign: Campaign) -> PurchaseOrder | None:
    """The purchase order that a supplier has taken, some of which the cooperative itself pays and
    which is not booked."""
    booked = LedgerEntry.objects.filter(campaign=campaign, kind="subsidised")
    return PurchaseOrder.objects.filter(
        ~Exists(booked), campaign=campaign, subsidy__gt=0, state__in=["confirmed", "fulfilled"]
    ).first()


def times_received(payment: Payment) -> int:
    """How often a transfer was confirmed for a payment, also by mistake."""
    return LedgerEntry.objects.filter(payment=payment, kind="received").count()


def last_received(payment: Payment) -> LedgerEntry:
    """The entry of a payment's standing confirmation."""
    return LedgerEntry.objects.get(payment=payment, kind="received", reversed_by__isnull=True)


def entries_visible_to(actor: Actor) -> QuerySet[LedgerEntry]:
    """The journal of the office's own books."""
    if not actor.is_office:
        return LedgerEntry.objects.none()
    return LedgerEntry.objects.filter(cooperative_id=actor.cooperative_id)


def with_lines(rows: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
    """Load what a row of the journal shows: one query more, whatever the number."""
    return rows.select_related("campaign", "firm", "payment__order", "bank_line").prefetch_related(
        "lines__firm", "lines__partner"
    )


def lines_of(entries: QuerySet[LedgerEntry]) -> QuerySet[LedgerLine]:
    """The lines of some entries, in order of time; those of an entry stand together."""
    return (
        LedgerLine.objects.filter(entry__in=entries)
        .select_related(
            "entry__campaign",
            "entry__cooperative",
            "entry__firm",
            "entry__payment__order",
            "entry__bank_line",
            "firm",
            "partner",
        )
        .order_by("entry__at", "entry_id", "id")
    )


# Whose order the supplier has taken with the others: also on account, and where a bank took the
# money back.
SOLD = (*COVERED, *CONTESTED)


@dataclass(frozen=True, slots=True)
class Balance:
    """What was debited and credited of an account, both above zero; minor units of a currency."""

    account: str
    currency: str
    debit: int
    credit: int

    @property
    def balance(self) -> int:
        """Debits less credits."""
        return self.debit - self.credit


def balances_of(entries: QuerySet[LedgerEntry]) -> list[Balance]:
    """The accounts that some entries moved; over a currency, debits and credits sum to the same.
    One query."""
    rows = (
        LedgerLine.objects.filter(entry__in=entries)
        .values("account", "currency")
        .annotate(
            debit=Coalesce(Sum("amount", filter=Q(amount__gt=0)), 0),
            credit=Coalesce(Sum(-F("amount"), filter=Q(amount__lt=0)), 0),
        )
        .order_by("currency", "account")
    )
    return [Balance(**row) for row in rows]


@dataclass(frozen=True, slots=True)
class CampaignMoney:
    """A campaign's money by its books; minor units. `open`: asked for and not there. `held`: there,
    and not yet the supplier's. `supplier`: what its part comes to, of which `paid_out` was paid and
    `supplier_open` was not; `subsidy`: what of it the cooperative itself pays. Fees with their VAT;
    a partner's are to be passed on. `disputed`: what payers' banks took back and have not decided
    on; `dispute_loss`: what the cooperative bears of it."""

    currency: str
    asked: int
    received: int
    open: int
    cancelled: int
    lapsed: int
    held: int
    refund_due: int
    refunded: int
    supplier: int
    paid_out: int
    supplier_open: int
    fees: int
    partner_fees: int
    subsidy: int
    disputed: int
    dispute_loss: int


def money_of(campaign: Campaign) -> CampaignMoney:
    """What the books say of a campaign. One query."""
    moved = {
        (row["entry__kind"], row["account"]): row["sum"]
        for row in LedgerLine.objects.filter(entry__campaign=campaign, currency=campaign.currency)
        .values("entry__kind", "account")
        .annotate(sum=Sum("amount"))
    }

    def of(account: str, *kinds: str) -> int:
        return sum(
            amount
            for (kind, name), amount in moved.items()
            if name == account and (not kinds or kind in kinds)
        )

    sold = any(kind == "ordered" for kind, _ in moved)
    return CampaignMoney(
        currency=campaign.currency,
        asked=of("receivable", "asked"),
        received=of("bank", *CAME) + of("bank_suspense", *CAME),
        open=of("receivable"),
        cancelled=-of("receivable", "cancelled"),
        lapsed=-of("receivable", "lapsed"),
        # Once the order is sold nothing is held any more; what is then receivable is on account.
        held=-of("member_funds") - (0 if sold else of("receivable")),
        refund_due=-of("refund_payable"),
        refunded=of("refund_payable", *RETURNED),
        supplier=-of("supplier_payable") + of("supplier_payable", *PAID_OUT),
        paid_out=of("supplier_payable", *PAID_OUT),
        supplier_open=-of("supplier_payable"),
        fees=-of("fee") - of("fee_vat"),
        partner_fees=-of("partner_fee_payable"),
        subsidy=of("price_subsidy"),
        disputed=of("dispute"),
        dispute_loss=of("dispute_loss"),
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A firm's account with a cooperative in a currency, over some days: what it owed before and
    after (below zero: it was owed), and each line with what it owed then. Minor units."""

    cooperative: Cooperative
    currency: str
    opening: int
    lines: list[tuple[LedgerLine, int]]

    @property
    def closing(self) -> int:
        """What it owed at the end."""
        return self.lines[-1][1] if self.lines else self.opening


def own_sheets(actor: Actor, days: Days) -> list[Sheet]:
    """The firm's own accounts, with every cooperative that asked it for money. Raises TooMany."""
    return _sheets(LedgerLine.objects.filter(firm_id=actor.firm_id), days)


def sheets_of(actor: Actor, firm_id: UUID, days: Days) -> tuple[Firm, list[Sheet]]:
    """A firm's account in the office's books, by currency. Raises NotFound for a firm that is
    neither a member nor in the books, TooMany."""
    rows = LedgerLine.objects.filter(firm_id=firm_id, cooperative_id=actor.cooperative_id)
    member = Membership.objects.filter(firm_id=firm_id, cooperative_id=actor.cooperative_id)
    if not actor.is_office or not (member.exists() or rows.exists()):
        raise NotFound
    return Firm.objects.get(pk=firm_id), _sheets(rows, days)


def _sheets(rows: QuerySet[LedgerLine], days: Days) -> list[Sheet]:
    rows = rows.filter(account__in=OF_A_FIRM)
    before = {
        (row["cooperative_id"], row["currency"]): row["sum"]
        for row in rows.filter(entry__day__lt=days.first)
        .values("cooperative_id", "currency")
        .annotate(sum=Sum("amount"))
    }
    within = (
        rows.filter(entry__day__range=(days.first, days.last))
        .select_related("entry__campaign", "entry__payment__order")
        .order_by("entry__day", "entry__at", "entry_id", "id")[: MOST_LINES + 1]
    )
    found: dict[tuple[UUID, str], list[tuple[LedgerLine, int]]] = {key: [] for key in before}
    for line in within:
        key = (line.cooperative_id, line.currency)
        lines = found.setdefault(key, [])
        lines.append((line, (lines[-1][1] if lines else before.get(key, 0)) + line.amount))
    if sum(len(lines) for lines in found.values()) > MOST_LINES:
        raise TooMany
    places = Cooperative.objects.in_bulk({cooperative for cooperative, _ in found})
    sheets = [
        Sheet(places[pk], currency, before.get((pk, currency), 0), lines)
        for (pk, currency), lines in found.items()
    ]
    return sorted(sheets, key=lambda sheet: (sheet.cooperative.name, sheet.currency))
