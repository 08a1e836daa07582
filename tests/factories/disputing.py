"""Charges that payers' banks dispute, by Stripe as the simulator plays it."""

from datetime import timedelta
from typing import Any

from tests.factories.charging import Charged, charge_saved_methods, hear
from tests.factories.orders import today
from tests.simulated import Simulated

from mungchi.common import clock
from mungchi.deliveries import operations as deliveries
from mungchi.deliveries.operations import Parcel
from mungchi.orders import operations as orders
from mungchi.orders import stage as order_stage
from mungchi.payments import stage
from mungchi.payments.models import Dispute, Payment


class Disputed(Charged):
    """A campaign in which two firms paid by saved methods, and what the first one's bank does."""

    simulator: Simulated
    minutes: int

    def charged(self, simulator: Simulated) -> "Disputed":
        """Both are charged."""
        self.simulator, self.minutes = simulator, 0
        self.simulated(simulator, "visa", "visa")
        charge_saved_methods()
        assert {payment.state for payment in self.payments()} == {"paid"}
        return self

    def sold(self) -> "Disputed":
        """The supplier takes the order, sends it, and everybody receives it."""
        order_stage.issue_purchase_orders()
        orders.confirm_purchase_order(actor=self.supplier, purchase_order_id=self.purchase_order.pk)
        parcels = [Parcel(o.pk, o.quantity, f"T{o.number}") for o in self.orders()]
        sent = deliveries.ship(
            actor=self.supplier, carrier="한빛택배", shipped_date=today(), parcels=parcels
        )
        for shipment in sent:
            deliveries.receive_shipment(
                actor=self.buyer(shipment.order), shipment_id=shipment.pk,
                quantity=shipment.quantity, note="잘 받았습니다",
            )  # fmt: skip
        stage.book_sales()
        return self

    @property
    def payment(self) -> Payment:
        """The first firm's, as it is now."""
        return self.payments()[0]

    def begin(self, **asked: Any) -> Dispute:
        """The first firm's bank disputes the charge, and Mungchi hears of it by the list."""
        charge = self.payment.attempts.get(state="succeeded").external_id
        self.simulator.control("dispute", charge=charge, **asked)
        return self.heard()

    def bank(self, verb: str, **asked: Any) -> Dispute:
        """The bank does something about the dispute, and Mungchi hears of it."""
        self.simulator.control(verb, dispute=Dispute.objects.get().external_id, **asked)
        return self.heard()

    def heard(self) -> Dispute:
        """The list of events is read: a webhook never came."""
        self.minutes += 10
        with clock.shifted(timedelta(minutes=self.minutes)):
            hear()
        return Dispute.objects.get()
