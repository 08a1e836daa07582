"""The ways of paying that this installation knows.

ONLINE are those that are asked over the network; a cooperative's credentials come from the caller.
"""

from typing import Any, cast

from mungchi.payments.providers.bank_transfer import BANK_TRANSFER
from mungchi.payments.providers.guard import Guarded
from mungchi.payments.providers.interface import Capabilities, OnlineProvider, Provider
from mungchi.payments.providers.invoice import INVOICE
from mungchi.payments.providers.stripe import STRIPE, simulated

PROVIDERS: dict[str, Provider] = {BANK_TRANSFER.name: BANK_TRANSFER, INVOICE.name: INVOICE}
ONLINE: dict[str, OnlineProvider] = {STRIPE.name: STRIPE}

__all__ = [
    "BANK_TRANSFER",
    "INVOICE",
    "ONLINE",
    "PROVIDERS",
    "STRIPE",
    "Capabilities",
    "OnlineProvider",
    "Provider",
    "online",
    "simulated",
]


def online(name: str) -> OnlineProvider:
    """The provider of this name, refusing to be called inside a transaction; see `guard`.

    Raises KeyError for one that this installation does not know.
    """
    guarded: Any = Guarded(ONLINE[name])
    return cast(OnlineProvider, guarded)
