"""Plays the scenes through the real operations, each step at its time in the past."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from devtools.demo import claiming, in_variants, names, paying
from devtools.demo.people import Cast
from devtools.demo.scenes import NEEDS, OWN_ITEM, Scene
from mungchi import pipeline
from mungchi.accounts.access import Actor
from mungchi.campaigns import operations as campaigns
from mungchi.campaigns.models import Campaign, Commitment, Offer
from mungchi.catalog import operations as catalog
from mungchi.common import clock
from mungchi.deliveries import operations as deliveries
from mungchi.demand import operations as demand
from mungchi.orders import operations as orders
from mungchi.orders.models import Order, PurchaseOrder
from mungchi.payments import operations as payments
from mungchi.payments.models import Payment

USUAL = {code: price for code, *_rest, price in (*names.ITEMS, OWN_ITEM, in_variants.VEST)}
AFTER_OPENING = (
    "open", "settling", "ordered", "delivering", "completed", "failed", "cancelled",
)  # fmt: skip
CARRIERS = ("한걸음택배", "바람로지스", "새벽화물")


class Direction:
    """One performance; `dice` decides everything that is not in the scenes."""

    def __init__(self, cast: Cast, dice: random.Random) -> None:
        self.cast = cast
        self.dice = dice
        with clock.shifted(timedelta(days=-200)):
            paying.accounts_named(cast.suppliers)

    def play(self, scene: Scene) -> None:
        """Take one campaign as far as its scene says."""
        days = timedelta(days=min(0, scene.opened) - 4)
        with clock.shifted(days):
            campaign = self._drafted(scene)
        if scene.until == "draft":
            return
        office = self.cast.offices[scene.host]
        with clock.shifted(days + timedelta(hours=2)):
            campaigns.start_sourcing(actor=office, campaign_id=campaign.pk)
        if scene.until == "sourcing":
            return
        with clock.shifted(days + timedelta(days=1)):
            offers = self._offers(scene, campaign)
        if scene.until == "offered":
            return
        with clock.shifted(timedelta(days=scene.opened)):
            self._award(scene, campaign, offers, office)
            campaigns.open_campaign(actor=office, campaign_id=campaign.pk)
        joined = self._joins(scene, campaign)
        if scene.changed:
            self._reoffers(scene, campaign, joined)
        if scene.reach == "partners":
            self._collects(scene, campaign)
        if scene.until == "cancelled":
            with clock.shifted(timedelta(days=scene.closes - 1)):
                campaigns.cancel_campaign(
                    actor=office, campaign_id=campaign.pk,
                    why="공급사의 생산 설비 고장으로 진행할 수 없게 되었습니다.",
                )  # fmt: skip
        elif scene.until != "open":
            self._afterwards(scene, campaign, office)
        elif scene.shareable:
            # A member tells others of it.
            campaigns.share_campaign(
                actor=self.cast.members[scene.host][0], campaign_id=campaign.pk
            )

    def needs_of_partner(self, host: str) -> None:
        """Let members of another cooperative need the same, one item as their office calls it."""
        code, name, unit, _price = OWN_ITEM
        self.cast.items[code] = catalog.create_item(
            actor=self.cast.offices[host], name=name, unit=unit, code=code
        )
        self.needs(host, ((code, 2), ("TAPE-48", 40), ("FLOUR-20", 10)), firms=3)
        self.needs(host, (("SHOE-6", 4),), firms=1)

    def needs(self, host: str, wanted: Sequence[tuple[str, int]] = NEEDS, firms: int = 5) -> None:
        """Let members say what they need."""
        for code, usual in wanted:
            # The first says it in another unit, where the item has one.
            others = iter(names.UNITS.get(code, {}).items())
            for actor in self.dice.sample(self.cast.members[host], firms):
                at = clock.now()
                unit, (said, base) = next(others, ("", (1, 1)))
                demand.state_need(
                    actor=actor,
                    cooperative_id=self.cast.offices[host].cooperative_id,
                    item_id=self.cast.items[code].pk,
                    quantity=max(1, round(usual * self.dice.uniform(0.5, 2)) // base) * said,
                    unit=unit,
                    needed_by=(at + timedelta(days=self.dice.randint(14, 45))).date(),
                    price_limit=self._price(code, self.dice.choice((90, 95, 100))) * base / said,
                )

    def _price(self, code: str, percent: int) -> Decimal:
        exact = Decimal(USUAL[code]) * percent / 100
        step = Decimal(10)
        return (exact / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step

    def _drafted(self, scene: Scene) -> Campaign:
        item = self.cast.items[scene.item]
        base = clock.now() - timedelta(days=min(0, scene.opened) - 4)
        office = self.cast.offices[scene.host]
        return campaigns.create_campaign(
            actor=office,
            title=f"{item.name} 공동구매",
            item_id=item.pk,
            reach=scene.reach,
            partners=self._partners(scene),
            threshold_quantity=scene.threshold,
            threshold_firms=scene.firms,
            rationing=scene.rationing,
            sealed=scene.sealed,
            offers_due_at=_evening(base + timedelta(days=scene.opened)),
            closes_at=_evening(base + timedelta(days=scene.closes)),
            delivery_place="각 조합원사 사업장",
            description=scene.note,
            shareable=scene.shareable,
        )

    def _partners(self, scene: Scene) -> list[object]:
        """The other cooperatives' ids, for a campaign with partners."""
        if scene.reach != "partners":
            return []
        return [a.cooperative_id for slug, a in self.cast.offices.items() if slug != scene.host]

    def _collects(self, scene: Scene, campaign: Campaign) -> None:
        """Each cooperative says where and when its own members collect."""
        first = campaign.closes_at.date() + timedelta(days=14)
        for slug, actor in self.cast.offices.items():
            with clock.shifted(timedelta(days=scene.opened, hours=2)):
                deliveries.set_collection(
                    actor=actor, campaign_id=campaign.pk, point_id=self.cast.points[slug],
                    first_date=first, last_date=first + timedelta(days=4), note="",
                )  # fmt: skip

    def _award(
        self, scene: Scene, campaign: Campaign, offers: Sequence[UUID], office: Actor
    ) -> None:
        if scene.split:
            campaigns.split_award(
                actor=office, campaign_id=campaign.pk, first_id=offers[0], second_id=offers[1],
                reason="가장 싼 공급사의 물량이 모자라 나머지는 다음 공급사에서 받습니다.",
            )  # fmt: skip
            return
        campaigns.award_offer(
            actor=office, campaign_id=campaign.pk, offer_id=offers[0],
            reason="예상 물량에서 총비용이 가장 낮고 납기가 짧습니다.",
        )  # fmt: skip

    def _offers(self, scene: Scene, campaign: Campaign) -> list[UUID]:
        made = []
        for rank, index in enumerate((scene.supplier, *scene.rivals)):
            # Drawn whether it is used or not, so that what comes after stays the same.
            lead, way = self.dice.randint(3, 10), self.dice.choice((0, 30000, 50000))
            offer = campaigns.post_offer(
                actor=self.cast.suppliers[index],
                campaign_id=campaign.pk,
                tiers=[
                    (least, self._price(scene.item, percent + 2 * rank))
                    for least, percent in scene.tiers
                ],
                pack_size=self.cast.items[scene.item].pack_size,
                capacity=None if scene.split and rank else scene.capacity,
                lead_time_days=lead,
                delivery_cost=scene.ways[rank] if scene.ways else way,
                valid_until=campaign.closes_at + timedelta(days=30),
                note="",
                differences=in_variants.differences(campaign, rank),
            )
            made.append(offer.pk)
        return made

    def _reoffers(self, scene: Scene, campaign: Campaign, joined: Sequence[Actor]) -> None:
        """The supplier asks for other terms; where the office has accepted, some firms have
        answered, and the first, whose sign-in is printed, has not."""
        offer = Offer.objects.get(campaign=campaign, state="awarded")
        with clock.shifted(timedelta(hours=-12)):
            row = campaigns.change_offer(
                actor=self.cast.suppliers[scene.supplier],
                offer_id=offer.pk,
                tiers=[(least, self._price(scene.item, share)) for least, share in scene.changed],
                pack_size=offer.pack_size,
                capacity=offer.capacity,
                lead_time_days=offer.lead_time_days + 2,
                delivery_cost=offer.delivery_cost,
                valid_until=offer.valid_until,
                note=offer.note,
                why="원자재 가격이 올라 일부 단가와 납기를 맞추기 어렵게 되었습니다.",
            )
        if not scene.accepted:
            return
        with clock.shifted(timedelta(hours=-8)):
            campaigns.accept_change(actor=self.cast.offices[scene.host], change_id=row.pk)
        with clock.shifted(timedelta(hours=-4)):
            for actor in joined[1 : 1 + len(joined) // 2]:
                held = Commitment.objects.get(campaign=campaign, firm_id=actor.firm_id)
                campaigns.commit(
                    actor=actor,
                    campaign_id=campaign.pk,
                    quantity=held.quantity,
                    tolerance=held.tolerance,
                    minimum=held.minimum,
                    price_limit=held.price_limit,
                    cooperative_id=held.cooperative_id,
                    deliver_to=held.deliver_to,
                )

    def _joins(self, scene: Scene, campaign: Campaign) -> list[Actor]:
        """Let firms commit; return them in the order in which they did."""
        firms = list(self.cast.members[scene.host])
        if scene.reach != "own":
            firms = list(dict.fromkeys([*firms, *self.cast.firms]))
        # The first firm, whose sign-in is printed, takes part wherever it can.
        others = self.dice.sample(firms[1:], max(0, scene.joins - 1))
        if scene.until == "failed":
            # One that has not come back since.
            others = [self.cast.forgotten[3]]
        span = min(scene.closes, 0) - scene.opened
        second = Campaign.objects.filter(overflow_of=campaign, state="open").first()
        plan = {"plan_b": "campaign", "alternative_id": second.pk} if second else {}
        joining = [firms[0], *others][: scene.joins]
        for rank, actor in enumerate(joining):
            quantity = max(1, round(scene.size * self.dice.uniform(0.5, 1.6)))
            limit = self.dice.choice((None, None, 100, 98, 95, 92))
            hours = span * 24 * (rank + 1) / (scene.joins + 2)
            with clock.shifted(timedelta(days=scene.opened, hours=hours)):
                campaigns.commit(
                    actor=actor,
                    campaign_id=campaign.pk,
                    quantity=quantity,
                    tolerance=self.dice.choice((0, 0, max(1, quantity // 10))),
                    minimum=self.dice.choice((0, 0, quantity // 2)),
                    price_limit=None if limit is None else self._price(scene.item, limit),
                    **plan,
                    parts=in_variants.parts(campaign, quantity),
                    deliver_to=names.DEPOTS.get(rank, ""),
                )
        return joining

    def _afterwards(self, scene: Scene, campaign: Campaign, office: Actor) -> None:
        with clock.shifted(timedelta(days=scene.closes, hours=12)):
            run_stages()
        if scene.until == "failed":
            return
        held_back = 2 if scene.until == "settling" else 0
        due = list(Payment.objects.filter(order__campaign=campaign).order_by("id"))
        with clock.shifted(timedelta(days=scene.closes + 1)):
            for payment in due[: len(due) - held_back]:
                payments.confirm_transfer(
                    actor=office, payment_id=payment.pk, amount=payment.amount,
                    depositor=payment.firm.name, received_date=clock.now().date(),
                )  # fmt: skip
            run_stages()
        if scene.until in {"delivering", "completed"}:
            self._delivered(scene, campaign, office)

    def _delivered(self, scene: Scene, campaign: Campaign, office: Actor) -> None:
        supplier = self.cast.suppliers[scene.supplier]
        purchase_order = PurchaseOrder.objects.get(campaign=campaign)
        with clock.shifted(timedelta(days=scene.closes + 2)):
            orders.confirm_purchase_order(actor=supplier, purchase_order_id=purchase_order.pk)
        rows = list(Order.objects.filter(campaign=campaign).order_by("number"))
        some = rows if scene.until == "completed" else rows[: len(rows) // 2 + 1]
        with clock.shifted(timedelta(days=scene.closes + 4)):
            shipments = deliveries.ship(
                actor=supplier,
                carrier=self.dice.choice(CARRIERS),
                shipped_date=clock.now().date(),
                parcels=[
                    deliveries.Parcel(row.pk, row.quantity, f"{self.dice.randint(10**11, 10**12)}")
                    for row in some
                ],
                purchase_order_id=purchase_order.pk,
            )
        received = shipments if scene.until == "completed" else shipments[: len(shipments) // 2]
        owners = {actor.firm_id: actor for actor in self.cast.firms}
        with clock.shifted(timedelta(days=scene.closes + 6)):
            for shipment in received:
                deliveries.receive_shipment(
                    actor=owners[shipment.order.firm_id], shipment_id=shipment.pk,
                    quantity=shipment.quantity, note="",
                )  # fmt: skip
            run_stages()
        if scene.until == "delivering":
            claiming.claims(supplier, owners, received, timedelta(days=scene.closes + 6, hours=3))
            run_stages()
        if scene.until == "completed":
            paying.settled(office, campaign, timedelta(days=scene.closes + 6))


def _evening(at: datetime) -> datetime:
    """18:00 in Seoul on that day (09:00 UTC)."""
    return at.replace(hour=9, minute=0, second=0, microsecond=0)


def run_stages() -> None:
    """Run the pipeline's stages until nothing is left; unlike the worker, stop at an error."""
    while sum(stage() for _name, stage in pipeline.STAGES):
        pass
