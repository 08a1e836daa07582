"""The second part of a split award: a campaign beside the first, which follows it.

It is prepared with the award, opens with the first part, closes a day after it, and takes what the
first could not supply: see docs/decisions/0032.
"""

from datetime import datetime, timedelta
from typing import Final

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries
from mungchi.campaigns.domain.splitting import least_of_first
from mungchi.campaigns.domain.states import OFFER
from mungchi.campaigns.models import Campaign, Guest, Offer
from mungchi.campaigns.operations.changing import lapse_changes
from mungchi.campaigns.operations.moving import move, note
from mungchi.campaigns.operations.sharing import let_share
from mungchi.common.errors import Conflict
from mungchi.common.history import record, set_state
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text

# Between both deadlines, so that the first part is cleared and what it leaves has arrived.
CLOSES_AFTER: Final = timedelta(days=1)
# What the second part has in common with the first, until both open.
IN_COMMON: Final = (
    "description", "reach", "division_id", "takes_guests", "rationing", "payment_days",
    "grace_days",
    "delivery_place", "host_fee_bp",
)  # fmt: skip

TAKEN_BACK: Final = Text(ko="나눠 낙찰을 거두었습니다.", en="The split award was taken back.")


class OpensWithFirst(Conflict):
    """The second part has no life of its own before it opens."""

    code = "opens_with_first"
    message = Text(
        ko="나눠 낙찰한 2차 공급입니다. 1차 공동구매를 시작하면 함께 시작됩니다.",
        en="This is the second part of a split award: it opens together with the first.",
    )


class FollowsFirst(Conflict):
    """Until it opens, the second part is what the award made of it."""

    code = "follows_first"
    message = Text(
        ko="나눠 낙찰한 2차 공급은 시작하기 전까지 1차를 따릅니다. 1차 공동구매에서 고치거나, 나눠 "
        "낙찰한 것을 거두어 주십시오.",
        en="Until it opens, the second part of a split award follows the first: change the first "
        "part, or take the split back there.",
    )


class SecondEndsTooSoon(Conflict):
    """The second offer must still hold when the second part closes."""

    code = "second_ends_too_soon"
    message = Text(
        ko="2차 공급 제안의 유효 기간이 2차 마감(1차 마감 하루 뒤)보다 먼저 끝납니다.",
        en="The second offer is not valid until the second part closes, a day after the first.",
    )


def check_leads(campaign: Campaign) -> None:
    """Raise FollowsFirst for a second part that has not opened: its offer would be lost with it."""
    if campaign.overflow_of_id is not None and campaign.state == "sourcing":
        raise FollowsFirst


def prepare(campaign: Campaign, second: Offer, *, actor: Actor, at: datetime) -> Campaign:
    """Make the second part of a locked campaign, and move the second offer over to it."""
    part = Campaign(
        host=campaign.host,
        item=campaign.item,
        overflow_of=campaign,
        title=f"{campaign.title[:108]} · 2차 공급",
        variants=campaign.variants,
        currency=campaign.currency,
        vat_rate_bp=campaign.vat_rate_bp,
        fee_vat_rate_bp=campaign.fee_vat_rate_bp,
        threshold_quantity=1,
        threshold_firms=1,
        for_all_suppliers=False,
        created_at=at,
    )
    _take_over(part, campaign)
    part.save(force_insert=True)
    part.partners.set(campaign.partners.all())
    record(part, kind="campaign_drafted", actor=actor, at=at, moved=("", part.state),
           thread=part.pk, cooperative_id=part.host_id)  # fmt: skip
    part.published_at = at
    move(part, "sourcing", kind="sourcing_started", actor=actor, at=at, also=("published_at",))
    _hand_over(second, part)
    return part


