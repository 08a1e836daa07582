"""Reading what the bank says: statements, their lines, and which payments these may be for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from mungchi.accounts.access import Actor
from mungchi.common.errors import NotFound
from mungchi.payments.domain.ledger import Kind
from mungchi.payments.domain.matching import (
    DAYS_AROUND,
    Arrived,
    Bill,
    Match,
    match,
    plain_party,
    references_in,
)
from mungchi.payments.domain.statement import recognise_mapping
from mungchi.payments.domain.states import PAID, REFUND_TO_SEND, WAS_PAID
from mungchi.payments.models import (
    BankAllotment,
    BankLine,
    BankStatement,
    LedgerEntry,
    MonthlyStatement,
    Payment,
    Refund,
    StatementLine,
)
from mungchi.payments.queries.monthly_bills import months_named, statement_bills
from mungchi.payments.queries.refunds import BANK_TRANSFER

BY_HAND = ("received",)
SETTLED = ("set_aside", "sent_back")


def statements_visible_to(actor: Actor) -> QuerySet[BankStatement]:
    """The office's own statements."""
    rows = BankStatement.objects.select_related("created_by", "cooperative")
    return rows.filter(cooperative_id=actor.cooperative_id) if actor.is_office else rows.none()


def statement_seen_by(actor: Actor, pk: UUID) -> BankStatement:
    """One statement that the actor may see; raise NotFound."""
    row = statements_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def locked_statement(actor: Actor, pk: UUID) -> BankStatement:
    """Lock one statement that the actor may see; raise NotFound."""
    rows = statements_visible_to(actor).filter(pk=pk)
    row = rows.select_for_update(no_key=True, of=("self",)).first()
    if row is None:
        raise NotFound
    return row


def statement_lines(row: BankStatement) -> QuerySet[StatementLine]:
    """The lines of a file, in its order."""
    return StatementLine.objects.filter(statement=row)


def remembered_mapping(row: BankStatement) -> dict[str, int | None] | None:
    """Which column was what in the last file with the same headings; None for a new form.

    The columns may stand in another order: they are found by their names.
    """
    last = (
        BankStatement.objects.filter(
            cooperative_id=row.cooperative_id, headings=row.headings, state="done"
        )
        .order_by("-id")
        .first()
    )
    if last is None:
        return None
    named = {column["header"]: column["index"] for column in reversed(row.columns)}
    before = {column["index"]: column["header"] for column in last.columns}
    mapping: dict[str, int | None] = dict.fromkeys(recognise_mapping([]))
    for field, index in last.mapping.items():
        mapping[field] = None if index is None else named.get(before.get(index, ""))
    return mapping


def taken_before(cooperative_id: UUID, fingerprints: Iterable[UUID]) -> set[UUID]:
    """Which of some lines were taken in already."""
    rows = BankLine.objects.filter(
        cooperative_id=cooperative_id, fingerprint__in=list(fingerprints)
    )
    return set(rows.values_list("fingerprint", flat=True))


def bank_lines_visible_to(actor: Actor) -> QuerySet[BankLine]:
    """The money on the office's own account."""
    rows = BankLine.objects.select_related("statement", "cooperative")
    return rows.filter(cooperative_id=actor.cooperative_id) if actor.is_office else rows.none()


def bank_line_seen_by(actor: Actor, pk: UUID) -> BankLine:
    """One line that the actor may see; raise NotFound."""
    row = bank_lines_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def locked_line(pk: UUID) -> BankLine:
    """Lock a line; the payment's lock comes before it."""
    rows = BankLine.objects.select_related("cooperative")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=pk)


def allotment_seen_by(actor: Actor, pk: UUID) -> BankAllotment:
    """One allotment that the actor may see; raise NotFound."""
    rows = BankAllotment.objects.filter(cooperative_id=actor.cooperative_id, pk=pk)
    row = rows.first() if actor.is_office else None
    if row is None:
        raise NotFound
    return row


def standing_allotments(payment: Payment, *, tied: bool | None = None) -> QuerySet[BankAllotment]:
    """What of bank lines is a payment's: all, or only what it was tied or not tied to."""
    rows = BankAllotment.objects.filter(payment=payment, undone_at__isnull=True)
    return rows if tied is None else rows.filter(tied=tied)


def paid_in_part(campaign_id: UUID) -> list[Payment]:
    """Payments of a campaign that still wait and to which something was allotted."""
    rows = Payment.objects.filter(
        order__campaign_id=campaign_id, state__in=["awaiting_transfer", "on_account"],
        allotted__gt=0,
    )  # fmt: skip
    return list(rows.select_related("order").order_by("id"))


