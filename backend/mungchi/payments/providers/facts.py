"""What a provider that is asked over the network answers: facts, or why there is none. Pure.

Amounts are integers in our minor units of `currency` (ISO code, capitals); times are UTC. A fact
says what was true when it was asked; applying it is the caller's (and `paid` does not fall back
because an old fact arrives late).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

SetupState = Literal["pending", "done", "expired"]
ChargeState = Literal["succeeded", "processing", "requires_action", "declined", "cancelled"]
RefundState = Literal["pending", "requires_action", "succeeded", "failed", "cancelled"]
PayoutState = Literal["succeeded", "partly_reversed", "reversed"]
BankPayoutState = Literal["under_way", "paid", "failed", "cancelled"]
DisputeState = Literal["needs_response", "under_review", "won", "lost", "closed"]
BalanceKind = Literal[
    "charge",
    "refund",
    "refund_failure",
    "dispute",
    "transfer",
    "transfer_reversal",
    "fee",
    "payout",
    "payout_failure",
    "other",
]


@dataclass(frozen=True, slots=True)
class Credentials:
    """With what a cooperative's account is opened. Never written into a log: repr hides both."""

    secret_key: str = field(repr=False)
    webhook_secret: str = field(repr=False)
    live: bool


class ProviderError(Exception):
    """The provider gave no fact."""


class ProviderRefused(ProviderError):
    """A definite no; nothing happened. Sending the same again under the same key is answered alike.

    Bad parameters, an invalid key, a permission that is missing. `code` is the provider's word, or
    one of ours: amount_not_carried, mode_mismatch, key_invalid, permission_missing,
    parameters_differ (the key was used with other parameters: our bug), not_found.
    """

    def __init__(self, code: str, decline_code: str | None = None, message: str = "") -> None:
        super().__init__(f"{code}: {message}" if message else code)
        self.code = code
        self.decline_code = decline_code
        self.message = message


class ProviderAway(ProviderError):
    """Nobody knows whether it happened: no answer in time, a reset, 5xx, a cut or nonsense answer.

    Send the same parameters again under the same key, and only that, within 20 hours of the first
    try. A 500 may be remembered with the key and answered again for a day: after some tries, and
    always after 20 hours, look it up (find_...) and never send it again.
    """


class ProviderFailed(ProviderAway):
    """The provider only repeats a failure of its own, kept with the key: what came of the call is
    over by now, and is in its lists or is not. Under this key it answers nothing else for a day.
    """


class ProviderBusy(ProviderError):
    """Asked too often: this call certainly did nothing (earlier ones of the same key may have).

    The same parameters may be sent again under the same key after a pause.
    """


class WebhookRefused(Exception):
    """What came is not an event of this provider's; nothing of it may be used."""


class ForgedEvent(WebhookRefused):
    """The signature does not fit the body, or there is none, or the body is no event."""


class StaleEvent(WebhookRefused):
    """The signature fits, but was made too long ago (or in the future): perhaps sent again."""


class OversizedEvent(WebhookRefused):
    """Larger than an event ever is: not even looked at."""


@dataclass(frozen=True, slots=True)
class AccountFact:
    """Whose account a key opens, and what it can take.

    `methods` are kinds of method that are switched on, such as card, kakao_pay, naver_pay, kr_card.
    """

    account_id: str
    name: str
    country: str
    default_currency: str
    live: bool
    charges_enabled: bool
    payouts_enabled: bool
    methods: frozenset[str]


