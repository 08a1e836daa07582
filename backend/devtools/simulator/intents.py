"""Payment intents and setup intents: from made to paid, or not."""

from typing import Any, Final

from devtools.simulator import cards
from devtools.simulator.money import move
from devtools.simulator.world import Refused, Thing, World, new_id, refused

LARGEST: Final = 99_999_999
SMALLEST: Final = {"krw": 100, "jpy": 50, "usd": 50, "eur": 50, "gbp": 30}
WALLETS: Final = {"kakao_pay", "naver_pay", "payco", "samsung_pay"}
WALLET_LARGEST: Final = 2_000_000
KOREAN: Final = {*WALLETS, "kr_card"}
OPEN: Final = {"requires_payment_method", "requires_confirmation", "requires_action"}
PAGES: Final = "/pay"


def create(world: World, base: str, asked: dict[str, Any]) -> Thing:
    """Make a payment intent, and confirm it when that is asked."""
    _amount(asked["amount"], asked["currency"])
    off_session = bool(asked.get("off_session")) and asked.get("off_session") != "false"
    confirm = bool(asked.get("confirm"))
    if off_session and not confirm:
        raise refused("You cannot set `off_session` without `confirm=true`.", param="off_session")
    customer = asked.get("customer")
    if customer is not None:
        world.get(customer, "customer", "customer")
    method = _usable(world, asked.get("payment_method"), customer, asked["currency"])
    intent = world.make(
        "pi_",
        "payment_intent",
        amount=asked["amount"],
        amount_received=0,
        currency=asked["currency"],
        customer=customer,
        payment_method=method and method["id"],
        status="requires_confirmation" if method else "requires_payment_method",
        latest_charge=None,
        last_payment_error=None,
        next_action=None,
        canceled_at=None,
        cancellation_reason=None,
        transfer_group=asked.get("transfer_group"),
        description=asked.get("description"),
        setup_future_usage=asked.get("setup_future_usage"),
        capture_method="automatic_async",
        metadata=asked.get("metadata") or {},
        client_secret=new_id("pi_secret_"),
    )
    world.emit("payment_intent.created", intent)
    if confirm:
        _must_come_back(asked)
        _attempt(world, base, intent, off_session=off_session, return_url=asked.get("return_url"))
    return intent


def _must_come_back(asked: dict[str, Any]) -> None:
    """Of an intent whose methods Stripe chooses, some of which lead elsewhere."""
    if not asked.get("return_url"):
        raise refused("A `return_url` must be specified.", param="return_url")


def _amount(amount: int, currency: str) -> None:
    if amount < SMALLEST.get(currency, 1):
        raise refused("Amount is too small.", "amount_too_small", "amount")
    if amount > LARGEST:
        raise refused("Amount must be no more than 99,999,999", "amount_too_large", "amount")
    if currency == "kwd" and amount % 10:
        raise refused(
            "The last digit of an amount in kwd must be 0.", "parameter_invalid", "amount"
        )


def _usable(world: World, name: object, customer: str | None, currency: str) -> Thing | None:
    if name is None:
        return None
    method = cards.named(world, name)
    if method["customer"] != customer and method["customer"] is not None:
        raise refused("The payment method belongs to another customer.", param="payment_method")
    if method.get("_detached"):
        raise refused(
            "The PaymentMethod was detached and may not be used again.", param="payment_method"
        )
    if method["type"] in KOREAN and currency != "krw":
        raise refused(f"{method['type']} carries krw alone.", param="currency")
    return method


def confirm(world: World, base: str, intent: Thing, asked: dict[str, Any]) -> Thing:
    """Try a payment intent, with another method if one is named."""
    _must_be_open(intent)
    if asked.get("payment_method"):
        method = _usable(world, asked["payment_method"], intent["customer"], intent["currency"])
        intent["payment_method"] = method and method["id"]
    if intent["payment_method"] is None:
        raise refused("A payment method is needed.", "payment_intent_unexpected_state")
    off_session = bool(asked.get("off_session"))
    _must_come_back(asked)
    _attempt(world, base, intent, off_session=off_session, return_url=asked.get("return_url"))
    return intent


def _must_be_open(intent: Thing) -> None:
    if intent["status"] not in OPEN:
        raise Refused(
            400,
            "invalid_request_error",
            f"This PaymentIntent has a status of {intent['status']}.",
            code="payment_intent_unexpected_state",
            payment_intent={key: value for key, value in intent.items() if key[0] != "_"},
        )


