"""What a way of paying must be able to say and do. Adding one is adding a folder beside this.

It grows with the second provider; so far it holds what bank_transfer really uses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from mungchi.accounts.models import Cooperative


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a provider can do, so that nothing is offered on screen that it cannot.

    Limits are amounts in minor units of the payment's currency; None: no limit of its own.
    """

    save_method: bool
    charge_off_session: bool
    refund: bool
    partial_refund: bool
    payout: bool
    currencies: frozenset[str]
    smallest_amount: int = 1
    largest_amount: int | None = None

    def carries(self, amount: int, currency: str) -> bool:
        """Whether one payment of this amount can go this way."""
        within = self.largest_amount is None or amount <= self.largest_amount
        return currency in self.currencies and amount >= self.smallest_amount and within


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
