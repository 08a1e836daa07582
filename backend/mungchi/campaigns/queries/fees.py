"""What cooperatives ask in a campaign: the host of everybody, a partner of its own members.

A partner's fee is the one it asked when the campaign opened: what a firm saw before it committed is
what it pays, whatever the partner asks of its members later.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative, Membership
from mungchi.accounts.queries import member_fees_at
from mungchi.campaigns.domain.clearing import Clearing
from mungchi.campaigns.domain.variants import shared, worth
from mungchi.campaigns.models import Campaign, Commitment
from mungchi.campaigns.queries.visibility import is_guest
from mungchi.common.money import Fees, fees_on


@dataclass(frozen=True, slots=True)
class WayIn:
    """A cooperative through which a firm takes part, and what that one asks (basis points)."""

    cooperative: Cooperative
    partner_bp: int


@dataclass(frozen=True, slots=True)
class CampaignFees:
    """Rates of a campaign in basis points, as one seat may see them; `fixed` once it has opened."""

    host_bp: int
    vat_rate_bp: int
    fixed: bool
    ways: list[WayIn]


def partner_fee_bp(campaign: Campaign, cooperative_id: UUID) -> int:
    """What a cooperative asks of its members in an opened campaign; the host asks no second fee.

    No query for the host's members, one for others'.
    """
    if cooperative_id == campaign.host_id or campaign.opened_at is None:
        return 0
    return member_fees_at([cooperative_id], campaign.opened_at).get(cooperative_id, 0)


def fees_for(
    campaign: Campaign, actor: Actor, at: datetime, mine: Commitment | None = None
) -> CampaignFees | None:
    """The campaign's fees with the ways in that concern this seat: for a firm its own, the one it
    takes unless it chooses first; for the host's office all partners that may ask something.

    Before it opens, as they stand at `at`. `mine`: the firm's commitment. None for who neither
    takes part nor looks after members, such as its supplier. At most four queries.
    """
    if actor.is_office:
        cooperatives = _partners(campaign, actor)
    elif actor.is_firm:
        cooperatives = ways_in(campaign, actor.firm_id) or ([mine.cooperative] if mine else [])
        if not cooperatives:
            return None
    else:
        return None
    asked = _asked(campaign, cooperatives, campaign.opened_at or at)
    return CampaignFees(
        host_bp=campaign.host_fee_bp,
        vat_rate_bp=campaign.fee_vat_rate_bp,
        fixed=campaign.opened_at is not None,
        ways=[WayIn(one, asked.get(one.pk, 0)) for one in cooperatives],
    )


def ways_in(campaign: Campaign, firm_id: UUID | None) -> list[Cooperative]:
    """The cooperatives through which a firm may take part, the host first, else the oldest
    membership; the host for its guest. As campaigns.operations.commit chooses."""
    rows = Membership.objects.filter(firm_id=firm_id, state="active").select_related("cooperative")
    invited = _invited(campaign)
    found = [
        row.cooperative
        for row in rows.order_by("joined_at", "id")
        if row.cooperative_id == campaign.host_id
        or row.cooperative_id in invited
        or (campaign.reach == "all" and campaign.opened_to(row.cooperative))
    ]
    if not found and is_guest(campaign, firm_id):
        return [campaign.host]
    return sorted(found, key=lambda one: one.pk != campaign.host_id)


def partner_fee_through(
    campaign: Campaign, firm_id: UUID | None, cooperative_id: UUID | None
) -> int:
    """The partner's fee for a firm that takes part through a cooperative of its choice, or through
    the one it would take part through without choosing."""
    ways = ways_in(campaign, firm_id)
    chosen = [one for one in ways if one.pk == cooperative_id] or ways
    return partner_fee_bp(campaign, chosen[0].pk) if chosen else 0


def fees_if(campaign: Campaign, value: int, partner_bp: int) -> Fees:
    """The fees on a supply value in this campaign."""
    return fees_on(
        value,
        host_bp=campaign.host_fee_bp,
        partner_bp=partner_bp,
        vat_rate_bp=campaign.fee_vat_rate_bp,
    )


def awarded_value(campaign: Campaign, row: Commitment, awarded: int, price: Decimal) -> int:
    """What an award comes to in minor units, VAT excluded, by variant where there are any."""
    parts = shared(row.parts, awarded, row.tolerance_to)
    return worth(awarded, price, campaign.currency, parts, campaign.awarded_offer.differences)


def fees_of(
    campaign: Campaign, clearing: Clearing, commitments: Iterable[Commitment]
) -> dict[UUID, Fees]:
    """What each commitment of a clearing would be asked: orders are made of it the same way."""
    price, awards = clearing.unit_price, clearing.awards()
    if price is None:
        return {}
    return {
        row.pk: fees_if(
            campaign,
            awarded_value(campaign, row, awards[str(row.pk)], price),
            row.partner_fee_bp,
        )
        for row in commitments
        if awards.get(str(row.pk))
    }


def _invited(campaign: Campaign) -> set[UUID]:
    if campaign.reach != "partners":
        return set()
    return set(campaign.partners.values_list("pk", flat=True))


def _partners(campaign: Campaign, actor: Actor) -> list[Cooperative]:
    """Whose fees concern an office: its own in another's campaign, all partners' in its own."""
    if actor.cooperative_id != campaign.host_id:
        return list(Cooperative.objects.filter(pk=actor.cooperative_id))
    taking_part = Commitment.objects.filter(campaign=campaign).exclude(cooperative=campaign.host_id)
    ids = _invited(campaign) | set(taking_part.values_list("cooperative_id", flat=True))
    return list(Cooperative.objects.filter(pk__in=ids))


def _asked(campaign: Campaign, cooperatives: list[Cooperative], at: datetime) -> dict[UUID, int]:
    others = [one.pk for one in cooperatives if one.pk != campaign.host_id]
    return member_fees_at(others, at) if others else {}
