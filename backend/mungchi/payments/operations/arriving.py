"""What a provider sends from its balance to the cooperative's own bank: told by the provider, found
on the bank's statement or said by hand.

In the books it leaves the provider when its movement is read, and is on its way until it is there.
Locks: the payout, then the line of the statement.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotFound
from mungchi.common.history import record, set_state
from mungchi.common.text import Text
from mungchi.payments import queries
from mungchi.payments.domain import ledger
from mungchi.payments.domain.arriving import Arrival, Sent, There, arrivals
from mungchi.payments.domain.states import BANK_LINE, BANK_PAYOUT, BANK_PAYOUT_AWAITED
from mungchi.payments.models import (
    BankLine,
    BankPayout,
    BankPayoutPart,
    LedgerEntry,
    ProviderAccount,
)
from mungchi.payments.operations.booking import Booking, Books, book
from mungchi.payments.operations.open_items import open_about
from mungchi.payments.providers import OnlineProvider
from mungchi.payments.providers.facts import (
    BankPayoutFact,
    Credentials,
    ProviderRefused,
    Unreadable,
)
from mungchi.payments.queries import balance

# So many days after the provider expected it there a payout is looked for by the office.
MISSING_AFTER: Final = 5
# How the history calls what becomes of one.
TOLD: Final = {
    "paid": "bank_payout_paid",
    "failed": "bank_payout_failed",
    "cancelled": "bank_payout_cancelled",
}
# Payouts fail days after they were sent; so long back they are looked at again.
LOOK_BACK: Final = timedelta(days=30)
# What makes up a payout is listed in full after so long.
PARTS_AFTER: Final = timedelta(days=3)


class PayoutNotAwaited(Conflict):
    """It failed, or is there already by another line."""

    code = "bank_payout_not_awaited"
    message = Text(
        ko="입금을 기다리는 정산금이 아닙니다. 화면을 새로 고쳐 주십시오.",
        en="This payout is not being waited for. Please reload the page.",
    )


class PayoutNotRead(Conflict):
    """Its movement of the provider's balance is not in the books yet."""

    code = "bank_payout_not_read"
    message = Text(
        ko="이 정산금이 나간 거래를 아직 읽지 않았습니다. 결제대행사 잔액을 다시 맞춰 본 뒤에 해 "
        "주십시오.",
        en="That it left the provider's balance is not in the books yet. Please compare with the "
        "provider first.",
    )


class LineNotThePayout(Invalid):
    """The line is over something else, or is for something already."""

    code = "line_not_the_payout"
    field = "line"
    message = Text(
        ko="금액과 통화가 같고 아직 쓰지 않은 통장 내역만 고를 수 있습니다.",
        en="Only a line of the same amount and currency that is for nothing yet can be it.",
    )


class ArrivalAhead(Invalid):
    """Money cannot have arrived in the future."""

    code = "date_ahead"
    field = "day"
    message = Text(ko="입금일은 오늘까지만 입력할 수 있습니다.", en="The date cannot lie ahead.")


def read_bank_payouts(
    account: ProviderAccount, provider: OnlineProvider, credentials: Credentials, since: datetime
) -> None:
    """Take in what a provider sent to the bank, how far each is, and what it holds. Raises what
    providers raise; not to be called in a transaction."""
    at = clock.now()
    for fact in list(provider.iter_bank_payouts(credentials, since - LOOK_BACK)):
        if isinstance(fact, Unreadable):
            open_about(account, "unreadable", fact.id, at, note=fact.why)
        else:
            _take(account, fact, at)
    rows = BankPayout.objects.filter(account=account, automatic=True, parts_read=False)
    for row in rows.exclude(state__in=["failed", "cancelled"]).order_by("sent_at"):
        try:
            names = provider.parts_of_bank_payout(credentials, row.external_id)
        except ProviderRefused:
            continue  # not told of this one: it stands without its parts
        _hold_parts(row, names, at)


