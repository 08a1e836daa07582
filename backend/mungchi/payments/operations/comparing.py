"""Comparing a provider's balance with the books: what agrees is tied and what only the provider can
say is booked; what differs is an open item, and what differs no more settles by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from mungchi.common.locks import hold
from mungchi.payments.domain import ledger
from mungchi.payments.domain.ledger import Lines
from mungchi.payments.domain.open_items import FOUND_ANEW, NONE_OF_OURS, OF_NO_LINE
from mungchi.payments.domain.reconciling import (
    NOTHING,
    Compared,
    Finding,
    Tie,
    Write,
    compare,
)
from mungchi.payments.models import (
    Attempt,
    BalanceLine,
    BalanceTie,
    BankPayout,
    LedgerEntry,
    LedgerLine,
    OpenItem,
    Payment,
    ProviderAccount,
)
from mungchi.payments.operations.arriving import MISSING_AFTER, match_arrivals
from mungchi.payments.operations.booking import Booking, Books, book, entry_of, lines_of
from mungchi.payments.operations.open_items import (
    agrees_by_itself,
    open_about,
    reopen,
    returned_by_itself,
)
from mungchi.payments.queries import balance as queries

# Entries and lines written at once; an even number, as an entry's lines are asked about together.
BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many items were opened (again) and settled by themselves, and which movements are about
    something of ours that the books do not have."""

    opened: int
    closed: int
    missing_here: tuple[UUID, ...]


def compare_balance(*, account: ProviderAccount, at: datetime, tell: bool = True) -> Outcome:
    """Compare all of a cooperative's movements and entries that are not tied yet. Again: nothing.

    `tell`: open items for what differs; else only what agrees is written, so that what is missing
    here can be asked about before anybody is troubled. One at a time for a cooperative.
    """
    with transaction.atomic():
        hold(f"balance of {account.cooperative_id}")
        closed = 0
        match_arrivals(account.cooperative_id, at)
        _book_none_of_ours(account, at)
        compared = _compared(account, at)
        if compared.returned:
            for item, line in compared.returned:
                row = OpenItem.objects.select_for_update(no_key=True).get(pk=item)
                name = BalanceLine.objects.values_list("source_id", flat=True).get(pk=line)
                returned_by_itself(row, at, name)
                closed += 1
            compared = _compared(account, at)
        findings = [*compared.findings, *_of_payouts(account, at)]
        missing = [one.line for one in findings if one.kind == "missing_here" and one.line]
        if not tell:
            # What is booked as owed back is not found a second time.
            findings = [one for one in findings if one.kind == "duplicate_charge"]
        opened = sum(_open(account, one, at) for one in _once(findings))
        if not tell:
            return Outcome(opened, closed, tuple(missing))
        closed += _close(account, findings, at)
        return Outcome(opened, closed, tuple(missing))


def _book_none_of_ours(account: ProviderAccount, at: datetime) -> None:
    """Movements of which the office has said that they are none of group purchases: the books have
    them too, apart."""
    pk = account.cooperative_id
    rows = queries.loose_lines(pk).filter(
        items__state="settled", items__outcome="not_ours", items__kind__in=NONE_OF_OURS
    )
    for line in rows.exclude(net=0).distinct():
        day = line.at.astimezone(account.cooperative.timezone).date()
        entry = book(
            Books(pk, None, line.currency, day, at),
            Booking("no_group_purchase", None, None, ledger.no_group_purchase(line.net),
                    about=line.pk, balance_line_id=line.pk),
        )  # fmt: skip
        BalanceTie.objects.create(line=line, entry=entry, cooperative_id=pk)


def _compared(account: ProviderAccount, at: datetime) -> Compared:
    pk = account.cooperative_id
    lines = queries.moved(queries.loose_lines(pk))
    compared = compare(
        lines, queries.loose_entries(pk), queries.known_of(pk, lines), queries.tries_under_way(pk),
        at,
    )  # fmt: skip
    _tie(account, compared.ties, at)
    return compared


def _tie(account: ProviderAccount, ties: Iterable[Tie], at: datetime) -> None:
    entries: list[LedgerEntry] = []
    lines: list[LedgerLine] = []
    tied: list[BalanceTie] = []
    pk = account.cooperative_id
    for tie in ties:
        written = _written(account, tie, at)
        if written is None:
            continue
        for entry, sides in written:
            entries.append(entry)
            lines.extend(sides)
            tied.append(BalanceTie(line_id=tie.line.pk, entry=entry, cooperative_id=pk))
        tied.extend(
            BalanceTie(line_id=tie.line.pk, entry_id=entry.pk, cooperative_id=pk)
            for entry in tie.entries
        )
    LedgerEntry.objects.bulk_create(entries, batch_size=BATCH)
    LedgerLine.objects.bulk_create(lines, batch_size=2 * BATCH)
    BalanceTie.objects.bulk_create(tied, batch_size=BATCH)


