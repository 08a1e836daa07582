"""What a way of paying must be able to say and do. Adding one is adding a folder beside this.

`Provider` is what every way of paying is; `OnlineProvider` what one can do besides that is asked
over the network. Facts, errors and credentials of the latter stand in `facts`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from mungchi.accounts.models import Cooperative
from mungchi.payments.providers.facts import (
    AccountFact,
    BalanceFact,
    BankPayoutFact,
    ChargeFact,
    Credentials,
    DisputeFact,
    Event,
    PayeeFact,
    PayoutFact,
    RefundFact,
    SetupFact,
    Unreadable,
)


@dataclass(frozen=True, slots=True)
class AmountRule:
    """Which amounts can be paid, in minor units: between the two, and a multiple of `step`."""

    smallest: int = 1
    largest: int | None = None
    step: int = 1

    def admits(self, amount: int) -> bool:
        """Whether one payment can be of this amount."""
        within = self.largest is None or amount <= self.largest
        return within and amount >= self.smallest and amount % self.step == 0


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a provider can do, so that nothing is offered on screen that it cannot.

    Limits are amounts in minor units of the payment's currency; None: no limit of its own.
    `by_currency` narrows them for a currency, `by_kind` for a kind of method in a currency, such as
    ("kakao_pay", "KRW"); a kind that stands there for one currency carries no other.
    """

    save_method: bool
    charge_off_session: bool
    refund: bool
    partial_refund: bool
    payout: bool
    currencies: frozenset[str]
    smallest_amount: int = 1
    largest_amount: int | None = None
    by_currency: Mapping[str, AmountRule] = field(default_factory=dict)
    by_kind: Mapping[tuple[str, str], AmountRule] = field(default_factory=dict)

    def carries(self, amount: int, currency: str, kind: str | None = None) -> bool:
        """Whether one payment of this amount can go this way (by this kind of saved method)."""
        rules = [AmountRule(self.smallest_amount, self.largest_amount)]
        if currency in self.by_currency:
            rules.append(self.by_currency[currency])
        if any(kind == known for known, _ in self.by_kind):
            if (kind, currency) not in self.by_kind:
                return False
            rules.append(self.by_kind[kind or "", currency])
        return currency in self.currencies and all(rule.admits(amount) for rule in rules)

    def carries_up_to(self, most: int, currency: str, kind: str | None = None) -> bool:
        """Whether payments of up to so much can go this way: the largest of them that is a multiple
        of `step_in` the currency; others below it cannot."""
        return self.carries(most - most % self.step_in(currency), currency, kind)

    def step_in(self, currency: str) -> int:
        """Of what every amount in a currency has to be a multiple, minor units; mostly 1."""
        rule = self.by_currency.get(currency)
        return rule.step if rule is not None else 1

    def gives_back(self, amount: int, currency: str, *, whole: bool) -> bool:
        """Whether so much of a payment, all of it or a part, can go back this way."""
        if not self.refund or amount % self.step_in(currency):
            return False
        return whole or self.partial_refund


class Provider(Protocol):
    """A way in which firms pay a cooperative."""

    name: str
    capabilities: Capabilities

    def available(self, cooperative: Cooperative) -> bool:
        """Whether this cooperative can be paid this way at present."""
        ...

    def instructions(self, cooperative: Cooperative) -> Mapping[str, object]:
        """What the firm is told to do; kept with the payment as it was told."""
        ...

    def references(self, numbers: list[int]) -> list[str]:
        """A code for each number by which a payment is told apart; no two are the same."""
        ...


