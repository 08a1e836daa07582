"""Everything that can happen to a payment, one function an event."""

from mungchi.payments.operations.asking import ask_for_payment, tell_account
from mungchi.payments.operations.confirming import confirm_transfer, undo_confirmation
from mungchi.payments.operations.returning import mark_refunded, return_money
from mungchi.payments.operations.selling import book_sale

__all__ = [
    "ask_for_payment",
    "book_sale",
    "confirm_transfer",
    "mark_refunded",
    "return_money",
    "tell_account",
    "undo_confirmation",
]