_LINES: Final = {
    "provider_fee": ledger.provider_fee,
    "converted": ledger.converted,
    "settled_in": ledger.settled_in,
    "to_bank": ledger.to_bank,
    "to_bank_failed": lambda amount: ledger.turned(ledger.to_bank(amount)),
}


def _written(
    account: ProviderAccount, tie: Tie, at: datetime
) -> list[tuple[LedgerEntry, list[LedgerLine]]] | None:
    """What is to be booked of a movement; None where the books were moved meanwhile, and it is
    compared again the next time."""
    found = []
    for what, amount, currency in tie.writes:
        firm: UUID | None = None
        payment: UUID | None = None
        campaign = tie.about.campaign
        if what == "charged_late":
            owner = Payment.objects.filter(pk=tie.about.payment, currency=currency).first()
            if owner is None:
                return None
            firm, payment = owner.firm_id, owner.pk
        if what == "provider_fee" and not _note_fee(tie, amount, currency):
            return None
        day = tie.line.at.astimezone(account.cooperative.timezone).date()
        books = Books(account.cooperative_id, campaign, currency, day, at)
        booking = Booking(what, payment, firm, _lines(what, amount, firm),
                          about=tie.line.pk, balance_line_id=tie.line.pk)  # fmt: skip
        entry = entry_of(books, booking)
        found.append((entry, lines_of(entry, books, booking)))
    return found


def _lines(what: Write, amount: int, firm: UUID | None) -> Lines:
    if what == "charged_late":
        assert firm is not None  # noqa: S101 - the payment's
        return ledger.charged_late(amount, firm)
    return _LINES[what](amount)


def _note_fee(tie: Tie, amount: int, currency: str) -> bool:
    """Say on the try that its fee is booked, where it is in the try's currency; False when its
    answer said so meanwhile, and it is booked."""
    if tie.about.attempt is None or tie.line.kind != "charge":
        return True
    rows = Attempt.objects.filter(pk=tie.about.attempt, currency=currency, state="succeeded")
    return not rows.exists() or rows.filter(fee__isnull=True).update(fee=amount) == 1


def _of_payouts(account: ProviderAccount, at: datetime) -> list[Finding]:
    pk = account.cooperative_id
    late = queries.payouts_not_arrived(pk, at, MISSING_AFTER)
    wrong = queries.payouts_that_do_not_add_up(pk)
    return [
        *(_of_payout("payout_missing", row, row.amount) for row in late),
        *(_of_payout("payout_sum", row, getattr(row, "held", 0) or 0) for row in wrong),
    ]


def _of_payout(kind: str, row: BankPayout, held: int) -> Finding:
    ours = None if kind == "payout_missing" else held
    return Finding(kind, row.external_id, NOTHING, None, ours, row.amount, row.currency)


def _once(findings: Iterable[Finding]) -> list[Finding]:
    return list({(one.kind, one.name[:100]): one for one in findings}.values())


def _open(account: ProviderAccount, found: Finding, at: datetime) -> bool:
    """Open an item for what differs; one that had agreed by itself is open again."""
    about = found.about
    name = found.name[:100]
    item = OpenItem.objects.filter(account=account, kind=found.kind, external_id=name).first()
    if item is None:
        return open_about(
            account, found.kind, name, at, told=False, campaign_id=about.campaign,
            payment_id=about.payment, attempt_id=about.attempt, balance_line_id=found.line,
            ours=found.ours, theirs=found.theirs, currency=found.currency, note=found.note,
        )  # fmt: skip
    if found.line is not None and item.balance_line_id is None:
        OpenItem.objects.filter(pk=item.pk).update(balance_line_id=found.line)
    if item.state == "settled" and item.outcome == "by_itself":
        reopen(item, at)
        return True
    return False


def _close(account: ProviderAccount, findings: Iterable[Finding], at: datetime) -> int:
    """Settle what was found before and is not found any more; return how many."""
    still = {(one.kind, one.name[:100]) for one in findings}
    rows = list(queries.open_found_anew(account.cooperative_id, FOUND_ANEW))
    names = {row.external_id for row in rows if row.kind == "unreadable"}
    read = queries.lines_known(account, names)
    tied = set(
        BalanceLine.objects.filter(
            account=account, source_id__in=[row.external_id for row in rows], ties__isnull=False
        ).values_list("source_id", flat=True)
    )
    closed = 0
    for row in rows:
        if row.kind == "unreadable":
            agrees = row.external_id in read
        elif row.kind in OF_NO_LINE or row.balance_line_id is not None:
            agrees = (row.kind, row.external_id) not in still
        else:
            agrees = (row.kind, row.external_id) not in still and row.external_id in tied
        if agrees:
            agrees_by_itself(row, at)
            closed += 1
    return closed