def dissolve(campaign: Campaign, *, actor: Actor, at: datetime) -> bool:
    """Take a split back before it opens: the second offer is one of the campaign's again, and can
    be chosen. Return whether there was one: nothing where the award is not split."""
    part = queries.locked_overflow(campaign)
    if part is None:
        return False
    offer = part.awarded_offer
    part.awarded_offer = part.published_at = None
    part.save(update_fields=["awarded_offer", "published_at"])
    move(part, "cancelled", kind="campaign_cancelled", actor=actor, at=at, why=TAKEN_BACK.ko,
         data={"why_en": TAKEN_BACK.en})  # fmt: skip
    if offer is not None:
        set_state(offer, "declined", machine=OFFER, kind="offer_declined", actor=actor, at=at,
                  firm_id=offer.supplier_id, thread=campaign.pk,
                  cooperative_id=campaign.host_id)  # fmt: skip
        _hand_over(offer, campaign)
    return True


def open_with(campaign: Campaign, *, actor: Actor, at: datetime) -> None:
    """Open the second part of a campaign that opens at `at`. Raises SecondEndsTooSoon.

    From now on the first asks for no more than its offer can supply.
    """
    part, offer = queries.locked_overflow(campaign), campaign.awarded_offer
    if part is None or offer is None:
        return
    campaign.threshold_quantity = least_of_first(
        campaign.threshold_quantity, offer.pack_size, offer.capacity
    )
    campaign.save(update_fields=["threshold_quantity"])
    _take_over(part, campaign)
    part.opened_at = at
    _check_lasts(part)
    part.save()
    part.partners.set(campaign.partners.all())
    let_share(part, allowed=queries.shareable(campaign))
    for guest in Guest.objects.filter(campaign=campaign, removed_at=None):
        Guest.objects.get_or_create(
            campaign=part, firm_id=guest.firm_id, defaults={"admitted_at": at}
        )
    move(part, "open", kind="campaign_opened", actor=actor, at=at, also=("opened_at",))
    wake_pipeline(at=part.closes_at)


def extend_with(campaign: Campaign, *, actor: Actor, at: datetime, why: str) -> None:
    """Keep the second part's deadline behind the first one's. Raises SecondEndsTooSoon."""
    part = queries.locked_overflow(campaign)
    assert campaign.closes_at is not None  # noqa: S101 - it is open
    if part is None or part.closes_at is None:
        return
    before, after = part.closes_at, _closes_after(campaign)
    if part.state != "open" or before >= after:
        return
    part.closes_at = after
    _check_lasts(part)
    part.save(update_fields=["closes_at"])
    note(part, kind="campaign_extended", actor=actor, at=at, why=why,
         data={"before": before.isoformat(), "after": after.isoformat()})  # fmt: skip
    wake_pipeline(at=after)


def cancel_with(campaign: Campaign, *, actor: Actor, at: datetime, why: str) -> None:
    """Call the second part off with the first."""
    part = queries.locked_overflow(campaign)
    if part is not None and part.state in {"sourcing", "open"}:
        move(part, "cancelled", kind="campaign_cancelled", actor=actor, at=at, why=why)
        lapse_changes(part, actor=actor, at=at)


def _take_over(part: Campaign, campaign: Campaign) -> None:
    for name in IN_COMMON:
        setattr(part, name, getattr(campaign, name))
    part.closes_at = None if campaign.closes_at is None else _closes_after(campaign)


def _closes_after(campaign: Campaign) -> datetime:
    """A day after the first takes nothing any more, its filling included."""
    assert campaign.closes_at is not None  # noqa: S101 - asked of those that have a deadline
    return campaign.closes_at + timedelta(hours=campaign.fill_hours) + CLOSES_AFTER


def _check_lasts(part: Campaign) -> None:
    offer, closes_at = part.awarded_offer, part.closes_at
    if offer is None or closes_at is None or offer.valid_until < closes_at:
        raise SecondEndsTooSoon


def _hand_over(offer: Offer, campaign: Campaign) -> None:
    """Move an offer, and the files with it, to the other part."""
    offer.campaign = campaign
    offer.save(update_fields=["campaign"])
    offer.files.update(campaign=campaign)
