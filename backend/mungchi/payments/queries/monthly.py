"""Reading the monthly statements of what firms buy on terms, and what is to be stated."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative
from mungchi.common.errors import NotFound
from mungchi.payments.domain.monthly import CHARGES, Entry, begins_at, month_of
from mungchi.payments.domain.refunding import Shares
from mungchi.payments.domain.terms import Owing
from mungchi.payments.models import (
    Credit,
    CreditLine,
    LedgerLine,
    MonthlyStatement,
    OnAccount,
    Payment,
)
from mungchi.payments.queries.refunds import confirmed_parts_of, parts_of

_MOMENT = timedelta(microseconds=1)


def monthly_visible_to(actor: Actor) -> QuerySet[MonthlyStatement]:
    """The office sees those of all its firms, a firm its own."""
    rows = MonthlyStatement.objects.select_related("firm", "cooperative")
    if actor.is_office:
        return rows.filter(cooperative_id=actor.cooperative_id)
    return rows.filter(firm_id=actor.firm_id) if actor.is_firm else rows.none()


def monthly_seen_by(actor: Actor, pk: UUID) -> MonthlyStatement:
    """One statement that the actor may see; raise NotFound."""
    row = monthly_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def with_owed(rows: QuerySet[MonthlyStatement]) -> QuerySet[MonthlyStatement]:
    """Put on statements what of all that each states is open now (`owed`, minor units)."""
    stated = OnAccount.objects.filter(
        payment__state="on_account", cooperative_id=OuterRef("cooperative_id"),
        firm_id=OuterRef("firm_id"), currency=OuterRef("currency"),
        payment__entries__kind="asked",
        payment__entries__lines__stated__statement__month__lte=OuterRef("month"),
    ).order_by()  # fmt: skip
    rest = F("payment__amount") - F("payment__credited") - F("payment__allotted")
    sums = stated.values("firm_id").annotate(sum=Sum(rest)).values("sum")
    return rows.annotate(owed=Coalesce(Subquery(sums), Value(0), output_field=BigIntegerField()))


def whole(actor: Actor, pk: UUID) -> MonthlyStatement:
    """A statement with its lines (`told_lines`) and what is open of it now; raise NotFound."""
    row = with_owed(monthly_visible_to(actor)).filter(pk=pk).first()
    if row is None:
        raise NotFound
    lines = row.lines.select_related("statement", "payment__order__campaign")
    row.told_lines = list(lines.order_by("id"))  # type: ignore[attr-defined]
    return row


class ToState(NamedTuple):
    """A firm's limit of which a month is to be stated: through which month, in which zone."""

    credit_id: UUID
    last: date


def accounts_to_state(at: datetime) -> list[ToState]:
    """Whose last month has ended and was not stated, although something was on account."""
    found = []
    for place in Cooperative.objects.filter(Exists(CreditLine.objects.filter(
        cooperative_id=OuterRef("pk")
    ))):  # fmt: skip
        this = month_of(at, place.timezone)
        last = month_of(begins_at(this, place.timezone) - _MOMENT, place.timezone)
        until = begins_at(this, place.timezone)
        stated = MonthlyStatement.objects.filter(
            cooperative=place, firm_id=OuterRef("firm_id"), month=last
        )
        fresh = _unstated(until).filter(
            cooperative=place, entry__payment__on_account__credit_id=OuterRef("pk")
        )
        owing = OnAccount.objects.filter(
            credit_id=OuterRef("pk"), made_at__lt=until, payment__state="on_account"
        )
        # Asked first: in every run but the month's first ones nothing is left, and all that was
        # ever bought on terms would be read to find that.
        left = CreditLine.objects.filter(~Exists(stated), cooperative=place)
        pks = list(left.values_list("pk", flat=True))
        if not pks:
            continue
        rows = CreditLine.objects.filter(Exists(fresh) | Exists(owing), pk__in=pks)
        found += [ToState(pk, last) for pk in rows.order_by("pk").values_list("pk", flat=True)]
    return found


def _unstated(until: datetime) -> QuerySet[LedgerLine]:
    """What the books wrote before a moment of receivables on account, and no statement has."""
    return LedgerLine.objects.filter(
        account="receivable", entry__payment__on_account__isnull=False, entry__at__lt=until,
        stated__isnull=True,
    )  # fmt: skip


