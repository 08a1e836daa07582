"""The balance beyond what our own calls move: payouts to the account's bank, refunds and fees made
in the provider's own dashboard, and lines that are hidden, altered or garbled on purpose."""

from typing import Any

from devtools.simulator.money import move, refund
from devtools.simulator.world import Thing, World, public, refused

DAY = 86_400
STATES = {"pending", "in_transit", "paid", "failed", "canceled"}


def control(world: World, verb: str, asked: dict[str, Any]) -> Any:
    """Do what a test or a person at the dashboard asks."""
    match verb:
        case "pay_to_bank":
            world.account_of(asked["key"])
            return public(pay_to_bank(world, asked))
        case "settle_bank_payout":
            payout = _mine(world, asked["payout"])
            settle(world, payout, str(asked["state"]))
            return public(payout)
        case "line":
            return public(alter(world, asked))
        case "other_movement":
            world.account_of(asked["key"])
            return public(other(world, asked))
        case "refund_elsewhere":
            intent = _mine(world, asked["charge"])
            wanted = {"payment_intent": intent["id"]}
            if "amount" in asked:
                wanted["amount"] = asked["amount"]
            return public(refund(world, wanted))
    raise ValueError(f"no such control: {verb}")


def _mine(world: World, name: str) -> Thing:
    thing = world.things.get(name)
    if thing is None:
        raise refused(f"There is no {name}.")
    world.ours = thing["_account"]
    return thing


def pay_to_bank(world: World, asked: dict[str, Any]) -> Thing:
    """Send what is in the balance in a currency (the whole, or `amount`) to the account's bank.

    An automatic one holds every movement that none before it held. It is `in_transit`, to arrive
    in `days` (2).
    """
    currency = str(asked.get("currency", "krw"))
    loose = [
        each
        for each in world.all("balance_transaction")
        if each["currency"] == currency and not each.get("_payout")
    ]
    amount = int(asked.get("amount", sum(each["net"] for each in loose)))
    if not 0 < amount <= sum(each["net"] for each in loose):
        raise refused("There is nothing to pay out.", "balance_insufficient")
    automatic = bool(asked.get("automatic", "amount" not in asked))
    payout = world.make(
        "po_",
        "payout",
        amount=amount,
        currency=currency,
        arrival_date=(world.now() // DAY + int(asked.get("days", 2))) * DAY,
        automatic=automatic,
        method="standard",
        type="bank_account",
        status="in_transit",
        failure_code=None,
        failure_message=None,
        destination=None,
        statement_descriptor=None,
    )
    if automatic:
        for each in loose:
            each["_payout"] = payout["id"]
    movement = move(world, payout, "payout", -amount)
    movement["_payout"] = payout["id"]
    world.emit("payout.created", payout)
    return payout


def settle(world: World, payout: Thing, state: str) -> None:
    """The bank has taken it, or has not: then the money is in the balance again."""
    if state not in STATES:
        raise refused(f"state must be one of {sorted(STATES)}")
    payout["status"] = state
    if state in {"failed", "canceled"}:
        payout["failure_code"] = "account_closed" if state == "failed" else None
        kind = "payout_failure" if state == "failed" else "payout_cancel"
        sent = payout["balance_transaction"]
        payout["failure_balance_transaction"] = move(world, payout, kind, payout["amount"])["id"]
        payout["balance_transaction"] = sent
    world.changed = True
    world.emit(f"payout.{state}", payout)


def other(world: World, asked: dict[str, Any]) -> Thing:
    """A movement of no object: a fee of the account (`stripe_fee`), an `adjustment`."""
    return world.make(
        "txn_",
        "balance_transaction",
        amount=int(asked["amount"]),
        currency=str(asked.get("currency", "krw")),
        fee=0,
        net=int(asked["amount"]),
        exchange_rate=None,
        type=str(asked.get("type", "stripe_fee")),
        reporting_category="fee",
        source=None,
        status="available",
        available_on=world.now(),
    )


def alter(world: World, asked: dict[str, Any]) -> Thing:
    """Let the line of a source (`of`: a charge, refund or payout) be hidden or say something else.

    `changes`: of the line; amount and fee keep adding up unless `net` is named. `source`: of what
    it is about. `hidden`: whether lists leave it out. `again`: a second line like it.
    """
    source = _mine(world, asked["of"])
    if source["object"] == "payment_intent":
        source = world.things[source["latest_charge"]]
    line = world.things[source["balance_transaction"]]
    changes = dict(asked.get("changes") or {})
    line.update(changes)
    if "net" not in changes and all(isinstance(line[name], int) for name in ("amount", "fee")):
        line["net"] = line["amount"] - line["fee"]
    # A dispute is told with its lines whole.
    told = source.get("balance_transactions", [])
    told[:] = [public(line) if each["id"] == line["id"] else each for each in told]
    source.update(asked.get("source") or {})
    if "hidden" in asked:
        line["_hidden"] = bool(asked["hidden"])
    if asked.get("again"):
        same = {key: value for key, value in public(line).items() if key not in {"id", "object"}}
        line = world.make("txn_", "balance_transaction", **same)
    world.changed = True
    return line
