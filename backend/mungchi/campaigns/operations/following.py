"""What later stages report back to a campaign after its clearing."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.campaigns import queries
from mungchi.campaigns.models import Campaign
from mungchi.campaigns.operations.deciding import ask_second, lapse_decisions
from mungchi.campaigns.operations.holding import lapse_holds
from mungchi.campaigns.operations.moving import move
from mungchi.campaigns.queries.bundles import CLEARED
from mungchi.common import clock
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text
from mungchi.demand.operations import meet_needs, release_needs, take_needs

# What makes decisions of no use that the office still waits with, by the state that it leads to.
OVERTAKEN: Final = {
    "ordered": Text(ko="발주가 나갔습니다.", en="The purchase order went out."),
    "delivering": Text(
        ko="공급사가 발주를 확인했습니다.", en="The supplier confirmed the purchase order."
    ),
    "failed": Text(ko="그사이 공동구매가 무산되었습니다.", en="The campaign has failed meanwhile."),
}


def mark_ordered(*, actor: Actor, campaign_id: UUID) -> Campaign:
    """The purchase order went out."""
    return _follow(actor, campaign_id, "ordered", kind="campaign_ordered")


def mark_delivering(*, actor: Actor, campaign_id: UUID) -> Campaign:
    """The supplier confirmed the purchase order."""
    return _follow(actor, campaign_id, "delivering", kind="campaign_delivering")


def complete_campaign(*, actor: Actor, campaign_id: UUID) -> Campaign:
    """Everything was received."""
    return _follow(actor, campaign_id, "completed", kind="campaign_completed")


def fail_campaign(*, actor: Actor, campaign_id: UUID, why: str) -> Campaign:
    """It comes to nothing after the clearing: payment stays out, or the supplier refuses.

    Orders are cancelled and money is returned by the stages that pull from this state. A
    coordinator whose own firm is concerned asks a second one by this (raises NoSecondCoordinator).
    """
    if actor.is_office and queries.is_involved(actor.user_id, campaign_id):
        with transaction.atomic():
            campaign = queries.locked_by_host(actor, campaign_id)
            if campaign.state in {"settling", "ordered"}:
                ask_second(campaign, actor=actor, at=clock.now(), kind="fail", reason=why)
                return campaign
    return _follow(actor, campaign_id, "failed", kind="campaign_failed", why=why)


def settle_needs(*, campaign_id: UUID) -> None:
    """Tell the needs of the campaign's pool, and of the partners it was made for, what became of
    them.

    Of a campaign that ended without a purchase all come back. Of a cleared one those of firms that
    got nothing come back at once; the winners' are met when the goods are there, and come back if
    the campaign fails before that.
    """
    with transaction.atomic():
        campaign = queries.locked(campaign_id)
        at = clock.now()
        pools = _taken_along(campaign, at)
        if campaign.pool_id is not None:
            pools.append(campaign.pool_id)
        nothing = campaign.state in {"failed", "cancelled"}
        winners = [] if nothing else queries.winners(campaign)
        for pool in pools:
            if campaign.state == "completed":
                meet_needs(actor=SYSTEM, pool_id=pool, firm_ids=winners, at=at)
            release_needs(actor=SYSTEM, pool_id=pool, at=at, keeping=winners)


def _taken_along(campaign: Campaign, at: datetime) -> list[UUID]:
    """Pools of what the winners needed elsewhere, taken along once after the clearing.

    Needs of firms that won nothing stay open where they are.
    """
    parts = list(
        campaign.parts.select_related("item")
        .select_for_update(no_key=True, of=("self",))
        .order_by("id")
    )
    for part in parts:
        if part.settled_at is not None or campaign.state not in CLEARED:
            continue
        part.pool_id = take_needs(
            cooperative_id=part.cooperative_id,
            # Where the item was merged into another meanwhile, its needs went with it.
            item_id=part.item.merged_into_id or part.item_id,
            days=(part.first_day, part.last_day),
            firm_ids=queries.winners(campaign, through=part.cooperative_id),
            at=at,
        )
        part.settled_at = at
        part.save(update_fields=["pool", "settled_at"])
    return [part.pool_id for part in parts if part.pool_id is not None]


def _follow(actor: Actor, campaign_id: UUID, to: str, *, kind: str, why: str = "") -> Campaign:
    """Move; a campaign that is there already stays as it is."""
    with transaction.atomic():
        if actor.is_office:
            campaign = queries.locked_by_host(actor, campaign_id)
        else:
            campaign = queries.locked(campaign_id)
        if campaign.state == to:
            return campaign
        at = clock.now()
        move(campaign, to, kind=kind, actor=actor, at=at, why=why)
        because = OVERTAKEN.get(to)
        if because is not None:
            lapse_decisions(campaign, actor=actor, at=at, because=because)
        if to == "failed":
            lapse_holds(campaign, actor=actor, at=at, because=because)
        wake_pipeline()
        return campaign
