"""One campaign from its draft to its goods, for scenes that are about the money of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from devtools.demo.people import Cast
from mungchi import pipeline
from mungchi.accounts.access import SYSTEM, Actor
from mungchi.campaigns import operations as campaigns
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.deliveries import operations as deliveries
from mungchi.deliveries.operations import Parcel
from mungchi.orders import operations as orders
from mungchi.orders.models import Order, PurchaseOrder
from mungchi.payments import operations as payments
from mungchi.payments.models import Payment
from mungchi.pricelists.domain.terms import today_in

HOST: Final = "hanbit"
# What money needs of the pipeline. Telling people comes at the end, for all scenes at once.
OF_MONEY: Final = frozenset({
    "clear closed campaigns", "settle needs", "carry out plans", "place orders", "ask for payment",
    "remind of accounts", "issue purchase orders", "confirm less", "cancel orders",
    "return what is less", "book sales", "make monthly statements", "complete campaigns",
})  # fmt: skip
STAGES: Final = [stage for name, stage in pipeline.STAGES if name in OF_MONEY]


@dataclass(frozen=True)
class Bought:
    """What was bought, of which supplier, by whom and when.

    `wanted`: which member (its place among the host's) wants how much. `closed`: days ago.
    """

    item: str
    supplier: int
    tiers: tuple[tuple[int, int], ...]
    wanted: tuple[tuple[int, int], ...]
    closed: int
    about: str
    delivery: int = 30_000
    reason: str = "예상 물량에서 총비용이 가장 낮습니다."


@dataclass
class Purchase:
    """A campaign as it is played; each step lies some days after its closing (`after`)."""

    cast: Cast
    said: Bought
    campaign: Campaign = field(init=False)

    @property
    def office(self) -> Actor:
        """Who runs it."""
        return self.cast.offices[HOST]

    @property
    def supplier(self) -> Actor:
        """Who delivers."""
        return self.cast.suppliers[self.said.supplier]

    @property
    def buyers(self) -> list[Actor]:
        """Who is in it, in the order in which they joined."""
        return [self.cast.members[HOST][place] for place, _ in self.said.wanted]

    def after(self, days: float) -> timedelta:
        """How the clock is shifted so many days after the closing."""
        return timedelta(days=days - self.said.closed)

    def opened(self) -> "Purchase":
        """Drafted, offered, awarded, open, and everybody in."""
        said, item = self.said, self.cast.items[self.said.item]
        closes_at = clock.now() + self.after(0)
        with clock.shifted(self.after(-10)):
            self.campaign = campaigns.create_campaign(
                actor=self.office, title=f"{item.name} 공동구매", item_id=item.pk,
                threshold_quantity=said.tiers[0][0], threshold_firms=2,
                offers_due_at=closes_at - timedelta(days=6), closes_at=closes_at,
                delivery_place="각 조합원사 사업장", description=said.about,
            )  # fmt: skip
            campaigns.start_sourcing(actor=self.office, campaign_id=self.campaign.pk)
        with clock.shifted(self.after(-9)):
            offer = campaigns.post_offer(
                actor=self.supplier, campaign_id=self.campaign.pk, pack_size=item.pack_size,
                capacity=None, tiers=[(least, Decimal(price)) for least, price in said.tiers],
                lead_time_days=5, delivery_cost=said.delivery,
                valid_until=closes_at + timedelta(days=60), note="",
            )  # fmt: skip
        with clock.shifted(self.after(-5)):
            campaigns.award_offer(
                actor=self.office, campaign_id=self.campaign.pk, offer_id=offer.pk,
                reason=said.reason,
            )  # fmt: skip
            campaigns.open_campaign(actor=self.office, campaign_id=self.campaign.pk)
        for rank, (place, quantity) in enumerate(said.wanted):
            with clock.shifted(self.after(-4 + rank * 0.3)):
                campaigns.commit(
                    actor=self.cast.members[HOST][place], campaign_id=self.campaign.pk,
                    quantity=quantity,
                )  # fmt: skip
        return self

    def closed(self) -> "Purchase":
        """Cleared, orders made, money asked for."""
        with clock.shifted(self.after(0) + timedelta(minutes=5)):
            campaigns.close_campaign(actor=SYSTEM, campaign_id=self.campaign.pk)
            run_money()
        return self

    def payments(self) -> list[Payment]:
        """What the firms owe, as it stands, in the order of their orders."""
        rows = Payment.objects.filter(order__campaign=self.campaign).select_related("firm")
        return list(rows.order_by("order__number"))

    def payment(self, place: int) -> Payment:
        """That of the member at a place among the host's."""
        return Payment.objects.get(
            order__campaign=self.campaign, firm_id=self.cast.members[HOST][place].firm_id
        )

    def transferred(self, days: float) -> "Purchase":
        """The office confirms every transfer that is waited for; what is due goes out."""
        with clock.shifted(self.after(days)):
            for payment in self.payments():
                if payment.state == "awaiting_transfer":
                    self.pays(payment)
            run_money()
        return self

    def pays(self, payment: Payment) -> None:
        """The money of one is there today."""
        payments.confirm_transfer(
            actor=self.office, payment_id=payment.pk, amount=payment.amount,
            depositor=payment.firm.name, received_date=self.today(),
        )  # fmt: skip

    def today(self) -> date:
        """The day it is at the host's, as the clock is shifted."""
        return today_in(clock.now(), self.campaign.host.zone)

    @property
    def purchase_order(self) -> PurchaseOrder:
        """What was ordered of the supplier."""
        return PurchaseOrder.objects.get(campaign=self.campaign)

    def delivered(self, days: float) -> "Purchase":
        """The supplier confirms, and everybody has the goods some days later."""
        with clock.shifted(self.after(days)):
            orders.confirm_purchase_order(
                actor=self.supplier, purchase_order_id=self.purchase_order.pk
            )
        owners = {actor.firm_id: actor for actor in self.buyers}
        rows = Order.objects.filter(campaign=self.campaign).order_by("number")
        with clock.shifted(self.after(days + 2)):
            sent = deliveries.ship(
                actor=self.supplier, carrier="한걸음택배", shipped_date=self.today(),
                parcels=[Parcel(row.pk, row.quantity, f"5520{row.number[-7:]}") for row in rows],
            )  # fmt: skip
        with clock.shifted(self.after(days + 4)):
            for shipment in sent:
                deliveries.receive_shipment(
                    actor=owners[shipment.order.firm_id], shipment_id=shipment.pk,
                    quantity=shipment.quantity, note="",
                )  # fmt: skip
            run_money()
        return self


def run_money(stages: Sequence[Callable[[], int]] = STAGES) -> None:
    """Run the stages until nothing is left; unlike the worker, stop at an error."""
    while sum(stage() for stage in stages):
        pass
