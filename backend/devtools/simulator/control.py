"""What a test asks of the simulator: `GET` or `POST /_control/...`, JSON both ways."""

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from devtools.simulator import balances, cards, checkout, intents, money, payees
from devtools.simulator.faults import KINDS, Fault
from devtools.simulator.webhooks import Disturbance
from devtools.simulator.world import Thing, World, public, refused

if TYPE_CHECKING:
    from devtools.simulator.server import Simulator


async def control(simulator: "Simulator", verb: str, asked: dict[str, Any]) -> Any:
    """Do what a test asks; raises Refused or ValueError for what makes no sense."""
    world = simulator.world
    match verb:
        case "reset":
            simulator.forget()
        case "state":
            return state(simulator, str(asked.get("by", "payment")))
        case "objects":
            return [public(each) for each in _every(world, str(asked["kind"]))]
        case "latency":
            simulator.faults.latency = float(asked["seconds"])
        case "faults" if asked.get("clear"):
            simulator.faults.waiting.clear()
        case "faults":
            simulator.faults.waiting.append(Fault(**asked))
        case "fault_kinds":
            return KINDS
        case "clock":
            world.shift = float(asked["shift"])
        case "account":
            _account(world, asked)
        case "card":
            return _card(world, asked)
        case "method":
            _mine(world, asked["method"])["_outcome"] = asked["outcome"]
        case "choose":
            return _choose(world, simulator.base, asked)
        case "authenticate":
            return _authenticate(world, simulator.base, asked)
        case "settle":
            intents.settle(world, _mine(world, asked["charge"]), asked.get("outcome", ""))
        case "connect":
            world.account_of(asked["key"])
            return public(payees.ready(world, str(asked.get("currency", "krw"))))
        case "payee":
            return public(payees.of_control(world, asked))
        case "odd_event":
            _mine(world, asked["charge"])
            world.emit("payment_intent.succeeded", {"object": "payment_intent", "id": None})
        case "pay_elsewhere":
            return public(_pay_elsewhere(world, simulator.base, asked))
        case "dispute" | "close_dispute" | "escalate_dispute" | "review_dispute":
            return _dispute(world, verb, asked)
        case "fail_refund":
            money.refund_fails(world, _mine(world, asked["refund"]))
        case "pay_to_bank" | "settle_bank_payout" | "line" | "other_movement" | "refund_elsewhere":
            return balances.control(world, verb, asked)
        case "reverse":
            return public(money.take_back(world, _mine(world, asked["payout"]), asked))
        case "webhooks" | "listen" | "release" | "send":
            return await _webhooks(simulator, verb, asked)
        case _:
            raise ValueError(f"no such control: {verb}")
    return {}


def _dispute(world: World, verb: str, asked: dict[str, Any]) -> Thing:
    """What a payer's bank does."""
    if verb == "dispute":
        charge = world.things[_mine(world, asked["charge"])["latest_charge"]]
        reason = asked.get("reason", "fraudulent")
        return public(money.dispute(world, charge, reason, inquiry=bool(asked.get("inquiry"))))
    disputed = _mine(world, asked["dispute"])
    if verb == "close_dispute":
        money.close_dispute(world, disputed, won=bool(asked["won"]))
    elif verb == "escalate_dispute":
        money.escalate_dispute(world, disputed)
    else:
        money.review_dispute(world, disputed)
    return {}


async def _webhooks(simulator: "Simulator", verb: str, asked: dict[str, Any]) -> Any:
    """How events travel, to whom, and one that is sent as told."""
    sender = simulator.sender
    match verb:
        case "webhooks":
            sender.disturbed = Disturbance(**asked)
        case "listen":
            others = [each for each in sender.everyone if each["url"] != asked["url"]]
            heard = {
                "url": asked["url"], "secret": asked["secret"], "key": asked.get("key"),
                "enabled_events": asked.get("enabled_events", ["*"]),
            }  # fmt: skip
            sender.everyone = [*others, heard]
        case "release":
            return {"released": sender.release(shuffle=bool(asked.get("shuffle")))}
        case "send":
            return {"status": await _send(simulator, asked)}
    return {}


