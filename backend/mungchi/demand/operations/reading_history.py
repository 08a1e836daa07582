"""Reading a cooperative's purchases again: what they propose to each firm, what is foretold.

One cooperative is one transaction. Running twice changes nothing: what stands is compared with what
should, and only the difference is written.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from mungchi.accounts.models import Cooperative
from mungchi.common.money import plain
from mungchi.demand import queries
from mungchi.demand.domain.foretelling import (
    Foretold,
    Line,
    Month,
    by_item,
    foretell,
    known_months,
    month_after,
    month_of,
    months_between,
)
from mungchi.demand.domain.rhythm import Bought, Occasion, Rhythm, rhythm
from mungchi.demand.models import ForetoldItem, HistoryReading, ProposedNeed

# Two seasons and what comes before the first; demand older than that tells nothing of today's.
YEARS_READ: Final = 3
# Of the foretold: with more unknown months than this, nothing is foretold.
MOST_UNKNOWN: Final = 3
MONTHS_SHOWN: Final = 12
# At night, when nobody imports.
AT: Final = time(4)

Key = tuple[UUID, UUID]


def want_reading(*, cooperative_id: UUID, at: datetime) -> None:
    """A cooperative's purchases have changed: they are read again by the next run."""
    HistoryReading.objects.update_or_create(cooperative_id=cooperative_id, defaults={"due_at": at})


def read_history(*, cooperative_id: UUID, at: datetime) -> int:
    """Bring proposals and what is foretold up to `at`; return how many rows were written.

    0 when another worker reads it, or did.
    """
    with transaction.atomic():
        reading = (
            HistoryReading.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
            .select_related("cooperative")
            .filter(cooperative_id=cooperative_id, due_at__lte=at)
            .first()
        )
        if reading is None:
            return 0
        cooperative = reading.cooperative
        today = at.astimezone(cooperative.timezone).date()
        since = today - timedelta(days=366 * YEARS_READ)
        past = queries.past_of_members(cooperative.pk, since)
        written = _propose(cooperative, past, since, today, at)
        written += _foretell(cooperative, past, today, at)
        reading.read_at = at
        reading.due_at = datetime.combine(
            today + timedelta(days=1), AT, tzinfo=cooperative.timezone
        )
        reading.save(update_fields=["read_at", "due_at"])
        return written


# What an office asks about, which stays whatever purchases say.
BY_OFFICE: Final = ("asked", "missed")


def _propose(
    cooperative: Cooperative, past: list[queries.PastPurchase], since: date, today: date,
    at: datetime,
) -> int:  # fmt: skip
    """Open proposals become those that the purchases make now; the office's questions stay."""
    # Locked first: what is answered meanwhile is known as answered below.
    standing = {
        (row.firm_id, row.item_id): row
        for row in ProposedNeed.objects.select_for_update(no_key=True)
        .filter(cooperative=cooperative, state="open")
        .order_by("id")
    }
    wanted = {
        (row.firm_id, row.item_id): row for row in _proposals(cooperative, past, since, today, at)
    }
    taken = queries.already_wanted(cooperative.pk)
    gone = [
        row.pk
        for key, row in standing.items()
        if key in taken or (row.needed_by < today if row.rhythm in BY_OFFICE else key not in wanted)
    ]
    ProposedNeed.objects.filter(pk__in=gone).delete()
    fresh = [row for key, row in wanted.items() if key not in standing]
    ProposedNeed.objects.bulk_create(fresh, batch_size=1000, ignore_conflicts=True)
    names = ("rhythm", "quantity", "needed_by", "every_days", "last_price", "currency",
             "evidence", "evidence_until")  # fmt: skip
    changed = [
        row
        for key, row in standing.items()
        if row.rhythm not in BY_OFFICE and key in wanted and _take_over(row, wanted[key], names)
    ]
    ProposedNeed.objects.bulk_update(changed, names, batch_size=1000)
    return len(gone) + len(fresh) + len(changed)


def _take_over(row: Any, other: Any, names: Iterable[str]) -> bool:
    """Set what differs from `other`; return whether anything did."""
    differing = [name for name in names if getattr(row, name) != getattr(other, name)]
    for name in differing:
        setattr(row, name, getattr(other, name))
    return bool(differing)


