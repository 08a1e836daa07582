"""Campaigns as they are shared: by whom, and what of them is told to whoever has the address."""

import re
from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Count

from mungchi.accounts.access import Actor
from mungchi.accounts.queries import cooperative_ids_of
from mungchi.campaigns.domain.ladder import tier_rows
from mungchi.campaigns.domain.share import Glimpse, public_figures
from mungchi.campaigns.models import Campaign, Commitment, Share
from mungchi.campaigns.models.sharing import ADDRESS
from mungchi.campaigns.queries.tables import buckets, table_of, terms_of, tiers_of
from mungchi.campaigns.queries.visibility import is_guest, latest_run, reached_by, with_parts
from mungchi.catalog.domain.units import UNITS
from mungchi.common.models import History
from mungchi.common.text import Text

SETTLED = ("settling", "ordered", "delivering", "completed")


def may_share(actor: Actor, campaign: Campaign) -> bool:
    """Whether a seat that sees a campaign may share it: every office, and firms that may join it,
    are in it, or supply it. Not a supplier whose offer was not chosen."""
    if not actor.is_firm:
        return actor.is_office
    offer = campaign.awarded_offer
    if offer is not None and offer.supplier_id == actor.firm_id:
        return True
    return (
        reached_by(campaign, cooperative_ids_of(actor), actor.firm_id)
        or is_guest(campaign, actor.firm_id)
        or Commitment.objects.filter(campaign=campaign, firm_id=actor.firm_id).exists()
    )


def shareable(campaign: Campaign) -> bool:
    """Whether the host's office lets the campaign be shared: at most one query."""
    share = Share.objects.filter(pk=campaign.pk).first()
    return share is None or share.allowed


def shared_by(token: str) -> Share | None:
    """The share whose address it is, with its campaign as its page shows it."""
    known = re.fullmatch(ADDRESS, token) is not None
    share = Share.objects.filter(token=token).first() if known else None
    if share is None:
        return None
    campaign = with_parts(Campaign.objects.filter(pk=share.pk)).first()
    if campaign is None or campaign.awarded_offer is None or campaign.closes_at is None:
        return None
    share.campaign = campaign
    return share


def firms_changed(share: Share) -> int:
    """How many firms changed something since the figures that were told last."""
    rows = History.objects.filter(
        thread=share.pk, subject_type=Commitment._meta.label_lower, id__gt=share.seen
    )
    return rows.aggregate(firms=Count("firm_id", distinct=True))["firms"]


def figures_now(campaign: Campaign) -> dict[str, Any]:
    """What may be told of the commitments now (domain.share.public_figures): two queries and one
    for each cooperative that takes part."""
    rungs = tiers_of(campaign.awarded_offer)
    held = buckets([campaign.pk]).get(campaign.pk, [])
    offices = Commitment.objects.filter(campaign=campaign, state="active").values_list(
        "cooperative_id", flat=True
    )
    known: dict[UUID, list[int]] = defaultdict(list)
    # The host's office knows everything anyway.
    for one in set(offices) - {campaign.host_id}:
        theirs = buckets([campaign.pk], through=one).get(campaign.pk, [])
        known[one] = [row.firms for row in tier_rows(rungs, theirs)]
    return public_figures(table_of(campaign, held), terms_of(campaign), known.values())


def glimpse_of(share: Share) -> Glimpse:
    """What whoever has the address is told: of firms only the figures that were kept for it."""
    campaign = share.campaign
    run = latest_run(campaign) if campaign.state in SETTLED else None
    item, host = campaign.item, campaign.host
    return Glimpse(
        title=campaign.title,
        item=Text(ko=item.name, en=item.name_en or item.name),
        host=Text(ko=host.name, en=host.name_en or host.name),
        unit=UNITS[item.unit],
        currency=campaign.currency,
        state=campaign.state,
        closes_at=campaign.closed_at or campaign.closes_at,
        zone=host.zone,
        tiers=tuple((one.min_quantity, one.unit_price) for one in tiers_of(campaign.awarded_offer)),
        figures=(share.figures or {}) if campaign.state == "open" else {},
        settled_price=run.unit_price.normalize() if run and run.unit_price is not None else None,
    )
