"""A campaign whose deadline is just over and that is being filled: a pack is open, a tier near."""

from datetime import timedelta
from decimal import Decimal
from typing import Final

from devtools.demo.people import Cast
from mungchi.accounts.access import SYSTEM
from mungchi.campaigns import operations as campaigns
from mungchi.common import clock

ITEM: Final = "WRAP-50"
TIERS: Final = ((6, 6900), (60, 6420), (90, 6000))
# 74 rolls: twelve packs of six at the second tier, four short of another, sixteen of the third.
WANTED: Final = (14, 20, 12, 9, 8, 6, 5)
HOURS: Final = 72
SINCE: Final = timedelta(hours=2)


def fill_a_campaign(cast: Cast) -> None:
    """Play it from its draft to the beginning of its filling, which the clock brings about."""
    office, supplier, item = cast.offices["hanbit"], cast.suppliers[1], cast.items[ITEM]
    closes_at = clock.now() - SINCE
    with clock.shifted(timedelta(days=-9)):
        campaign = campaigns.create_campaign(
            actor=office, title=f"{item.name} 공동구매", item_id=item.pk, threshold_quantity=30,
            threshold_firms=3, offers_due_at=closes_at - timedelta(days=5), closes_at=closes_at,
            fill_hours=HOURS, delivery_place="각 조합원사 사업장",
            description="6롤 한 상자 단위로 들어옵니다.",
        )  # fmt: skip
        campaigns.start_sourcing(actor=office, campaign_id=campaign.pk)
    with clock.shifted(timedelta(days=-8)):
        offer = campaigns.post_offer(
            actor=supplier, campaign_id=campaign.pk, pack_size=6, capacity=None,
            tiers=[(least, Decimal(price)) for least, price in TIERS], lead_time_days=4,
            delivery_cost=30000, valid_until=closes_at + timedelta(days=30), note="",
        )  # fmt: skip
    with clock.shifted(timedelta(days=-4)):
        campaigns.award_offer(
            actor=office, campaign_id=campaign.pk, offer_id=offer.pk,
            reason="상자 단위 단가가 가장 낮고 납기가 짧습니다.",
        )  # fmt: skip
        campaigns.open_campaign(actor=office, campaign_id=campaign.pk)
    for rank, (actor, quantity) in enumerate(zip(cast.members["hanbit"], WANTED, strict=False)):
        with clock.shifted(timedelta(days=-3, hours=6 * rank)):
            campaigns.commit(actor=actor, campaign_id=campaign.pk, quantity=quantity)
    campaigns.close_campaign(actor=SYSTEM, campaign_id=campaign.pk)
