"""Cards and Korean methods by Stripe, on the cooperative's own account there."""

from mungchi.payments.providers.stripe.adapter import Stripe
from mungchi.payments.providers.stripe.client import simulated

STRIPE = Stripe()

__all__ = ["STRIPE", "Stripe", "simulated"]
