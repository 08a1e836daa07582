"""Monthly statements as what a line of the bank's statement may be for."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from mungchi.accounts.access import Actor
from mungchi.payments.domain.matching import Arrived, Bill, Match, plain_party, references_in
from mungchi.payments.models import MonthlyStatement
from mungchi.payments.queries.monthly import (
    owing_of,
    stated_payments,
    statements_named,
)


def statement_bills(actor: Actor, lines: Sequence[Arrived]) -> list[Bill]:
    """Statements that some lines may pay: those that they name, and those over just their amount.

    What is owed of one is what is open now of all that stands on it and on those before. One of
    which a single payment is left is found by that payment, unless the line names the statement.
    """
    texts = [part for line in lines for part in (line.depositor, line.text)]
    named = references_in(*texts)
    found = statements_named(actor, named, {line.open for line in lines})
    bills = []
    for row in found:
        owing = owing_of(stated_payments(row))
        if row.reference not in named and len(owing) < 2:
            continue
        zone = row.cooperative.timezone
        bills.append(
            Bill(
                pk=row.pk, reference=row.reference, missing=sum(one.open for one in owing),
                currency=row.currency, asked=row.made_at.astimezone(zone).date(),
                names=frozenset(plain_party(name) for name in
                                (row.firm.name, row.firm.representative) if name),
                closed="" if owing else "paid", monthly=True,
            )
        )  # fmt: skip
    return bills


def months_named(matches: Iterable[Match]) -> dict[UUID, MonthlyStatement]:
    """The statements that some lines may pay, as they are shown."""
    pks = {each.payment for each in matches if each.monthly}
    if not pks:
        return {}
    rows = MonthlyStatement.objects.select_related("firm", "cooperative")
    return {row.pk: row for row in rows.filter(pk__in=pks)}
