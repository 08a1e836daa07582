"""Which standing offers a seat sees: a supplier its own, an office what is for its cooperative.

Nobody else: what a supplier asks of whom is between the two, member firms may be its rivals, and
they are shown a price when there is a campaign in which it is everybody's.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative
from mungchi.catalog.models import Item
from mungchi.catalog.queries import items_visible_to
from mungchi.common.errors import NotFound
from mungchi.pricelists.domain.terms import today_in
from mungchi.pricelists.models import Audience, StandingOffer, StandingVersion

# Firms have no zone of their own: the one that cooperatives begin with.
ZONE: Final = str(Cooperative._meta.get_field("zone").default)


def visible_to(actor: Actor) -> QuerySet[StandingOffer]:
    """A supplier's own, ended ones too; an office's those that stand and are for it."""
    rows = StandingOffer.objects.all()
    if actor.is_firm:
        return rows.filter(supplier_id=actor.firm_id)
    if not actor.is_office:
        return rows.none()
    chosen = Audience.objects.filter(
        standing_offer=OuterRef("pk"), cooperative_id=actor.cooperative_id
    )
    return rows.filter(Q(for_all=True) | Q(Exists(chosen)), state="active")


def with_parts(rows: QuerySet[StandingOffer]) -> QuerySet[StandingOffer]:
    """Load what a row and a page show: three queries whatever the number."""
    return rows.select_related("supplier", "item__category").prefetch_related(
        "tiers", "audience__cooperative"
    )


def seen_by(actor: Actor, pk: UUID) -> StandingOffer:
    """One that the seat sees, with all parts; raise NotFound."""
    row = with_parts(visible_to(actor)).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def locked_own(actor: Actor, pk: UUID) -> StandingOffer:
    """Lock one of the actor's firm; raise NotFound."""
    rows = visible_to(actor).select_related("item").select_for_update(no_key=True, of=("self",))
    row = rows.filter(pk=pk).first() if actor.is_firm else None
    if row is None:
        raise NotFound
    return row


def versions_of(actor: Actor, pk: UUID) -> QuerySet[StandingVersion]:
    """All versions of one that the seat sees: a supplier alone reads what its terms were before.

    Raises NotFound.
    """
    if not actor.is_firm or not visible_to(actor).filter(pk=pk).exists():
        raise NotFound
    return StandingVersion.objects.filter(standing_offer_id=pk)


def versions_before(rows: Sequence[StandingVersion]) -> dict[int, StandingVersion]:
    """The versions just before some of one standing offer, by their numbers: one query."""
    if not rows:
        return {}
    found = StandingVersion.objects.filter(
        standing_offer_id=rows[0].standing_offer_id, number__in=[row.number - 1 for row in rows]
    )
    return {row.number: row for row in found}


def item_that_may_be_priced(actor: Actor, pk: UUID) -> Item | None:
    """An item of everybody's catalogue, or of a cooperative that the firm is in."""
    return items_visible_to(actor).filter(pk=pk).first()


def today_of(actor: Actor, at: datetime) -> date:
    """The day by which a seat's standing offers are valid or not: an office's own zone."""
    if actor.is_office:
        zone = Cooperative.objects.values_list("zone", flat=True).get(pk=actor.cooperative_id)
        return today_in(at, zone)
    return today_in(at, ZONE)


def valid_on(rows: QuerySet[StandingOffer], day: date) -> QuerySet[StandingOffer]:
    """Those that hold on a day."""
    return rows.filter(state="active", valid_from__lte=day, valid_until__gte=day)
