"""The office awards two offers, where the capacity of one is not enough."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries
from mungchi.campaigns.models import Campaign, Offer
from mungchi.campaigns.operations.offers import OffersNotTaken, check_choosable, choose
from mungchi.campaigns.operations.overflow import SecondEndsTooSoon, dissolve, prepare
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotFound
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text


class SplitNotForced(Conflict):
    """An award is split where capacity forces it, and nowhere else."""

    code = "split_not_forced"
    message = Text(
        ko="이 제안의 공급 가능 수량으로 지금 수요를 모두 채울 수 있어, 나눠 낙찰할 수 없습니다.",
        en="The first offer's capacity is enough for demand as it stands, so the award cannot be "
        "split.",
    )


class SplitOfOne(Invalid):
    """Two suppliers share it."""

    code = "split_of_one"
    field = "second"
    message = Text(
        ko="2차 공급은 다른 공급사의 제안으로 골라 주십시오.",
        en="Please choose another supplier's offer for the second part.",
    )


class SplitNotAlone(Conflict):
    """A coordinator whose own firm is concerned splits no award."""

    code = "split_not_alone"
    message = Text(
        ko="담당자님의 기업이 이 공동구매에 제안했거나 참여하고 있어, 다른 담당자만 나눠 낙찰할 수 "
        "있습니다.",
        en="Your own firm offers on this campaign or is in it: another coordinator has to split "
        "the award.",
    )


def split_award(
    *, actor: Actor, campaign_id: UUID, first_id: UUID, second_id: UUID, reason: str
) -> Campaign:
    """The office chooses one offer up to its capacity, and a second for what that leaves.

    The second part becomes a campaign of its own: see operations.overflow. Until opening it may
    choose again, also another second, which takes the split back. Raises NotFound, OffersNotTaken,
    OfferNotChoosable, SplitOfOne, SplitNotForced, SplitNotAlone, SecondEndsTooSoon.
    """
    with transaction.atomic():
        campaign = queries.locked_by_host(actor, campaign_id)
        if campaign.state != "sourcing" or campaign.overflow_of_id is not None:
            raise OffersNotTaken
        if queries.is_involved(actor.user_id, campaign.pk):
            raise SplitNotAlone
        if first_id == second_id:
            raise SplitOfOne
        at = clock.now()
        first, second = (_offer(actor, campaign, pk, at) for pk in (first_id, second_id))
        if not queries.capacity_forces(campaign, first):
            raise SplitNotForced
        check_choosable(second, at)
        if campaign.awarded_offer_id == first.pk:
            dissolve(campaign, actor=actor, at=at)
            campaign.award_reason = reason
            campaign.save(update_fields=["award_reason"])
        else:
            choose(campaign, first, actor=actor, at=at, reason=reason)
        part = prepare(campaign, second, actor=actor, at=at)
        if part.closes_at is not None and second.valid_until < part.closes_at:
            raise SecondEndsTooSoon
        choose(part, second, actor=actor, at=at, reason=reason)
        wake_pipeline()
        return campaign


def _offer(actor: Actor, campaign: Campaign, pk: UUID, at: datetime) -> Offer:
    rows = queries.offers_visible_to(actor, at=at).select_for_update(of=("self",))
    found = rows.filter(campaign=campaign, pk=pk).first()
    if found is None:
        raise NotFound
    return found
