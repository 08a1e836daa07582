"""Which campaigns, offers and commitments a seat sees."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm, Membership
from mungchi.accounts.queries import cooperative_ids_of, paused_since
from mungchi.campaigns.domain.states import TAKING
from mungchi.campaigns.models import (
    Campaign,
    ClearingLine,
    ClearingRun,
    Commitment,
    Guest,
    Invitation,
    Offer,
)
from mungchi.common.errors import NotFound

# A campaign's own events that its host's office keeps to itself.
OFFICE_ONLY = (
    "suppliers_invited", "campaign_changed", "campaign_file_added", "campaign_file_removed",
    "share_renewed", "share_ended", "award_withdrawn", "campaign_cleared_again",
    "campaign_cleared_less",
    "payments_extended",
)  # fmt: skip
# Those that tell of the chosen offer's prices.
OF_THE_TERMS = ("tier_reached", "price_rose", "campaign_cleared")


def visible_to(actor: Actor) -> QuerySet[Campaign]:
    """Campaigns that exist for this seat.

    The host's office: its own in every state. Others: published ones within reach, those they
    take part in or were admitted to as guests, and for a supplier those it may offer on, was
    invited to, or has offered on. Those of a firm come with `buys`: whether it sees them otherwise
    than as a supplier.
    """
    rows = Campaign.objects.all()
    published = Q(published_at__isnull=False)
    if actor.is_office:
        in_reach = _reaching(cooperative_ids_of(actor), actor.firm_id)
        return rows.filter(Q(host_id=actor.cooperative_id) | (published & in_reach))
    if not actor.is_firm:
        return rows.none()
    buying = _buying(actor)
    seen = published & (buying | _offered_by(actor.firm_id) | _may_offer(actor))
    return rows.annotate(buys=buying).filter(seen)


def _buying(actor: Actor) -> Q:
    """Campaigns that a firm sees as one that buys: within reach, as a guest, or in it already."""
    takes_part = Exists(
        Commitment.objects.filter(campaign_id=OuterRef("pk"), firm_id=actor.firm_id)
    )
    in_reach = _reaching(cooperative_ids_of(actor), actor.firm_id)
    return in_reach | Q(takes_part) | Q(_guest_of(actor.firm_id))


def whose_terms_are_known(actor: Actor, campaigns: Iterable[Campaign]) -> set[UUID]:
    """Of campaigns that this seat sees, those whose chosen offer it may know: at most one query.

    The host's office and the chosen supplier always; others once it has opened, a firm only as one
    that buys. Who merely offered learns neither who was chosen instead nor at which terms. Expects
    `awarded_offer` to be loaded; asks nothing of campaigns loaded by `visible_to`.
    """
    known, asked = set(), []
    for campaign in campaigns:
        offer = campaign.awarded_offer
        if (
            (actor.is_office and actor.cooperative_id == campaign.host_id)
            or (actor.is_firm and offer is not None and offer.supplier_id == actor.firm_id)
            or (campaign.opened_at is not None and actor.is_office)
        ):
            known.add(campaign.pk)
        elif campaign.opened_at is not None and actor.is_firm:
            if "buys" not in vars(campaign):
                asked.append(campaign.pk)
            elif vars(campaign)["buys"]:
                known.add(campaign.pk)
    if asked:
        rows = Campaign.objects.filter(_buying(actor), pk__in=asked)
        known.update(rows.values_list("pk", flat=True))
    return known


def for_division_of(firm_id: UUID | None) -> Q:
    """Campaigns that are for no one division, or for one that the firm is in."""
    inside = Membership.objects.filter(
        division_id=OuterRef("division_id"), firm_id=firm_id, state="active"
    )
    return ~Q(reach="division") | Q(Exists(inside))


def _reaching(ids: list[UUID], firm_id: UUID | None) -> Q:
    """Campaigns within reach of a firm in these cooperatives, or of an office (no firm).

    Hosted by one, and for everybody or the firm's division there; for one as a partner; for all.
    One that is suspended or has left is reached by what opened before, and by nothing new.
    """
    partner = Campaign.partners.through.objects.filter(
        campaign_id=OuterRef("pk"), cooperative_id__in=ids
    )
    found = (Q(host__in=ids) & for_division_of(firm_id)) | Q(Exists(partner), reach="partners")
    paused = paused_since(ids).values()
    if None in paused:
        return found | Q(reach="all")
    ended = [at for at in paused if at is not None]
    return found | Q(reach="all", opened_at__lt=max(ended)) if ended else found


def _guest_of(firm_id: UUID | None) -> Exists:
    return Exists(
        Guest.objects.filter(campaign_id=OuterRef("pk"), firm_id=firm_id, removed_at=None)
    )


def is_guest(campaign: Campaign, firm_id: UUID | None) -> bool:
    """Whether the host has admitted the firm to this campaign."""
    return Campaign.objects.filter(_guest_of(firm_id), pk=campaign.pk).exists()


def guests_visible_to(actor: Actor, campaign: Campaign) -> QuerySet[Guest]:
    """The guests of a campaign that the office hosts, with whether each is in it."""
    if not actor.is_office or actor.cooperative_id != campaign.host_id:
        raise NotFound
    inside = Commitment.objects.filter(
        campaign_id=OuterRef("campaign_id"), firm_id=OuterRef("firm_id"), state="active"
    )
    return (
        Guest.objects.filter(campaign=campaign, removed_at=None)
        .select_related("firm")
        .annotate(committed=Exists(inside))
    )


def joinable_by(actor: Actor) -> QuerySet[Campaign]:
    """Open campaigns that a firm may commit to: within reach or as a guest, not its own supply."""
    return _joined_by(actor).filter(state="open")


def joined_once_open(actor: Actor) -> QuerySet[Campaign]:
    """Campaigns that wait for nothing but their opening: to be joined by this firm, or by any.

    A second part of a split award is joined once its first takes nothing any more.
    """
    rows = _joined_by(actor) if actor.is_firm else Campaign.objects.all()
    return rows.exclude(overflow_of__state__in=TAKING)


def _joined_by(actor: Actor) -> QuerySet[Campaign]:
    in_reach = _reaching(cooperative_ids_of(actor), actor.firm_id)
    return Campaign.objects.filter(in_reach | Q(_guest_of(actor.firm_id))).exclude(
        awarded_offer__supplier_id=actor.firm_id
    )


def reached_by(campaign: Campaign, ids: list[UUID], firm_id: UUID | None) -> bool:
    """Whether a campaign reaches a firm that is in these cooperatives."""
    return Campaign.objects.filter(_reaching(ids, firm_id), pk=campaign.pk).exists()


def _offered_by(firm_id: UUID | None) -> Q:
    return Q(Exists(Offer.objects.filter(campaign_id=OuterRef("pk"), supplier_id=firm_id))) | Q(
        Exists(Invitation.objects.filter(campaign_id=OuterRef("pk"), supplier_id=firm_id))
    )


def with_suppliers(rows: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Load campaigns with the ids of firms that were asked to offer (`asked_to_offer`) or have
    offered (`offered_by`)."""
    asked = Invitation.objects.filter(campaign_id=OuterRef("pk")).order_by()
    offered = Offer.objects.filter(campaign_id=OuterRef("pk")).order_by()
    return rows.annotate(
        asked_to_offer=ArraySubquery(asked.values("supplier_id")),
        offered_by=ArraySubquery(offered.values("supplier_id")),
    )


