"""By which right a firm takes part in a campaign."""

from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from mungchi.accounts.models import ApprovalLimit, Cooperative, Firm, Membership
from mungchi.campaigns.domain.wanted import Limit
from mungchi.campaigns.models import Campaign, Commitment, Guest, Offer
from mungchi.common.errors import NotAllowed, NotFound
from mungchi.common.text import Text

_OWN_LIMIT: Final = ApprovalLimit.objects.filter(firm_id=OuterRef("firm_id"))
_LIMIT: Final = {
    "limit_amount": Subquery(_OWN_LIMIT.values("amount")[:1]),
    "limit_currency": Subquery(_OWN_LIMIT.values("currency")[:1]),
}


class NotAMember(NotAllowed):
    """The firm is not an active member of a cooperative that this campaign reaches."""

    code = "not_a_member"
    message = Text(
        ko="이 공동구매에 참여할 수 있는 협동조합의 조합원사가 아닙니다.",
        en="Your firm is not an active member of a cooperative that may join this campaign.",
    )


class OnlyStays(NotAMember):
    """A suspended member keeps what it is in, and is asked again where the offer has changed; it
    may stay as it is and withdraw, and take no more."""

    code = "only_stays"
    message = Text(
        ko="조합원 자격이 정지되어 있어 약정을 바꾸실 수 없습니다. 약정하신 그대로 계속 "
        "참여하시거나 철회하실 수 있습니다.",
        en="Your membership is suspended, so your commitment cannot be changed. You may stay with "
        "it as it is, or withdraw it.",
    )


@dataclass(frozen=True, slots=True)
class Through:
    """By which right a firm takes part: a membership, or admission as a guest of the host; and its
    approval limit, none where it never set one. `only_stays`: the membership is suspended, and the
    firm is in the campaign; see commitments.place."""

    firm: Firm
    cooperative: Cooperative
    supplies_it: bool
    limit: Limit | None = None
    only_stays: bool = False


def way_in(firm_id: UUID | None, campaign: Campaign, cooperative_id: UUID | None) -> Through:
    """By which right the firm takes part, or only stays; raises NotFound or NotAMember.

    A firm that the campaign does not reach must not learn that it exists: NotFound. One query,
    which also says whether the firm supplies the campaign and what its approval limit is (a second
    for a guest), and holds the rows: a suspension, or a leaving, comes before this or finds the
    commitment that comes of it.
    """
    invited = Campaign.partners.through.objects.filter(
        campaign_id=campaign.pk, cooperative_id=OuterRef("cooperative_id")
    )
    own_offer = Exists(Offer.objects.filter(pk=campaign.awarded_offer_id, supplier_id=firm_id))
    inside = Exists(Commitment.objects.filter(campaign=campaign, firm_id=firm_id, state="active"))
    rows = list(
        Membership.objects.filter(firm_id=firm_id, state__in=["active", "suspended"])
        .annotate(invited=Exists(invited), inside=inside, supplies_it=own_offer, **_LIMIT)
        .select_related("cooperative", "firm")
        .select_for_update(no_key=True, of=("self",))
        .order_by("joined_at", "id")
    )
    reached = [row for row in rows if _reaches(campaign, row)]
    if not reached:
        return _as_guest(firm_id, campaign, own_offer)
    through = cooperative_id or campaign.host_id
    active = [row for row in reached if row.state == "active"]
    chosen = [row for row in active if row.cooperative_id == through]
    if not chosen and (not active or cooperative_id is not None):
        held = [row for row in reached if row.inside and row.cooperative_id == through]
        if not held:
            raise NotAMember
        return replace(_through(held[0], held[0].cooperative), only_stays=True)
    row = (chosen or active)[0]
    return _through(row, row.cooperative)


def _as_guest(firm_id: UUID | None, campaign: Campaign, own_offer: Exists) -> Through:
    """A guest takes part through the host."""
    row = (
        Guest.objects.filter(campaign=campaign, firm_id=firm_id, removed_at=None)
        .annotate(supplies_it=own_offer, **_LIMIT)
        .select_related("firm", "campaign__host")
        .first()
    )
    if row is None:
        raise NotFound
    return _through(row, row.campaign.host)


def _through(row: Any, cooperative: Cooperative) -> Through:
    currency = row.limit_currency
    limit = None if currency is None else Limit(row.limit_amount, currency)
    return Through(row.firm, cooperative, row.supplies_it, limit)


def _reaches(campaign: Campaign, row: Membership) -> bool:
    if row.cooperative_id == campaign.host_id:
        # Who was filed under another division meanwhile stays in what it is in.
        of_it = row.division_id is not None and row.division_id == campaign.division_id
        return campaign.reach != "division" or of_it or row.inside
    if campaign.reach == "all":
        return campaign.opened_to(row.cooperative)
    return campaign.reach == "partners" and row.invited
