"""Joining, changing, withdrawing: everything firms do between opening and deadline.

The order of the steps is the promise. A share lock on the campaign first, so that closing waits
for whoever is inside and nobody gets in after it; then the clock; then the checks; one write. Joins
do not wait for each other: capacity is settled at the clearing, not at the door. See
docs/decisions/0003-share-lock-on-join.md.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative, Firm, Membership
from mungchi.campaigns import queries
from mungchi.campaigns.domain.states import COMMITMENT
from mungchi.campaigns.models import Campaign, Commitment, Guest, NextArrival, Offer
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotAllowed, NotFound
from mungchi.common.history import record, set_state
from mungchi.common.locks import lock_shared
from mungchi.common.money import plain
from mungchi.common.text import Text


class CampaignNotOpen(Conflict):
    """Nothing is accepted before opening, or at or after the deadline."""

    code = "campaign_not_open"
    message = Text(
        ko="지금은 참여를 받지 않는 공동구매입니다.",
        en="This campaign is not taking commitments.",
    )


class DeadlineOver(Conflict):
    """The request reached the campaign at or after its deadline."""

    code = "deadline_over"
    message = Text(
        ko="마감 시각이 지나 접수하지 못했습니다.",
        en="The deadline has passed; this was not accepted.",
    )


class NotAMember(NotAllowed):
    """The firm is not an active member of a cooperative that this campaign reaches."""

    code = "not_a_member"
    message = Text(
        ko="이 공동구매에 참여할 수 있는 협동조합의 조합원사가 아닙니다.",
        en="Your firm is not an active member of a cooperative that may join this campaign.",
    )


class OwnOffer(NotAllowed):
    """A supplier does not commit to the campaign that it supplies."""

    code = "own_offer"
    message = Text(
        ko="직접 공급하는 공동구매에는 참여할 수 없습니다.",
        en="You cannot commit to a campaign that you supply.",
    )


class MinimumAboveQuantity(Invalid):
    """The smallest acceptable quantity is at most the quantity."""

    code = "minimum_above_quantity"
    field = "minimum"
    message = Text(
        ko="최소 수량은 참여 수량보다 클 수 없습니다.",
        en="The smallest quantity cannot be above the quantity.",
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a firm commits to; quantities in the item's unit, the limit VAT excluded."""

    quantity: int
    tolerance: int = 0
    minimum: int = 0
    price_limit: Decimal | None = None

    def asks_for_more_than(self, row: Commitment) -> bool:
        """Whether it wants more than the firm's present commitment, and so queues anew."""
        return (
            row.state == "withdrawn"
            or self.quantity > row.quantity
            or self.quantity + self.tolerance > row.quantity + row.tolerance
        )


@dataclass(frozen=True, slots=True)
class Through:
    """By which right a firm takes part: a membership, or admission as a guest of the host."""

    firm: Firm
    cooperative: Cooperative
    supplies_it: bool


def commit(
    *,
    actor: Actor,
    campaign_id: UUID,
    quantity: int,
    tolerance: int = 0,
    minimum: int = 0,
    price_limit: Decimal | None = None,
    cooperative_id: UUID | None = None,
) -> Commitment:
    """A firm joins a campaign, or changes what it committed to. Again with the same: no change.

    It takes part through the host when it is a member there, else through `cooperative_id` or the
    first of its cooperatives that the campaign reaches; a guest through the host. Raises NotFound,
    CampaignNotOpen, DeadlineOver, NotAMember, OwnOffer, MinimumAboveQuantity.
    """
    if minimum > quantity:
        raise MinimumAboveQuantity
    wanted = Wanted(quantity, tolerance, minimum, price_limit)
    try:
        return _commit(actor, campaign_id, wanted, cooperative_id)
    except IntegrityError as error:
        # The same firm joined from another window at this moment: its row is there now.
        if "a_firm_commits_to_a_campaign_once" not in str(error):
            raise
        return _commit(actor, campaign_id, wanted, cooperative_id)


def _commit(
    actor: Actor, campaign_id: UUID, wanted: Wanted, cooperative_id: UUID | None
) -> Commitment:
    with transaction.atomic():
        campaign, at = _hold(campaign_id)
        through = _through(actor, campaign, cooperative_id)
        _check_open(campaign, at)
        if through.supplies_it:
            raise OwnOffer
        row = Commitment.objects.select_for_update().filter(
            campaign=campaign, firm_id=actor.firm_id
        ).first()  # fmt: skip
        if row is None:
            row = Commitment(campaign=campaign, firm=through.firm)
            _write(row, campaign, wanted, through, at)
            row.save(force_insert=True)
            _record(row, actor, at, kind="commitment_made", moved=("", "active"))
            return row
        row.campaign, row.firm = campaign, through.firm
        if row.state == "active" and _same(row, wanted, through):
            row.cooperative = through.cooperative
            return row
        before = _figures(row)
        moved = ("", "") if row.state == "active" else (row.state, "active")
        if wanted.asks_for_more_than(row):
            row.arrival = NextArrival()
        _write(row, campaign, wanted, through, at)
        row.state = "active"
        row.save()
        _record(row, actor, at, kind="commitment_changed", moved=moved, before=before)
        return row


