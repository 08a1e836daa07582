"""From Stripe's objects to facts. What does not have the shape that it must have is no fact.

Every function takes plain data and raises ProviderAway when it makes no sense: an answer that
cannot be read leaves open what happened.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, ParamSpec, TypeVar, cast

from mungchi.common.money import UnknownCurrency
from mungchi.payments.providers.facts import (
    AccountFact,
    ChargeFact,
    ChargeState,
    DisputeFact,
    DisputeState,
    PayeeFact,
    PayoutFact,
    PayoutState,
    ProviderAway,
    ProviderRefused,
    RefundFact,
    RefundState,
    SetupFact,
    SetupState,
)
from mungchi.payments.providers.stripe.amounts import THEIRS, from_stripe
from mungchi.payments.providers.stripe.declines import AUTHENTICATION, may_be_retried

Data = Mapping[str, Any]
Args = ParamSpec("Args")
Fact = TypeVar("Fact")
Known = TypeVar("Known", ChargeFact, RefundFact, PayoutFact, PayeeFact, DisputeFact)

REFUND_STATES: Final[dict[str, RefundState]] = {
    "pending": "pending",
    "requires_action": "requires_action",
    "succeeded": "succeeded",
    "failed": "failed",
    "canceled": "cancelled",
}
DISPUTE_STATES: Final[dict[str, DisputeState]] = {
    "needs_response": "needs_response",
    "warning_needs_response": "needs_response",
    "appeal_needs_response": "needs_response",
    "under_review": "under_review",
    "warning_under_review": "under_review",
    "appeal_under_review": "under_review",
    "won": "won",
    "lost": "lost",
    "warning_closed": "closed",
    "prevented": "closed",
}
# Longer than any id or word of theirs.
MOST_LETTERS: Final = 255
# Beyond this, a reader of JSON may round.
MOST: Final = 2**53
NAMES: Final = {
    "kakao_pay": "Kakao Pay",
    "naver_pay": "Naver Pay",
    "samsung_pay": "Samsung Pay",
    "payco": "PAYCO",
    "link": "Link",
}


def strict(read: Callable[Args, Fact]) -> Callable[Args, Fact]:
    """Turn whatever goes wrong while reading an answer into ProviderAway."""

    def reading(*args: Args.args, **kwargs: Args.kwargs) -> Fact:
        try:
            return read(*args, **kwargs)
        except (AttributeError, KeyError, TypeError, ValueError, OverflowError, OSError) as error:
            what = f"{type(error).__name__} {error}"
            raise ProviderAway(f"the answer makes no sense: {what}") from error

    return reading


def text(value: object) -> str:
    """A text that says something and can be kept; else ValueError."""
    if not isinstance(value, str) or not 0 < len(value) <= MOST_LETTERS or "\0" in value:
        raise ValueError(f"no text: {value!r:.80}")
    return value


def whole(value: object) -> int:
    """A whole number that JSON tells exactly; else ValueError (True is none)."""
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > MOST:
        raise ValueError(f"no whole number: {value!r:.80}")
    return value


def moment(value: object) -> datetime:
    """A time that Stripe gives in seconds; else ValueError, or what `strict` takes for one."""
    return datetime.fromtimestamp(whole(value), UTC)


def currency_of(data: Data) -> str:
    """The currency of an object as an ISO code in capitals."""
    return text(data["currency"]).upper()


def money_of(data: Data, key: str = "amount") -> int:
    """An amount of an object in our minor units."""
    return from_stripe(whole(data[key]), currency_of(data))


def words_of(data: Data) -> dict[str, str]:
    """The metadata of an object."""
    return {text(key): str(value) for key, value in (data.get("metadata") or {}).items()}


def id_of(value: object) -> str | None:
    """The id of what is referred to, whether it came along or not; None when nothing is."""
    if isinstance(value, Mapping):
        return text(value["id"])
    return text(value) if value is not None else None


def kind_of(data: Data, name: str) -> None:
    """Refuse an object that is not of the kind that was asked for."""
    if data.get("object") != name:
        raise ValueError(f"expected {name}, got {data.get('object')!r:.80}")


def carries(data: Data, metadata: Mapping[str, str]) -> bool:
    """Whether an object carries all of this metadata; of none, no object does."""
    told = data.get("metadata") or {}
    return bool(metadata) and all(told.get(key) == value for key, value in metadata.items())


def same(fact: Known, wanted: str) -> Known:
    """A fact about what was asked for; else ProviderAway."""
    if fact.id != wanted:
        raise ProviderAway("an answer about something else")
    return fact


def method_label(method: Data) -> str:
    """What people know a saved method by, such as "Visa •••• 4242"."""
    kind = text(method["type"])
    about = method.get(kind) or {}
    brand = str(about.get("display_brand") or about.get("brand") or "")
    name = NAMES.get(kind) or (brand or kind).replace("_", " ").title()
    return f"{name} •••• {about['last4']}" if about.get("last4") else name


def _expires(method: Data) -> str | None:
    about = method.get(text(method["type"])) or {}
    if not about.get("exp_year"):
        return None
    return f"{whole(about['exp_year']):04d}-{whole(about['exp_month']):02d}"


@strict
def account(data: Data, balance: Data, methods: list[dict[str, Any]]) -> AccountFact:
    """Whose account it is; `methods` are its payment method configurations."""
    kind_of(data, "account")
    dashboard = (data.get("settings") or {}).get("dashboard") or {}
    return AccountFact(
        account_id=text(data["id"]),
        name=str(dashboard.get("display_name") or data.get("email") or ""),
        country=str(data.get("country") or ""),
        default_currency=str(data.get("default_currency") or "").upper(),
        live=balance["livemode"] is True,
        charges_enabled=data["charges_enabled"] is True,
        payouts_enabled=data.get("payouts_enabled") is True,
        methods=frozenset(
            name
            for configuration in methods
            if configuration.get("active") and configuration.get("is_default")
            for name, about in configuration.items()
            if isinstance(about, Mapping) and about.get("available") is True
        ),
    )


@strict
def setup(data: Data) -> SetupFact:
    """How far a Checkout session in setup mode has come, its setup intent having come along."""
    kind_of(data, "checkout.session")
    session, customer = text(data["id"]), text(id_of(data["customer"]))
    intent = data.get("setup_intent")
    state: SetupState = "expired" if data["status"] == "expired" else "pending"
    if data["status"] == "complete" and isinstance(intent, Mapping):
        state = "done" if intent["status"] == "succeeded" else "pending"
    if state != "done":
        url = data.get("url") if state == "pending" else None
        return SetupFact(session, state, customer, url=url, metadata=words_of(data))
    method = cast(Data, intent)["payment_method"]
    return SetupFact(
        session_id=session,
        state=state,
        customer_id=customer,
        method_id=text(method["id"]),
        kind=text(method["type"]),
        label=method_label(method),
        expires=_expires(method),
        metadata=words_of(data),
    )


def _intent_state(data: Data) -> tuple[ChargeState, str | None, str | None]:
    """State, decline code and advice of a PaymentIntent."""
    failed = data.get("last_payment_error") or {}
    code = failed.get("decline_code") or failed.get("code")
    advice = failed.get("advice_code")
    match data["status"]:
        case "succeeded":
            return "succeeded", None, None
        case "processing":
            return "processing", None, None
        case "requires_action" | "requires_confirmation":
            return "requires_action", code, None
        case "requires_payment_method":
            return ("requires_action" if code in AUTHENTICATION else "declined"), code, advice
        case "canceled":
            return "cancelled", code, None
    raise ValueError(f"a state that is not ours: {data['status']!r:.80}")


@strict
def charge(data: Data) -> ChargeFact:
    """What is true of a PaymentIntent, whose latest charge may have come along."""
    kind_of(data, "payment_intent")
    state, code, advice = _intent_state(data)
    latest = data.get("latest_charge")
    latest = latest if isinstance(latest, Mapping) else {}
    failed = data.get("last_payment_error") or {}
    method = data.get("payment_method") or failed.get("payment_method")
    next_action = data.get("next_action") or {}
    if state == "succeeded" and whole(data["amount_received"]) != whole(data["amount"]):
        raise ValueError("succeeded, but with another amount")
    fee, fee_currency = _fee(latest.get("balance_transaction"))
    return ChargeFact(
        id=text(data["id"]),
        state=state,
        amount=money_of(data),
        currency=currency_of(data),
        at=moment(latest["created"] if latest else data["created"]),
        customer_id=id_of(data.get("customer")),
        method_id=id_of(method),
        method_kind=method["type"] if isinstance(method, Mapping) else None,
        method_label=method_label(method) if isinstance(method, Mapping) else None,
        decline_code=code,
        retriable=state == "declined" and may_be_retried(code, advice),
        next_url=(next_action.get("redirect_to_url") or {}).get("url"),
        refunded=money_of(latest, "amount_refunded") if latest else 0,
        disputed=latest.get("disputed") is True,
        fee=fee,
        fee_currency=fee_currency,
        metadata=words_of(data),
    )


def _fee(movement: object) -> tuple[int | None, str | None]:
    if not isinstance(movement, Mapping):
        return None, None
    try:
        return money_of(movement, "fee"), currency_of(movement)
    except UnknownCurrency:
        return None, None


def _of_an_intent(data: Data) -> None:
    """Refuse what belongs to a charge without a PaymentIntent: it was made elsewhere."""
    if data.get("payment_intent") is None and data.get("charge") is not None:
        raise ProviderRefused("not_found", message="of no PaymentIntent")


@strict
def refund(data: Data) -> RefundFact:
    """What is true of a refund; refused (not_found) when it is of no PaymentIntent."""
    kind_of(data, "refund")
    _of_an_intent(data)
    return RefundFact(
        id=text(data["id"]),
        charge_id=text(id_of(data["payment_intent"])),
        state=REFUND_STATES[text(data["status"])],
        amount=money_of(data),
        currency=currency_of(data),
        at=moment(data["created"]),
        failure_reason=data.get("failure_reason"),
        metadata=words_of(data),
    )


@strict
def payout(data: Data) -> PayoutFact:
    """What is true of a transfer to a connected account, with what was taken back of it."""
    kind_of(data, "transfer")
    back, whole_amount = money_of(data, "amount_reversed"), money_of(data)
    state: PayoutState = "reversed" if back >= whole_amount else "succeeded"
    listed = (data.get("reversals") or {}).get("data") or []
    listed = sorted(listed, key=lambda each: (whole(each["created"]), text(each["id"])))
    reversals = tuple(money_of({**each, "currency": data["currency"]}) for each in listed)
    if sum(reversals) != back or any(each <= 0 for each in reversals):
        raise ValueError("what was taken back does not add up")
    return PayoutFact(
        id=text(data["id"]),
        state="partly_reversed" if 0 < back < whole_amount else state,
        destination=text(id_of(data["destination"])),
        amount=whole_amount,
        reversed=back,
        currency=currency_of(data),
        at=moment(data["created"]),
        metadata=words_of(data),
        reversals=reversals,
    )


@strict
def payee(data: Data) -> PayeeFact:
    """What is true of a connected account."""
    kind_of(data, "account")
    asked = data.get("requirements") or {}
    due = {text(each) for name in ("past_due", "currently_due") for each in asked.get(name) or []}
    able = (data.get("capabilities") or {}).get("transfers") == "active"
    currency = str(data.get("default_currency") or "").upper()
    return PayeeFact(
        id=text(data["id"]),
        payable=able and data["payouts_enabled"] is True and bool(currency),
        submitted=data.get("details_submitted") is True,
        currency=currency[:3],
        country=str(data.get("country") or "")[:2],
        due=tuple(sorted(due)),
        why=str(asked.get("disabled_reason") or "")[:60],
        metadata=words_of(data),
    )


@strict
def link(data: Data) -> str:
    """Where a link to hosted onboarding leads."""
    kind_of(data, "account_link")
    url = data["url"]
    if not isinstance(url, str) or not url.startswith(("https://", "http://")):
        raise ValueError(f"no address: {url!r:.80}")
    return url


@strict
def dispute(data: Data) -> DisputeFact:
    """What is true of a dispute; refused (not_found) when it is of no PaymentIntent."""
    kind_of(data, "dispute")
    _of_an_intent(data)
    due = (data.get("evidence_details") or {}).get("due_by")
    taken, fee, fee_currency = _taken(data)
    return DisputeFact(
        id=text(data["id"]),
        charge_id=text(id_of(data["payment_intent"])),
        state=DISPUTE_STATES[text(data["status"])],
        amount=money_of(data),
        currency=currency_of(data),
        reason=text(data["reason"]),
        inquiry=text(data["status"]).startswith("warning"),
        due_by=moment(due) if due is not None else None,
        at=moment(data["created"]),
        taken=taken,
        fee=fee,
        fee_currency=fee_currency,
    )


def _taken(data: Data) -> tuple[int, int | None, str | None]:
    """What of a disputed charge is gone now, what is kept for it, and in which currency that is.

    Where the account settles in another currency, sums differ by the rates: then only whether it
    was given back since is told by them, and all of the amount is gone or nothing.
    """
    movements = list(data.get("balance_transactions") or [])
    currencies = {text(each["currency"]).upper() for each in movements}
    if not movements:
        return 0, None, None
    if currencies == {currency_of(data)}:
        taken = max(0, -sum(money_of(each) for each in movements))
        if taken > money_of(data):
            raise ValueError("more was taken than the dispute is over")
    else:
        signs = [whole(each["amount"]) for each in movements]
        out, back = sum(sign < 0 for sign in signs), sum(sign > 0 for sign in signs)
        taken = money_of(data) if out > back else 0
    if len(currencies) != 1 or not currencies <= set(THEIRS):
        return taken, None, None
    fee = max(0, sum(money_of(each, "fee") for each in movements))
    return taken, fee, currencies.pop()
