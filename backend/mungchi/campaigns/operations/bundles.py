"""What an office does with a bundle: makes a campaign of it, sets it aside, takes that back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.accounts.queries import active_partners_of, names_of
from mungchi.campaigns import queries
from mungchi.campaigns.domain.bundles import NOTICE
from mungchi.campaigns.domain.states import BUNDLE
from mungchi.campaigns.models import Bundle, Campaign, CampaignPart
from mungchi.campaigns.operations.bundling import want_bundles
from mungchi.campaigns.operations.drafting import create_campaign_from_pool
from mungchi.common import clock
from mungchi.common.errors import Conflict
from mungchi.common.history import set_state
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text
from mungchi.demand.models import Pool


class BundleOpened(Conflict):
    """A campaign has been made of it."""

    code = "bundle_opened"
    message = Text(
        ko="이미 이 묶음으로 만든 공동구매가 있습니다.",
        en="A campaign has been made of this bundle already.",
    )


class BundleChanged(Conflict):
    """What it was made of has changed: needs were taken, withdrawn, or are due too soon."""

    code = "bundle_changed"
    message = Text(
        ko="그사이 수요나 협력 관계가 바뀌어 이 묶음으로는 공동구매를 만들 수 없습니다. 잠시 "
        "뒤 목록을 다시 확인해 주십시오.",
        en="Needs or partnerships have changed meanwhile, and no campaign can be made of this "
        "bundle as it is. Please look at the list again in a moment.",
    )


class OpenedElsewhere(Conflict):
    """Some of its needs have a campaign made for them that can still be joined."""

    code = "bundle_opened_elsewhere"
    message = Text(
        ko="같은 수요로 이미 공동구매를 준비하거나 모집하고 있습니다: {hosts}. 그래도 따로 "
        "여시려면 다시 확인해 주십시오.",
        en="A campaign for the same needs is being prepared or is open already: {hosts}. Please "
        "confirm if you want to open another one all the same.",
    )


def open_bundle(*, actor: Actor, bundle_id: UUID, anyway: bool = False) -> Campaign:
    """The office makes a campaign of a bundle, for its own needs and its partners'.

    Its own needs of the bundle's days go with it; members of partners can join it, if any are in
    the bundle, and what their firms win meets their needs. `anyway`: even if a campaign was made
    for some of these needs that can still be joined. Two offices that press at once wait for each
    other at the pools, so that the second is told of the first. Raises NotFound, BundleOpened,
    BundleChanged, OpenedElsewhere, and what create_campaign_from_pool raises.
    """
    with transaction.atomic():
        bundle = queries.locked_bundle(actor, bundle_id)
        if bundle.state == "opened":
            raise BundleOpened
        pools = _locked_pools(bundle)
        own = next((pool for pool in pools if pool.cooperative_id == bundle.cooperative_id
                    and pool.item_id == bundle.item_id), None)  # fmt: skip
        at = clock.now()
        today = at.astimezone(bundle.cooperative.timezone).date()
        partners = active_partners_of(bundle.cooperative_id, at).filter(pk__in=bundle.partner_ids)
        reached = list(partners.values_list("pk", flat=True))
        alone = bool(bundle.partner_ids) and not reached
        if own is None or alone or bundle.first_day < today + NOTICE:
            raise BundleChanged
        others = queries.made_elsewhere([bundle]).get(bundle.pk, [])
        if others and not anyway:
            raise OpenedElsewhere(hosts=_hosts(others))
        days = (bundle.first_day, bundle.last_day)
        campaign = create_campaign_from_pool(
            actor=actor, pool_id=own.pk, days=days, partners=reached, wanted=bundle.known
        )
        CampaignPart.objects.bulk_create(
            [
                CampaignPart(campaign=campaign, cooperative_id=pool.cooperative_id,
                             item_id=pool.item_id, first_day=days[0], last_day=days[1])
                for pool in pools
                if pool != own and pool.cooperative_id in {bundle.cooperative_id, *reached}
            ]
        )  # fmt: skip
        bundle.campaign = campaign
        _decide(bundle, "opened", "bundle_opened", actor, at)
    return campaign


def _locked_pools(bundle: Bundle) -> list[Pool]:
    """Lock the open pools that a bundle was made of, in one order for everybody."""
    cells = {(UUID(part["cooperative"]), UUID(part["item"])) for part in bundle.parts}
    rows = Pool.objects.select_for_update(no_key=True).filter(
        state="open",
        cooperative__in={cooperative for cooperative, _ in cells},
        item__in={item for _, item in cells},
    )
    return [row for row in rows.order_by("id") if (row.cooperative_id, row.item_id) in cells]


def _hosts(campaigns: list[Campaign]) -> Text:
    names = names_of({campaign.host_id for campaign in campaigns})
    return Text(
        ko=", ".join(korean for korean, _ in names),
        en=", ".join(english for _, english in names),
    )


def dismiss_bundle(*, actor: Actor, bundle_id: UUID) -> Bundle:
    """The office sets a bundle aside, for as long as it stands. Twice changes nothing.

    Raises NotFound, BundleOpened.
    """
    return _aside(actor, bundle_id, "dismissed", "bundle_dismissed")


def restore_bundle(*, actor: Actor, bundle_id: UUID) -> Bundle:
    """The office takes back that it set a bundle aside. Raises NotFound, BundleOpened."""
    return _aside(actor, bundle_id, "open", "bundle_restored")


def _aside(actor: Actor, bundle_id: UUID, to: str, kind: str) -> Bundle:
    with transaction.atomic():
        bundle = queries.locked_bundle(actor, bundle_id)
        if bundle.state == "opened":
            raise BundleOpened
        if bundle.state != to:
            at = clock.now()
            _decide(bundle, to, kind, actor, at)
            # The others' places are those among what is not set aside.
            want_bundles(cooperative_id=bundle.cooperative_id)
            wake_pipeline()
    return bundle


def _decide(bundle: Bundle, to: str, kind: str, actor: Actor, at: datetime) -> None:
    bundle.decided_at = None if to == "open" else at
    set_state(
        bundle, to, machine=BUNDLE, kind=kind, actor=actor, at=at, also=("decided_at", "campaign"),
        cooperative_id=bundle.cooperative_id, data={"item": bundle.item.name},
    )  # fmt: skip
