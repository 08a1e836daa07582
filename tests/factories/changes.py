"""Campaigns whose supplier changes its offer while firms commit."""

from decimal import Decimal
from typing import Any

from tests.factories.campaigns import Story
from tests.factories.variants import Coloured

from mungchi.accounts.access import Actor
from mungchi.campaigns import operations, queries
from mungchi.campaigns.models import Campaign, Commitment, OfferChange

# From fifty to a hundred it is dearer: who was in at 100 with less than a hundred is asked.
DEARER = ((1, "120"), (50, "105"), (100, "90"), (200, "80"))
CHEAPER = ((1, "120"), (50, "95"), (100, "85"), (200, "75"))


class Reoffer(Story):
    """An open campaign whose supplier changes its offer."""

    def terms(self, tiers: Any = None, **other: Any) -> dict[str, Any]:
        self.offer.refresh_from_db()
        held = self.offer.tiers.values_list("min_quantity", "unit_price")
        return {
            "tiers": [(least, Decimal(price)) for least, price in tiers or held],
            "pack_size": self.offer.pack_size,
            "capacity": self.offer.capacity,
            "lead_time_days": self.offer.lead_time_days,
            "delivery_cost": self.offer.delivery_cost,
            "valid_until": self.offer.valid_until,
            "note": self.offer.note,
            **other,
        }

    def change(self, tiers: Any = None, **other: Any) -> OfferChange:
        return operations.change_offer(
            actor=self.supplier, offer_id=self.offer.pk, **self.terms(tiers, **other)
        )

    def changed(self, tiers: Any = None, **other: Any) -> OfferChange:
        row = self.change(tiers, **other)
        if row.state == "waiting":
            operations.accept_change(actor=self.office, change_id=row.pk)
        row.refresh_from_db()
        self.campaign = Campaign.objects.get(pk=self.campaign.pk)
        return row

    def asked(self) -> list[bool]:
        """Who has to answer, in the order in which they joined."""
        rows = Commitment.objects.filter(campaign=self.campaign).order_by("arrival")
        return list(rows.values_list("must_answer", flat=True))

    def ladder(self, actor: Actor) -> dict[str, Any]:
        (row,) = queries.attach_standing(
            list(queries.with_parts(Campaign.objects.filter(pk=self.campaign.pk))), actor
        )
        return row.ladder


class ColouredReoffer(Reoffer, Coloured):
    """The same of an item in three colours."""


def opened() -> Reoffer:
    """60 at any price; 60 at 80 at most; 30 at any price."""
    story = Reoffer()
    story.opened()
    story.join(60)
    story.join(60, "80")
    story.join(30)
    return story
