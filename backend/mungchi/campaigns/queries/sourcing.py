"""Questions, earlier versions of offers, and files: who reads which."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from mungchi.accounts.access import Actor
from mungchi.campaigns.models import Attachment, Campaign, Offer, OfferRevision, Question
from mungchi.campaigns.queries.visibility import offers_visible_to, supplied_by, visible_to
from mungchi.common.errors import NotFound


def questions_visible_to(actor: Actor) -> QuerySet[Question]:
    """The host's office reads those of its campaigns; a firm those of campaigns on which it may, or
    might have, offered. Nobody reads who asked: `mine` says so to the asker alone."""
    rows = Question.objects.select_related("campaign__host").annotate(
        mine=Q(firm_id=actor.firm_id, firm_id__isnull=False)
    )
    if actor.is_office:
        return rows.filter(campaign__host_id=actor.cooperative_id)
    if not actor.is_firm:
        return rows.none()
    there = Campaign.objects.filter(supplied_by(actor), pk=OuterRef("campaign_id"))
    return rows.filter(Exists(there))


def asked_about(actor: Actor, campaign_id: UUID) -> QuerySet[Question]:
    """The questions about one campaign. Raises NotFound where the seat is none that reads them."""
    seen = visible_to(actor).filter(pk=campaign_id)
    if actor.is_office:
        seen = seen.filter(host_id=actor.cooperative_id)
    else:
        seen = seen.filter(supplied_by(actor))
    if not seen.exists():
        raise NotFound
    return questions_visible_to(actor).filter(campaign_id=campaign_id)


def offer_seen_by(actor: Actor, pk: UUID, *, at: datetime) -> Offer:
    """An offer that this seat sees; raise NotFound."""
    offer = offers_visible_to(actor, at=at).filter(pk=pk).first()
    if offer is None:
        raise NotFound
    return offer


def withdrawable(campaign: Campaign, actor: Actor, at: datetime) -> bool:
    """Whether the seat's firm has an offer on a campaign that it may take back now: until offers
    are due and the campaign opens, whether it was chosen or not. Two queries at most."""
    if not actor.is_firm or campaign.state != "sourcing":
        return False
    due = campaign.offers_due_at
    if campaign.overflow_of_id is not None:
        # The second part of a split award has its round in the first.
        first = Campaign.objects.filter(pk=campaign.overflow_of_id)
        due = first.values_list("offers_due_at", flat=True).get()
    if due is not None and at >= due:
        return False
    own = Offer.objects.filter(campaign=campaign, supplier_id=actor.firm_id)
    return own.exclude(state="withdrawn").exists()


def revisions_of(actor: Actor, offer_id: UUID, *, at: datetime) -> QuerySet[OfferRevision]:
    """All versions of an offer that this seat sees. Raises NotFound."""
    rows = OfferRevision.objects.filter(offer=offer_seen_by(actor, offer_id, at=at))
    return rows.annotate(opened_at=F("offer__campaign__opened_at"))


def versions_before(rows: Sequence[OfferRevision]) -> dict[int, OfferRevision]:
    """The versions just before some of one offer, by their numbers: one query."""
    if not rows:
        return {}
    numbers = [row.number - 1 for row in rows]
    found = OfferRevision.objects.filter(offer_id=rows[0].offer_id, number__in=numbers)
    return {row.number: row for row in found}


def files_visible_to(actor: Actor, *, at: datetime) -> QuerySet[Attachment]:
    """Files of campaigns that the seat sees, and of offers that it sees; without content."""
    rows = Attachment.objects.defer("content")
    campaigns = visible_to(actor).filter(pk=OuterRef("campaign_id"))
    offers = offers_visible_to(actor, at=at).filter(pk=OuterRef("offer_id"))
    return rows.filter(
        (Q(offer__isnull=True) & Q(Exists(campaigns)))
        | (Q(offer__isnull=False) & Q(Exists(offers)))
    )


def file_with_content(actor: Actor, pk: UUID, *, at: datetime) -> Attachment:
    """One file and its bytes; raise NotFound."""
    row = files_visible_to(actor, at=at).defer(None).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row