def _take(account: ProviderAccount, fact: BankPayoutFact, at: datetime) -> None:
    with transaction.atomic():
        row, made = BankPayout.objects.select_for_update(no_key=True, of=("self",)).get_or_create(
            account=account, external_id=fact.id,
            defaults={
                "cooperative_id": account.cooperative_id, "state": fact.state,
                "currency": fact.currency, "amount": fact.amount, "automatic": fact.automatic,
                "sent_at": fact.at, "arrives_on": fact.arrives_on,
                "failure": (fact.failure_reason or "")[:100],
            },
        )  # fmt: skip
        failed = fact.state == "failed" and (made or row.state != "failed")
        if made:
            record(row, kind="bank_payout_sent", actor=SYSTEM, at=at, moved=("", row.state),
                   **_about(row))  # fmt: skip
        elif row.state != fact.state and BANK_PAYOUT.allows(row.state, fact.state):
            # What is there does not become "sent" again; it may turn out to have failed.
            if row.state == "arrived":
                return
            row.failure = (fact.failure_reason or "")[:100]
            set_state(row, fact.state, machine=BANK_PAYOUT, kind=TOLD[fact.state],
                      actor=SYSTEM, at=at, also=("failure",), **_about(row))  # fmt: skip
        if failed:
            open_about(account, "payout_failed", fact.id, at, theirs=fact.amount,
                       currency=fact.currency, note=row.failure)  # fmt: skip


def _hold_parts(row: BankPayout, names: Sequence[str], at: datetime) -> None:
    known = balance.lines_known(row.account, names)
    # Some are not read yet: they are, the next time.
    if len(known) < len(set(names)) and at - row.sent_at < PARTS_AFTER:
        return
    with transaction.atomic():
        BankPayoutPart.objects.bulk_create(
            [
                BankPayoutPart(payout=row, line_id=pk, cooperative_id=row.cooperative_id)
                for pk in known.values()
            ],
            ignore_conflicts=True,
        )
        BankPayout.objects.filter(pk=row.pk).update(parts_read=True)


def candidates(cooperative_id: UUID) -> list[Arrival]:
    """Which lines of the statement may be which payouts that are waited for. Two queries."""
    sent = BankPayout.objects.filter(
        cooperative_id=cooperative_id, state__in=BANK_PAYOUT_AWAITED
    ).select_related("account")
    amounts = {row.amount for row in sent}
    lines = BankLine.objects.filter(
        cooperative_id=cooperative_id, state="suspense", amount__in=amounts
    )
    return arrivals(
        [Sent(row.pk, row.account.provider, row.amount, row.currency, row.arrives_on)
         for row in sent],
        [There(row.pk, row.day, row.amount, row.currency, f"{row.depositor} {row.text}")
         for row in lines if row.open == row.amount],
    )  # fmt: skip


def match_arrivals(cooperative_id: UUID, at: datetime) -> int:
    """Tie payouts to the lines of the statement that they certainly are; return how many."""
    done = 0
    for pair in candidates(cooperative_id):
        if pair.certain:
            with transaction.atomic():
                row, line = _locked(pair.payout), queries.locked_line(pair.line)
                # Either may have come to be something else since they were read.
                free = row.state in BANK_PAYOUT_AWAITED and _is_free(line)
                if not free or balance.line_of_bank_payout(row) is None:
                    continue
                _arrive(row, line, line.day, SYSTEM, at, "")
                done += 1
    return done


def note_arrival(
    *, actor: Actor, payout_id: UUID, line_id: UUID | None, day: date | None, why: str
) -> BankPayout:
    """The office says that a payout is there: which line of the statement it is, or, where no
    statement is imported, on which day. Again alike: changes nothing.

    Raises NotFound, PayoutNotAwaited, PayoutNotRead, LineNotThePayout, ArrivalAhead.
    """
    with transaction.atomic():
        balance.bank_payout_seen_by(actor, payout_id)
        row, at = _locked(payout_id), clock.now()
        if row.state == "arrived" and row.bank_line_id == line_id:
            return row
        if row.state not in BANK_PAYOUT_AWAITED:
            raise PayoutNotAwaited
        if balance.line_of_bank_payout(row) is None:
            raise PayoutNotRead
        line = None
        if line_id is not None:
            queries.bank_line_seen_by(actor, line_id)
            line = queries.locked_line(line_id)
        today = at.astimezone(row.cooperative.timezone).date()
        there = line.day if line else day
        if there is None or there > today:
            raise ArrivalAhead
        _arrive(row, line, there, actor, at, why)
        return row


