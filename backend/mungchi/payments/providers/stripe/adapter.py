"""Stripe as an OnlineProvider: which call is made with which parameters, and that it fits."""

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from mungchi.payments.providers.facts import (
    AccountFact,
    ChargeFact,
    Credentials,
    DisputeFact,
    Event,
    ProviderAway,
    ProviderRefused,
    RefundFact,
    SetupFact,
)
from mungchi.payments.providers.stripe import reading, webhooks
from mungchi.payments.providers.stripe.amounts import CAPABILITIES, SAVED, part_to_stripe, to_stripe
from mungchi.payments.providers.stripe.balance import BalanceCalls
from mungchi.payments.providers.stripe.client import PAGE, SKEW, RefusedWith, ask, ask_all, once
from mungchi.payments.providers.stripe.connect import ConnectCalls
from mungchi.payments.providers.stripe.reading import carries, same

logger = logging.getLogger("mungchi.payments")

WITH_CHARGE: Final = ["latest_charge.balance_transaction", "payment_method"]
WITH_METHOD: Final = ["setup_intent.payment_method"]
# A charge that has or may still get the money comes before one that has not.
_FIRST: Final = ("succeeded", "processing", "requires_action", "declined", "cancelled")


class Stripe(BalanceCalls, ConnectCalls):
    """See OnlineProvider for what each of these promises."""

    name = "stripe"
    capabilities = CAPABILITIES
    webhook_events: tuple[str, ...] = webhooks.EVENTS

    def check(self, credentials: Credentials) -> AccountFact:
        """Ask whose account it is, and in which mode the key answers."""
        balance = ask(credentials, lambda v1: v1.balance.retrieve())
        methods = ask_all(
            credentials, lambda v1: v1.payment_method_configurations.list({"limit": PAGE})
        )
        account = ask(credentials, lambda v1: v1.accounts.retrieve_current())
        fact = reading.account(account, balance, methods)
        if fact.live != credentials.live:
            raise ProviderRefused("mode_mismatch", message="the account answers in another mode")
        return fact

    def start_setup(
        self,
        credentials: Credentials,
        *,
        key: str,
        customer_id: str | None,
        firm_name: str,
        email: str,
        currency: str,
        return_url: str,
        cancel_url: str,
        locale: str,
        metadata: Mapping[str, str],
        highest_amount: int | None = None,
    ) -> SetupFact:
        """Make a customer if there is none, then a Checkout session that saves a method."""
        if customer_id is None:
            customer = {
                "name": firm_name,
                "email": email,
                "preferred_locales": [locale],
                "metadata": dict(metadata),
            }
            made = ask(
                credentials, lambda v1: v1.customers.create(customer, once(f"{key}:customer"))
            )
            customer_id = reading.strict(reading.text)(made.get("id"))
        parameters = {
            "mode": "setup",
            "customer": customer_id,
            "currency": currency.lower(),
            "success_url": return_url,
            "cancel_url": cancel_url,
            "locale": locale,
            "metadata": dict(metadata),
            "setup_intent_data": {"metadata": dict(metadata)},
        }
        if left_out := _too_small(highest_amount, currency):
            parameters["excluded_payment_method_types"] = left_out
        session = ask(credentials, lambda v1: v1.checkout.sessions.create(parameters, once(key)))
        fact = reading.setup(session)
        if fact.customer_id != customer_id or (fact.state == "pending" and not fact.url):
            raise ProviderAway("a session that does not fit")
        return fact

    def setup_of(self, credentials: Credentials, session_id: str) -> SetupFact:
        """Read a session with what was saved."""
        return reading.setup(
            ask(
                credentials,
                lambda v1: v1.checkout.sessions.retrieve(session_id, {"expand": WITH_METHOD}),
            )
        )

    def forget_method(self, credentials: Credentials, *, key: str, method_id: str) -> None:
        """Detach a saved method from its customer."""
        try:
            ask(credentials, lambda v1: v1.payment_methods.detach(method_id, {}, once(key)))
        except ProviderRefused as refused:
            gone = refused.code in {"not_found", "payment_method_unexpected_state"}
            if not gone and "not attached" not in refused.message:
                raise

    def charge_parameters(
        self,
        *,
        amount: int,
        currency: str,
        customer_id: str,
        method_id: str,
        description: str,
        metadata: Mapping[str, str],
    ) -> dict[str, Any]:
        """A PaymentIntent that is confirmed at once, off session.

        Stripe wants an address to come back to from every intent whose methods it chooses by
        itself, also where nobody will come back.
        """
        return {
            "amount": to_stripe(amount, currency),
            "currency": currency.lower(),
            "customer": customer_id,
            "payment_method": method_id,
            "confirm": True,
            "off_session": True,
            "return_url": settings.PUBLIC_URL,
            "description": description,
            "metadata": dict(metadata),
            "expand": list(WITH_CHARGE),
        }

    def charge(
        self, credentials: Credentials, *, key: str, parameters: Mapping[str, Any]
    ) -> ChargeFact:
        """Create the PaymentIntent; a decline carries it along."""
        sent = _sorted(parameters)
        try:
            data = ask(credentials, lambda v1: v1.payment_intents.create(sent, once(key)))
        except RefusedWith as refused:
            data = refused.intent
        if (data.get("amount"), data.get("currency"), _customer(data)) != (
            sent["amount"],
            sent["currency"],
            sent["customer"],
        ):
            raise ProviderAway("a charge of something else than was asked for")
        return reading.charge(data)

    def confirm(
        self,
        credentials: Credentials,
        *,
        key: str,
        charge_id: str,
        method_id: str,
        return_url: str,
    ) -> ChargeFact:
        """Confirm the PaymentIntent on session; what it does not admit is told as it is."""
        parameters = {
            "payment_method": method_id,
            "return_url": return_url,
            "expand": list(WITH_CHARGE),
        }
        return self._moved(
            credentials,
            charge_id,
            lambda v1: v1.payment_intents.confirm(charge_id, parameters, once(key)),
        )

    def cancel(self, credentials: Credentials, *, key: str, charge_id: str) -> ChargeFact:
        """Cancel the PaymentIntent."""
        parameters = {"cancellation_reason": "abandoned", "expand": list(WITH_CHARGE)}
        return self._moved(
            credentials,
            charge_id,
            lambda v1: v1.payment_intents.cancel(charge_id, parameters, once(key)),
        )

    def _moved(self, credentials: Credentials, charge_id: str, call: Any) -> ChargeFact:
        try:
            fact = reading.charge(ask(credentials, call))
        except RefusedWith as refused:
            if refused.code == "payment_intent_unexpected_state":
                return self.sync(credentials, charge_id)
            fact = reading.charge(refused.intent)
        return same(fact, charge_id)

    def sync(self, credentials: Credentials, charge_id: str) -> ChargeFact:
        """Read the PaymentIntent."""
        data = ask(
            credentials,
            lambda v1: v1.payment_intents.retrieve(charge_id, {"expand": list(WITH_CHARGE)}),
        )
        return same(reading.charge(data), charge_id)

    def find_charge(
        self,
        credentials: Credentials,
        *,
        metadata: Mapping[str, str],
        customer_id: str,
        since: datetime,
    ) -> ChargeFact | None:
        """Look through the customer's list: Stripe's search may be a minute or an hour behind."""
        parameters = {
            "customer": customer_id,
            "created": {"gte": int((since - SKEW).timestamp())},
            "limit": PAGE,
            "expand": [f"data.{each}" for each in WITH_CHARGE],
        }
        listed = ask_all(credentials, lambda v1: v1.payment_intents.list(parameters))
        found = [reading.charge(data) for data in listed if carries(data, metadata)]
        # The oldest come first: of equals, the last is the newest.
        return min(reversed(found), key=lambda fact: _FIRST.index(fact.state), default=None)

    def refund(
        self,
        credentials: Credentials,
        *,
        key: str,
        charge_id: str,
        amount: int,
        currency: str,
        metadata: Mapping[str, str],
    ) -> RefundFact:
        """Refund a part of the PaymentIntent."""
        parameters = {
            "payment_intent": charge_id,
            "amount": part_to_stripe(amount, currency),
            "metadata": dict(metadata),
        }
        fact = reading.refund(ask(credentials, lambda v1: v1.refunds.create(parameters, once(key))))
        if (fact.charge_id, fact.amount, fact.currency) != (charge_id, amount, currency):
            raise ProviderAway("a refund of something else than was asked for")
        return fact

    def refund_of(self, credentials: Credentials, refund_id: str) -> RefundFact:
        """Read the refund."""
        return same(
            reading.refund(ask(credentials, lambda v1: v1.refunds.retrieve(refund_id))), refund_id
        )

    def find_refund(
        self, credentials: Credentials, *, charge_id: str, metadata: Mapping[str, str]
    ) -> RefundFact | None:
        """Look through the refunds of the PaymentIntent; the newest that fits."""
        parameters = {"payment_intent": charge_id, "limit": PAGE}
        listed = ask_all(credentials, lambda v1: v1.refunds.list(parameters))
        found = [reading.refund(data) for data in listed if carries(data, metadata)]
        return found[-1] if found else None

    def refunds_of(self, credentials: Credentials, charge_id: str) -> list[RefundFact]:
        """Read the refunds of the PaymentIntent."""
        parameters = {"payment_intent": charge_id, "limit": PAGE}
        listed = ask_all(credentials, lambda v1: v1.refunds.list(parameters))
        return [reading.refund(data) for data in listed]

    def dispute_of(self, credentials: Credentials, dispute_id: str) -> DisputeFact:
        """Read the dispute."""
        return same(
            reading.dispute(ask(credentials, lambda v1: v1.disputes.retrieve(dispute_id))),
            dispute_id,
        )

    def verify_webhook(self, body: bytes, header: str, secret: str, now: datetime) -> Event:
        """Verify and read."""
        return webhooks.verify(body, header, secret, now)

    def iter_events(self, credentials: Credentials, since: datetime) -> Iterator[Event]:
        """Read the list of events; one that makes no sense is left out, and the rest goes on."""
        parameters = {"created": {"gte": int(since.timestamp())}, "limit": PAGE}
        for data in ask_all(credentials, lambda v1: v1.events.list(parameters)):
            try:
                yield webhooks.event(data)
            except ProviderAway as error:
                logger.warning("event %s cannot be read: %s", data.get("id"), error)


def _sorted(value: Any) -> Any:
    """The same data with the keys of all its objects in order: equal data, equal bytes."""
    if isinstance(value, Mapping):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(each) for each in value] if isinstance(value, list) else value


def _customer(data: Mapping[str, Any]) -> object:
    customer = data.get("customer")
    return customer.get("id") if isinstance(customer, Mapping) else customer


def _too_small(highest: int | None, currency: str) -> list[str]:
    """Kinds of method that could be saved and cannot carry the highest amount to be charged."""
    if highest is None:
        return []
    return sorted(
        kind
        for (kind, of), rule in CAPABILITIES.by_kind.items()
        if kind in SAVED and of == currency
        if rule.largest is not None and highest > rule.largest
    )