def untied(payment: Payment) -> int:
    """What was confirmed by hand for a payment and no line is tied to yet, minor units."""
    if payment.state not in WAS_PAID or payment.pk not in _by_hand([payment]):
        return 0
    tied = standing_allotments(payment, tied=True).aggregate(sum=Coalesce(Sum("amount"), 0))["sum"]
    return payment.not_allotted - int(tied)


def _by_hand(payments: Sequence[Payment]) -> set[UUID]:
    """Which of some payments stand in the books as received by hand: not what a saved method was
    charged, whose money never comes to the bank by itself."""
    rows = LedgerEntry.objects.filter(
        payment__in=payments, kind__in=BY_HAND, reversed_by__isnull=True
    )
    return set(rows.values_list("payment_id", flat=True))


def entry_of(allotment: BankAllotment) -> LedgerEntry:
    """The entry that an allotment wrote."""
    return LedgerEntry.objects.get(
        key__in=[f"{kind}:{allotment.pk}:1" for kind in ("allotted", "tied")]
    )


def settling_entries(line: BankLine) -> list[LedgerEntry]:
    """Standing entries by which money of a line left suspense for no payment."""
    rows = LedgerEntry.objects.filter(bank_line=line, kind__in=SETTLED, reversed_by__isnull=True)
    return list(rows.prefetch_related("lines").order_by("id"))


def times_booked(line: BankLine, kind: Kind) -> int:
    """How often something of a kind was booked of a line alone."""
    return LedgerEntry.objects.filter(bank_line=line, kind=kind, payment__isnull=True).count()


def certain_matches(actor: Actor) -> list[Match]:
    """All that could be confirmed on one press, in the order of the statement."""
    lines = list(
        bank_lines_visible_to(actor).filter(state="suspense").order_by("day", "time", "id")
    )
    found = matches_of(actor, lines)
    return [found[line.pk][0] for line in lines if line.pk in found and found[line.pk][0].certain]


def matches_of(actor: Actor, lines: Sequence[BankLine]) -> dict[UUID, list[Match]]:
    """Line -> what it may be for, the surest first. As many queries for many lines as for one."""
    arrived = [
        Arrived(line.pk, line.day, line.time, line.open, line.currency, line.depositor, line.text,
                line.old)
        for line in lines
    ]  # fmt: skip
    if not arrived:
        return {}
    return match(arrived, [*_bills(actor, arrived), *statement_bills(actor, arrived)])


def _bills(actor: Actor, lines: Sequence[Arrived]) -> list[Bill]:
    references = references_in(*(part for line in lines for part in (line.depositor, line.text)))
    amounts = {line.open for line in lines}
    around = timedelta(days=DAYS_AROUND)
    days = (min(line.day for line in lines) - around, max(line.day for line in lines) + around)
    rows = (
        Payment.objects.filter(cooperative_id=actor.cooperative_id)
        .alias(rest=F("amount") - F("credited") - F("allotted"))
        .filter(
            Q(reference__in=references)
            | Q(state="awaiting_transfer", order__campaign__state="settling")
            & Q(amount__in=[*amounts], allotted=0)
            | Q(state="awaiting_transfer", allotted__gt=0)
            | Q(
                state__in=WAS_PAID,
                received_date__range=days,
                allotted__lt=F("amount") - F("credited"),
            )
            | Q(state="on_account", rest__in=[*amounts])
        )
        .select_related("firm", "cooperative", "order__campaign")
    )
    payments = list(rows)
    tied = _tied(payments)
    earlier = _earlier_depositors(payments)
    received = _by_hand(payments)
    return [
        _bill(
            each,
            tied.get(each.pk, 0),
            earlier.get(each.firm_id, set()),
            received=each.pk in received,
        )
        for each in payments
    ]


def _bill(payment: Payment, tied: int, depositors: set[str], *, received: bool) -> Bill:
    by_hand = received and payment.state in WAS_PAID and payment.not_allotted > 0
    missing = payment.not_allotted - tied if by_hand else payment.missing
    names = {payment.firm.name, payment.firm.representative, *depositors}
    zone = payment.cooperative.timezone
    awaited = payment.state == "awaiting_transfer" and payment.order.campaign.state == "settling"
    awaited = awaited or payment.state == "on_account"
    is_open = missing > 0 and (by_hand or awaited)
    return Bill(
        pk=payment.pk,
        reference=payment.reference,
        missing=missing,
        currency=payment.currency,
        asked=payment.created_at.astimezone(zone).date(),
        names=frozenset(plain_party(name) for name in names if name),
        by_hand=by_hand,
        depositor=payment.depositor,
        received=payment.received_date,
        closed="" if is_open else "paid" if payment.state in PAID else "gone",
    )


