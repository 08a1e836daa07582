"""The ways of paying that this installation knows."""

from mungchi.payments.providers.bank_transfer import BANK_TRANSFER
from mungchi.payments.providers.interface import Capabilities, Provider

PROVIDERS: dict[str, Provider] = {BANK_TRANSFER.name: BANK_TRANSFER}

__all__ = ["BANK_TRANSFER", "PROVIDERS", "Capabilities", "Provider"]