@dataclass(frozen=True, slots=True)
class SetupFact:
    """How far saving a method has come. `url` only while pending; what was saved only when done.

    `expires` is the last day of the month in which a card runs out, as YYYY-MM.
    """

    session_id: str
    state: SetupState
    customer_id: str
    url: str | None = None
    method_id: str | None = None
    kind: str | None = None
    label: str | None = None
    expires: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChargeFact:
    """One charge (for Stripe a PaymentIntent), through all its tries.

    - succeeded: the money is the cooperative's; `refunded` of it went back since.
    - processing: the provider will say later; nothing is to be tried.
    - requires_action: the firm must do something on line. With `next_url` the browser goes there;
      without, `confirm` makes one (an off-session charge that asked for 3-D Secure; then
      `decline_code` is authentication_required).
    - declined: this try got nothing. `retriable`: the same method may work on another day; else the
      firm must choose another. `decline_code` says why.
    - cancelled: given up for good.

    `fee` is in `fee_currency`, which is the account's, and may be another than the charge's.
    """

    id: str
    state: ChargeState
    amount: int
    currency: str
    at: datetime
    customer_id: str | None = None
    method_id: str | None = None
    method_kind: str | None = None
    method_label: str | None = None
    decline_code: str | None = None
    retriable: bool = False
    next_url: str | None = None
    refunded: int = 0
    disputed: bool = False
    fee: int | None = None
    fee_currency: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RefundFact:
    """One refund. pending: on its way; failed: the money came back to the cooperative's balance."""

    id: str
    charge_id: str
    state: RefundState
    amount: int
    currency: str
    at: datetime
    failure_reason: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PayoutFact:
    """One transfer to a supplier's connected account, and how much of it was taken back: `reversed`
    in all, `reversals` each by itself, the oldest first."""

    id: str
    state: PayoutState
    destination: str
    amount: int
    reversed: int
    currency: str
    at: datetime
    metadata: Mapping[str, str] = field(default_factory=dict)
    reversals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PayeeFact:
    """A supplier's connected account. `payable`: a transfer to it goes through, and on to its bank.

    `currency` is the one in which it keeps money, or empty while nobody knows. `due`: what the
    provider asks for now, by its own names. `submitted`: its form was gone through. `why`: the
    provider's word for why something is stopped, or empty.
    """

    id: str
    payable: bool
    submitted: bool
    currency: str
    country: str
    due: tuple[str, ...] = ()
    why: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DisputeFact:
    """A payer's bank takes a charge back, or asks about it; `due_by`: evidence is taken until then.

    An `inquiry` has taken no money (yet); `closed` is one that ended so. `taken`: what of the
    charge is gone now, in its currency. `fee`: what the provider keeps for it, in the account's.
    """

    id: str
    charge_id: str
    state: DisputeState
    amount: int
    currency: str
    reason: str
    inquiry: bool
    due_by: datetime | None
    at: datetime
    taken: int = 0
    fee: int | None = None
    fee_currency: str | None = None


@dataclass(frozen=True, slots=True)
class BalanceFact:
    """One movement of the provider's balance: `amount` - `fee` = `net`, in the balance's currency.

    What came in is above zero. `source_id` is the id that the other facts go by: of the charge
    (never of a try of it), refund, payout or dispute; for `dispute`, `charge_id` names its charge.
    `source_amount` and `source_currency` are what the source itself is in, where that is told: an
    account that settles in another currency converts, at `rate` (as the provider writes it).
    `available_on`: the day from which it can be paid out. `metadata` is what the source carries.
    """

    id: str
    kind: BalanceKind
    source_id: str | None
    charge_id: str | None
    amount: int
    fee: int
    net: int
    currency: str
    source_amount: int | None
    source_currency: str | None
    at: datetime
    rate: str | None = None
    available_on: date | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line of a list that makes no sense, by its id (or by a digest of it, where it has none that
    can be kept), and why. The lines around it are told as ever."""

    id: str
    why: str


@dataclass(frozen=True, slots=True)
class BankPayoutFact:
    """What the provider sends from its balance to the cooperative's own bank account.

    `amount` is what leaves the balance; `arrives_on` the day on which the provider expects it
    there. `automatic`: the provider says which movements it holds; else nobody does.
    """

    id: str
    state: BankPayoutState
    amount: int
    currency: str
    arrives_on: date
    automatic: bool
    at: datetime
    failure_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened to an object; ask for the object, and believe nothing else of the event.

    `object_kind` is charge, refund, payout, payee, dispute, setup, bank_payout (what was sent to
    the account's own bank), or other; `object_id` fits the calls for that kind (setup: a session
    id). `account` is the connected account it is about, or None.
    """

    id: str
    type: str
    object_kind: Literal[
        "charge", "refund", "payout", "payee", "dispute", "setup", "bank_payout", "other"
    ]
    object_id: str
    created: datetime
    live: bool
    account: str | None
