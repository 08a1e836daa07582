"""Suppliers whose account is connected to the cooperative's at the simulated provider."""

from datetime import timedelta

from tests.factories.accounts import coordinator_of
from tests.factories.charging import account_of
from tests.factories.orders import Deal
from tests.simulated import Simulated

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Seat
from mungchi.common import clock
from mungchi.payments import operations, stage
from mungchi.payments.models import Payee, Payout, ProviderAccount


class Connected(Deal):
    """A deal that is received, whose host has an account at the provider with enough in it, and
    whose supplier has connected its own."""

    account: ProviderAccount
    simulator: Simulated

    def at_provider(self, simulator: Simulated, *quantities: int) -> "Connected":
        """All but the connecting."""
        self.received(*quantities)
        stage.book_sales()
        self.simulator = simulator
        known = simulator.credentials()
        self.account = account_of(self, "stripe", known.secret_key, known.webhook_secret)
        ProviderAccount.objects.filter(pk=self.account.pk).update(country="US")
        self.account.refresh_from_db()
        Seat.objects.filter(pk=self.supplier.seat_id).update(role="owner")
        self.fill()
        return self

    def fill(self, amount: int = 0) -> None:
        """Let so much (enough for the payout) be in the provider's balance."""
        self.simulator.control(
            "other_movement", key=self.simulator.credentials().secret_key,
            amount=amount or self.purchase_order.total + 1_000_000, type="adjustment",
        )  # fmt: skip

    def connected(self, simulator: Simulated, *quantities: int) -> "Connected":
        """And the supplier has given everything."""
        self.at_provider(simulator, *quantities)
        operations.connect_payee(actor=self.supplier, cooperative_id=self.host.pk)
        self.settle("complete")
        return self

    def settle(self, outcome: str, **more: str) -> Payee:
        """What the supplier gave, or the provider decided, and we have heard."""
        self.simulator.control(
            "payee", payee=self.payee.external_id, outcome=outcome, **more
        )  # fmt: skip
        return operations.look_at_payee(actor=self.supplier, payee_id=self.payee.pk)

    @property
    def payee(self) -> Payee:
        """The supplier's connected account, as it is now."""
        return Payee.objects.get(account=self.account)

    def second(self) -> Actor:
        """Another coordinator."""
        return coordinator_of(self.host)

    def approved(self) -> Payout:
        """A payout by the provider, prepared and approved."""
        payout = operations.prepare_payout(
            actor=self.office, campaign_id=self.campaign.pk, way="stripe"
        )
        return operations.approve_payout(actor=self.second(), payout_id=payout.pk)

    def pressed(self) -> Payout:
        """And to be sent."""
        return operations.send_payout(actor=self.office, payout_id=self.approved().pk)

    def transferred(self) -> Payout:
        """And sent."""
        payout = self.pressed()
        assert operations.send_payouts() == 1
        payout.refresh_from_db()
        return payout

    def transfers(self) -> list[dict[str, object]]:
        """What the provider has sent."""
        found: list[dict[str, object]] = self.simulator.control("objects", kind="transfer")
        return found

    def later(self, **time: float) -> int:
        """Ask again after a while; return how many answers came."""
        with clock.shifted(timedelta(**time)):
            return operations.send_payouts()
