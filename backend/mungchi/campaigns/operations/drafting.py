"""Making a campaign and changing what it says before it opens."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative
from mungchi.accounts.queries import shared_active_cooperative
from mungchi.campaigns import queries
from mungchi.campaigns.domain.states import BEFORE_OPENING
from mungchi.campaigns.models import Campaign
from mungchi.campaigns.operations.by_variant import VariantsFixed, chosen
from mungchi.campaigns.operations.moving import note
from mungchi.campaigns.operations.overflow import check_leads
from mungchi.campaigns.operations.reaching import (
    check_division,
    check_partners,
    choose_partners,
)
from mungchi.campaigns.operations.rounds import check_due_moves, tell_due
from mungchi.campaigns.operations.sharing import let_share
from mungchi.catalog.domain.units import vat_rate
from mungchi.catalog.models import Item
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid
from mungchi.common.history import record
from mungchi.common.text import Text
from mungchi.demand.operations import take_pool
from mungchi.demand.queries import locked_foretold, open_pool_of

# What a campaign made from a pool is given when its needs say nothing better.
DEFAULT_SOURCING = timedelta(days=5)
SHORTEST_OPEN = timedelta(days=2)
# A round that is over within hours gets no offers.
SHORTEST_ROUND = timedelta(hours=6)
EVENING = time(18)
# What is foretold for a month is wanted by its middle.
MID_MONTH = 15
FREE_TO_CHANGE = (
    "title", "description", "reach", "division_id", "threshold_quantity", "threshold_firms",
    "rationing", "sealed", "takes_guests", "for_all_suppliers", "offers_due_at", "closes_at",
    "payment_days", "grace_days", "delivery_place", "host_fee_bp", "fill_hours",
)  # fmt: skip


class CampaignNotEditable(Conflict):
    """What firms rely on no longer changes once the campaign is open."""

    code = "campaign_not_editable"
    message = Text(
        ko="공동구매가 시작된 뒤에는 내용을 바꿀 수 없습니다.",
        en="A campaign can no longer be changed once it has opened.",
    )


class SealingFixed(Conflict):
    """Suppliers were promised sealed offers, or told they are open."""

    code = "sealing_fixed"
    message = Text(
        ko="제안 모집이 시작된 뒤에는 밀봉 여부를 바꿀 수 없습니다.",
        en="Whether offers are sealed is fixed once sourcing has started.",
    )


class DeadlinePassed(Invalid):
    """A deadline must lie ahead."""

    code = "deadline_passed"
    field = "closes_at"
    message = Text(ko="마감 시각은 앞으로의 시각이어야 합니다.", en="The deadline must lie ahead.")


class OffersDueTooLate(Invalid):
    """Offers must be in before the campaign closes, and after now."""

    code = "offers_due_too_late"
    field = "offers_due_at"
    message = Text(
        ko="제안 마감은 지금보다 뒤이고 공동구매 마감보다 앞이어야 합니다.",
        en="Offers must be due after now and before the campaign closes.",
    )


class SealedNeedsDue(Invalid):
    """Sealed offers are opened at a time; without it they never would be."""

    code = "sealed_needs_due"
    field = "offers_due_at"
    message = Text(
        ko="밀봉 제안에는 제안 마감 시각이 필요합니다.",
        en="Sealed offers need a time at which they are due.",
    )


class ItemUnknown(Invalid):
    """The item is not in a catalogue that this cooperative buys from."""

    code = "item_unknown"
    field = "item"
    message = Text(ko="품목을 찾을 수 없습니다.", en="There is no such item.")


class CooperativePaused(Conflict):
    """A cooperative that is suspended or has left begins nothing new; what runs goes on."""

    code = "cooperative_paused"
    message = Text(
        ko="활동이 중지된 협동조합은 새 공동구매를 시작할 수 없습니다. 진행 중인 공동구매는 그대로 "
        "이어집니다.",
        en="A cooperative that is suspended or has left cannot begin a new campaign. Those that "
        "run go on.",
    )


class ForetoldTaken(Conflict):
    """A campaign has been made of it before."""

    code = "foretold_taken"
    message = Text(
        ko="이미 이 예측으로 만든 공동구매가 있습니다.",
        en="A campaign has already been made of this.",
    )


def create_campaign(*, actor: Actor, title: str, item_id: UUID, **given: Any) -> Campaign:
    """The office drafts a campaign.

    `given` may hold any of FREE_TO_CHANGE, `partners` (cooperative ids), `shareable`, `pool_id`,
    `foretold_id` and `variants` (ids of the item's; without: all that are not archived). Raises
    VariantsWrong, CooperativePaused, ItemUnknown, DeadlinePassed, OffersDueTooLate, SealedNeedsDue,
    PartnersUnknown, PartnersMissing, NotPartners, DivisionMissing.
    """
    with transaction.atomic():
        host = active_host(actor.cooperative_id)
        partners, variants = given.pop("partners", []), given.pop("variants", None)
        shareable = given.pop("shareable", True)
        at = clock.now()
        item = Item.objects.filter(
            Q(cooperative=host) | Q(cooperative__isnull=True),
            pk=item_id,
            merged_into__isnull=True,
        ).first()
        if item is None:
            raise ItemUnknown
        given.setdefault("payment_days", host.payment_days)
        given.setdefault("grace_days", host.grace_days)
        given.setdefault("rationing", host.default_rationing)
        given.setdefault("host_fee_bp", host.host_fee_bp)
        campaign = Campaign(
            host=host,
            item=item,
            variants=chosen(item, variants),
            title=title,
            currency=host.currency,
            vat_rate_bp=vat_rate(item.vat_class, host.vat_rate_bp),
            # A fee is for a service, which is taxable whatever the item is.
            fee_vat_rate_bp=vat_rate("taxable", host.vat_rate_bp),
            created_at=at,
            **given,
        )
        _check_dates(campaign, at)
        check_division(campaign)
        campaign.save(force_insert=True)
        choose_partners(campaign, partners, at)
        let_share(campaign, allowed=shareable)
        record(
            campaign,
            kind="campaign_drafted",
            actor=actor,
            at=at,
            moved=("", campaign.state),
            thread=campaign.pk,
            cooperative_id=host.pk,
        )
    return campaign


def create_campaign_from_pool(
    *,
    actor: Actor,
    pool_id: UUID,
    days: tuple[date, date] | None = None,
    partners: Sequence[UUID] = (),
    wanted: int = 0,
) -> Campaign:
    """The office makes a campaign of a pool: its needs fill in threshold, deadline and title.

    With `days` (first and last) only needs of those days go along. With `partners` it is open to
    theirs as well; `wanted` is then what is needed in all, if that is more than the pool holds.

    The threshold is half of what is needed (so that a few absentees do not sink it) and two firms;
    the campaign closes ahead of the earliest date of need, after the host's usual number of days
    (two weeks unless it says otherwise) at the latest. Raises
    NotFound for a pool that is not the office's, CooperativePaused, NotPartners, and what
    demand.operations.take_pool raises.
    """
    with transaction.atomic():
        host = active_host(actor.cooperative_id)
        at = clock.now()
        pool, summary = take_pool(actor=actor, pool_id=pool_id, at=at, days=days)
        closes_at = _sensible_deadline(host, at, days[0] if days else summary.earliest_needed_by)
        return create_campaign(
            actor=actor,
            title=f"{pool.item.name} 공동구매"[:120],
            item_id=pool.item_id,
            pool_id=pool.pk,
            threshold_quantity=max(1, max(summary.quantity, wanted) // 2),
            threshold_firms=2,
            closes_at=closes_at,
            offers_due_at=_sensible_due(host, at, closes_at),
            reach="partners" if partners else "own",
            partners=list(partners),
        )


def create_campaign_from_foretold(*, actor: Actor, foretold_id: UUID) -> Campaign:
    """The office makes a campaign of what is foretold for an item; needs that gather come with it.

    The threshold is half of what is foretold or needed, whichever is more, and two firms; it closes
    ahead of the middle of the month that is foretold. Raises NotFound, ForetoldTaken,
    CooperativePaused.
    """
    with transaction.atomic():
        host = active_host(actor.cooperative_id)
        foretold = locked_foretold(actor, foretold_id)
        if Campaign.objects.filter(foretold=foretold).exists():
            raise ForetoldTaken
        at = clock.now()
        wanted, needed_by = foretold.quantity, foretold.month.replace(day=MID_MONTH)
        pool = open_pool_of(foretold)
        if pool is not None:
            pool, summary = take_pool(actor=actor, pool_id=pool.pk, at=at)
            wanted = max(wanted, summary.quantity)
            needed_by = min(needed_by, summary.earliest_needed_by or needed_by)
        closes_at = _sensible_deadline(host, at, needed_by)
        return create_campaign(
            actor=actor,
            title=f"{foretold.item.name} 공동구매"[:120],
            item_id=foretold.item_id,
            foretold_id=foretold.pk,
            pool_id=pool.pk if pool else None,
            threshold_quantity=max(1, wanted // 2),
            threshold_firms=2,
            closes_at=closes_at,
            offers_due_at=_sensible_due(host, at, closes_at),
        )


def change_campaign(*, actor: Actor, campaign_id: UUID, **changes: Any) -> Campaign:
    """The office changes a campaign that has not opened yet.

    In sourcing the due time of offers only moves later, and its suppliers are told. Raises
    CampaignNotEditable, FollowsFirst, SealingFixed, VariantsFixed, OffersDueFixed,
    OffersDueOnlyLater and what create_campaign raises.
    """
    partners, variants = changes.pop("partners", None), changes.pop("variants", None)
    shareable = changes.pop("shareable", None)
    with transaction.atomic():
        campaign = queries.locked_by_host(actor, campaign_id)
        if campaign.state not in BEFORE_OPENING:
            raise CampaignNotEditable
        check_leads(campaign)
        if (
            campaign.state == "sourcing"
            and changes.get("sealed", campaign.sealed) != campaign.sealed
        ):
            raise SealingFixed
        if variants is not None:
            _choose(campaign, variants)
        was = {name: getattr(campaign, name) for name in changes}
        was_due = campaign.offers_due_at
        for name, value in changes.items():
            if name not in FREE_TO_CHANGE:
                raise TypeError(f"{name} is not changed here")
            setattr(campaign, name, value)
        at = clock.now()
        _check_dates(campaign, at, changed={n for n in changes if changes[n] != was[n]})
        check_due_moves(campaign, was_due, at)
        if {"reach", "division_id"} & set(changes):
            check_division(campaign)
        if changes:
            campaign.save(update_fields=list({*changes, "division_id"}))
        if partners is not None:
            choose_partners(campaign, partners, at)
        elif "reach" in changes:
            check_partners(campaign, at)
        before = {name: str(value) for name, value in was.items()}
        after = {name: str(value) for name, value in changes.items()}
        if shareable is not None:
            let_share(campaign, allowed=shareable)
            after["shareable"] = str(shareable)
        note(campaign, kind="campaign_changed", actor=actor, at=at,
             data={"before": before, "after": after})  # fmt: skip
        tell_due(campaign, was_due, actor=actor, at=at)
        return campaign


def _choose(campaign: Campaign, variants: Sequence[UUID]) -> None:
    """Which of the item's variants a draft takes; once it is published they stay."""
    found = chosen(campaign.item, variants)
    if [one["id"] for one in found] == [one["id"] for one in campaign.variants]:
        return
    if campaign.state != "draft":
        raise VariantsFixed
    campaign.variants = found
    campaign.save(update_fields=["variants"])


def active_host(cooperative_id: UUID | None) -> Cooperative:
    """Hold a cooperative active until this transaction ends; raise CooperativePaused."""
    host = shared_active_cooperative(cooperative_id)
    if host is None:
        raise CooperativePaused
    return host


def _check_dates(campaign: Campaign, at: datetime, changed: set[str] | None = None) -> None:
    """Check the dates that are being set; `changed` None means all of them."""

    def touched(name: str) -> bool:
        return changed is None or name in changed

    closes, due = campaign.closes_at, campaign.offers_due_at
    if closes is not None and touched("closes_at") and closes <= at:
        raise DeadlinePassed
    if due is not None and (touched("offers_due_at") or touched("closes_at")):
        late = due <= at and touched("offers_due_at")
        if late or (closes is not None and due >= closes):
            raise OffersDueTooLate
    if campaign.sealed and due is None:
        raise SealedNeedsDue


def _sensible_deadline(host: Cooperative, at: datetime, needed_by: Any) -> datetime:
    """18:00 in the host's zone: as many days from now as the host's campaigns are usually open,
    sooner when needed so, two days at least."""
    zone = host.timezone
    latest = at + timedelta(days=host.default_open_days)
    wanted = datetime.combine(needed_by - timedelta(days=5), EVENING, tzinfo=zone)
    chosen = min(latest, max(wanted, at + SHORTEST_OPEN))
    day = chosen.astimezone(zone).date()
    evening = datetime.combine(day, EVENING, tzinfo=zone)
    return evening if evening > at + timedelta(days=1) else evening + timedelta(days=1)


def _sensible_due(host: Cooperative, at: datetime, closes_at: datetime) -> datetime:
    """18:00 in the host's zone, when suppliers and the office are at work: in five days, or halfway
    to the deadline where that is sooner; noon of the last day where no evening is left."""
    half = at + (closes_at - at) / 2
    day = min(at + DEFAULT_SOURCING, half).astimezone(host.timezone).date()
    evening = datetime.combine(day, EVENING, tzinfo=host.timezone)
    while evening < at + SHORTEST_ROUND:
        evening += timedelta(days=1)
    return evening if evening < closes_at else closes_at - timedelta(hours=6)
