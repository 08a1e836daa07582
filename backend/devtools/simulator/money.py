"""What moves the balance: charges, refunds, transfers, disputes, and the fee on a charge."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from devtools.simulator.world import Thing, World, public, refused


def move(
    world: World,
    source: Thing,
    kind: str,
    amount: int,
    *,
    with_fee: bool = False,
    fixed_fee: int = 0,
) -> Thing:
    """Write a balance transaction; an account that settles in another currency converts.

    `fixed_fee`: kept besides, in what the account settles in."""
    account = world.things[world.ours]
    currency = account["_settles_in"] or source["currency"]
    rate = Decimal(account["_rate"]) if currency != source["currency"] else Decimal(1)
    settled = int((amount * rate).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    fee = fixed_fee + (settled * account["_fee_bp"] // 10_000 if with_fee else 0)
    movement = world.make(
        "txn_",
        "balance_transaction",
        amount=settled,
        currency=currency,
        fee=fee,
        net=settled - fee,
        exchange_rate=str(rate) if rate != 1 else None,
        type=kind,
        reporting_category=kind,
        source=source["id"],
        status="available",
        available_on=world.now(),
    )
    source["balance_transaction"] = movement["id"]
    return movement


def refund(world: World, asked: dict[str, Any]) -> Thing:
    """Return a part of a charge or all that is left of it."""
    if "payment_intent" in asked:
        intent = world.get(asked["payment_intent"], "payment_intent", "payment_intent")
        name = intent["latest_charge"]
    else:
        name = asked.get("charge")
    charge = world.get(name, "charge", "charge")
    if charge["status"] != "succeeded":
        raise refused("This PaymentIntent does not have a successful charge to refund.")
    left = charge["amount"] - charge["amount_refunded"]
    amount = asked.get("amount", left)
    if charge["refunded"]:
        raise refused("The charge was refunded already.", "charge_already_refunded")
    if charge["disputed"]:
        raise refused("The charge is disputed.", "charge_disputed")
    if amount <= 0:
        raise refused("Invalid positive integer", "parameter_invalid_integer", "amount")
    if amount > left:
        what = f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})"
        raise refused(what, param="amount")
    if charge["currency"] == "kwd" and amount % 10:
        raise refused(
            "The last digit of an amount in kwd must be 0.", "parameter_invalid", "amount"
        )
    made = world.make(
        "re_",
        "refund",
        amount=amount,
        currency=charge["currency"],
        charge=charge["id"],
        payment_intent=charge["payment_intent"],
        status="succeeded",
        reason=asked.get("reason"),
        failure_reason=None,
        metadata=asked.get("metadata") or {},
    )
    move(world, made, "refund", -amount)
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    world.emit("refund.created", made)
    world.emit("charge.refunded", charge)
    return made


def refund_fails(world: World, made: Thing) -> None:
    """The money comes back: the payer's account took it not."""
    if made["status"] != "succeeded":
        raise refused("It did not succeed.")
    made["status"], made["failure_reason"] = "failed", "expired_or_canceled_card"
    charge = world.things[made["charge"]]
    charge["amount_refunded"] -= made["amount"]
    charge["refunded"] = False
    returned = move(world, made, "refund_failure", made["amount"])
    made["failure_balance_transaction"] = returned["id"]
    world.emit("refund.failed", made)
    world.emit("charge.refund.updated", made)


def transfer(world: World, asked: dict[str, Any]) -> Thing:
    """Send money to a connected account."""
    destination = world.get(asked["destination"], "account", "destination")
    if (destination.get("capabilities") or {}).get("transfers") != "active":
        what = "Your destination account needs to have the transfers capability enabled."
        raise refused(what, "insufficient_capabilities_for_transfer", "destination")
    if asked.get("amount", 0) <= 0:
        raise refused("Invalid positive integer", "parameter_invalid_integer", "amount")
    balance = sum(
        each["net"]
        for each in world.all("balance_transaction")
        if each["currency"] == asked["currency"]
    )
    if asked["amount"] > balance:
        raise refused(
            "You have insufficient available funds in your Stripe account.",
            "balance_insufficient",
        )
    made = world.make(
        "tr_",
        "transfer",
        amount=asked["amount"],
        amount_reversed=0,
        reversed=False,
        reversals={"object": "list", "data": [], "has_more": False},
        currency=asked["currency"],
        destination=destination["id"],
        description=asked.get("description"),
        transfer_group=asked.get("transfer_group"),
        source_transaction=asked.get("source_transaction"),
        metadata=asked.get("metadata") or {},
    )
    move(world, made, "transfer", -made["amount"])
    world.emit("transfer.created", made)
    return made


