"""A campaign of which one payment has lapsed and one was put off: the office has to decide."""

from datetime import timedelta
from decimal import Decimal
from typing import Final

from devtools.demo.direction import run_stages
from devtools.demo.people import Cast
from mungchi.accounts.access import SYSTEM
from mungchi.campaigns import operations as campaigns
from mungchi.common import clock
from mungchi.common.days import last_day
from mungchi.payments import operations as payments
from mungchi.payments.models import Payment

ITEM: Final = "GLOVE-N"
TIERS: Final = ((10, 5900), (100, 5500), (200, 5200))
# 210 at the third tier; without the last, whose payment lapses, 180 at the second.
WANTED: Final = (40, 60, 35, 45, 30)
CLOSED: Final = timedelta(days=-14)
TO_PAY: Final = 7
GRACE: Final = 3


def let_a_payment_lapse(cast: Cast) -> None:
    """Play it from its draft to the clearing again, which the clock brings about."""
    office, supplier, item = cast.offices["hanbit"], cast.suppliers[3], cast.items[ITEM]
    closes_at = clock.now() + CLOSED
    with clock.shifted(timedelta(days=-24)):
        campaign = campaigns.create_campaign(
            actor=office, title=f"{item.name} 공동구매", item_id=item.pk, threshold_quantity=100,
            threshold_firms=3, offers_due_at=closes_at - timedelta(days=6), closes_at=closes_at,
            payment_days=TO_PAY, grace_days=GRACE, delivery_place="각 조합원사 사업장",
            description="여름 작업에 쓸 장갑을 함께 삽니다.",
        )  # fmt: skip
        campaigns.start_sourcing(actor=office, campaign_id=campaign.pk)
    with clock.shifted(timedelta(days=-23)):
        offer = campaigns.post_offer(
            actor=supplier, campaign_id=campaign.pk, pack_size=5, capacity=None,
            tiers=[(least, Decimal(price)) for least, price in TIERS], lead_time_days=5,
            delivery_cost=42000, valid_until=clock.now() + timedelta(days=60), note="",
        )  # fmt: skip
    with clock.shifted(timedelta(days=-19)):
        campaigns.award_offer(
            actor=office, campaign_id=campaign.pk, offer_id=offer.pk, reason="단가가 가장 낮습니다."
        )
        campaigns.open_campaign(actor=office, campaign_id=campaign.pk)
    for rank, (actor, quantity) in enumerate(zip(cast.members["hanbit"], WANTED, strict=False)):
        with clock.shifted(timedelta(days=-18, hours=6 * rank)):
            campaigns.commit(actor=actor, campaign_id=campaign.pk, quantity=quantity)
    with clock.shifted(CLOSED + timedelta(minutes=5)):
        campaigns.close_campaign(actor=SYSTEM, campaign_id=campaign.pk)
        run_stages()
    due = list(Payment.objects.filter(order__campaign=campaign).order_by("order__number"))
    with clock.shifted(CLOSED + timedelta(days=3)):
        for payment in due[1:-1]:
            payments.confirm_transfer(
                actor=office, payment_id=payment.pk, amount=payment.amount,
                depositor=payment.firm.name, received_date=clock.now().date(),
            )  # fmt: skip
    with clock.shifted(timedelta(days=-5)):
        run_stages()
        # The first firm, whose sign-in is printed, has asked for more time.
        payments.extend_payment(
            actor=office, payment_id=due[0].pk,
            last_day=last_day(clock.now() + timedelta(days=9), office_zone(due[0])),
            why="거래처 입금이 늦어진다고 연락을 받았습니다.",
        )  # fmt: skip
    run_stages()


def office_zone(payment: Payment) -> str:
    """The zone in which the days of a payment are read."""
    return payment.cooperative.zone