def _tied(payments: Sequence[Payment]) -> dict[UUID, int]:
    rows = BankAllotment.objects.filter(payment__in=payments, undone_at__isnull=True, tied=True)
    return dict(rows.values_list("payment").annotate(Sum("amount")))


def _earlier_depositors(payments: Sequence[Payment]) -> dict[UUID, set[str]]:
    """Under which names the firms of some payments sent money before."""
    firms = {payment.firm_id for payment in payments}
    cooperatives = {payment.cooperative_id for payment in payments}
    rows = (
        Payment.objects.filter(
            firm_id__in=firms, cooperative_id__in=cooperatives, state__in=WAS_PAID
        )
        .exclude(depositor="")
        .values_list("firm_id", "depositor")
        .distinct()
    )
    found: dict[UUID, set[str]] = {}
    for firm_id, depositor in rows:
        found.setdefault(firm_id, set()).add(depositor)
    return found


def payments_named(pks: Iterable[UUID]) -> dict[UUID, Payment]:
    """Payments with what a row of the screen shows of them."""
    rows = Payment.objects.select_related("firm", "order__campaign")
    return {row.pk: row for row in rows.filter(pk__in=set(pks))}


def suspense_of(actor: Actor) -> list[dict[str, Any]]:
    """What stands in suspense, by currency: {"currency", "lines", "amount"}."""
    rows = bank_lines_visible_to(actor).filter(open__gt=0).order_by("currency")
    totals: dict[str, dict[str, Any]] = {}
    for currency, amount in rows.values_list("currency", "open"):
        total = totals.setdefault(currency, {"currency": currency, "lines": 0, "amount": 0})
        total["lines"] += 1
        total["amount"] += amount
    return list(totals.values())


def to_return(actor: Actor) -> tuple[list[Refund], list[BankLine]]:
    """What the office has to send back: refunds that no provider sends, and lines that it said to
    return."""
    if not actor.is_office:
        return [], []
    refunds = Refund.objects.filter(cooperative_id=actor.cooperative_id, state__in=REFUND_TO_SEND)
    refunds = refunds.filter(Q(way=BANK_TRANSFER) | ~Q(state="requested"))
    lines = bank_lines_visible_to(actor).filter(state="to_return")
    return (
        list(refunds.select_related("firm__money_account", "payment__order__campaign")
             .order_by("firm__name", "id")),
        list(lines.order_by("day", "id")),
    )  # fmt: skip


def with_payments(actor: Actor, lines: Sequence[BankLine], *, suggest: bool) -> list[BankLine]:
    """Put on lines what is `standing` of their allotments, and what they may be for (`suggestions`,
    only while some of them is in suspense). As many queries for many lines as for one."""
    standing: dict[UUID, list[BankAllotment]] = {}
    rows = BankAllotment.objects.filter(line__in=lines, undone_at__isnull=True).order_by("id")
    for row in rows.select_related("payment__firm", "payment__order__campaign"):
        standing.setdefault(row.line_id, []).append(row)
    waiting = [line for line in lines if line.open] if suggest else []
    found = matches_of(actor, waiting)
    every = [each for matches in found.values() for each in matches]
    payments, months = payments_named(pk_of(every)), months_named(every)
    for line in lines:
        line.standing = standing.get(line.pk, [])  # type: ignore[attr-defined]
        line.suggestions = [  # type: ignore[attr-defined]
            suggestion(each, payments, months) for each in found.get(line.pk, [])
        ]
    return list(lines)


def pk_of(matches: Iterable[Match]) -> list[UUID]:
    """The payments that some lines may be for."""
    return [each.payment for each in matches if not each.monthly]


def suggestion(
    match: Match, payments: Mapping[UUID, Payment], months: Mapping[UUID, MonthlyStatement]
) -> dict[str, Any]:
    """A match with its payment, or the month's statement, as it is shown."""
    return {"payment": None if match.monthly else payments[match.payment],
            "statement": months[match.payment] if match.monthly else None,
            "amount": match.amount, "why": match.why, "certain": match.certain}  # fmt: skip


def previewed(actor: Actor) -> list[dict[str, Any]]:
    """Certain matches with line and payment, as they are shown before the press."""
    matches = certain_matches(actor)
    lines = BankLine.objects.in_bulk([each.line for each in matches])
    payments, months = payments_named(pk_of(matches)), months_named(matches)
    return [{"line": lines[each.line], "suggestion": suggestion(each, payments, months)}
            for each in matches]  # fmt: skip
