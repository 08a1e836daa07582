"""Stripe's balance: what moved it, and what was sent from it to the account's own bank."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, TypeVar, cast

from mungchi.payments.providers.facts import (
    BalanceFact,
    BalanceKind,
    BankPayoutFact,
    BankPayoutState,
    Credentials,
    ProviderAway,
    ProviderRefused,
    Unreadable,
)
from mungchi.payments.providers.stripe.amounts import THEIRS
from mungchi.payments.providers.stripe.client import PAGE, ask, ask_all
from mungchi.payments.providers.stripe.reading import (
    Data,
    currency_of,
    id_of,
    kind_of,
    moment,
    money_of,
    strict,
    text,
    words_of,
)

Told = TypeVar("Told")

BALANCE_KINDS: Final[dict[str, BalanceKind]] = {
    "charge": "charge",
    "payment": "charge",
    "refund": "refund",
    "payment_refund": "refund",
    "refund_failure": "refund_failure",
    "payment_failure_refund": "refund",
    "transfer": "transfer",
    "transfer_refund": "transfer_reversal",
    "transfer_cancel": "transfer_reversal",
    "transfer_failure": "transfer_reversal",
    "payment_reversal": "refund",
    "stripe_fee": "fee",
    "stripe_fx_fee": "fee",
    "tax_fee": "fee",
    "payout": "payout",
    "payout_failure": "payout_failure",
    "payout_cancel": "payout_failure",
}
BANK_PAYOUT_STATES: Final[dict[str, BankPayoutState]] = {
    "pending": "under_way",
    "in_transit": "under_way",
    "paid": "paid",
    "failed": "failed",
    "canceled": "cancelled",
}


class BalanceCalls:
    """Those of OnlineProvider that are about the balance."""

    def iter_balance(
        self, credentials: Credentials, since: datetime, until: datetime | None = None
    ) -> Iterator[BalanceFact | Unreadable]:
        """Read the list of balance transactions with their sources."""
        created = {"gte": int(since.timestamp())}
        if until is not None:
            created["lt"] = int(until.timestamp())
        parameters = {"created": created, "limit": PAGE, "expand": ["data.source"]}
        for data in ask_all(credentials, lambda v1: v1.balance_transactions.list(parameters)):
            yield _or_unreadable(movement, data)

    def iter_bank_payouts(
        self, credentials: Credentials, since: datetime
    ) -> Iterator[BankPayoutFact | Unreadable]:
        """Read the list of payouts."""
        parameters = {"created": {"gte": int(since.timestamp())}, "limit": PAGE}
        for data in ask_all(credentials, lambda v1: v1.payouts.list(parameters)):
            yield _or_unreadable(bank_payout, data)

    def bank_payout_of(self, credentials: Credentials, payout_id: str) -> BankPayoutFact:
        """Read the payout."""
        fact = bank_payout(ask(credentials, lambda v1: v1.payouts.retrieve(payout_id)))
        if fact.id != payout_id:
            raise ProviderAway("an answer about something else")
        return fact

    def parts_of_bank_payout(self, credentials: Credentials, payout_id: str) -> list[str]:
        """Read the balance transactions that went into the payout."""
        parameters = {"payout": payout_id, "limit": PAGE}
        listed = ask_all(credentials, lambda v1: v1.balance_transactions.list(parameters))
        return [name_of(data) for data in listed if data.get("type") != "payout"]


def _or_unreadable(
    read: Callable[[Mapping[str, Any]], Told], data: Mapping[str, Any]
) -> Told | Unreadable:
    """What a line of a list says; one that makes no sense holds up no other."""
    try:
        return read(data)
    except (ProviderAway, ProviderRefused) as error:
        return Unreadable(name_or_digest(data), str(error)[:200])


def day_of(value: object) -> date:
    """The day that a time in seconds is of: Stripe gives days as their midnight in UTC."""
    return moment(value).date()


@strict
def bank_payout(data: Data) -> BankPayoutFact:
    """What is true of a payout to the account's own bank."""
    kind_of(data, "payout")
    return BankPayoutFact(
        id=text(data["id"]),
        state=BANK_PAYOUT_STATES[text(data["status"])],
        amount=money_of(data),
        currency=currency_of(data),
        arrives_on=day_of(data["arrival_date"]),
        automatic=data.get("automatic") is True,
        at=moment(data["created"]),
        failure_reason=data.get("failure_code"),
    )


@strict
def name_of(data: Data) -> str:
    """The id of a movement."""
    kind_of(data, "balance_transaction")
    return text(data["id"])


def name_or_digest(data: object) -> str:
    """By what something that makes no sense is known again: its id, or a digest of all it says."""
    try:
        return text(cast(Data, data)["id"])
    except (KeyError, TypeError, ValueError):
        said = json.dumps(data, sort_keys=True, default=str).encode()
        return f"unnamed_{hashlib.sha256(said).hexdigest()[:24]}"


def movement(data: Data) -> BalanceFact:
    """What moved the balance, its source having come along.

    Raises ProviderRefused("currency_unknown") for a balance in a currency that we do not keep.
    """
    currency = str(data.get("currency")).upper()
    if currency not in THEIRS:
        raise ProviderRefused("currency_unknown", message=currency)
    return _movement(data)


def _rate(value: object) -> str | None:
    """A rate as the provider writes it; never computed with."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    return str(value)[:40]


@strict
def _movement(data: Data) -> BalanceFact:
    kind_of(data, "balance_transaction")
    kind = BALANCE_KINDS.get(text(data["type"]), "other")
    source = data.get("source")
    about: Data = source if isinstance(source, Mapping) else {}
    source_id, charge_id = id_of(source), id_of(about.get("payment_intent"))
    if about.get("object") == "charge":
        source_id = charge_id or source_id
    elif about.get("object") == "transfer_reversal":
        source_id = id_of(about["transfer"])
    elif about.get("object") == "dispute":
        kind = "dispute"
    told = about.get("amount") is not None and str(about.get("currency")).upper() in THEIRS
    fact = BalanceFact(
        id=text(data["id"]),
        kind=kind,
        source_id=source_id,
        charge_id=charge_id,
        amount=money_of(data),
        fee=money_of(data, "fee"),
        net=money_of(data, "net"),
        currency=currency_of(data),
        source_amount=money_of(about) if told else None,
        source_currency=currency_of(about) if told else None,
        at=moment(data["created"]),
        rate=_rate(data.get("exchange_rate")),
        available_on=day_of(data["available_on"]) if data.get("available_on") else None,
        metadata=words_of(about),
    )
    if fact.amount - fact.fee != fact.net:
        raise ValueError("a movement that does not add up")
    return fact