def _attempt(
    world: World, base: str, intent: Thing, *, off_session: bool, return_url: str | None
) -> None:
    method = world.things[intent["payment_method"]]
    outcome = method["_outcome"]
    if method["type"] in WALLETS and intent["amount"] > WALLET_LARGEST:
        outcome = "card_velocity_exceeded"
    if outcome == "authenticate" and off_session:
        outcome = "authentication_required"
    if outcome == "authenticate":
        intent["status"] = "requires_action"
        intent["next_action"] = {
            "type": "redirect_to_url",
            "redirect_to_url": {
                "url": f"{base}{PAGES}/3ds/{intent['id']}",
                "return_url": return_url,
            },
        }
        world.emit("payment_intent.requires_action", intent)
    elif outcome == "processing":
        intent["status"], intent["next_action"] = "processing", None
        world.emit("payment_intent.processing", intent)
    elif outcome:
        raise fail(world, intent, method, outcome)
    else:
        succeed(world, intent)


def _charge(world: World, intent: Thing, failure: str | None) -> Thing:
    charge = world.make(
        "ch_",
        "charge",
        amount=intent["amount"],
        amount_refunded=0,
        currency=intent["currency"],
        customer=intent["customer"],
        payment_intent=intent["id"],
        payment_method=intent["payment_method"],
        paid=failure is None,
        captured=failure is None,
        refunded=False,
        disputed=False,
        status="succeeded" if failure is None else "failed",
        failure_code=failure and cards.code_of(failure),
        balance_transaction=None,
        transfer_group=intent["transfer_group"],
        metadata=dict(intent["metadata"]),
    )
    intent["latest_charge"] = charge["id"]
    intent["next_action"] = None
    return charge


def succeed(world: World, intent: Thing) -> None:
    """The money comes in."""
    charge = _charge(world, intent, None)
    move(world, charge, "charge", intent["amount"], with_fee=True)
    intent["status"], intent["amount_received"] = "succeeded", intent["amount"]
    intent["last_payment_error"] = None
    world.emit("charge.succeeded", charge)
    world.emit("payment_intent.succeeded", intent)


def fail(world: World, intent: Thing, method: Thing, outcome: str) -> Refused:
    """It does not: the intent waits for another method. Returns the answer to give."""
    charge = _charge(world, intent, outcome)
    error = cards.declined(outcome).body["error"]
    shown = {key: value for key, value in method.items() if not key.startswith("_")}
    intent["status"] = "requires_payment_method"
    intent["last_payment_error"] = {**error, "charge": charge["id"], "payment_method": shown}
    intent["payment_method"] = None
    world.emit("charge.failed", charge)
    world.emit("payment_intent.payment_failed", intent)
    told = {key: value for key, value in intent.items() if not key.startswith("_")}
    return cards.declined(outcome, charge=charge["id"], payment_intent=told)


def authenticated(world: World, intent: Thing, *, passed: bool) -> None:
    """The payer came through 3-D Secure, or did not."""
    if intent["status"] != "requires_action":
        return
    if passed:
        succeed(world, intent)
        return
    method = world.things[intent["payment_method"]]
    fail(world, intent, method, "generic_decline")
    intent["last_payment_error"] = {
        "type": "invalid_request_error",
        "code": "payment_intent_authentication_failure",
        "message": "The provided PaymentMethod has failed authentication.",
        "payment_method": {key: value for key, value in method.items() if key[0] != "_"},
    }


def settle(world: World, intent: Thing, outcome: str) -> None:
    """The answer to a payment that was processing: "" is good, else a decline code."""
    if intent["status"] != "processing":
        raise refused("It is not processing.")
    if outcome:
        fail(world, intent, world.things[intent["payment_method"]], outcome)
    else:
        succeed(world, intent)


def cancel(world: World, intent: Thing, asked: dict[str, Any]) -> Thing:
    """Give it up."""
    _must_be_open(intent)
    intent["status"], intent["next_action"] = "canceled", None
    intent["canceled_at"] = world.now()
    intent["cancellation_reason"] = asked.get("cancellation_reason")
    world.emit("payment_intent.canceled", intent)
    return intent


def setup(world: World, customer: str | None, metadata: dict[str, str]) -> Thing:
    """A setup intent that waits for a method."""
    intent = world.make(
        "seti_",
        "setup_intent",
        customer=customer,
        status="requires_payment_method",
        usage="off_session",
        payment_method=None,
        last_setup_error=None,
        next_action=None,
        metadata=metadata,
        client_secret=new_id("seti_secret_"),
    )
    world.emit("setup_intent.created", intent)
    return intent


def saved(world: World, intent: Thing, method: Thing) -> None:
    """The method is the customer's from now on; raises the decline of one that cannot be saved."""
    customer = world.get(intent["customer"], "customer")
    try:
        cards.attach(world, method, customer)
    except Refused as error:
        intent["last_setup_error"] = error.body["error"]
        world.emit("setup_intent.setup_failed", intent)
        raise
    intent["status"], intent["payment_method"] = "succeeded", method["id"]
    world.emit("setup_intent.succeeded", intent)