def state(simulator: "Simulator", by: str) -> dict[str, Any]:
    """What there is, counted; successful charges by what stands in their metadata under `by`."""
    world, sender = simulator.world, simulator.sender
    charged: dict[str, dict[str, Any]] = {}
    for intent in _every(world, "payment_intent"):
        entry = charged.setdefault(
            str(intent["metadata"].get(by, "")), {"succeeded": 0, "amount": 0, "ids": [], "all": 0}
        )
        entry["all"] += 1
        if intent["status"] == "succeeded":
            entry["succeeded"] += 1
            entry["amount"] += intent["amount"]
            entry["ids"].append(intent["id"])
    states = {
        kind: dict(Counter(str(each.get("status")) for each in _every(world, kind)))
        for kind in world.by_kind
    }
    return {
        "charged": charged,
        "twice": sorted(name for name, each in charged.items() if each["succeeded"] > 1),
        "counts": {kind: len(names) for kind, names in world.by_kind.items()},
        "states": states,
        "calls": dict(world.calls),
        "replays": world.replays,
        "busiest": simulator.busiest,
        "faults_waiting": len(simulator.faults.waiting),
        "webhooks": {
            "delivered": sender.delivered,
            "failed": sender.failed,
            "dropped": sender.dropped,
            "held": len(sender.held),
            "under_way": sender.under_way,
            "answers": sender.answers,
        },
    }


def _every(world: World, kind: str) -> list[Thing]:
    return [world.things[name] for name in world.by_kind.get(kind, [])]


def _mine(world: World, name: str) -> Thing:
    """An object by its id, whosever it is; its account is the one on whose behalf we go on."""
    thing = world.things.get(name)
    if thing is None:
        raise refused(f"There is no {name}.")
    world.ours = thing["_account"]
    return thing


def _account(world: World, asked: dict[str, Any]) -> None:
    account = world.account_of(asked["key"])
    for name in ("country", "default_currency", "charges_enabled", "payouts_enabled"):
        if name in asked:
            account[name] = asked[name]
    for name in ("fee_bp", "dispute_fee", "settles_in", "rate", "methods"):
        if name in asked:
            account[f"_{name}"] = asked[name]


def _card(world: World, asked: dict[str, Any]) -> dict[str, str]:
    """A customer (unless named) with a saved method, as if Checkout had been gone through."""
    world.account_of(asked["key"])
    name = asked.get("customer")
    customer = world.get(name, "customer") if name else world.make("cus_", "customer", name="")
    method = cards.make(world, cards.BY_NAME[asked.get("card", "visa")])
    cards.attach(world, method, customer)
    return {"customer_id": customer["id"], "method_id": method["id"]}


def _choose(world: World, base: str, asked: dict[str, Any]) -> dict[str, str]:
    """What a person does on the page of Checkout: choose a card; return where it leads."""
    session = _mine(world, asked["session"])
    return {"url": checkout.choose(world, base, session, cards.BY_NAME[asked.get("card", "visa")])}


def _authenticate(world: World, base: str, asked: dict[str, Any]) -> dict[str, str]:
    """What a person does on the page of 3-D Secure."""
    waiting = _mine(world, asked["id"])
    passed = bool(asked.get("passed", True))
    return {"url": authenticate(world, base, waiting, passed=passed)}


def authenticate(world: World, base: str, waiting: Thing, *, passed: bool) -> str:
    """3-D Secure of a charge or of a session that saves a method; return where it leads."""
    if waiting["object"] == "checkout.session":
        return checkout.authenticated(world, base, waiting, passed=passed)
    action = waiting.get("next_action") or {}
    back = (action.get("redirect_to_url") or {}).get("return_url") or base
    intents.authenticated(world, waiting, passed=passed)
    if passed:
        checkout.paid_after_all(world, waiting)
    joint = "&" if "?" in back else "?"
    how = "succeeded" if waiting["status"] == "succeeded" else "failed"
    return f"{back}{joint}payment_intent={waiting['id']}&redirect_status={how}"


def _pay_elsewhere(world: World, base: str, asked: dict[str, Any]) -> Thing:
    """A charge that Mungchi did not ask for, made in the provider's own dashboard."""
    made = _card(world, {"key": asked["key"]})
    wanted = {
        "amount": asked["amount"],
        "currency": asked.get("currency", "krw"),
        "customer": made["customer_id"],
        "payment_method": made["method_id"],
        "confirm": True,
        "off_session": True,
        "return_url": base,
        "metadata": asked.get("metadata") or {},
    }
    return intents.create(world, base, wanted)


async def _send(simulator: "Simulator", asked: dict[str, Any]) -> int:
    """An event to an address as told: forged, stale, oversized, of the wrong mode, repeated."""
    event: dict[str, Any] = {
        "id": asked.get("id", "evt_simulated"),
        "object": "event",
        "type": asked.get("type", "payment_intent.succeeded"),
        "created": simulator.world.now(),
        "livemode": bool(asked.get("live")),
        "data": {"object": asked.get("about", {"id": "pi_nothing", "object": "payment_intent"})},
    }
    if asked.get("event"):
        event = public(_mine(simulator.world, asked["event"]))
    if asked.get("padding"):
        event["padding"] = "x" * int(asked["padding"])
    body = asked["body"].encode() if "body" in asked else json.dumps(event).encode()
    return await simulator.sender.post(
        asked["url"], body, asked["secret"], age=int(asked.get("age", 0))
    )
