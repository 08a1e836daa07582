"""The ways of paying that this installation knows.

ONLINE are those that are asked over the network; a cooperative's credentials come from the caller.
"""

from mungchi.payments.providers.bank_transfer import BANK_TRANSFER
from mungchi.payments.providers.interface import Capabilities, OnlineProvider, Provider
from mungchi.payments.providers.stripe import STRIPE, simulated

PROVIDERS: dict[str, Provider] = {BANK_TRANSFER.name: BANK_TRANSFER}
ONLINE: dict[str, OnlineProvider] = {STRIPE.name: STRIPE}

__all__ = [
    "BANK_TRANSFER",
    "ONLINE",
    "PROVIDERS",
    "STRIPE",
    "Capabilities",
    "OnlineProvider",
    "Provider",
    "simulated",
]
