"""Campaigns brought past their clearing by the real operations and stages."""

from datetime import date

from tests.factories.campaigns import Story

from mungchi.accounts.access import Actor
from mungchi.common import clock
from mungchi.common.models import History
from mungchi.deliveries import operations as deliveries
from mungchi.deliveries.operations import Parcel
from mungchi.orders import operations as orders
from mungchi.orders import stage as order_stage
from mungchi.orders.models import Order, PurchaseOrder
from mungchi.payments import operations as payments
from mungchi.payments import stage as payment_stage
from mungchi.payments.models import Payment


class Deal(Story):
    """A campaign whose clearing succeeded with some firms in it; each step goes one further."""

    def settling(self, *quantities: int) -> "Deal":
        """Let one new member firm commit each quantity, close, and clear."""
        self.opened()
        for quantity in quantities or (30, 40, 50):
            self.join(quantity)
        self.cleared()
        return self

    def placed(self, *quantities: int) -> "Deal":
        """Make the orders and ask for the money."""
        self.settling(*quantities)
        order_stage.place_orders()
        payment_stage.ask_for_payment()
        return self

    def orders(self) -> list[Order]:
        """The orders in the sequence in which the firms joined."""
        return list(Order.objects.filter(campaign=self.campaign).order_by("number"))

    def payments(self) -> list[Payment]:
        """The payments in the sequence of the orders."""
        return list(Payment.objects.filter(order__campaign=self.campaign).order_by("order__number"))

    def pay(self, payment: Payment) -> Payment:
        """Let the office confirm a transfer."""
        return payments.confirm_transfer(
            actor=self.office,
            payment_id=payment.pk,
            amount=payment.amount,
            depositor="홍길동",
            received_date=today(),
        )

    def paid(self, *quantities: int) -> "Deal":
        """Confirm every transfer."""
        self.placed(*quantities)
        for payment in self.payments():
            self.pay(payment)
        return self

    def ordered(self, *quantities: int) -> "Deal":
        """Issue the purchase order."""
        self.paid(*quantities)
        order_stage.issue_purchase_orders()
        return self

    @property
    def purchase_order(self) -> PurchaseOrder:
        """The campaign's purchase order, as it is now."""
        return PurchaseOrder.objects.get(campaign=self.campaign)

    def confirmed(self, *quantities: int) -> "Deal":
        """Let the supplier confirm it."""
        self.ordered(*quantities)
        orders.confirm_purchase_order(actor=self.supplier, purchase_order_id=self.purchase_order.pk)
        return self

    def shipped(self, *quantities: int) -> "Deal":
        """Let the supplier send everything."""
        self.confirmed(*quantities)
        self.shipments = deliveries.ship(
            actor=self.supplier,
            carrier="한빛택배",
            shipped_date=today(),
            parcels=[Parcel(o.pk, o.quantity, f"T{o.number}") for o in self.orders()],
        )
        return self

    def buyer(self, order: Order) -> Actor:
        """The actor of the firm behind an order."""
        return next(actor for actor in self.people if actor.firm_id == order.firm_id)

    def received(self, *quantities: int) -> "Deal":
        """Let every firm confirm what it got."""
        self.shipped(*quantities)
        for shipment in self.shipments:
            deliveries.receive_shipment(
                actor=self.buyer(shipment.order),
                shipment_id=shipment.pk,
                quantity=shipment.quantity,
                note="",
            )
        return self

    def state(self) -> str:
        """The campaign's state, as it is now."""
        self.campaign.refresh_from_db()
        return self.campaign.state

    def trail(self) -> list[str]:
        """The kinds of what happened in the campaign, in order."""
        rows = History.objects.filter(thread=self.campaign.pk).order_by("id")
        return list(rows.values_list("kind", flat=True))


def today() -> date:
    """Today in Seoul, where the cooperatives of the tests are."""
    from zoneinfo import ZoneInfo

    return clock.now().astimezone(ZoneInfo("Asia/Seoul")).date()
