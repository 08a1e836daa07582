"""Campaigns whose firms pay by saved methods."""

from datetime import timedelta

from tests.factories import crowd
from tests.factories.orders import Deal
from tests.factories.provider import NAME
from tests.simulated import Simulated

from mungchi.common import clock
from mungchi.common.sealing import seal
from mungchi.orders import stage as order_stage
from mungchi.payments import operations
from mungchi.payments import stage as payment_stage
from mungchi.payments.models import (
    Consent,
    Mandate,
    Payment,
    ProviderAccount,
    ProviderSecret,
)
from mungchi.payments.queries.online import KEY, WEBHOOK

WEBHOOK_SECRET = "whsec_of_a_test"


class Charged(Deal):
    """A deal in which every firm saved a method; `methods` say what each does (see provider)."""

    account: ProviderAccount

    def scheduled(self, *methods: str, quantities: tuple[int, ...] = ()) -> "Charged":
        """Orders are made; each firm's payment is to be charged now by its method."""
        self.placed(*(quantities or (30,) * max(len(methods), 2)))
        self.account = account_of(self)
        ways = methods or ("pays",) * len(self.payments())
        for payment, way in zip(self.payments(), ways, strict=True):
            schedule(self, payment, way)
        return self

    def simulated(self, simulator: Simulated, *cards: str) -> "Charged":
        """The same by Stripe as the simulator plays it: each firm saved one of its cards."""
        self.placed(*((30,) * max(len(cards), 2)))
        known = simulator.credentials()
        self.account = account_of(self, "stripe", known.secret_key, known.webhook_secret)
        for payment, card in zip(self.payments(), cards, strict=True):
            customer, method = simulator.card(card)
            schedule(self, payment, card, customer=customer, method=method)
        return self

    def mandate(self, payment: Payment, way: str, customer: str = "") -> Mandate:
        """A method that the firm of a payment saves."""
        return mandate_of(self, payment, way, customer)


def charge_saved_methods() -> int:
    """Charge what is due, and do nothing else; return how many calls were answered."""
    return operations.call_all(*operations.CHARGES)


def find_out() -> int:
    """Look up what nobody knows of, and do nothing else; return how many calls were answered."""
    return operations.call_all(*operations.LOOK_UPS)


def apply_events() -> int:
    """Look at what was told of, and do nothing else; return how many calls were answered."""
    return operations.call_all(*operations.EVENTS)


def hear() -> int:
    """Take in what a provider's list has and apply it with what it told by itself; return how many
    answers that took."""
    payment_stage.read_events()
    return apply_events()


def account_of(
    deal: Deal, provider: str = NAME, key: str = "sk_test", webhook: str = WEBHOOK_SECRET
) -> ProviderAccount:
    """The host's account with a provider, the one of tests unless another is named; ready."""
    at = clock.now()
    account = ProviderAccount.objects.create(
        cooperative=deal.host, provider=provider, state="unchecked", external_id="acct_1",
        currencies=["KRW"], created_at=at,
    )  # fmt: skip
    ProviderAccount.objects.filter(pk=account.pk).update(state="ready", checked_at=at)
    account.refresh_from_db()
    ProviderSecret.objects.create(
        account=account, cooperative=deal.host, key=seal(key, KEY),
        webhook=seal(webhook, WEBHOOK),
        key_ends="test", set_by_id=deal.office.user_id, set_at=at,
    )  # fmt: skip
    return account


def mandate_of(
    deal: "Charged", payment: Payment, way: str, customer: str = "", method: str = ""
) -> Mandate:
    """A method that a firm saved: it does what its name says."""
    at = clock.now()
    row = Mandate.objects.create(
        account=deal.account, cooperative=deal.host, firm_id=payment.firm_id,
        customer_id=customer or f"cus_{payment.firm_id}", session_id=f"cs_{way}_{payment.pk}",
        method_id=method or f"{way}_{payment.firm_id}", kind="card", label="•••• 4242",
        created_by_id=deal.office.user_id, created_at=at,
    )  # fmt: skip
    Mandate.objects.filter(pk=row.pk).update(state="active")
    row.refresh_from_db()
    return row


def schedule(
    deal: "Charged",
    payment: Payment,
    way: str,
    most: int | None = None,
    *,
    customer: str = "",
    method: str = "",
) -> Consent:
    """Let a payment be charged now, as its firm agreed."""
    mandate = mandate_of(deal, payment, way, customer, method)
    consent = Consent.objects.create(
        mandate=mandate, cooperative=deal.host, firm_id=payment.firm_id, campaign=deal.campaign,
        text="동의합니다", language="ko", most=most or payment.amount, currency=payment.currency,
        given_by_id=deal.office.user_id, given_at=clock.now(),
    )  # fmt: skip
    Payment.objects.filter(pk=payment.pk).update(
        state="scheduled", mandate=mandate, provider=deal.account.provider,
        charge_at=clock.now() - timedelta(seconds=1),
    )  # fmt: skip
    return consent


def crowded(count: int, way: str = "pays", *, simulator: Simulated | None = None) -> Charged:
    """So many firms whose orders are to be charged now; made with few statements."""
    deal = Charged(given={"payment_days": 10}).opened()
    firms = crowd.firms(deal.host, count, "결제 기업")
    crowd.commit_all(deal.campaign, firms, [crowd.Terms(5)] * count)
    deal.cleared()
    order_stage.place_orders()
    payment_stage.ask_for_payment()
    if simulator is None:
        deal.account = account_of(deal)
    else:
        known = simulator.credentials()
        deal.account = account_of(deal, "stripe", known.secret_key, known.webhook_secret)
    at = clock.now()
    payments = list(Payment.objects.filter(order__campaign=deal.campaign).order_by("pk"))
    ways = [
        simulator.card(way) if simulator else (f"cus_{one.firm_id}", f"{way}_{one.firm_id}")
        for one in payments
    ]
    mandates = Mandate.objects.bulk_create(
        Mandate(account=deal.account, cooperative=deal.host, firm_id=one.firm_id,
                customer_id=customer, session_id=f"cs_{one.pk}", method_id=method, kind="card",
                label="•••• 4242", created_by_id=deal.office.user_id, created_at=at)
        for one, (customer, method) in zip(payments, ways, strict=True)
    )  # fmt: skip
    Mandate.objects.filter(account=deal.account).update(state="active")
    Consent.objects.bulk_create(
        Consent(mandate=mandate, cooperative=deal.host, firm_id=one.firm_id,
                campaign=deal.campaign, text="동의합니다", language="ko", most=one.amount,
                currency=one.currency, given_by_id=deal.office.user_id, given_at=at)
        for one, mandate in zip(payments, mandates, strict=True)
    )  # fmt: skip
    for one, mandate in zip(payments, mandates, strict=True):
        one.state, one.mandate, one.charge_at = "scheduled", mandate, at
        one.provider = deal.account.provider
    Payment.objects.bulk_update(payments, ["state", "mandate", "charge_at", "provider"])
    return deal
