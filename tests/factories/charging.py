"""Campaigns whose firms pay by saved methods."""

from datetime import timedelta

from tests.factories.orders import Deal
from tests.factories.provider import NAME

from mungchi.common import clock
from mungchi.payments.models import (
    Consent,
    Mandate,
    Payment,
    ProviderAccount,
    ProviderSecret,
)

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

    def mandate(self, payment: Payment, way: str, customer: str = "") -> Mandate:
        """A method that the firm of a payment saves."""
        return mandate_of(self, payment, way, customer)


def account_of(deal: Deal) -> ProviderAccount:
    """The host's account with the provider of tests, ready."""
    at = clock.now()
    account = ProviderAccount.objects.create(
        cooperative=deal.host, provider=NAME, state="unchecked", external_id="acct_1",
        currencies=["KRW"], created_at=at,
    )  # fmt: skip
    ProviderAccount.objects.filter(pk=account.pk).update(state="ready", checked_at=at)
    account.refresh_from_db()
    ProviderSecret.objects.create(
        account=account, cooperative=deal.host, key="sk_test", webhook=WEBHOOK_SECRET,
        key_ends="test", set_by_id=deal.office.user_id, set_at=at,
    )  # fmt: skip
    return account


def mandate_of(deal: "Charged", payment: Payment, way: str, customer: str = "") -> Mandate:
    """A method that a firm saved: it does what its name says."""
    at = clock.now()
    row = Mandate.objects.create(
        account=deal.account, cooperative=deal.host, firm_id=payment.firm_id,
        customer_id=customer or f"cus_{payment.firm_id}", session_id=f"cs_{way}_{payment.pk}",
        method_id=f"{way}_{payment.firm_id}", kind="card", label="•••• 4242",
        created_by_id=deal.office.user_id, created_at=at,
    )  # fmt: skip
    Mandate.objects.filter(pk=row.pk).update(state="active")
    row.refresh_from_db()
    return row


def schedule(deal: "Charged", payment: Payment, way: str, most: int | None = None) -> Consent:
    """Let a payment be charged now, as its firm agreed."""
    mandate = mandate_of(deal, payment, way)
    consent = Consent.objects.create(
        mandate=mandate, cooperative=deal.host, firm_id=payment.firm_id, campaign=deal.campaign,
        text="동의합니다", language="ko", most=most or payment.amount, currency=payment.currency,
        given_by_id=deal.office.user_id, given_at=clock.now(),
    )  # fmt: skip
    Payment.objects.filter(pk=payment.pk).update(
        state="scheduled", mandate=mandate, provider=NAME,
        charge_at=clock.now() - timedelta(seconds=1),
    )  # fmt: skip
    return consent
