"""A supplier takes its offer back: until offers are due, also one that was chosen before that."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries
from mungchi.campaigns.models import Campaign, Offer
from mungchi.campaigns.operations import overflow
from mungchi.campaigns.operations.deciding import lapse_decisions
from mungchi.campaigns.operations.moving import note
from mungchi.campaigns.operations.offers import move_offer
from mungchi.common import clock, wall
from mungchi.common.errors import Conflict, NotFound
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text


class WithdrawalOver(Conflict):
    """An offer binds its supplier once offers are due, and once the campaign opens on one."""

    code = "withdrawal_over"
    message = Text(
        ko="제안은 제안 마감 전까지, 그리고 공동구매가 시작되기 전까지만 철회할 수 있습니다.",
        en="An offer can be withdrawn only before offers are due and before the campaign opens.",
    )


def withdraw_offer(*, actor: Actor, offer_id: UUID) -> Offer:
    """A supplier takes its offer back before offers are due and the campaign opens.

    If it was chosen, the award is undone with it (and a split of the award): the office is told,
    and offers are taken again until they are due. Withdrawn before: changes nothing. Raises
    NotFound, WithdrawalOver.
    """
    with transaction.atomic():
        found = Offer.objects.filter(pk=offer_id, supplier_id=actor.firm_id).first()
        if found is None or not actor.is_firm:
            raise NotFound
        # The second part of a split has its round in the first, and is locked behind it.
        part = Campaign.objects.only("id", "overflow_of_id").get(pk=found.campaign_id)
        campaign = queries.locked(part.overflow_of_id or part.pk)
        at = clock.now()
        offer = Offer.objects.select_for_update().get(pk=offer_id)
        if offer.state == "withdrawn":
            return offer
        due = campaign.offers_due_at
        if campaign.state != "sourcing" or (due is not None and at >= due):
            raise WithdrawalOver
        if offer.state == "awarded":
            offer = _undo_award(campaign, offer, actor=actor, at=at)
        move_offer(offer, "withdrawn", kind="offer_withdrawn", actor=actor, at=at)
        wake_pipeline()
        return offer


def _undo_award(campaign: Campaign, offer: Offer, *, actor: Actor, at: datetime) -> Offer:
    """Take an award back that rests on this offer, whole or in part; return the offer anew.

    In front of the wall: what is undone may be another supplier's as well.
    """
    whole = campaign.awarded_offer_id == offer.pk
    with wall.in_front():
        overflow.dissolve(campaign, actor=actor, at=at)
        if whole:
            campaign.awarded_offer = None
            campaign.award_reason = ""
            campaign.save(update_fields=["awarded_offer", "award_reason"])
        lapse_decisions(campaign, actor=actor, at=at)
        note(campaign, kind="award_withdrawn", actor=actor, at=at,
             data={"offer": str(offer.pk), "whole": whole})  # fmt: skip
    return Offer.objects.select_for_update().get(pk=offer.pk)