def take_back(world: World, made: Thing, asked: dict[str, Any]) -> Thing:
    """Reverse a transfer, in part or whole."""
    left = made["amount"] - made["amount_reversed"]
    amount = asked.get("amount", left)
    if not 0 < amount <= left:
        raise refused("The amount is greater than what is left of the transfer.", param="amount")
    reversal = world.make(
        "trr_",
        "transfer_reversal",
        amount=amount,
        currency=made["currency"],
        transfer=made["id"],
        metadata=asked.get("metadata") or {},
    )
    move(world, reversal, "transfer_refund", amount)
    made["reversals"]["data"].insert(0, public(reversal))
    made["amount_reversed"] += amount
    made["reversed"] = made["amount_reversed"] == made["amount"]
    world.emit("transfer.reversed", made)
    return reversal


def dispute(world: World, charge: Thing, reason: str, *, inquiry: bool) -> Thing:
    """A payer's bank takes a charge back, or asks about it."""
    if charge["status"] != "succeeded" or charge["disputed"]:
        raise refused("This charge cannot be disputed.")
    made = world.make(
        "dp_",
        "dispute",
        amount=charge["amount"],
        currency=charge["currency"],
        charge=charge["id"],
        payment_intent=charge["payment_intent"],
        reason=reason,
        status="warning_needs_response" if inquiry else "needs_response",
        evidence_details={"due_by": world.now() + 7 * 86_400, "has_evidence": False},
        is_charge_refundable=inquiry,
        balance_transactions=[],
    )
    charge["disputed"] = not inquiry
    world.emit("charge.dispute.created", made)
    if not inquiry:
        _withdraw(world, made)
    return made


def _withdraw(world: World, made: Thing) -> None:
    fee = world.things[world.ours].get("_dispute_fee", 0)
    moved = move(world, made, "adjustment", -made["amount"], fixed_fee=fee)
    made["balance_transactions"].append(public(moved))
    world.emit("charge.dispute.funds_withdrawn", made)


def escalate_dispute(world: World, made: Thing) -> None:
    """The bank, which only asked, takes the money back after all."""
    if made["status"] not in {"warning_needs_response", "warning_under_review"}:
        raise refused("This is no inquiry.")
    made["status"], made["is_charge_refundable"] = "needs_response", False
    world.things[made["charge"]]["disputed"] = True
    world.emit("charge.dispute.updated", made)
    _withdraw(world, made)


def review_dispute(world: World, made: Thing) -> None:
    """Evidence was submitted in the provider's dashboard."""
    if not made["status"].endswith("needs_response"):
        raise refused("No evidence is waited for.")
    made["status"] = made["status"].replace("needs_response", "under_review")
    made["evidence_details"]["has_evidence"] = True
    world.emit("charge.dispute.updated", made)


def close_dispute(world: World, made: Thing, *, won: bool) -> None:
    """The payer's bank has decided."""
    if made["status"].startswith("warning"):
        made["status"] = "warning_closed"
    else:
        made["status"] = "won" if won else "lost"
        if won:
            fee = world.things[world.ours].get("_dispute_fee", 0)
            moved = move(world, made, "adjustment", made["amount"], fixed_fee=-fee)
            made["balance_transactions"].append(public(moved))
            world.emit("charge.dispute.funds_reinstated", made)
    world.things[made["charge"]]["disputed"] = made["status"] == "lost"
    world.emit("charge.dispute.closed", made)