def undo_arrival(*, actor: Actor, payout_id: UUID, why: str) -> BankPayout:
    """It was another's money, or is not there: the line is in suspense again, the payout awaited.

    Again: changes nothing. Raises NotFound.
    """
    with transaction.atomic():
        balance.bank_payout_seen_by(actor, payout_id)
        row, at = _locked(payout_id), clock.now()
        if row.state != "arrived":
            return row
        entry = LedgerEntry.objects.get(
            key__startswith=f"at_bank:{row.pk}:", reversed_by__isnull=True
        )
        lines = ledger.turned(queries.lines_booked(entry))
        line = queries.locked_line(row.bank_line_id) if row.bank_line_id else None
        _book(row, line, "at_bank_undone", lines, entry.day, at, reverses_id=entry.pk)
        if line is not None:
            line.open = line.amount
            _move_line(line, "suspense", actor, at, "bank_line_reopened")
        row.bank_line = row.arrived_by = row.arrived_on = None
        set_state(row, "paid", machine=BANK_PAYOUT, kind="bank_payout_awaited", actor=actor, at=at,
                  also=("bank_line", "arrived_by", "arrived_on"), why=why,
                  **_about(row))  # fmt: skip
        return row


def _arrive(
    row: BankPayout, line: BankLine | None, day: date, actor: Actor, at: datetime, why: str
) -> None:
    if line is not None:
        same = (line.amount, line.currency) == (row.amount, row.currency)
        if not same or not _is_free(line):
            raise LineNotThePayout
        line.open = 0
        _move_line(line, "matched", actor, at, "bank_line_is_payout")
    lines = ledger.at_bank(row.amount, "bank" if line is None else "bank_suspense")
    _book(row, line, "at_bank", lines, day, at)
    row.bank_line, row.arrived_on, row.arrived_by_id = line, day, actor.user_id
    set_state(row, "arrived", machine=BANK_PAYOUT, kind="bank_payout_arrived", actor=actor, at=at,
              also=("bank_line", "arrived_by", "arrived_on"), why=why, **_about(row))  # fmt: skip


def _is_free(line: BankLine) -> bool:
    """Whether nothing of a line is for anything yet."""
    return line.state == "suspense" and line.open == line.amount


def _move_line(line: BankLine, to: str, actor: Actor, at: datetime, kind: str) -> None:
    set_state(line, to, machine=BANK_LINE, kind=kind, actor=actor, at=at, also=("open",),
              cooperative_id=line.cooperative_id,
              data={"amount": line.amount, "currency": line.currency})  # fmt: skip


def _book(
    row: BankPayout,
    line: BankLine | None,
    kind: ledger.Kind,
    lines: ledger.Lines,
    day: date,
    at: datetime,
    reverses_id: UUID | None = None,
) -> None:
    movement = balance.line_of_bank_payout(row)
    if movement is None:
        raise NotFound
    times = LedgerEntry.objects.filter(key__startswith=f"{kind}:{row.pk}:").count()
    book(Books(row.cooperative_id, None, row.currency, day, at),
         Booking(kind, None, None, lines, number=times + 1, about=row.pk, reverses_id=reverses_id,
                 bank_line_id=line and line.pk, balance_line_id=movement.pk))  # fmt: skip


def _locked(pk: UUID) -> BankPayout:
    rows = BankPayout.objects.select_related("account", "cooperative")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=pk)


def _about(row: BankPayout) -> dict[str, object]:
    return {"cooperative_id": row.cooperative_id,
            "data": {"amount": row.amount, "currency": row.currency,
                     "external_id": row.external_id}}  # fmt: skip
