"""Trails: what happened to a campaign, an order, a member, a firm, a cooperative, for a seat.

Each is a part of the view of history and changes read as one (common.models.Trail). Who may see the
row itself is asked of its app; what of its trail, here; the second wall stands behind both.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from mungchi.accounts.access import Actor
from mungchi.accounts.domain.permissions import may
from mungchi.accounts.queries import memberships_visible_to
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.models import Campaign
from mungchi.common.errors import NotFound
from mungchi.common.models import Trail
from mungchi.deliveries.models import Claim, Receipt, Shipment
from mungchi.orders import queries as orders
from mungchi.payments.models import Payment
from mungchi.reports.domain.events import SUBJECTS

OFFERS = ("campaigns.offer", "campaigns.offertier")
# What a firm reads in its own trail. Not what an office notes of it: talks, and its reasons.
OF_FIRMS = (
    *SUBJECTS["trade"], *SUBJECTS["demand"], *SUBJECTS["firms"], *OFFERS, "campaigns.commitment",
    "campaigns.approvalrequest", "campaigns.planb", "campaigns.planbresult", "campaigns.guest",
    "campaigns.invitation", "campaigns.question", "outreach.listing", "outreach.quiet",
    "pricelists.standingoffer", "pricelists.pricesheet",
)  # fmt: skip
EVENT, NO_EVENT = Q(op="event"), ~Q(op="event")


def of_campaign(actor: Actor, campaign: Campaign, at: datetime) -> QuerySet[Trail]:
    """All of it for the host's office; another office its members', a firm its own, and events
    that everybody reads."""
    rows = Trail.objects.filter(thread=campaign.pk)
    told = Q(EVENT, campaigns.events_visible_to(actor, campaign), doubled=False)
    if actor.is_office and actor.cooperative_id == campaign.host_id:
        rows = rows.filter(doubled=False)
        shut = campaign.sealed and campaign.offers_due_at and campaign.offers_due_at > at
        return rows.exclude(NO_EVENT, subject_type__in=OFFERS) if shut else rows
    if actor.is_office:
        return rows.filter(told | Q(NO_EVENT, place_id=actor.cooperative_id, doubled=True))
    return rows.filter(told | Q(NO_EVENT, firm_id=actor.firm_id, doubled=False))


def seen_campaign(actor: Actor, pk: UUID) -> Campaign:
    """A campaign that this seat may see; raise NotFound."""
    rows = campaigns.visible_to(actor).select_related("host", "item", "awarded_offer")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def of_order(actor: Actor, pk: UUID) -> QuerySet[Trail]:
    """An order with its payment, shipments and receipts; raise NotFound."""
    if not orders.visible_to(actor).filter(pk=pk).exists():
        raise NotFound
    subjects = [
        pk,
        *Payment.objects.filter(order_id=pk).values_list("pk", flat=True),
        *Shipment.objects.filter(order_id=pk).values_list("pk", flat=True),
        *Receipt.objects.filter(shipment__order_id=pk).values_list("pk", flat=True),
        *Claim.objects.filter(order_id=pk).values_list("pk", flat=True),
    ]
    rows = Trail.objects.filter(subject_id__in=subjects, doubled=False)
    # A firm reads what is its own: not what the supplier's people did beside it.
    return rows.filter(firm_id=actor.firm_id) if actor.is_firm else rows


def of_member(actor: Actor, pk: UUID, at: datetime) -> QuerySet[Trail]:
    """What a member firm did, and what became of it, in the office's cooperative, and how its
    profile changed; raise NotFound."""
    member = memberships_visible_to(actor).filter(pk=pk).first()
    if member is None:
        raise NotFound
    rows = Trail.objects.filter(firm_id=member.firm_id).filter(
        Q(place_id=actor.cooperative_id) | Q(subject_type="accounts.firm", doubled=False)
    )
    return _opened(rows, actor, at)


def of_firm(actor: Actor) -> QuerySet[Trail]:
    """What the actor's firm did and what became of it, in all its cooperatives."""
    seen = OF_FIRMS
    if may(actor.role, "people.read"):
        seen = (*seen, *SUBJECTS["people"])
    rows = Trail.objects.filter(firm_id=actor.firm_id, firm_id__isnull=False, doubled=False)
    return rows.filter(subject_type__in=seen)


def of_cooperative(actor: Actor, at: datetime) -> QuerySet[Trail]:
    """Everything of the office's cooperative, and its members' in campaigns of others."""
    rows = Trail.objects.filter(place_id=actor.cooperative_id, place_id__isnull=False)
    return _opened(rows, actor, at)


def _opened(rows: QuerySet[Trail], actor: Actor, at: datetime) -> QuerySet[Trail]:
    """Without what is in offers that are still shut to the office."""
    shut = list(campaigns.sealed_before(actor, at=at).values_list("pk", flat=True))
    if not shut:
        return rows
    return rows.exclude(NO_EVENT, subject_type__in=OFFERS, thread__in=shut)
