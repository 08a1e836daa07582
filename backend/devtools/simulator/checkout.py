"""Hosted Checkout: sessions that save a method, and sessions that take a payment."""

from typing import Any

from devtools.simulator import cards, intents
from devtools.simulator.world import Refused, Thing, World, refused

DAY = 86_400


def create(world: World, base: str, asked: dict[str, Any]) -> Thing:
    """Open a session; a browser goes to its `url`."""
    mode = asked.get("mode")
    if mode not in {"setup", "payment"}:
        raise refused("Missing required param: mode.", "parameter_missing", "mode")
    if not asked.get("success_url"):
        raise refused("Missing required param: success_url.", "parameter_missing", "success_url")
    customer = asked.get("customer")
    if customer is not None:
        world.get(customer, "customer", "customer")
    if mode == "setup" and not asked.get("currency"):
        raise refused("`currency` is needed to choose methods.", "parameter_missing", "currency")
    amount, currency = _total(asked) if mode == "payment" else (None, asked["currency"])
    setup = None
    if mode == "setup":
        metadata = (asked.get("setup_intent_data") or {}).get("metadata") or {}
        setup = intents.setup(world, customer, metadata)["id"]
    session = world.make(
        "cs_test_",
        "checkout.session",
        mode=mode,
        status="open",
        payment_status="no_payment_required" if mode == "setup" else "unpaid",
        customer=customer,
        currency=currency,
        amount_total=amount,
        setup_intent=setup,
        payment_intent=None,
        success_url=asked["success_url"],
        cancel_url=asked.get("cancel_url"),
        locale=asked.get("locale"),
        expires_at=asked.get("expires_at") or world.now() + DAY,
        metadata=asked.get("metadata") or {},
        _left_out=asked.get("excluded_payment_method_types") or [],
        _intent=asked.get("payment_intent_data") or {},
    )
    session["url"] = f"{base}{intents.PAGES}/checkout/{session['id']}"
    return session


def _total(asked: dict[str, Any]) -> tuple[int, str]:
    lines = asked.get("line_items") or []
    if not lines or any("price_data" not in line for line in lines):
        raise refused("Missing required param: line_items.", "parameter_missing", "line_items")
    prices = [line["price_data"] for line in lines]
    amount = sum(line["price_data"]["unit_amount"] * line.get("quantity", 1) for line in lines)
    return amount, prices[0]["currency"]


def offered(world: World, session: Thing) -> list[cards.Sample]:
    """What a person can choose from on the session's page."""
    account = world.things[session["_account"]]
    kinds = set(account["_methods"]) - set(session["_left_out"])
    if session["currency"] != "krw":
        kinds -= intents.KOREAN
    return [sample for sample in cards.SAMPLES if sample.kind in kinds]


def must_be_open(world: World, session: Thing) -> None:
    """Refuse a session that was completed, or whose time is over."""
    if session["status"] == "open" and world.now() >= session["expires_at"]:
        expire(world, session)
    if session["status"] != "open":
        raise refused(f"This session has a status of {session['status']}.")


def choose(world: World, base: str, session: Thing, sample: cards.Sample) -> str:
    """A person chose a method; return where the browser goes. Raises the decline of a bad one."""
    must_be_open(world, session)
    method = cards.make(world, sample)
    if sample.outcome == "authenticate" and session["mode"] == "setup":
        session["_waits_for"] = method["id"]
        return f"{base}{intents.PAGES}/3ds/{session['id']}"
    return _complete(world, base, session, method)


def authenticated(world: World, base: str, session: Thing, *, passed: bool) -> str:
    """The payer came back from 3-D Secure on the way to saving a method."""
    must_be_open(world, session)
    method = world.things[session["_waits_for"]]
    if not passed:
        intent = world.things[session["setup_intent"]]
        intent["last_setup_error"] = {"code": "setup_intent_authentication_failure"}
        world.emit("setup_intent.setup_failed", intent)
        raise Refused(402, "card_error", "Authentication failed.", code="authentication_failure")
    return _complete(world, base, session, method)


def _complete(world: World, base: str, session: Thing, method: Thing) -> str:
    if session["mode"] == "setup":
        intents.saved(world, world.things[session["setup_intent"]], method)
    else:
        intent = _pay(world, base, session, method)
        session["payment_intent"] = intent["id"]
        if intent["status"] == "requires_action":
            return str(intent["next_action"]["redirect_to_url"]["url"])
        session["payment_status"] = "paid" if intent["status"] == "succeeded" else "unpaid"
    session["status"], session["url"] = "complete", None
    world.emit("checkout.session.completed", session)
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def _pay(world: World, base: str, session: Thing, method: Thing) -> Thing:
    wanted = session["_intent"]
    if session["customer"]:
        cards.attach(world, method, world.get(session["customer"], "customer"))
    asked = {
        **{key: value for key, value in wanted.items() if key != "setup_future_usage"},
        "amount": session["amount_total"],
        "currency": session["currency"],
        "customer": session["customer"],
        "payment_method": method["id"],
        "confirm": True,
        "return_url": str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"]),
    }
    return intents.create(world, base, asked)


def paid_after_all(world: World, intent: Thing) -> None:
    """A payment of a session came through 3-D Secure: the session is complete."""
    for session in world.all("checkout.session"):
        if session["payment_intent"] == intent["id"] and session["status"] == "open":
            session["status"], session["url"] = "complete", None
            session["payment_status"] = "paid"
            world.emit("checkout.session.completed", session)


def expire(world: World, session: Thing) -> Thing:
    """Close a session that nobody completed."""
    if session["status"] != "open":
        raise refused(f"This session has a status of {session['status']}.")
    session["status"], session["url"] = "expired", None
    world.emit("checkout.session.expired", session)
    return session