def _may_offer(actor: Actor) -> Q:
    supplies = Exists(Firm.objects.filter(pk=actor.firm_id, supplies=True))
    return Q(supplies, for_all_suppliers=True, state="sourcing")


def supplied_by(actor: Actor) -> Q:
    """Campaigns on which the actor's firm may offer, was asked to, or has offered."""
    return _may_offer(actor) | _offered_by(actor.firm_id)


def in_sourcing_for(actor: Actor) -> QuerySet[Campaign]:
    """Campaigns in sourcing on which the actor's firm may post an offer."""
    if not actor.is_firm:
        return Campaign.objects.none()
    invited = Exists(
        Invitation.objects.filter(campaign_id=OuterRef("pk"), supplier_id=actor.firm_id)
    )
    return Campaign.objects.filter(_may_offer(actor) | Q(invited), state="sourcing")


def with_parts(rows: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Load what a list row and a page show of a campaign: three queries whatever the number."""
    return rows.select_related(
        "host", "division", "item__category", "awarded_offer__supplier"
    ).prefetch_related("awarded_offer__tiers")


def locked(pk: UUID) -> Campaign:
    """Lock a campaign exclusively, waiting for everyone who is just joining; raise NotFound."""
    row = (
        Campaign.objects.select_related("host", "item")
        .select_for_update(no_key=True, of=("self",))
        .filter(pk=pk)
        .first()
    )
    if row is None:
        raise NotFound
    return row


def locked_by_host(actor: Actor, pk: UUID) -> Campaign:
    """Lock a campaign that the actor's office hosts; raise NotFound for any other.

    A campaign that the office merely sees is refused by the view (403) before this is asked.
    """
    row = locked(pk)
    if not actor.is_office or row.host_id != actor.cooperative_id:
        raise NotFound
    return row


def hosted(actor: Actor) -> QuerySet[Campaign]:
    """Campaigns that the actor's office hosts."""
    if not actor.is_office:
        return Campaign.objects.none()
    return Campaign.objects.filter(host_id=actor.cooperative_id)


def commitments_visible_to(actor: Actor, campaign: Campaign) -> QuerySet[Commitment]:
    """The host's office sees all of a campaign, a partner's its own members', a firm its own."""
    rows = Commitment.objects.filter(campaign=campaign).select_related("firm", "cooperative")
    if actor.is_office:
        own = actor.cooperative_id == campaign.host_id
        return rows if own else rows.filter(cooperative_id=actor.cooperative_id)
    return rows.filter(firm_id=actor.firm_id)


def commitments_of(campaign_id: UUID, firm_id: UUID | None) -> Commitment | None:
    """A firm's commitment to a campaign, withdrawn or not."""
    return (
        Commitment.objects.select_related("firm", "cooperative")
        .filter(campaign_id=campaign_id, firm_id=firm_id)
        .first()
    )


def own_commitments(campaign_ids: Iterable[UUID], firm_id: UUID | None) -> dict[UUID, Commitment]:
    """A firm's active commitments among some campaigns: one query."""
    if firm_id is None:
        return {}
    rows = Commitment.objects.filter(
        campaign_id__in=list(campaign_ids), firm_id=firm_id, state="active"
    )
    return {row.campaign_id: row for row in rows}


def offers_visible_to(actor: Actor, *, at: datetime) -> QuerySet[Offer]:
    """A supplier sees its own; the host's office all, sealed ones only once they are due."""
    rows = Offer.objects.select_related(
        "supplier", "campaign__host", "campaign__item__category"
    ).prefetch_related("tiers")
    if actor.is_office:
        return rows.filter(
            Q(campaign__sealed=False) | Q(campaign__offers_due_at__lte=at),
            campaign__host_id=actor.cooperative_id,
        )
    return rows.filter(supplier_id=actor.firm_id) if actor.is_firm else rows.none()


def latest_run(campaign: Campaign) -> ClearingRun | None:
    """The record of the campaign's last clearing."""
    return campaign.clearing_runs.order_by("-number").first()


def told_run(campaign: Campaign, actor: Actor) -> ClearingRun | None:
    """The record of which a seat is told: the host's office of the last one, others of that of the
    commitments. What lapsed since is between it and who did not pay: two totals would tell how much
    that was."""
    rows = campaign.clearing_runs.order_by("-number")
    if not (actor.is_office and actor.cooperative_id == campaign.host_id):
        rows = rows.filter(reason="closing")
    return rows.first()


def lines_visible_to(actor: Actor, run: ClearingRun) -> QuerySet[ClearingLine]:
    """The lines of a clearing that this seat sees: as with commitments."""
    rows = ClearingLine.objects.filter(run=run).select_related("firm", "cooperative")
    if actor.is_office:
        own = actor.cooperative_id == run.campaign.host_id
        return rows if own else rows.filter(cooperative_id=actor.cooperative_id)
    return rows.filter(firm_id=actor.firm_id)


def own_line(actor: Actor, campaign: Campaign, run: ClearingRun) -> ClearingLine | None:
    """A firm's own line, with its `run`: of the last record where the supplier confirmed less, as
    that is what it gets; else of the one it is told of. None for who is no firm in it."""
    if not actor.is_firm:
        return None
    last = latest_run(campaign)
    told = last if last is not None and last.reason == "less" else run
    mine = lines_visible_to(actor, told).first()
    if mine is not None:
        mine.run = told
    return mine


def events_visible_to(actor: Actor, campaign: Campaign) -> Q:
    """Which events of a campaign's history this seat reads, as a condition on them.

    The host's office reads all; others the campaign's own events and theirs. To another office
    those of its members that take part through it are theirs, but not what such a firm does as a
    supplier.
    """
    if actor.is_office and actor.cooperative_id == campaign.host_id:
        return Q()
    own = Q(subject_id=campaign.pk) & ~Q(kind__in=OFFICE_ONLY)
    if not whose_terms_are_known(actor, [campaign]):
        own &= ~Q(kind__in=OF_THE_TERMS)
    if actor.is_office:
        members = Commitment.objects.filter(
            campaign=campaign, cooperative_id=actor.cooperative_id
        ).values("firm_id")
        supplying = Q(subject_type__in=["campaigns.offer", "orders.purchaseorder"])
        return own | (Q(firm_id__in=members) & ~supplying)
    return own | Q(firm_id=actor.firm_id, firm_id__isnull=False)


def sealed_before(actor: Actor, *, at: datetime) -> QuerySet[Campaign]:
    """Campaigns of the actor's office whose offers are still shut to it."""
    return Campaign.objects.filter(host_id=actor.cooperative_id, sealed=True, offers_due_at__gt=at)
