"""Puts words to why members are left out and what could be done: eleven queries for a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Membership
from mungchi.campaigns.models import Campaign
from mungchi.catalog.domain.units import UNITS
from mungchi.catalog.models import Category, Item
from mungchi.common.text import Text
from mungchi.outreach.domain import explaining
from mungchi.outreach.domain.leftout import Why
from mungchi.outreach.queries.leftout import Found, evidence_of
from mungchi.outreach.queries.suggestions import suggestions_for

MOST_WANTS = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why a firm is on the list, with its evidence in words."""

    code: str
    sentences: Sequence[Text]
    campaign_id: UUID | None = None


def with_evidence(
    actor: Actor, page: Sequence[Membership], found: Found, at: datetime
) -> list[Membership]:
    """Put on each of the office's members its `why` (Why or None), `reasons` and `suggestions`."""
    rows: list[Any] = list(page)
    if not rows or actor.cooperative_id is None:
        return rows
    firms = [row.firm_id for row in rows]
    why = evidence_of(actor.cooperative_id, found, firms, at)
    names = _Names(list(why.values()))
    suggested = suggestions_for(actor, firms, at)
    for row in rows:
        row.why = why.get(row.firm_id)
        row.reasons = names.reasons(row.why, row.cooperative.zone, at) if row.why else []
        row.suggestions = suggested[row.firm_id]
    return rows


class _Names:
    """Names of the items, categories and campaigns that some reasons speak of. Three queries."""

    def __init__(self, rows: Sequence[Why]) -> None:
        wants = [want for row in rows for want in row.wants]
        self.items = Item.objects.in_bulk({want.item_id for want in wants})
        self.categories = Category.objects.in_bulk({want.category_id for want in wants})
        self.campaigns = Campaign.objects.in_bulk(
            {row.fall.campaign_id for row in rows if row.fall}
        )

    def reasons(self, row: Why, zone: str, at: datetime) -> list[Reason]:
        """All reasons of one firm, in words."""
        found = []
        if row.wants:
            said = [self._want(want) for want in row.wants[:MOST_WANTS]]
            found.append(Reason("outside", said))
        if row.fall:
            campaign = self.campaigns[row.fall.campaign_id]
            said = [
                explaining.say_fall(
                    row.fall, title=campaign.title, currency=campaign.currency, zone=zone
                )
            ]
            found.append(Reason("fell_out", said, campaign.pk))
        if row.silent:
            found.append(Reason("silent", [explaining.say_silent(row, at=at, zone=zone)]))
        return found

    def _want(self, want: Any) -> Text:
        item = self.items[want.item_id]
        return explaining.say_want(
            want,
            item=named(item),
            unit=UNITS[item.unit],
            category=named(self.categories[want.category_id]),
        )


def named(row: Any) -> Text:
    """A name kept in two languages."""
    return Text(ko=row.name, en=row.name_en or row.name)
