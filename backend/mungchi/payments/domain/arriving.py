"""Which line of the bank's statement is money that a provider sent from its balance. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

# As banks print the names of providers; another is looked for by its own.
PRINTED: Final[Mapping[str, tuple[str, ...]]] = {"stripe": ("stripe", "스트라이프")}
# Around the day on which the provider expects it there: banks are early, or closed.
EARLIER: Final = timedelta(days=3)
LATER: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a provider sent to the bank; minor units."""

    pk: UUID
    provider: str
    amount: int
    currency: str
    arrives_on: date


@dataclass(frozen=True, slots=True)
class There:
    """A line of the statement of which nothing is for anything yet."""

    pk: UUID
    day: date
    amount: int
    currency: str
    text: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """A payout and a line that may be it; `certain`: no other may, and the line names the
    provider."""

    payout: UUID
    line: UUID
    certain: bool


def arrivals(sent: Sequence[Sent], lines: Sequence[There]) -> list[Arrival]:
    """Return which lines may be which payouts: the same amount and currency, in time.

    Certain is only a pair of which neither has another. The order means nothing.
    """
    pairs = [(each, line) for each in sent for line in lines if _may_be(each, line)]
    payouts = Counter(each.pk for each, _ in pairs)
    taken = Counter(line.pk for _, line in pairs)
    return sorted(
        (
            Arrival(each.pk, line.pk,
                    payouts[each.pk] == 1 and taken[line.pk] == 1 and _named(each, line))
            for each, line in pairs
        ),
        key=lambda pair: (pair.payout, pair.line),
    )  # fmt: skip


def _may_be(sent: Sent, line: There) -> bool:
    same = (sent.amount, sent.currency) == (line.amount, line.currency)
    return same and -EARLIER <= line.day - sent.arrives_on <= LATER


def _named(sent: Sent, line: There) -> bool:
    printed = line.text.lower()
    return any(name in printed for name in PRINTED.get(sent.provider, (sent.provider.lower(),)))
