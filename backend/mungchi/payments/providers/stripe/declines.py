"""Which declines may pass by themselves, from Stripe's table of decline codes. Pure.

A code that is not here is not tried again: networks fine whoever insists, and a new code is
more likely a no than a not now.
"""

from typing import Final

AUTHENTICATION: Final = frozenset({"authentication_required", "authentication_not_handled"})

RETRIABLE: Final = frozenset(
    {
        "approve_with_id",
        "card_velocity_exceeded",
        "do_not_honor",
        "generic_decline",
        "insufficient_funds",
        "issuer_not_available",
        "no_action_taken",
        "processing_error",
        "reenter_transaction",
        "try_again_later",
        "withdrawal_count_limit_exceeded",
    }
)


def may_be_retried(code: str | None, advice: str | None = None) -> bool:
    """Whether the same method may work on another day; the issuer's advice goes before the code."""
    if advice == "do_not_try_again":
        return False
    return advice == "try_again_later" or code in RETRIABLE