def withdraw_commitment(*, actor: Actor, campaign_id: UUID) -> None:
    """A firm steps back before the deadline. Again: changes nothing.

    Raises NotFound when it is not in the campaign, CampaignNotOpen, DeadlineOver.
    """
    with transaction.atomic():
        campaign, at = _hold(campaign_id)
        row = Commitment.objects.select_for_update().filter(
            campaign=campaign, firm_id=actor.firm_id
        ).first()  # fmt: skip
        if row is None or not actor.is_firm:
            raise NotFound
        _check_open(campaign, at)
        if row.state == "withdrawn":
            return
        set_state(
            row,
            "withdrawn",
            machine=COMMITMENT,
            kind="commitment_withdrawn",
            actor=actor,
            at=at,
            thread=campaign.pk,
            cooperative_id=campaign.host_id,
            firm_id=row.firm_id,
            data={"before": _figures(row)},
        )


def _hold(campaign_id: UUID) -> tuple[Campaign, datetime]:
    """Keep the campaign from closing until this transaction ends; return it and the time.

    The clock is read after the lock, in a statement of its own: read before, it would be the time
    before the wait.
    """
    campaign = lock_shared(Campaign, campaign_id)
    at = clock.now()
    if campaign is None or campaign.published_at is None:
        raise NotFound
    return campaign, at


def _check_open(campaign: Campaign, at: datetime) -> None:
    if campaign.state != "open" or campaign.closes_at is None:
        raise CampaignNotOpen
    if at >= campaign.closes_at:
        raise DeadlineOver


def _through(actor: Actor, campaign: Campaign, cooperative_id: UUID | None) -> Through:
    """By which right the firm takes part; raises NotFound or NotAMember.

    A firm that the campaign does not reach must not learn that it exists: NotFound. One query,
    which also says whether the firm supplies the campaign (a second for a guest), and holds the
    rows: a suspension, or a leaving, comes before this or finds the commitment that comes of it.
    """
    invited = Campaign.partners.through.objects.filter(
        campaign_id=campaign.pk, cooperative_id=OuterRef("cooperative_id")
    )
    own_offer = Exists(
        Offer.objects.filter(pk=campaign.awarded_offer_id, supplier_id=actor.firm_id)
    )
    inside = Exists(
        Commitment.objects.filter(campaign=campaign, firm_id=actor.firm_id, state="active")
    )
    rows = list(
        Membership.objects.filter(firm_id=actor.firm_id, state__in=["active", "suspended"])
        .annotate(invited=Exists(invited), inside=inside, supplies_it=own_offer)
        .select_related("cooperative", "firm")
        .select_for_update(no_key=True, of=("self",))
        .order_by("joined_at", "id")
    )
    reached = [row for row in rows if _reaches(campaign, row)]
    if not reached:
        return _as_guest(actor, campaign, own_offer)
    active = [row for row in reached if row.state == "active"]
    chosen = [row for row in active if row.cooperative_id == (cooperative_id or campaign.host_id)]
    if not chosen and (not active or cooperative_id is not None):
        raise NotAMember
    row = (chosen or active)[0]
    return Through(row.firm, row.cooperative, row.supplies_it)


def _as_guest(actor: Actor, campaign: Campaign, own_offer: Exists) -> Through:
    """A guest takes part through the host."""
    row = (
        Guest.objects.filter(campaign=campaign, firm_id=actor.firm_id, removed_at=None)
        .annotate(supplies_it=own_offer)
        .select_related("firm", "campaign__host")
        .first()
    )
    if row is None:
        raise NotFound
    return Through(row.firm, row.campaign.host, row.supplies_it)


def _reaches(campaign: Campaign, row: Membership) -> bool:
    if row.cooperative_id == campaign.host_id:
        # Who was filed under another division meanwhile stays in what it is in.
        of_it = row.division_id is not None and row.division_id == campaign.division_id
        return campaign.reach != "division" or of_it or row.inside
    if campaign.reach == "all":
        return campaign.opened_to(row.cooperative)
    return campaign.reach == "partners" and row.invited


def _write(
    row: Commitment, campaign: Campaign, wanted: Wanted, through: Through, at: datetime
) -> None:
    row.cooperative = through.cooperative
    row.partner_fee_bp = queries.partner_fee_bp(campaign, through.cooperative.pk)
    row.quantity = wanted.quantity
    row.tolerance = wanted.tolerance
    row.minimum = wanted.minimum
    row.price_limit = wanted.price_limit
    row.accepted_at = at


def _same(row: Commitment, wanted: Wanted, through: Through) -> bool:
    now = Wanted(row.quantity, row.tolerance, row.minimum, row.price_limit)
    return now == wanted and row.cooperative_id == through.cooperative.pk


def _figures(row: Commitment) -> dict[str, object]:
    limit = row.price_limit
    return {
        "quantity": row.quantity,
        "tolerance": row.tolerance,
        "minimum": row.minimum,
        "price_limit": None if limit is None else plain(limit),
    }


def _record(
    row: Commitment,
    actor: Actor,
    at: datetime,
    *,
    kind: str,
    moved: tuple[str, str] = ("", ""),
    before: dict[str, object] | None = None,
) -> None:
    record(
        row,
        kind=kind,
        actor=actor,
        at=at,
        moved=moved,
        thread=row.campaign_id,
        cooperative_id=row.campaign.host_id,
        firm_id=row.firm_id,
        data={"before": before, "after": _figures(row)},
    )
