"""The provider in the test's own process, which also sends money to suppliers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from tests.factories.accounts import coordinator_of
from tests.factories.charging import account_of
from tests.factories.orders import Deal
from tests.factories.provider import Till

from mungchi.common import clock
from mungchi.payments import operations, stage
from mungchi.payments.models import Payee, Payout
from mungchi.payments.providers.facts import Credentials, PayeeFact, PayoutFact, ProviderRefused


@dataclass
class PayingTill(Till):
    """One transfer for each key; `sent` is what went out."""

    sent: dict[str, PayoutFact] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.capabilities = replace(self.capabilities, payout=True)

    def pay_out(
        self,
        credentials: Credentials,
        *,
        key: str,
        destination: str,
        amount: int,
        currency: str,
        description: str,
        metadata: Mapping[str, str],
    ) -> PayoutFact:
        self._begin("pay_out", key)
        with self.lock:
            fact = self.sent.setdefault(key, PayoutFact(
                f"tr_{len(self.sent) + 1}", "succeeded", destination, amount, 0, currency,
                datetime.now(UTC), dict(metadata)))  # fmt: skip
        self.after("pay_out")
        return fact

    def find_payout(
        self,
        credentials: Credentials,
        *,
        destination: str,
        metadata: Mapping[str, str],
        since: datetime,
    ) -> PayoutFact | None:
        self._begin("find_payout", destination)
        found = [one for one in self.sent.values() if metadata.items() <= one.metadata.items()]
        return found[0] if found else None

    def payout_of(self, credentials: Credentials, payout_id: str) -> PayoutFact:
        self._begin("payout_of", payout_id)
        for fact in self.sent.values():
            if fact.id == payout_id:
                return fact
        raise ProviderRefused("not_found")

    def payee_of(self, credentials: Credentials, payee_id: str) -> PayeeFact:
        self._begin("payee_of", payee_id)
        return PayeeFact(payee_id, True, True, "KRW", "KR")

    def make_payee(self, credentials: Credentials, *, key: str, **asked: Any) -> PayeeFact:
        self._begin("make_payee", key)
        return PayeeFact(f"acct_{key[-6:]}", False, False, "KRW", "KR", ("external_account",))

    def payee_link(self, credentials: Credentials, *, key: str, **asked: Any) -> str:
        self._begin("payee_link", key)
        return "https://pay.example/connect"


def to_send(till: PayingTill) -> tuple[Deal, Payout]:
    """A payout that is to be sent by the till, and was not asked for yet."""
    deal = Deal().received()
    stage.book_sales()
    account = account_of(deal, till.name)
    at = clock.now()
    Payee.objects.create(
        account=account, cooperative=deal.host, firm_id=deal.supplier.firm_id,
        platform_id=account.external_id, external_id="acct_supplier", payable=True,
        submitted=True, currency="KRW", country="KR", created_by_id=deal.supplier.user_id,
        created_at=at, told_at=at, asked_at=at,
    )  # fmt: skip
    payout = operations.prepare_payout(
        actor=deal.office, campaign_id=deal.campaign.pk, way=till.name
    )
    operations.approve_payout(actor=coordinator_of(deal.host), payout_id=payout.pk)
    return deal, operations.send_payout(actor=deal.office, payout_id=payout.pk)
