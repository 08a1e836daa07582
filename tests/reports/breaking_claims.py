"""Ways to break what is promised of claims and of what suppliers owe back; see breaking."""

from collections.abc import Callable

from tests.factories.claims import (
    REFUND,
    REPLACEMENT,
    answer,
    delivered,
    opened,
    paid_out,
    settled,
)
from tests.factories.orders import Deal, today
from tests.reports.breaking import changed

from mungchi.deliveries import operations


def claimed() -> Deal:
    """A firm's claim over three units that the supplier has not answered."""
    deal = delivered(30, 90)
    opened(deal, 3)
    return deal


def refunded() -> Deal:
    """A claim that ended in a refund."""
    deal = delivered(30, 90)
    claim = opened(deal, 3)
    answer(deal, claim, REFUND, 3)
    settled(claim)
    return deal


def replacing() -> Deal:
    """A claim of which two of six units were sent again."""
    deal = delivered(30, 90)
    claim = opened(deal, 6, wish=REPLACEMENT)
    answer(deal, claim, REPLACEMENT, 6)
    operations.ship_replacement(
        actor=deal.supplier, claim_id=claim.pk, quantity=2, carrier="x", tracking_number="R1",
        shipped_date=today(),
    )  # fmt: skip
    return deal


def owing() -> Deal:
    """A claim that came after the supplier was paid."""
    deal = delivered(30, 90)
    paid_out(deal)
    claim = opened(deal, 3)
    answer(deal, claim, REFUND, 3)
    settled(claim)
    return deal


def by_hand(statement: str) -> Callable[[Deal], None]:
    """Change something around every operation."""
    return lambda deal: changed(statement)


CLAIM_BREAKS: list[tuple[str, Callable[[], Deal], Callable[[Deal], None]]] = [
    ("no_more_is_claimed_than_was_delivered", claimed,
     by_hand("UPDATE deliveries_claim SET quantity = 31")),
    ("a_claim_is_its_orders", claimed,
     by_hand("UPDATE deliveries_claim SET firm_id = supplier_id")),
    ("an_accepted_claim_is_refunded_once", refunded,
     by_hand("UPDATE deliveries_claim SET refund_id = NULL")),
    ("a_replacement_is_what_was_agreed", replacing,
     by_hand("UPDATE deliveries_claim SET settled_quantity = 1")),
    ("a_suppliers_debt_is_booked_once", owing,
     by_hand("UPDATE payments_supplierdebt SET amount = amount - 1")),
]  # fmt: skip