class OnlineProvider(Protocol):
    """What is asked over the network, with a cooperative's own credentials. Knows no database.

    Amounts go in and come out in our minor units, currencies as ISO codes in capitals. Every call
    may take seconds: never call inside a transaction that holds a lock.

    `key` is the idempotency key: the same key with the same parameters does a thing once, however
    often it is sent within 20 hours. Any call raises ProviderRefused, ProviderAway or ProviderBusy
    (see `facts`: which of them may be sent again). An answer that does not fit what was asked
    (another amount, no id, half a body) is ProviderAway, never a fact.
    """

    name: str
    capabilities: Capabilities
    # What a cooperative's address for webhooks is to be sent; more does no harm.
    webhook_events: tuple[str, ...]

    def check(self, credentials: Credentials) -> AccountFact:
        """Ask whose account the key opens; refused with `mode_mismatch` when it is of the other
        mode than the credentials say."""
        ...

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
        """Begin saving a method for later charges; the browser goes to the fact's `url`.

        Without a customer one is made first (once, under the same key). `locale` is ko or en. The
        provider puts the session's id into `return_url` where that says {CHECKOUT_SESSION_ID}.
        Kinds of method that cannot carry `highest_amount` are not offered.
        """
        ...

    def setup_of(self, credentials: Credentials, session_id: str) -> SetupFact:
        """Return how far saving has come: that the browser came back proves nothing."""
        ...

    def forget_method(self, credentials: Credentials, *, key: str, method_id: str) -> None:
        """Let go of a saved method; one that is gone already is no error."""
        ...

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
        """What `charge` will send: plain JSON, to be stored beside the attempt before it is sent.

        Raises ProviderRefused(code="amount_not_carried") for an amount that cannot go this way.
        """
        ...

    def charge(
        self, credentials: Credentials, *, key: str, parameters: Mapping[str, Any]
    ) -> ChargeFact:
        """Charge a saved method while the firm is away. A decline is a fact, not an error.

        The order of the parameters' keys does not matter (a database may change it): they are sent
        sorted, so that the same parameters are the same bytes.
        """
        ...

    def confirm(
        self,
        credentials: Credentials,
        *,
        key: str,
        charge_id: str,
        method_id: str,
        return_url: str,
    ) -> ChargeFact:
        """Try the same charge again while the firm is there, with this saved method.

        With state `requires_action` the browser goes to `next_url` and comes back to `return_url`;
        then ask `sync`. A charge that succeeded meanwhile is told as it is, without another one.
        """
        ...

    def cancel(self, credentials: Credentials, *, key: str, charge_id: str) -> ChargeFact:
        """Give a charge up that did not succeed. One that did is told as it is: see the state."""
        ...

    def sync(self, credentials: Credentials, charge_id: str) -> ChargeFact:
        """Return what is true of a charge now: compare the amount with what is owed."""
        ...

    def find_charge(
        self,
        credentials: Credentials,
        *,
        metadata: Mapping[str, str],
        customer_id: str,
        since: datetime,
    ) -> ChargeFact | None:
        """Return the customer's charge since then that carries all of this metadata, None if none.

        For a call of which nobody knows whether it happened. Of several, one that has or may get
        the money comes before one that has not, and then the newest.
        """
        ...

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
        """Return a part or all of a charge to where it came from; never more than is left of it."""
        ...

    def refund_of(self, credentials: Credentials, refund_id: str) -> RefundFact:
        """Return what is true of a refund now: one may fail days after it succeeded."""
        ...

    def find_refund(
        self, credentials: Credentials, *, charge_id: str, metadata: Mapping[str, str]
    ) -> RefundFact | None:
        """Return the refund of this charge that carries all of this metadata, None if none."""
        ...

    def refunds_of(self, credentials: Credentials, charge_id: str) -> list[RefundFact]:
        """Return all refunds of a charge, oldest first, whoever made them."""
        ...

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
        """Make an account for a supplier, connected to the cooperative's own. It can be paid once
        the supplier has given there what the provider asks for: see `payee_link`."""
        ...

    def payee_link(
        self,
        credentials: Credentials,
        *,
        key: str,
        payee_id: str,
        return_url: str,
        refresh_url: str,
    ) -> str:
        """Return where the supplier's browser goes to give what is asked for: an address that holds
        once and for minutes. `refresh_url` is where it comes to when it holds no more."""
        ...

    def payee_of(self, credentials: Credentials, payee_id: str) -> PayeeFact:
        """Return what is true of a connected account now: that a browser came back proves
        nothing."""
        ...

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
        """Send money from the cooperative's balance to a connected account."""
        ...

    def payout_of(self, credentials: Credentials, payout_id: str) -> PayoutFact:
        """Return what is true of a payout now."""
        ...

    def find_payout(
        self,
        credentials: Credentials,
        *,
        destination: str,
        metadata: Mapping[str, str],
        since: datetime,
    ) -> PayoutFact | None:
        """Return the payout to this account since then with all of this metadata, None if none."""
        ...

    def dispute_of(self, credentials: Credentials, dispute_id: str) -> DisputeFact:
        """Return what is true of a dispute now."""
        ...

    def verify_webhook(self, body: bytes, header: str, secret: str, now: datetime) -> Event:
        """Read an event that came by itself; nothing is asked over the network.

        Raises ForgedEvent, StaleEvent (signed more than 300 s away from `now`) or OversizedEvent.
        """
        ...

    def iter_events(self, credentials: Credentials, since: datetime) -> Iterator[Event]:
        """Return the events since then, oldest first (the provider keeps 30 days)."""
        ...

    def iter_balance(
        self, credentials: Credentials, since: datetime, until: datetime | None = None
    ) -> Iterator[BalanceFact | Unreadable]:
        """Return what moved the provider's balance from `since` on and before `until` (None: up to
        now), oldest first. A line that makes no sense is told as such, and the rest goes on."""
        ...

    def iter_bank_payouts(
        self, credentials: Credentials, since: datetime
    ) -> Iterator[BankPayoutFact | Unreadable]:
        """Return what was sent to the cooperative's own bank account since then, oldest first."""
        ...

    def bank_payout_of(self, credentials: Credentials, payout_id: str) -> BankPayoutFact:
        """Return what is true of one of them now: one may fail days after it was paid."""
        ...

    def parts_of_bank_payout(self, credentials: Credentials, payout_id: str) -> list[str]:
        """Return the ids of the movements that an automatic one holds, without its own."""
        ...
