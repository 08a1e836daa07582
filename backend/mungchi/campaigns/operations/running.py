"""From draft to open, and the two things that may happen to an open campaign before its end."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries
from mungchi.campaigns.domain.states import OFFER
from mungchi.campaigns.models import Campaign
from mungchi.campaigns.operations import overflow
from mungchi.campaigns.operations.by_variant import renamed
from mungchi.campaigns.operations.changing import lapse_changes
from mungchi.campaigns.operations.deciding import lapse_decisions
from mungchi.campaigns.operations.drafting import DeadlinePassed, OffersDueTooLate, active_host
from mungchi.campaigns.operations.moving import move, note
from mungchi.campaigns.operations.reaching import check_partners
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid
from mungchi.common.history import set_state
from mungchi.common.jobs import wake_pipeline
from mungchi.common.locks import MEMBER_FEES, hold_shared
from mungchi.common.text import Text


class NoAward(Conflict):
    """A campaign opens on an offer."""

    code = "no_award"
    message = Text(
        ko="먼저 공급 제안을 낙찰해 주십시오.", en="Please award an offer before opening."
    )


class NoDeadline(Invalid):
    """A campaign opens with a deadline."""

    code = "no_deadline"
    field = "closes_at"
    message = Text(ko="마감 시각을 정해 주십시오.", en="Please set a deadline.")


class OfferEndsTooSoon(Conflict):
    """The awarded offer must still hold when the campaign closes."""

    code = "offer_ends_too_soon"
    message = Text(
        ko="낙찰된 제안의 유효 기간이 마감 시각보다 먼저 끝납니다.",
        en="The awarded offer is not valid until the deadline.",
    )


class OnlyLater(Invalid):
    """A deadline that people plan by is never brought forward."""

    code = "only_later"
    field = "closes_at"
    message = Text(
        ko="마감은 지금 정해진 시각보다 뒤로만 늦출 수 있습니다.",
        en="The deadline can only be moved to a later time.",
    )


class AlreadyClosed(Conflict):
    """The deadline has come."""

    code = "campaign_closed"
    message = Text(ko="이미 마감되었습니다.", en="This campaign has already closed.")


def start_sourcing(*, actor: Actor, campaign_id: UUID) -> Campaign:
    """The office publishes a draft and asks suppliers for offers. Again: changes nothing.

    Raises CooperativePaused, DeadlinePassed, OffersDueTooLate, PartnersMissing, NotPartners.
    """
    with transaction.atomic():
        campaign = queries.locked_by_host(actor, campaign_id)
        if campaign.state == "sourcing":
            return campaign
        active_host(campaign.host_id)
        at = clock.now()
        if campaign.closes_at is not None and campaign.closes_at <= at:
            raise DeadlinePassed
        if campaign.offers_due_at is not None and campaign.offers_due_at <= at:
            raise OffersDueTooLate
        check_partners(campaign, at)
        campaign.published_at = at
        campaign.variants = renamed(campaign.variants)
        move(campaign, "sourcing", kind="sourcing_started", actor=actor, at=at,
             also=("published_at", "variants"))  # fmt: skip
        wake_pipeline()
        return campaign


def open_campaign(*, actor: Actor, campaign_id: UUID) -> Campaign:
    """The office opens a campaign on its awarded offer: firms may commit from now on.

    From here on its fees are fixed, the host's and every partner's. Raises CooperativePaused,
    NoAward, NoDeadline, DeadlinePassed, OfferEndsTooSoon, PartnersMissing, NotPartners. The second
    part of a split award opens with it (raises SecondEndsTooSoon) and not by itself (raises
    OpensWithFirst).
    """
    with transaction.atomic():
        campaign = queries.locked_by_host(actor, campaign_id)
        if campaign.state == "open":
            return campaign
        if campaign.overflow_of_id is not None:
            raise overflow.OpensWithFirst
        active_host(campaign.host_id)
        # What partners ask of their members is as of the moment read now, whoever changes it.
        hold_shared(MEMBER_FEES)
        at = clock.now()
        offer = campaign.awarded_offer
        if offer is None:
            raise NoAward
        if campaign.closes_at is None:
            raise NoDeadline
        if campaign.closes_at <= at:
            raise DeadlinePassed
        if offer.valid_until < campaign.ends_at_latest:
            raise OfferEndsTooSoon
        check_partners(campaign, at)
        campaign.opened_at = at
        move(campaign, "open", kind="campaign_opened", actor=actor, at=at, also=("opened_at",))
        for other in campaign.offers.select_for_update().filter(state="submitted"):
            set_state(other, "declined", machine=OFFER, kind="offer_declined", actor=actor, at=at,
                      thread=campaign.pk, cooperative_id=campaign.host_id,
                      firm_id=other.supplier_id)  # fmt: skip
        lapse_decisions(campaign, actor=actor, at=at)
        overflow.open_with(campaign, actor=actor, at=at)
        wake_pipeline()
        wake_pipeline(at=campaign.closes_at)
        return campaign


def extend_campaign(*, actor: Actor, campaign_id: UUID, closes_at: datetime, why: str) -> Campaign:
    """The office moves the deadline of an open campaign to a later time; commitments stay.

    The second part of a split award follows. Raises AlreadyClosed, OnlyLater, OfferEndsTooSoon,
    SecondEndsTooSoon.
    """
    with transaction.atomic():
        campaign = queries.locked_by_host(actor, campaign_id)
        at = clock.now()
        if campaign.state != "open" or campaign.closes_at <= at:
            raise AlreadyClosed
        if closes_at <= campaign.closes_at:
            raise OnlyLater
        before = campaign.closes_at
        campaign.closes_at = closes_at
        if campaign.awarded_offer.valid_until < campaign.ends_at_latest:
            raise OfferEndsTooSoon
        campaign.save(update_fields=["closes_at"])
        note(campaign, kind="campaign_extended", actor=actor, at=at, why=why,
             data={"before": before.isoformat(), "after": closes_at.isoformat()})  # fmt: skip
        overflow.extend_with(campaign, actor=actor, at=at, why=why)
        wake_pipeline()
        wake_pipeline(at=closes_at)
        return campaign


def cancel_campaign(*, actor: Actor, campaign_id: UUID, why: str) -> Campaign:
    """The office calls a campaign off before its clearing; everybody in it is told why. The second
    part of a split award goes with it, and before it opens not without it (raises FollowsFirst)."""
    with transaction.atomic():
        campaign = queries.locked_by_host(actor, campaign_id)
        if campaign.state == "cancelled":
            return campaign
        overflow.check_leads(campaign)
        at = clock.now()
        move(campaign, "cancelled", kind="campaign_cancelled", actor=actor, at=at, why=why)
        overflow.cancel_with(campaign, actor=actor, at=at, why=why)
        lapse_decisions(campaign, actor=actor, at=at)
        lapse_changes(campaign, actor=actor, at=at)
        wake_pipeline()
        return campaign
