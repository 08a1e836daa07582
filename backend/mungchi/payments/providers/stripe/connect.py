"""Suppliers' accounts connected to the cooperative's at Stripe, and transfers to them."""

from collections.abc import Mapping
from datetime import datetime

from mungchi.payments.providers.facts import Credentials, PayeeFact, PayoutFact, ProviderAway
from mungchi.payments.providers.stripe import reading
from mungchi.payments.providers.stripe.amounts import part_to_stripe
from mungchi.payments.providers.stripe.client import PAGE, SKEW, ask, ask_all, once
from mungchi.payments.providers.stripe.reading import carries, same

# The supplier keeps an account of its own with a page to look at it; Stripe asks it for what the
# law wants. What goes wrong there, the cooperative stands in for.
CONTROLLER = {
    "stripe_dashboard": {"type": "express"},
    "fees": {"payer": "application"},
    "losses": {"payments": "application"},
    "requirement_collection": "stripe",
}


class ConnectCalls:
    """Those of OnlineProvider that are about suppliers."""

    def make_payee(
        self,
        credentials: Credentials,
        *,
        key: str,
        country: str,
        email: str,
        name: str,
        metadata: Mapping[str, str],
    ) -> PayeeFact:
        """Make a connected account that takes transfers and nothing else."""
        parameters = {
            "controller": CONTROLLER,
            "country": country,
            "email": email,
            "capabilities": {"transfers": {"requested": True}},
            "business_profile": {"name": name},
            "metadata": dict(metadata),
        }
        return reading.payee(ask(credentials, lambda v1: v1.accounts.create(parameters, once(key))))

    def payee_link(
        self,
        credentials: Credentials,
        *,
        key: str,
        payee_id: str,
        return_url: str,
        refresh_url: str,
    ) -> str:
        """Make a link to hosted onboarding."""
        parameters = {
            "account": payee_id,
            "type": "account_onboarding",
            "return_url": return_url,
            "refresh_url": refresh_url,
        }
        return reading.link(
            ask(credentials, lambda v1: v1.account_links.create(parameters, once(key)))
        )

    def payee_of(self, credentials: Credentials, payee_id: str) -> PayeeFact:
        """Read the connected account."""
        return same(
            reading.payee(ask(credentials, lambda v1: v1.accounts.retrieve(payee_id))), payee_id
        )

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
        """Transfer to the connected account."""
        parameters = {
            "amount": part_to_stripe(amount, currency),
            "currency": currency.lower(),
            "destination": destination,
            "description": description,
            "metadata": dict(metadata),
        }
        fact = reading.payout(
            ask(credentials, lambda v1: v1.transfers.create(parameters, once(key)))
        )
        if (fact.destination, fact.amount, fact.currency) != (destination, amount, currency):
            raise ProviderAway("a payout of something else than was asked for")
        return fact

    def payout_of(self, credentials: Credentials, payout_id: str) -> PayoutFact:
        """Read the transfer."""
        return same(
            reading.payout(ask(credentials, lambda v1: v1.transfers.retrieve(payout_id))), payout_id
        )

    def find_payout(
        self,
        credentials: Credentials,
        *,
        destination: str,
        metadata: Mapping[str, str],
        since: datetime,
    ) -> PayoutFact | None:
        """Look through the transfers to the account; the newest that fits."""
        parameters = {
            "destination": destination,
            "created": {"gte": int((since - SKEW).timestamp())},
            "limit": PAGE,
        }
        listed = ask_all(credentials, lambda v1: v1.transfers.list(parameters))
        found = [reading.payout(data) for data in listed if carries(data, metadata)]
        return found[-1] if found else None