def locked_credit_line(pk: UUID) -> CreditLine:
    """Lock a firm's limit, under which its statements are made one after the other."""
    rows = CreditLine.objects.select_related("cooperative", "firm")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=pk)


def currencies_of(credit: CreditLine) -> list[str]:
    """In which currencies something of a limit was taken on account."""
    rows = OnAccount.objects.filter(credit=credit).order_by("currency")
    return list(rows.values_list("currency", flat=True).distinct())


def last_stated(credit: CreditLine, currency: str) -> MonthlyStatement | None:
    """The latest statement of a firm in a currency."""
    return (
        MonthlyStatement.objects.filter(
            cooperative_id=credit.cooperative_id, firm_id=credit.firm_id, currency=currency
        )
        .order_by("-month")
        .first()
    )


def first_taken(credit: CreditLine, currency: str) -> datetime:
    """When something of a limit was first taken on account."""
    found = OnAccount.objects.filter(credit=credit, currency=currency).aggregate(at=Min("made_at"))
    assert found["at"] is not None  # noqa: S101 - of a currency in which something was
    return found["at"]


def first_due(credit: CreditLine, currency: str, until: datetime) -> datetime | None:
    """When the first of what was taken on account before a moment, and is still owed, is due."""
    rows = OnAccount.objects.filter(
        credit=credit, currency=currency, made_at__lt=until, payment__state="on_account"
    )
    found: datetime | None = rows.aggregate(at=Min("payment__due_at"))["at"]
    return found


def lines_to_state(credit: CreditLine, currency: str, until: datetime) -> list[LedgerLine]:
    """What is to stand on the statement that ends at a moment, in order."""
    rows = _unstated(until).filter(entry__payment__on_account__credit=credit, currency=currency)
    rows = rows.select_related("entry__payment__order")
    return list(rows.order_by("entry__day", "entry__at", "entry_id", "id"))


def entries_of(lines: Iterable[LedgerLine]) -> list[Entry]:
    """Lines of the books as a statement adds them up, in the same order. One query more."""
    lines = list(lines)
    credits = {
        (row.payment_id, str(row.number)): row
        for row in Credit.objects.filter(payment__in={line.entry.payment_id for line in lines})
    }
    found = []
    for line in lines:
        entry, supply, vat = line.entry, 0, 0
        parts = _parts(line, credits)
        if parts is not None:
            vat = parts.vat + parts.host_fee_vat + parts.partner_fee_vat
            supply = abs(line.amount) - vat
        sign = 1 if line.amount > 0 else -1
        found.append(Entry(entry.kind, line.amount, sign * supply, sign * vat))
    return found


def _parts(line: LedgerLine, credits: Mapping[tuple[Any, str], Credit]) -> Shares | None:
    """The parts of what a line charges or takes off; None of money. An order is charged as it was
    ordered, also where its supplier confirmed less by the time of the statement."""
    entry = line.entry
    order = entry.payment.order  # type: ignore[union-attr] - on account are payments
    if entry.kind in CHARGES:
        return parts_of(order)
    if entry.kind == "asked_less":
        return parts_of(order).less(confirmed_parts_of(order))
    if entry.kind == "credited":
        return credits[entry.payment_id, entry.key.rsplit(":", 1)[1]].shares
    return None


def stated_payments(statement: MonthlyStatement) -> QuerySet[Payment]:
    """What is still owed of all that stands on a statement and on those before it."""
    earlier = MonthlyStatement.objects.filter(
        cooperative_id=statement.cooperative_id, firm_id=statement.firm_id,
        currency=statement.currency, month__lte=statement.month,
    )  # fmt: skip
    return Payment.objects.filter(
        pk__in=earlier.filter(lines__kind="asked").values("lines__payment"), state="on_account"
    ).order_by("due_at", "pk")


def owing_of(payments: Iterable[Payment]) -> list[Owing]:
    """What is open of some payments."""
    return [Owing(row.pk, row.due_at, row.missing) for row in payments]


def statements_named(
    actor: Actor, references: Iterable[str], amounts: Iterable[int]
) -> list[MonthlyStatement]:
    """Statements of the office that lines of its bank may name: by their code, or their amount."""
    rows = monthly_visible_to(actor)
    return list(
        rows.filter(Q(reference__in=list(references)) | Q(closing__in=list(amounts), closing__gt=0))
    )
