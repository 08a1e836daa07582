"""Campaigns whose firms buy on terms."""

from collections.abc import Iterator
from datetime import UTC, timedelta

import pytest
from tests.factories.orders import Deal

from mungchi.accounts.access import Actor
from mungchi.common import clock
from mungchi.payments import operations
from mungchi.payments.models import CreditLine, Payment, Terms

DEFAULTS: dict[str, object] = {
    "offered": True, "basis": "month_end", "days": 10, "default_limit": 5_000_000,
    "grace_days": 7, "holds_payout": False,
}  # fmt: skip


def terms(office: Actor, **said: object) -> Terms:
    """An office that lets firms buy on terms."""
    return operations.set_terms(actor=office, **{**DEFAULTS, **said})  # type: ignore[arg-type]


def limit(office: Actor, firm: Actor, amount: int | None = None) -> CreditLine:
    """Let a firm owe so much; the usual limit unless it is said."""
    return operations.set_limit(
        actor=office, firm_id=firm.firm_id, amount=amount, why="오래 거래한 기업"
    )


class OnTerms(Deal):
    """A campaign in which the first firm pays on terms, and the others by transfer."""

    def joined(self, *quantities: int, most: int | None = None, **said: object) -> "OnTerms":
        """Open it, let firms in, and let the first choose to pay on terms."""
        terms(self.office, **said)
        self.opened()
        for quantity in quantities or (60, 60):
            self.join(quantity)
        self.firm: Actor = self.people[0]
        limit(self.office, self.firm, most)
        self.choose(self.firm)
        return self

    def choose(self, firm: Actor) -> None:
        """Let a firm choose the terms as they stand."""
        row = Terms.objects.get(cooperative=self.host)
        operations.choose_terms(
            actor=firm, campaign_id=self.campaign.pk, basis=row.basis, days=row.days
        )

    def settling(self, *quantities: int) -> "OnTerms":
        """The first firm of these pays on terms; close and clear."""
        self.joined(*quantities)
        self.cleared()
        return self

    def pay(self, payment: Payment) -> Payment:
        """Let the office confirm a transfer of who does not pay on terms."""
        return payment if payment.state == "on_account" else super().pay(payment)


@pytest.fixture
def the_tenth() -> Iterator[None]:
    """It is the tenth of a month, so that 32 days later one month has ended, and 64 days later two:
    counted from the last days of one it would be one more."""
    today = clock.now().astimezone(UTC)
    month = (today.replace(day=1) + timedelta(days=32)).replace(day=10)
    with clock.shifted(month - today):
        yield
