"""What makes a provider's balance differ from the books, row by row."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mungchi.campaigns.models import Campaign
from mungchi.payments.domain.ledger import KINDS
from mungchi.payments.domain.movements import MOVEMENTS
from mungchi.payments.domain.reconciling import Booked
from mungchi.payments.models import BalanceLine, OpenItem
from mungchi.payments.queries.balance import loose_entries, loose_lines


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the provider and the books do not say alike: how much of the balance each has
    for it, minor units. `name` is the provider's; `item` what is (or was) open of it."""

    name: str
    what: str
    at: datetime
    currency: str
    provider: int
    books: int
    campaign: Campaign | None
    item: OpenItem | None

    @property
    def difference(self) -> int:
        """By how much the provider has more."""
        return self.provider - self.books

    @property
    def words(self) -> object:
        """What it is, in both languages."""
        return MOVEMENTS.get(self.what) or KINDS.get(self.what)  # type: ignore[call-overload]


def differences_of(cooperative_id: UUID) -> list[Difference]:
    """All that no entry or no movement was found for; over a currency they come to exactly the
    difference of the two sums. The oldest first."""
    lines = list(loose_lines(cooperative_id))
    entries = loose_entries(cooperative_id)
    grouped: dict[tuple[str, str], tuple[list[BalanceLine], list[Booked]]] = defaultdict(
        lambda: ([], [])
    )
    for line in lines:
        if line.net:
            grouped[line.source_id or line.external_id, line.currency][0].append(line)
    for entry in entries:
        name = entry.object or entry.charge or str(entry.pk)
        grouped[name, entry.currency][1].append(entry)
    campaigns = Campaign.objects.in_bulk({one.about.campaign for one in entries} - {None})
    items = _items(cooperative_id, lines, [name for name, _ in grouped])
    found = [
        _row(name, currency, *group, campaigns, items)
        for (name, currency), group in grouped.items()
    ]
    return sorted((row for row in found if row.difference), key=lambda row: (row.at, row.name))


def _items(
    cooperative_id: UUID, lines: Sequence[BalanceLine], names: Sequence[str]
) -> dict[str, OpenItem]:
    """What is (or was) open of these, by the provider's name; what is open comes first."""
    ids = [*names, *(line.external_id for line in lines)]
    rows = OpenItem.objects.filter(cooperative_id=cooperative_id, external_id__in=ids)
    rows = rows.select_related("campaign", "settled_by").order_by("-state", "pk")
    return {row.external_id: row for row in rows}


def _row(
    name: str,
    currency: str,
    lines: list[BalanceLine],
    entries: list[Booked],
    campaigns: dict[UUID, Campaign],
    items: dict[str, OpenItem],
) -> Difference:
    named = [name, *(line.external_id for line in lines)]
    item = next((items[one] for one in named if one in items), None)
    campaign = next((campaigns.get(one.about.campaign) for one in entries
                     if one.about.campaign is not None), None)  # fmt: skip
    first = min([line.at for line in lines] + [entry.at for entry in entries])
    return Difference(
        name=name, what=lines[0].kind if lines else entries[0].kind, at=first, currency=currency,
        provider=sum(line.net for line in lines), books=sum(entry.amount for entry in entries),
        campaign=campaign or (item.campaign if item else None), item=item,
    )  # fmt: skip