def _proposals(
    cooperative: Cooperative, past: list[queries.PastPurchase], since: date, today: date,
    at: datetime,
) -> Iterator[ProposedNeed]:  # fmt: skip
    """What a firm's purchases propose now, if it has not stated that or answered it already."""
    taken = queries.already_wanted(cooperative.pk)
    answered = queries.answered_until(cooperative.pk)
    lines = sorted(
        [*past, *queries.met_needs_of(cooperative.pk, since)],
        key=attrgetter("firm_id", "item_id", "day"),
    )
    for key, group in groupby(lines, key=lambda line: (line.firm_id, line.item_id)):
        if key in taken:
            continue
        bought = list(group)
        found = rhythm(_as_bought(bought), today)
        due = found and found.due_by(today)
        if not found or not due or answered.get(key, date.min) >= bought[-1].day:
            continue
        yield proposal(cooperative, key, bought[-1].currency, found, due, at)


def _as_bought(lines: Iterable[queries.PastPurchase]) -> list[Bought]:
    return [Bought(line.day, line.quantity, line.unit_price) for line in lines]


def proposal(
    cooperative: Cooperative, key: Key, currency: str, found: Rhythm, due: date, at: datetime
) -> ProposedNeed:
    """A proposal that is not written yet, with its evidence."""
    return ProposedNeed(
        cooperative=cooperative,
        firm_id=key[0],
        item_id=key[1],
        rhythm=found.kind,
        quantity=found.quantity,
        needed_by=due,
        every_days=found.every_days or None,
        last_price=found.last_price,
        currency=currency,
        evidence=[evidence_of(each) for each in found.evidence],
        evidence_until=found.evidence[-1].day,
        created_at=at,
    )


def evidence_of(each: Occasion) -> dict[str, Any]:
    """An occasion as it is stored."""
    price: Decimal | None = each.unit_price
    return {
        "date": each.day.isoformat(),
        "quantity": each.quantity,
        "unit_price": None if price is None else plain(price),
        "bulk": each.bulk,
    }


def _foretell(
    cooperative: Cooperative, past: list[queries.PastPurchase], today: date, at: datetime
) -> int:
    """What is foretold becomes that of next month; what a campaign was made of stays as it was."""
    month = month_after(month_of(today))
    lines = [Line(row.item_id, row.firm_id, row.quantity, row.day) for row in past]
    known = known_months(max((line.day for line in lines), default=today), today)
    told: Mapping[UUID, Foretold] = {}
    if len(months_between(known, month)) <= MOST_UNKNOWN:
        told = foretell(lines, month, known_until=known)
    first = date(*month, 1)
    free = ForetoldItem.objects.filter(cooperative=cooperative, campaign__isnull=True)
    current = Q(month=first) & (Q(item__in=list(told)) | Q(asked_at__isnull=False))
    gone, _ = free.exclude(current).delete()
    standing = {
        row.item_id: row
        for row in ForetoldItem.objects.select_for_update(no_key=True).filter(
            cooperative=cooperative, month=first
        )
    }
    fresh, changed = [], []
    names = ("known_until", "chance", "firms", "quantity", "low", "high", "evidence")
    for row in _rows(cooperative, told, lines, first, date(*known, 1), at):
        there = standing.get(row.item_id)
        if there is None:
            fresh.append(row)
        elif _take_over(there, row, names):
            there.computed_at = at
            changed.append(there)
    ForetoldItem.objects.bulk_create(fresh, batch_size=1000)
    ForetoldItem.objects.bulk_update(changed, [*names, "computed_at"], batch_size=1000)
    return gone + len(fresh) + len(changed)


def _rows(
    cooperative: Cooperative,
    told: Mapping[UUID, Foretold],
    lines: Sequence[Line[UUID]],
    first: date,
    known: date,
    at: datetime,
) -> Iterator[ForetoldItem]:
    end = month_of(known)
    before = by_item(line for line in lines if line.item in told and month_of(line.day) < end)
    shown: set[Month] = set(months_between((end[0] - 1, end[1]), end)[-MONTHS_SHOWN:])
    for item, each in told.items():
        yield ForetoldItem(
            cooperative=cooperative,
            item_id=item,
            month=first,
            known_until=known,
            chance=min(99, round(100 * each.probability)),
            firms=round(each.firms),
            quantity=each.quantity,
            low=each.low,
            high=each.high,
            evidence=[
                {"month": f"{year}-{number:02d}", "firms": len(sizes), "quantity": sum(sizes)}
                for (year, number), sizes in sorted(before[item].items())
                if (year, number) in shown
            ],
            computed_at=at,
        )
